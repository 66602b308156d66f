"""Giao diện lập trình: addresses of the REST face."""

from django.urls import path

from ntm.faces.api.application import api

urlpatterns = [path("", api.urls)]
