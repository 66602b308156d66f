"""Fixtures of the register pages."""

from faces.desk.working_world import client_of

__all__ = ["client_of"]
