"""Con người, cơ quan: accounts, bodies, offices, assignments, tokens; all dated."""

from ntm.records.people.models.bodies import Body, BodyKind, BodyMember
from ntm.records.people.models.installation import Installation, InstallationKind
from ntm.records.people.models.offices import Holding, Office, Role, Watch
from ntm.records.people.models.requests import AnsweredRequest
from ntm.records.people.models.tokens import Token
from ntm.records.people.models.users import User, UserManager

__all__ = [
    "AnsweredRequest",
    "Body",
    "BodyKind",
    "BodyMember",
    "Holding",
    "Installation",
    "InstallationKind",
    "Office",
    "Role",
    "Token",
    "User",
    "UserManager",
    "Watch",
]
