"""Nhập số liệu: addresses."""

from django.urls import path

from ntm.faces.desk.rooms.entry import details, files, history, sending, views

_SHEET = "nhap-so-lieu/<int:unit_id>/<str:set_code>/"

urlpatterns = [
    path("nhap-so-lieu/", views.entries, name="entries"),
    path(_SHEET, views.entry, name="entry"),
    path(_SHEET + "o/<str:code>/", views.cell, name="entry_cell"),
    path(_SHEET + "gui/", sending.send, name="entry_send"),
    path(_SHEET + "chi-tiet/<str:code>/", details.detail, name="entry_detail"),
    path(_SHEET + "tep/<str:code>/", files.attach, name="entry_attach"),
    path(_SHEET + "lay-lai/<str:code>/", details.take_up, name="entry_take_up"),
    path(_SHEET + "bo-nhap/<str:code>/", details.withdraw, name="entry_withdraw"),
    path(_SHEET + "con-thieu/<str:code>/", details.gap, name="entry_gap"),
    path(_SHEET + "con-thieu/<str:code>/<int:gap_id>/", details.close_gap, name="entry_gap_close"),
    path(_SHEET + "go-tep/<str:code>/<int:evidence_id>/", files.remove, name="entry_remove"),
    path("minh-chung/<int:evidence_id>/", files.evidence, name="evidence"),
    path("lich-su/<int:unit_id>/<str:set_code>/<str:code>/", history.history, name="history"),
]
