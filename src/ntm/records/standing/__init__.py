"""Hiện trạng: observations and where every unit stands."""
