"""Khung, mẫu giao diện: addresses."""

from django.urls import path

from ntm.faces.desk.rooms.style import views

urlpatterns = [
    path("khung/", views.style, name="style"),
    path("khung/o/<str:row>/<str:column>/", views.opened, name="style_cell"),
    path("khung/ghi/", views.typed, name="style_typed"),
    path("khung/bang.<str:form>", views.file, name="style_file"),
]
