"""Thẩm tra, thẩm định: what waits, the figure beside last year’s, the evidence beside it; accept, another value, give back."""
