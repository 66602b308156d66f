"""Bảng tiêu chí, so sánh, tổng hợp, cảnh báo: addresses."""

from django.urls import path

from ntm.faces.desk.rooms.tables import alarms, compare, matrix, rollup

urlpatterns = [
    path("bang-tieu-chi/", matrix.matrix, name="matrix"),
    path("bang-tieu-chi/<int:unit_id>/", matrix.matrix, name="matrix"),
    path("bang-tieu-chi/tep.<str:form>", matrix.download, name="matrix_file"),
    path("bang-tieu-chi/so-sanh/", compare.compare, name="compare"),
    path("tong-hop/", rollup.rollup, name="rollup"),
    path("canh-bao/", alarms.alarms, name="alarms"),
]
