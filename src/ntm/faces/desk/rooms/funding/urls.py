"""Nguồn lực: addresses."""

from django.urls import path

from ntm.faces.desk.rooms.funding import (
    balance,
    contributions,
    debts,
    deciding,
    decision,
    importing,
    ledger,
    pace,
    posting,
    sources,
    works,
    works_one,
    written,
)

urlpatterns = [
    path("nguon-luc/", balance.balance, name="funding"),
    path("nguon-luc/nguon-va-su-dung/", sources.sources, name="funding_sources"),
    path("nguon-luc/giai-ngan/", pace.pace, name="funding_pace"),
    path("nguon-luc/no-dong/", debts.debts, name="debts"),
    path("nguon-luc/cong-trinh/", works.works, name="works"),
    path("nguon-luc/cong-trinh/<int:works_id>/", works_one.works_one, name="works_one"),
    path("nguon-luc/cong-trinh/<int:works_id>/tep/<int:use_id>/", works_one.photograph, name="works_photograph"),
    path("nguon-luc/cong-trinh/<int:works_id>/<slug:what>/", posting.works_post, name="works_post"),
    path("nguon-luc/dong-gop/", contributions.contributions, name="contributions"),
    path("nguon-luc/dong-gop/<int:entry_id>/phieu-thu/", contributions.receipt, name="receipt"),
    path("nguon-luc/so/", ledger.ledger, name="funding_books"),
    path("nguon-luc/so/<slug:book>/<int:entry_id>/dao/", ledger.reverse_entry, name="reverse_entry"),
    path("nguon-luc/quyet-dinh/<int:decision_id>/", decision.decision, name="funding_decision"),
    path("nguon-luc/quyet-dinh/<int:decision_id>/tep/", decision.decision_file, name="decision_file"),
    path("nguon-luc/chung-tu/nhap/", importing.vouchers_import, name="vouchers_import"),
    path("nguon-luc/chung-tu/mau.xlsx", importing.template, name="vouchers_template"),
    path("nguon-luc/bieu-03.<str:form>", written.forms_file, name="funding_forms"),
    path("nguon-luc/cong-van.docx", written.letter, name="funding_letter"),
    path("nguon-luc/<int:unit_id>/ghi/<slug:what>/", posting.post, name="funding_post"),
    path("nguon-luc/<int:unit_id>/quyet-dinh/<slug:act>/", deciding.decide, name="funding_decide"),
    path("nguon-luc/<int:unit_id>/cong-trinh/them/", posting.works_add, name="works_add"),
    path("nguon-luc/<int:unit_id>/mo-lai/<int:lock_id>/", ledger.reopen, name="reopen_period"),
    path("nguon-luc/<int:unit_id>/rut-so-tong/<int:total_id>/", ledger.withdraw, name="withdraw_total"),
]
