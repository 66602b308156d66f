"""Kiểm tra, đôn đốc: rounds, what was found at each unit, what follows."""
