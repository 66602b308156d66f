"""Thẩm tra: addresses."""

from django.urls import path

from ntm.faces.desk.rooms.verification import views

urlpatterns = [
    path("tham-tra/", views.verify, name="verify"),
    path("tham-tra/<int:unit_id>/<str:set_code>/<str:as_of>/", views.group, name="verify_group"),
    path("tham-tra/so-lieu/<int:observation_id>/", views.one, name="verify_one"),
    path("tham-tra/so-lieu/<int:observation_id>/nhan/", views.accept, name="verify_accept"),
    path("tham-tra/so-lieu/<int:observation_id>/so-khac/", views.found_otherwise, name="verify_other"),
    path("tham-tra/so-lieu/<int:observation_id>/tra-lai/", views.give_back, name="verify_return"),
    path("tham-tra/<int:unit_id>/<str:set_code>/<str:as_of>/nhan-tat-ca/", views.accept_all, name="verify_all"),
]
