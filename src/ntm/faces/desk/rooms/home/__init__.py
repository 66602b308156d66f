"""Bàn làm việc: the first page after signing in."""
