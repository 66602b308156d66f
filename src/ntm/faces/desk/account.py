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
