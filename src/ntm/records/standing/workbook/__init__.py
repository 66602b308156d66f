"""Bảng tính đi và về: a workbook with locked keys goes out, is filled without a network, and comes back cell by cell."""
