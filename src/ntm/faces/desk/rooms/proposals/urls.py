"""Đề xuất phân bổ: addresses."""

from django.urls import path

from ntm.faces.desk.rooms.proposals import asking, comparing, deeds, listing, one

urlpatterns = [
    path("nguon-luc/de-xuat/", listing.proposals, name="proposals"),
    path("nguon-luc/de-xuat/so-sanh/", comparing.compare, name="proposals_compare"),
    path("nguon-luc/de-xuat/<int:proposal_id>/", one.proposal, name="proposal"),
    path("nguon-luc/de-xuat/<int:proposal_id>/tien-do/", one.progress, name="proposal_progress"),
    path("nguon-luc/de-xuat/<int:proposal_id>/vi-sao/<slug:item>/", one.why, name="proposal_why"),
    path("nguon-luc/de-xuat/<int:proposal_id>/tai.xlsx", one.download, name="proposal_file"),
    path("nguon-luc/de-xuat/<int:proposal_id>/gia-quy-tac/", deeds.price, name="proposal_price"),
    path("nguon-luc/de-xuat/<int:proposal_id>/rut/", deeds.withdraw, name="proposal_withdraw"),
    path("nguon-luc/<int:unit_id>/de-xuat/moi/", asking.ask, name="proposal_new"),
]
