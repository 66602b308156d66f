"""Chỉ tiêu của kế hoạch: addresses."""

from django.urls import path

from ntm.faces.desk.rooms.targets import (
    answering,
    cascade,
    cells,
    listing,
    page_of_unit,
    progress,
    road,
    side_by_side,
)

_PLAN = "ke-hoach/<int:plan_id>/"

urlpatterns = [
    path(_PLAN + "chi-tieu/", listing.targets, name="plan_targets"),
    path(_PLAN + "chi-tieu/<int:target_id>/", listing.change, name="plan_target"),
    path(_PLAN + "chi-tieu/<int:target_id>/bo/", listing.remove, name="plan_target_remove"),
    path(_PLAN + "chi-tieu/de-xuat/", listing.proposals, name="plan_proposals"),
    path(_PLAN + "chi-tieu/de-xuat/nhan/", listing.take_proposals, name="plan_proposals_take"),
    path(_PLAN + "thoi-han/", listing.deadline, name="plan_deadline"),
    path(_PLAN + "xa-tieu-chi/", cells.cells, name="plan_cells"),
    path(_PLAN + "xa-tieu-chi/tep.<str:form>", cells.download, name="plan_cells_file"),
    path(_PLAN + "xa-tieu-chi/danh-sach/", cells.lists, name="plan_cell_lists"),
    path(_PLAN + "xa-tieu-chi/o/", cells.cell, name="plan_cell"),
    path(_PLAN + "xa-tieu-chi/thoi-han/", cells.deadline, name="plan_cell_deadline"),
    path(_PLAN + "xa-tieu-chi/hang/<int:unit_id>/", cells.row, name="plan_cell_row"),
    path(_PLAN + "xa-tieu-chi/xu-ly/<int:cell_id>/", cells.resolve, name="plan_cell_resolve"),
    path(_PLAN + "phan-khai/", cascade.cascade, name="plan_cascade"),
    path(_PLAN + "phan-khai/toan-bo/", cascade.parcel_out, name="plan_parcel_out"),
    path(_PLAN + "phan-khai/<int:target_id>/giao/", cascade.give, name="plan_give"),
    path(_PLAN + "phan-khai/<int:target_id>/chia-deu/", cascade.spread, name="plan_spread"),
    path(_PLAN + "phan-khai/<int:target_id>/thoi-giao/", cascade.remove, name="plan_share_remove"),
    path(_PLAN + "phan-khai/<int:target_id>/ly-do/", cascade.explain, name="plan_explain"),
    path("dia-ban/<int:unit_id>/phan-giao/", answering.given, name="plan_given"),
    path("dia-ban/<int:unit_id>/phan-giao/<int:share_id>/", answering.answer, name="plan_answer"),
    path("dia-ban/<int:unit_id>/phan-giao/nhan-het/", answering.accept, name="plan_accept"),
    path("dia-ban/<int:unit_id>/phan-giao/vao-ke-hoach/", answering.take_up, name="plan_take_up"),
    path(_PLAN + "lo-trinh/", road.road, name="plan_roadmap"),
    path(_PLAN + "lo-trinh/luu/", road.save_table, name="plan_road_save"),
    path(_PLAN + "lo-trinh/<int:step_id>/doi/", road.move, name="plan_step_move"),
    path(_PLAN + "lo-trinh/<int:step_id>/bo/", road.take_out, name="plan_step_remove"),
    path(_PLAN + "tien-do/", progress.progress, name="plan_progress"),
    path(_PLAN + "doi-chieu/", side_by_side.beside, name="plan_beside"),
    path(_PLAN + "doi-chieu/<int:other_id>/", side_by_side.beside, name="plan_beside"),
    path("dia-ban/<int:unit_id>/mot-trang/", page_of_unit.one_page, name="one_page"),
]
