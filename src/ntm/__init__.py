"""NTM: xây dựng nông thôn mới, from the plan to the verified figure."""

__version__ = "0.1.0"
