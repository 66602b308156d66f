"""Khung trang: every component with sample figures, to look at and to measure."""
