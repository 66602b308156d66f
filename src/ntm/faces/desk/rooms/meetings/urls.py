"""Giao ban: addresses."""

from django.urls import path

from ntm.faces.desk.rooms.meetings import deeds, views

_MEETING = "giao-ban/<int:meeting_id>/"

urlpatterns = [
    path("giao-ban/", views.meetings, name="meetings"),
    path("giao-ban/mo/", deeds.opening, name="meeting_open"),
    path(_MEETING, views.meeting, name="meeting"),
    path(_MEETING + "sua/", deeds.change, name="meeting_change"),
    path(_MEETING + "ket-luan/", deeds.conclude, name="meeting_conclude"),
    path(_MEETING + "ket-luan/<int:conclusion_id>/bo/", deeds.take_back, name="meeting_take_back"),
    path(_MEETING + "chot/", deeds.hold, name="meeting_hold"),
    path(_MEETING + "bien-ban.docx", deeds.minutes_file, name="meeting_minutes"),
    path(_MEETING + "bien-ban/luu/", deeds.keep, name="meeting_keep"),
    path(_MEETING + "bien-ban/da-luu/", deeds.kept, name="meeting_kept"),
]
