"""Phòng Quản trị: accounts, offices, keys, authority, the state of the installation."""
