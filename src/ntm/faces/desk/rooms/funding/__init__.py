"""Nguồn lực: balance, sources and uses, spending, works, debts, contributions, and the forms that post entries."""
