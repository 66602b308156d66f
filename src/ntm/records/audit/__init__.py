"""Nhật ký: what was done, by whom, chained by hash."""
