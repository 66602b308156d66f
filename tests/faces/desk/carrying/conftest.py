"""Fixtures of the carrying page."""

from faces.desk.working_world import client_of

__all__ = ["client_of"]
