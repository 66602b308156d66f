"""Đo ở cỡ cả nước: every figure beside a floor measured in the same run. `make bench`; nothing here is a test."""
