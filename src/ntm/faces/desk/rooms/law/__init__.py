"""Phòng Luật: criteria sets and their checking, what changes between two, legal instruments."""
