"""Nhiệm vụ: lists, one task, a plan's work programme, calendar, responsibility."""
