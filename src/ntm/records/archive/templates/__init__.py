"""Mẫu văn bản của cơ quan: offered, tried, put in force, retired; which one a paper is written with."""
