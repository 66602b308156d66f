"""Fixtures of the proposals' room: the records' two communes, with people signed in."""

from faces.desk.working_world import client_of
from records.funding.test_proposals import town

__all__ = ["client_of", "town"]
