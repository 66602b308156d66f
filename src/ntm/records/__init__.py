"""What the offices have done."""
