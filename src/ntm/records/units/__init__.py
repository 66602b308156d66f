"""Đơn vị hành chính: units with their history."""
