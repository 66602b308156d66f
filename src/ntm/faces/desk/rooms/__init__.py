"""Các phòng của bàn làm việc: one package a room, with its urls.py and views."""
