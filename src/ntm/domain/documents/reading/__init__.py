"""Đọc văn bản: file -> blocks -> outline -> draft, each item with its page, lines and characters."""
