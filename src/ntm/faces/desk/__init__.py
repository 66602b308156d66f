"""Bàn làm việc: the officers' web."""
