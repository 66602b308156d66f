"""Việc với tiền và công trình: one module a subject, one function a verb."""
