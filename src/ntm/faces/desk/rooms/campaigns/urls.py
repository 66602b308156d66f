"""Rà soát hiện trạng: addresses."""

from django.urls import path

from ntm.faces.desk.rooms.campaigns import views

urlpatterns = [
    path("ra-soat/", views.campaigns, name="campaigns"),
    path("ra-soat/mo/", views.opening, name="campaign_open"),
    path("ra-soat/<int:campaign_id>/", views.campaign, name="campaign"),
    path("ra-soat/<int:campaign_id>/tai.<str:form>", views.download, name="campaign_file"),
    path("ra-soat/<int:campaign_id>/gia-han/", views.extend, name="campaign_extend"),
    path("ra-soat/<int:campaign_id>/khoa/", views.lock, name="campaign_lock"),
    path("ra-soat/<int:campaign_id>/mo-lai/", views.reopen, name="campaign_reopen"),
]
