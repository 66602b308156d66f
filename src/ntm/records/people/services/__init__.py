"""Việc của phòng Con người, cơ quan: every change, one function a verb: authority, rule, change, audit."""

from ntm.records.people.services.accounts import (
    close_user,
    create_admin,
    create_user,
    declare_installation,
    new_password,
    reopen_user,
    set_password,
)
from ntm.records.people.services.bodies import add_member, create_body, end_body, end_member
from ntm.records.people.services.importing import ImportReport, account_template, import_accounts
from ntm.records.people.services.offices import (
    choose_office,
    create_office,
    end_office,
    give_office,
    set_demonstration_day,
)
from ntm.records.people.services.opening import OpenedAccount, open_account, reset_password
from ntm.records.people.services.rules import NotPossible
from ntm.records.people.services.second_factor import reset_second_factor
from ntm.records.people.services.tokens import IssuedToken, authenticate, issue_token, revoke_token
from ntm.records.people.services.watches import assign_watch, end_watch

__all__ = [
    "ImportReport",
    "IssuedToken",
    "NotPossible",
    "OpenedAccount",
    "account_template",
    "add_member",
    "assign_watch",
    "authenticate",
    "choose_office",
    "close_user",
    "create_admin",
    "create_body",
    "create_office",
    "create_user",
    "declare_installation",
    "end_body",
    "end_member",
    "end_office",
    "end_watch",
    "give_office",
    "import_accounts",
    "issue_token",
    "new_password",
    "open_account",
    "reopen_user",
    "reset_password",
    "reset_second_factor",
    "revoke_token",
    "set_demonstration_day",
    "set_password",
]
