"""Địa bàn: units on a day, what is known of them, and the changes that the right office enters."""
