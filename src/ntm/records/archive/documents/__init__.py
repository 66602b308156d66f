"""Văn bản hành chính: uploaded, read by the program, decided by people, confirmed for planning; searched."""
