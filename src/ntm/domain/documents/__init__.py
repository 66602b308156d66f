"""Văn bản, tài liệu: reading, checking and writing official documents."""
