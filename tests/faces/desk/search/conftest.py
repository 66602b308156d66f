"""Fixtures of the search room."""

from faces.desk.working_world import client_of, world

__all__ = ["client_of", "world"]
