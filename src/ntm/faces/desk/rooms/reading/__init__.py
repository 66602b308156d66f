"""Phòng văn bản: the archive with its search, and the reading desk."""
