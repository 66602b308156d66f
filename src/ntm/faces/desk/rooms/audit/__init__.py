"""Phòng Nhật ký: what was done, by whom, and whether the log is whole."""
