"""Địa bàn: addresses."""

from django.urls import path

from ntm.faces.desk.rooms.units import bodies, changes, country, statuses, tabs, unit, villages

_UNIT = "dia-ban/<int:unit_id>/"

urlpatterns = [
    path("dia-ban/", country.country, name="units"),
    path("dia-ban/tim/", country.search, name="unit_search"),
    path(_UNIT, unit.unit, name="unit"),
    path(_UNIT + "tieu-chi/<int:no>/", unit.criterion, name="unit_criterion"),
    path(_UNIT + "ke-hoach/", tabs.plans, name="unit_plans"),
    path(_UNIT + "lich-su/", tabs.history, name="unit_history"),
    path(_UNIT + "dien-bien/", tabs.lineage, name="unit_lineage"),
    path(_UNIT + "cap-duoi/", tabs.children, name="unit_children"),
    path(_UNIT + "co-quan/", bodies.bodies, name="unit_bodies"),
    path(_UNIT + "co-quan/lap/", bodies.create, name="body_create"),
    path(_UNIT + "co-quan/<int:body_id>/ket-thuc/", bodies.end_body, name="body_end"),
    path(_UNIT + "co-quan/<int:body_id>/thanh-vien/", bodies.add_member, name="member_add"),
    path(_UNIT + "thanh-vien/<int:member_id>/thoi/", bodies.end_member, name="member_end"),
    path(_UNIT + "phan-cong/", bodies.assign, name="watch_assign"),
    path(_UNIT + "phan-cong/<int:watch_id>/thoi/", bodies.end_watch, name="watch_end"),
    path(_UNIT + "thay-doi/", changes.changes, name="unit_changes"),
    path(_UNIT + "thay-doi/ghi-ngay/", changes.dating, name="unit_dating"),
    path(_UNIT + "thay-doi/<int:change_id>/huy/", changes.undo, name="unit_undo"),
    path(_UNIT + "thay-doi/<slug:kind>/", changes.change, name="unit_change"),
    path(_UNIT + "dien/", statuses.statuses, name="unit_statuses"),
    path(_UNIT + "dien/<int:status_id>/thoi/", statuses.end, name="status_end"),
    path(_UNIT + "thon/them/", villages.add, name="village_add"),
    path(_UNIT + "thon/bang/", villages.sheet, name="village_sheet"),
    path(_UNIT + "thon/bang/nhan/", villages.take, name="village_take"),
    path(_UNIT + "thon/mau.xlsx", villages.template, name="village_template"),
]
