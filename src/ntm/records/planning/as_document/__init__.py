"""Kế hoạch đã lưu như một văn bản: its lines, and its rows in the shape that the rules ask of a document."""
