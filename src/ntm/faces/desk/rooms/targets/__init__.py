"""Chỉ tiêu của kế hoạch: targets, the unit x criterion table, what is given below, the roadmap, progress, one page."""
