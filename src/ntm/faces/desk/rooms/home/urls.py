"""Bàn làm việc: addresses."""

from django.urls import path

from ntm.faces.desk.rooms.home import views

urlpatterns = [path("", views.home, name="home")]
