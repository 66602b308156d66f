"""Tài khoản: accounts are given by an administrator, never taken; allauth keeps the doors of signing in."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Đăng ký đóng: nobody makes an account for himself; the rest is allauth's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        raise PermissionError("Không tự đăng ký được: tài khoản do quản trị hệ thống cấp.")

    def set_password(self, user: Any, password: str) -> None:
        """A person who has chosen a password need not change the one he was given."""
        user.must_change_password = False
        super().set_password(user, password)


def lockout_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Tên để đếm số lần sai: one account has one count, however its name is typed."""
    given = credentials.get("username") if credentials else request.POST.get("login")
    return str(given or "").strip().lower()
