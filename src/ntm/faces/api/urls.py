"""Giao diện lập trình: addresses of the REST face."""

from django.urls import URLPattern

app_name = "api"
urlpatterns: list[URLPattern] = []
