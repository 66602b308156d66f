"""Bảng tính: addresses."""

from django.urls import path

from ntm.faces.desk.rooms.workbooks import found, views

urlpatterns = [
    path("bang-tinh/", views.workbooks, name="workbooks"),
    path("bang-tinh/tai/", views.download, name="workbook_file"),
    path("bang-tinh/nop/", views.upload, name="workbook_upload"),
    path("bang-tinh/<int:upload_id>/", found.workbook, name="workbook"),
    path("bang-tinh/<int:upload_id>/nhan/", found.take, name="workbook_take"),
    path("bang-tinh/<int:upload_id>/bo/", found.drop, name="workbook_drop"),
    path("bang-tinh/<int:upload_id>/danh-dau/", found.marked, name="workbook_marked"),
]
