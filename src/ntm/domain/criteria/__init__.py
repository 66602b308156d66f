"""Bộ tiêu chí: criteria sets as dated, cited law."""
