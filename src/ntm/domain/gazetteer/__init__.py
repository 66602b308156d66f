"""Danh mục đơn vị hành chính: the dated lists of units that the project ships."""
