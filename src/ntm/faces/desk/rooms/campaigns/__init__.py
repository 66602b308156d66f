"""Rà soát hiện trạng: campaigns opened by the upper office, their progress, their due day and their lock."""
