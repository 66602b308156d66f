"""Bảng tính công trình: its columns, how it is written, read back and compared with the records."""
