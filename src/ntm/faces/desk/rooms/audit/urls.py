"""Addresses of the log."""

from django.urls import path

from ntm.faces.desk.rooms.audit import views

urlpatterns = [
    path("nhat-ky/", views.log, name="audit"),
    path("nhat-ky/kiem-tra/", views.verify, name="audit_verify"),
    path("nhat-ky/nhat-ky.csv", views.download, name="audit_download"),
    path("nhat-ky/<int:sequence>/", views.entry, name="audit_entry"),
]
