"""Nguồn lực: sources, needs, allocations, disbursements, works, debts, contributions; every total is derived."""
