"""Kế hoạch: the list, one plan with its text, comments, checks, versions, issue, and its files."""
