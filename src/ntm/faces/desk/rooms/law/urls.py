"""Addresses of the law: criteria sets and legal instruments."""

from django.urls import path

from ntm.faces.desk.rooms.law import differences, instruments, sets, signing, uploading

urlpatterns = [
    path("bo-tieu-chi/", sets.sets, name="sets"),
    path("bo-tieu-chi/so-sanh/", differences.set_diff, name="set-diff"),
    path("bo-tieu-chi/nap/", uploading.upload, name="set_upload"),
    path("bo-tieu-chi/nap/nhan/", uploading.take, name="set_take"),
    path("bo-tieu-chi/nap/mau/<str:code>.xlsx", uploading.template, name="set_template"),
    path("bo-tieu-chi/<str:code>/", sets.one_set, name="set"),
    path("bo-tieu-chi/<str:code>/tieu-chi/<int:no>/", signing.criterion, name="set_criterion"),
    path("bo-tieu-chi/<str:code>/tieu-chi/<int:no>/ky/", signing.sign_criterion, name="set_criterion_sign"),
    path("bo-tieu-chi/<str:code>/chi-tieu/<str:indicator_code>/", signing.indicator, name="set_indicator"),
    path("bo-tieu-chi/<str:code>/chi-tieu/<str:indicator_code>/ky/", signing.sign_indicator, name="set_indicator_sign"),
    path("bo-tieu-chi/<str:code>/chu-ky/<int:check_id>/rut/", signing.withdraw, name="set_unsign"),
    path("van-ban-phap-ly/", instruments.instruments, name="instruments"),
    path("van-ban-phap-ly/them/", instruments.add, name="instrument_add"),
    path("van-ban-phap-ly/<str:instrument_id>/", instruments.instrument, name="instrument"),
    path("van-ban-phap-ly/<str:instrument_id>/rut/", instruments.withdraw, name="instrument_withdraw"),
]
