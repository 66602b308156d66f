"""Đánh giá mức độ đạt chuẩn: facts, set and day to outcome with reasons."""
