"""Fixtures of the rooms of units and tables."""

from faces.desk.working_world import client_of, world

__all__ = ["client_of", "world"]
