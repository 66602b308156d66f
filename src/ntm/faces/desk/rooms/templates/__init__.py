"""Phòng mẫu văn bản: an office's own Word templates, offered, tried, put in force, retired."""
