"""Tra cứu tiền và công trình: one module a subject; every question takes a day."""
