"""Addresses: one face, one prefix."""

from django.urls import include, path

urlpatterns = [
    path("tai-khoan/", include("allauth.urls")),
    path("api/", include("ntm.faces.api.urls")),
    path("cong-khai/", include("ntm.faces.portal.urls")),
    path("", include("ntm.faces.desk.urls")),
]
