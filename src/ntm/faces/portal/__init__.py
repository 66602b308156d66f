"""Cổng công khai: the public web."""
