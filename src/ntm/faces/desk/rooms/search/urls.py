"""Address of the search."""

from django.urls import path

from ntm.faces.desk.rooms.search import views

urlpatterns = [path("tim/", views.search, name="search")]
