"""Nhiệm vụ: addresses."""

from django.urls import path

from ntm.faces.desk.rooms.tasks import (
    calendar,
    deeds,
    listing,
    programme,
    programme_deeds,
    reminding,
    responsibility,
    serves,
    task,
)

_TASK = "viec/<int:occurrence_id>/"
_PLAN = "ke-hoach/<int:plan_id>/chuong-trinh/"

urlpatterns = [
    path("viec/", listing.work, name="tasks"),
    path("viec/lich/", calendar.month, name="task_calendar"),
    path("viec/lich/khoa/", calendar.make_key, name="task_feed_make"),
    path("viec/lich/khoa/<int:key_id>/rut/", calendar.withdraw_key, name="task_feed_withdraw"),
    path("lich/<str:key>.ics", calendar.feed, name="task_feed"),
    path("viec/trach-nhiem/", responsibility.responsibility, name="responsibility"),
    path("viec/loi-nhac/", reminding.reminders, name="reminders"),
    path("viec/loi-nhac/da-xem/", reminding.seen, name="reminders_seen"),
    path("viec/co-quan/", programme.bodies_here, name="task_bodies"),
    path("viec/thoi-han/", programme.deadline, name="task_deadline"),
    path("viec/phan/<int:part_id>/xong/", deeds.finish_part, name="task_part_finish"),
    path("viec/phan/<int:part_id>/rut/", deeds.withdraw_part, name="task_part_withdraw"),
    path(_TASK, task.task, name="task"),
    path(_TASK + "bao-nhanh/", listing.quick, name="task_quick"),
    path(_TASK + "tien-do/", deeds.note, name="task_note"),
    path(_TASK + "xong/", deeds.finish, name="task_finish"),
    path(_TASK + "mo-lai/", deeds.reopen, name="task_reopen"),
    path(_TASK + "khong-lam/", deeds.cancel, name="task_cancel"),
    path(_TASK + "phoi-hop/", deeds.coordinate, name="task_coordinate"),
    path(_TASK + "giao/", deeds.share, name="task_share"),
    path(_TASK + "chia/", deeds.split, name="task_split"),
    path(_TASK + "cong-trinh/", serves.works_of_task, name="task_works"),
    path(_TASK + "cong-trinh/ghi/", serves.tie, name="task_works_tie"),
    path(_TASK + "tep/<int:use_id>/", task.file, name="task_file"),
    path("dia-ban/<int:unit_id>/nhiem-vu/", listing.work_of_unit, name="unit_tasks"),
    path(_PLAN, programme.programme, name="plan_tasks"),
    path(_PLAN + "co-quan/", programme.bodies_read, name="plan_task_bodies"),
    path(_PLAN + "hang-muc/", serves.gap_choices, name="plan_task_gaps"),
    path(_PLAN + "cong-trinh/", serves.works_choices, name="plan_task_works"),
    path(_PLAN + "ghi/", programme_deeds.save, name="plan_task_save"),
    path(_PLAN + "nhom/", programme_deeds.group_save, name="plan_group_save"),
    path(_PLAN + "nhom/<int:group_id>/bo/", programme_deeds.group_remove, name="plan_group_remove"),
    path(_PLAN + "<int:task_id>/chuyen/", programme_deeds.move, name="plan_task_move"),
    path(_PLAN + "<int:task_id>/bo/", programme_deeds.remove, name="plan_task_remove"),
]
