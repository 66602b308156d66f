"""Kiểm tra, đôn đốc: addresses."""

from django.urls import path

from ntm.faces.desk.rooms.inspections import planning, views

_ROUND = "kiem-tra/<int:inspection_id>/"

urlpatterns = [
    path("kiem-tra/", views.inspections, name="inspections"),
    path("kiem-tra/lap/", planning.new, name="inspection_new"),
    path(_ROUND, views.inspection, name="inspection"),
    path(_ROUND + "don-vi/<int:unit_id>/", views.visit, name="inspection_visit"),
    path(_ROUND + "ket-qua/<int:finding_id>/giao-viec/", views.follow_up, name="inspection_follow"),
    path(_ROUND + "ket-thuc/", views.finish, name="inspection_finish"),
    path(_ROUND + "khong-tien-hanh/", views.cancel, name="inspection_cancel"),
]
