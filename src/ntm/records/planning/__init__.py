"""Kế hoạch và nhiệm vụ: what an office means to reach, by when, and who does what for it."""
