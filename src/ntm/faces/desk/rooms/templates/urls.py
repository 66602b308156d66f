"""Mẫu văn bản: addresses."""

from django.urls import path

from ntm.faces.desk.rooms.templates import deeds, files, views

_ONE = "mau-van-ban/<int:template_id>/"

urlpatterns = [
    path("mau-van-ban/", views.shelves, name="office_templates"),
    path("mau-van-ban/truong/<slug:kind>/", views.fields, name="template_fields"),
    path("mau-van-ban/khoi-dau/<slug:kind>.docx", files.starting, name="template_starter"),
    path("mau-van-ban/truong/<slug:kind>.docx", files.guide, name="template_guide"),
    path(_ONE, views.template, name="office_template"),
    path(_ONE + "mau.docx", files.original, name="template_file"),
    path(_ONE + "xem-thu.docx", files.preview, name="template_preview"),
    path(_ONE + "dua-vao-dung/", deeds.use, name="template_use"),
    path(_ONE + "thoi-dung/", deeds.retire, name="template_retire"),
    path(_ONE + "bo/", deeds.withdraw, name="template_withdraw"),
]
