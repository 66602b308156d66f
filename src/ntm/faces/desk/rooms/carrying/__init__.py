"""Mang số liệu sang đơn vị kế thừa: preview, then the deed."""
