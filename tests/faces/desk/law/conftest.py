"""Fixtures of the law room."""

from faces.desk.working_world import client_of, world

__all__ = ["client_of", "world"]
