"""Cổng công khai: addresses of the public pages. None is published yet."""

from django.urls import URLPattern

app_name = "portal"
urlpatterns: list[URLPattern] = []
