"""Văn bản: addresses."""

from django.urls import path

from ntm.faces.desk.rooms.reading import beside, deciding, document, files, listing

urlpatterns = [
    path("van-ban/", listing.reading, name="reading"),
    path("van-ban/tai-len/", listing.upload, name="reading_upload"),
    path("van-ban/da-xac-nhan/", listing.confirmed, name="reading_confirmed"),
    path("van-ban/<int:document_id>/", document.document, name="document"),
    path("van-ban/<int:document_id>/tien-do/", document.progress, name="document_progress"),
    path("van-ban/<int:document_id>/nguon/", document.source_panel, name="document_source"),
    path("van-ban/<int:document_id>/doc-lai/", document.read_again, name="document_read_again"),
    path("van-ban/<int:document_id>/rut/", document.withdraw, name="document_withdraw"),
    path("van-ban/<int:document_id>/quyet-dinh/", deciding.decide, name="document_decide"),
    path("van-ban/<int:document_id>/muc/<int:item_id>/", deciding.correct, name="document_item"),
    path("van-ban/<int:document_id>/phat-hien/<int:number>/", deciding.answer, name="document_answer"),
    path("van-ban/<int:document_id>/xac-nhan/", deciding.confirm, name="document_confirm"),
    path("van-ban/<int:document_id>/cap-duoi/", beside.lower, name="document_lower"),
    path("van-ban/<int:document_id>/trang/<int:number>.webp", files.picture, name="document_page"),
    path("van-ban/<int:document_id>/tep/", files.original, name="document_file"),
    path("van-ban/<int:document_id>/phat-hien.docx", files.findings, name="document_findings"),
]
