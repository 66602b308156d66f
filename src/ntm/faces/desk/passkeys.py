"""Khoá truy cập: the forms with which a person adds a key of a phone, a computer or a stick and signs in by it; the
ceremony itself is allauth's."""

from __future__ import annotations

from typing import Any

from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _

__all__ = ["AddKeyForm", "LoginByKeyForm", "ReauthenticateByKeyForm", "RenameKeyForm", "SecondStepByKeyForm"]

NAME = _("Tên của khoá")


class AddKeyForm(AddWebAuthnForm):
    """Thêm khoá truy cập: a key that signs in by itself unless the person wants it only beside the password."""

    name = forms.CharField(label=NAME, required=False, max_length=100)
    passwordless = forms.BooleanField(
        label=_("Đăng nhập bằng khoá này, không cần mật khẩu"),
        help_text=_("Bỏ dấu thì vẫn phải gõ mật khẩu, khoá chỉ là bước thứ hai. Khoá USB đời cũ chỉ làm được cách ấy."),
        required=False,
        initial=True,
    )


class RenameKeyForm(EditWebAuthnForm):
    """Đổi tên khoá truy cập."""

    name = forms.CharField(label=NAME, max_length=100)


class _UnknownKeyIsSaid(forms.Form):
    """A key that was taken away or belongs elsewhere: allauth would speak of a wrong code, and there is none."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except forms.ValidationError as error:
            if error.code != "incorrect_code":
                raise
            said = _("Khoá này không còn dùng được ở đây. Đăng nhập bằng mật khẩu, rồi thêm khoá ở Xác thực hai bước.")
            raise forms.ValidationError(said) from error


class LoginByKeyForm(_UnknownKeyIsSaid, LoginWebAuthnForm):
    """Đăng nhập bằng khoá truy cập."""


class SecondStepByKeyForm(_UnknownKeyIsSaid, AuthenticateWebAuthnForm):
    """Khoá truy cập làm bước thứ hai."""


class ReauthenticateByKeyForm(_UnknownKeyIsSaid, ReauthenticateWebAuthnForm):
    """Xác nhận đúng là mình bằng khoá truy cập."""
