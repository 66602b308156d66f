"""Bảng tính: downloaded for a unit or an area, filled without a network, brought back and compared cell by cell."""
