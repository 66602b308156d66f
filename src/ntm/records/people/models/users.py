"""Tài khoản người dùng."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

USERNAME = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._@-]{2,59}$",
    "Tên đăng nhập có từ 3 đến 60 ký tự: chữ không dấu, số, dấu chấm, gạch ngang, gạch dưới hoặc @.",
)


class UserManager(BaseUserManager["User"]):
    """Tìm tài khoản; small and capital letters are the same account."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username__iexact=(username or "").strip())


class User(AbstractBaseUser):
    """Người dùng: a person's account. It may do nothing by itself; offices held give the rights."""

    username = models.CharField("tên đăng nhập", max_length=60, unique=True, validators=[USERNAME])
    full_name = models.CharField("họ và tên", max_length=200)
    email = models.EmailField("thư điện tử", blank=True, default="")
    is_active = models.BooleanField("đang dùng", default=True)
    must_change_password = models.BooleanField("phải đổi mật khẩu", default=False)
    demonstration = models.BooleanField("tài khoản minh hoạ", default=False)
    created = models.DateTimeField("tạo lúc", default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("full_name",)

    class Meta:
        verbose_name = "người dùng"
        verbose_name_plural = "người dùng"
        ordering = ("full_name", "username")
        constraints = [models.UniqueConstraint(Lower("username"), name="people_user_username_any_case")]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name or self.username
