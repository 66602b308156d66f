"""Sổ theo dõi: addresses."""

from django.urls import path

from ntm.faces.desk.rooms.registers import changing, importing, listing

_UNIT = "so-theo-doi/<int:unit_id>/"
_REGISTER = _UNIT + "<slug:slug>/"

urlpatterns = [
    path("so-theo-doi/", listing.registers, name="registers"),
    path(_UNIT, listing.of_unit, name="registers_unit"),
    path(_REGISTER, listing.register, name="register"),
    path(_REGISTER + "tai.xlsx", listing.download, name="register_file"),
    path(_REGISTER + "them/", changing.add, name="register_add"),
    path(_REGISTER + "mau.xlsx", importing.template, name="register_template"),
    path(_REGISTER + "nhap/", importing.take, name="register_import"),
    path(_REGISTER + "<int:entry_id>/", listing.entry, name="register_entry"),
    path(_REGISTER + "<int:entry_id>/sua/", changing.correct, name="register_correct"),
    path(_REGISTER + "<int:entry_id>/rut/", changing.withdraw, name="register_withdraw"),
    path(_REGISTER + "<int:entry_id>/<slug:child>/them/", changing.add_inside, name="register_add_inside"),
]
