"""Nhập số liệu: the sheet in which an office types, its evidence, its gaps, and sending."""
