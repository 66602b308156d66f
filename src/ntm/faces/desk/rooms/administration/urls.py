"""Addresses of the administration room."""

from django.urls import path

from ntm.faces.desk.rooms.administration import accounts, importing, offices, tokens, views

urlpatterns = [
    path("quan-tri/", views.administration, name="administration"),
    path("quan-tri/tham-quyen/", views.authority_table, name="authority"),
    path("quan-tri/ban-cai-dat/", views.installation, name="installation"),
    path("quan-tri/tai-khoan/", accounts.accounts, name="accounts"),
    path("quan-tri/tai-khoan/nhap/", importing.accounts, name="accounts_import"),
    path("quan-tri/tai-khoan/nhap/mau.xlsx", importing.template, name="accounts_template"),
    path("quan-tri/tai-khoan/<int:user_id>/", accounts.account, name="account"),
    path("quan-tri/tai-khoan/<int:user_id>/khoa/", accounts.close, name="account_close"),
    path("quan-tri/tai-khoan/<int:user_id>/mo/", accounts.reopen, name="account_reopen"),
    path("quan-tri/tai-khoan/<int:user_id>/mat-khau/", accounts.reset_password, name="account_password"),
    path("quan-tri/tai-khoan/<int:user_id>/hai-buoc/", accounts.reset_second_factor, name="account_second_factor"),
    path("quan-tri/chuc-danh/", offices.offices, name="offices"),
    path("quan-tri/chuc-danh/moi/", offices.new, name="office_new"),
    path("quan-tri/chuc-danh/<int:office_id>/", offices.office, name="office"),
    path("quan-tri/chuc-danh/<int:office_id>/tai-khoan-moi/", accounts.new, name="account_new"),
    path("quan-tri/chuc-danh/<int:office_id>/giao/", offices.give, name="office_give"),
    path("quan-tri/chuc-danh/<int:office_id>/<int:holding_id>/thoi/", offices.end, name="office_end"),
    path("quan-tri/khoa-api/", tokens.tokens, name="tokens"),
    path("quan-tri/khoa-api/<int:token_id>/thu-hoi/", tokens.revoke, name="token_revoke"),
]
