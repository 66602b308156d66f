"""Tìm kiếm: one field for units, criteria, instruments and pages."""
