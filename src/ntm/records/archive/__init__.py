"""Lưu trữ: files once, by content."""
