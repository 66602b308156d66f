"""Văn bản: legal instruments as dated, cited data."""
