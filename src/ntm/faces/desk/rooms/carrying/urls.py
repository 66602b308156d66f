"""Mang số liệu: addresses."""

from django.urls import path

from ntm.faces.desk.rooms.carrying import views

_UNIT = "dia-ban/<int:unit_id>/mang-so-lieu/"

urlpatterns = [
    path(_UNIT, views.carrying, name="unit_carrying"),
    path(_UNIT + "rut/", views.take_back, name="unit_carrying_back"),
]
