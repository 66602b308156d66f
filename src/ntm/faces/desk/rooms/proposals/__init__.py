"""Đề xuất phân bổ vốn: asked with ceilings and rules, followed, read with its reasons, set beside another, exported."""
