"""Giao ban: meetings, their agenda on one page, conclusions that become tasks, minutes."""
