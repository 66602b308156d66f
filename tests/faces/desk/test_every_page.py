"""Mọi trang của bàn làm việc: every address that answers GET with a page is walked by somebody whom it fits; axe finds nothing.

What a walk must have seen is listed beside it. A page that a new room adds, or that nothing leads to any more, fails a test
until somebody walks it. Files, pieces of pages and doors that are shut have their reasons below.
"""

from __future__ import annotations

import inspect
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from document_world import ON as READ_ON
from document_world import RICH, sample, uploaded
from faces.desk.carrying.test_carrying_page import merged
from faces.desk.figures_world import communes, income, stand, titled
from faces.desk.funding import test_works_sheet_pages as works_sheets
from faces.desk.funding.conftest import money
from faces.desk.proposals.conftest import town
from faces.desk.tasks.conftest import with_set, work
from faces.desk.tasks.test_work_browser import filled
from faces.desk.workbooks.test_workbooks_room import downloaded
from faces.desk.working_world import HAI_DUONG, PNG, QUERY, campaign_of, client_of, sent, typed, user_of, world
from faces.walking import names, pages, wrong_on
from ntm.domain.documents.writing.template_starter import starter
from ntm.records.funding.models import AllocationDecision
from ntm.records.people.models import Body
from ntm.records.planning.services import cascade, cells, duties, roadmap, targets, text
from ntm.records.planning.services.cells import CellPlan
from ntm.records.planning.services.targets import Promise
from ntm.records.registers.services import recording
from ntm.records.standing import services
from records.funding.test_proposals import TY, asked, done
from records.planning import plan_world

__all__ = ["client_of", "filled", "merged", "money", "town", "with_set", "work", "world"]
browser = pytest.mark.browser

OWN = {
    "desk:home", "desk:entries", "desk:entry", "desk:entry_send", "desk:entry_detail", "desk:history", "desk:campaigns",
    "desk:campaign", "desk:workbooks", "desk:workbook", "account_change_password", "mfa_index", "mfa_list_webauthn",
}  # fmt: skip
AREAS = {
    "desk:units", "desk:unit_search", "desk:search", "desk:unit", "desk:unit_criterion", "desk:unit_plans",
    "desk:unit_history", "desk:unit_lineage", "desk:unit_children", "desk:unit_bodies", "desk:body_create",
    "desk:member_add", "desk:watch_assign", "desk:matrix",
    "desk:compare", "desk:rollup", "desk:alarms", "desk:one_page", "desk:verify", "desk:verify_group", "desk:verify_one",
    "desk:campaign_open",
}  # fmt: skip
LAW = {
    "desk:sets", "desk:set-diff", "desk:set_upload", "desk:set", "desk:set_criterion", "desk:set_indicator",
    "desk:instruments", "desk:instrument_add", "desk:instrument",
}  # fmt: skip
SYSTEM = {
    "desk:administration", "desk:authority", "desk:installation", "desk:accounts", "desk:accounts_import", "desk:account",
    "desk:offices", "desk:office_new", "desk:office", "desk:account_new", "desk:tokens", "desk:audit", "desk:audit_entry",
    "desk:unit_changes", "desk:unit_change", "desk:unit_dating", "desk:unit_statuses", "desk:style", "desk:style_cell",
}  # fmt: skip
PAPERS = {
    "desk:reading", "desk:reading_confirmed", "desk:document", "desk:document_item", "desk:document_lower",
}  # fmt: skip
REGISTERS = {
    "desk:registers_unit", "desk:register", "desk:register_add", "desk:register_import", "desk:register_entry",
    "desk:register_correct", "desk:register_withdraw", "desk:register_add_inside",
}  # fmt: skip
PLANS = {
    "desk:plans", "desk:plan_open", "desk:plan", "desk:plan_head", "desk:plan_recipients", "desk:plan_bases",
    "desk:plan_part_add", "desk:plan_part", "desk:plan_comments", "desk:plan_checks", "desk:plan_versions",
    "desk:plan_issue", "desk:plan_files", "desk:plan_targets", "desk:plan_target", "desk:plan_proposals",
    "desk:plan_cells", "desk:plan_cascade", "desk:plan_roadmap", "desk:plan_progress", "desk:plan_beside",
    "desk:plan_given", "desk:office_templates", "desk:office_template", "desk:template_fields",
}  # fmt: skip
WORK = {
    "desk:tasks", "desk:task_calendar", "desk:responsibility", "desk:reminders", "desk:task",
    "desk:unit_tasks", "desk:plan_tasks", "desk:meetings", "desk:meeting", "desk:inspections", "desk:inspection_new",
    "desk:inspection", "desk:inspection_visit",
}  # fmt: skip
MONEY = {
    "desk:funding", "desk:funding_sources", "desk:funding_pace", "desk:debts", "desk:works", "desk:works_one",
    "desk:works_post", "desk:works_add", "desk:contributions", "desk:funding_books", "desk:reverse_entry",
    "desk:vouchers_import", "desk:funding_post", "desk:funding_decide", "desk:funding_decision", "desk:receipt",
    "desk:works_import", "desk:works_upload",
}  # fmt: skip
PROPOSALS = {
    "desk:proposals", "desk:proposals_compare", "desk:proposal", "desk:proposal_new", "desk:proposal_why",
}  # fmt: skip
MERGED = {"desk:unit_carrying", "desk:village_add", "desk:village_sheet"}
ALONE = {"account_login", "desk:registers"}
WALKED = OWN | AREAS | LAW | SYSTEM | PAPERS | REGISTERS | PLANS | WORK | MONEY | PROPOSALS | MERGED | ALONE

NO_PAGES = {
    "a file": {
        "desk:accounts_template", "desk:audit_download", "desk:works_template", "desk:works_returned",
        "desk:campaign_file", "desk:evidence", "desk:vouchers_template",
        "desk:funding_forms", "desk:funding_letter", "desk:works_photograph", "desk:decision_file", "desk:set_template",
        "desk:meeting_minutes", "desk:meeting_kept", "desk:plan_file", "desk:plan_paper", "desk:plan_print_file",
        "desk:proposal_file", "desk:document_page", "desk:document_file", "desk:document_findings", "desk:register_file",
        "desk:register_template", "desk:style_file", "desk:matrix_file", "desk:plan_cells_file", "desk:task_feed",
        "desk:task_file", "desk:template_starter", "desk:template_guide", "desk:template_file", "desk:template_preview",
        "desk:village_template", "desk:workbook_file", "desk:workbook_marked", "mfa_download_recovery_codes",
    },
    "a piece that a page asks for and holds": {
        "desk:document_progress", "desk:document_source", "desk:proposal_progress", "desk:plan_print_progress",
        "desk:plan_deadline", "desk:plan_cell_lists", "desk:plan_task_bodies", "desk:plan_task_gaps",
        "desk:plan_task_works", "desk:task_works", "desk:task_bodies", "desk:task_deadline", "mfa_login_webauthn",
    },
    "the minute in which a file is printed: one line and the way back": {"desk:plan_print"},
    "only sent to": {
        "desk:language",
    },
    "shut: no letters are sent, accounts are given by the office": {
        "account_inactive", "account_signup", "account_email", "account_email_verification_sent", "account_set_password",
        "account_reset_password", "account_confirm_login_code", "account_confirm_email", "account_reset_password_done",
        "account_reset_password_from_key", "account_reset_password_from_key_done",
    },
    "of a single sign-on, which no installation has until it is set": {
        "socialaccount_login_cancelled", "socialaccount_login_error", "socialaccount_signup", "socialaccount_connections",
        "openid_connect_login", "openid_connect_callback",
    },
    "walked in test_look.py and test_passkeys.py, where the password is asked again": {
        "account_logout", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate", "mfa_authenticate",
        "mfa_reauthenticate", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
        "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn",
    },
}  # fmt: skip


def _only_post(view):
    """Does the view say that it takes nothing but POST? A deed sends whoever comes by GET to its page."""
    try:
        lines = inspect.getsource(inspect.unwrap(view)).splitlines()
    except (OSError, TypeError):
        return False
    return any(line.startswith(("@require_POST", "@deed(", "@_done")) for line in lines)


def test_no_page_is_left_out():
    reasons = set().union(*NO_PAGES.values())
    every = {name for name, _view in names()}
    pages_of_site = {name for name, view in names() if not _only_post(view)}
    assert pages_of_site - WALKED - reasons == set(), "walk these pages below, or say why they are none"
    assert (WALKED | reasons) - every == set(), "these addresses are gone"
    assert WALKED & reasons == set()


@pytest.fixture
def look(desk, client_of):
    """Find these pages as this person from these addresses, and look at each in the browser."""

    def walk(actor, wanted, *addresses):
        found = pages(client_of(actor), addresses, wanted)
        assert wrong_on(desk.sign_in(user_of(actor)), [desk.url + one for one in found.values()]) == []

    return walk


@pytest.fixture
def standing(world):
    """A district with figures, a title, a review, something typed and something sent."""
    stand(world, {f"TC{no}": no % 3 != 0 for no in range(1, 20) if no != 10})
    income(world)
    titled(world)
    for unit in communes(world, 2):
        stand(world, {f"TC{no}": no % 2 == 0 for no in range(1, 20)}, unit_id=unit, assumed=True)
    campaign_of(world)
    draft = typed(world, "10", "58,2", "Báo cáo của xã")
    services.attach(world.actor["officer"], draft.pk, content=PNG, name="bang.png")
    sent(world, "TC3", "đạt")
    start = date(2000, 1, 1)
    Body.objects.create(unit_id=world.unit["cam_giang"], kind="division", name="Phòng Nông nghiệp", start=start)
    return world


@browser
def test_what_a_commune_types(look, desk, standing, client_of):
    assert wrong_on(desk.visit(), [desk.url + "/tai-khoan/login/"]) == []
    officer = standing.actor["officer"]
    file = SimpleUploadedFile("thach-loi.xlsx", downloaded(standing))
    upload = client_of(officer).post(f"/bang-tinh/nop/{QUERY}", {"tep": file})["Location"]
    sheet = f"/nhap-so-lieu/{standing.unit['thach_loi']}/{HAI_DUONG}/"
    more = ("password/change/", "2fa/", "2fa/webauthn/")
    look(
        officer, OWN, f"/{QUERY}", f"{sheet}{QUERY}", f"{sheet}gui/{QUERY}", f"{sheet}chi-tiet/10/{QUERY}", upload,
        *(f"/tai-khoan/{one}" for one in more),
    )  # fmt: skip


@browser
def test_areas(look, standing):
    unit, district = standing.unit["thach_loi"], standing.unit["cam_giang"]
    look(
        standing.actor["district"], AREAS, f"/dia-ban/{unit}/{QUERY}", f"/dia-ban/{district}/{QUERY}",
        f"/dia-ban/{district}/co-quan/{QUERY}", f"/dia-ban/{district}/cap-duoi/{QUERY}", f"/dia-ban/{unit}/mot-trang/{QUERY}",
        f"/dia-ban/tim/{QUERY}&q=thach", f"/tim/{QUERY}&q=thach", f"/tham-tra/{QUERY}", f"/ra-soat/mo/{QUERY}",
    )  # fmt: skip


@browser
def test_law(look, standing):
    code = HAI_DUONG
    look(
        standing.actor["province"], LAW, f"/bo-tieu-chi/{QUERY}", f"/bo-tieu-chi/{code}/tieu-chi/10/{QUERY}",
        f"/bo-tieu-chi/{code}/chi-tieu/10/{QUERY}",
    )  # fmt: skip


@browser
def test_the_system(look, standing, holder, settings):
    settings.DEBUG = True
    unit = standing.unit["thach_loi"]
    look(
        holder("administrator"), SYSTEM, f"/quan-tri/{QUERY}", f"/dia-ban/{unit}/thay-doi/{QUERY}",
        f"/dia-ban/{unit}/thay-doi/ghi-ngay/{QUERY}", f"/dia-ban/{unit}/dien/{QUERY}", "/khung/", "/khung/o/mau-1/tc10/",
    )  # fmt: skip


@browser
def test_figures_of_a_merged_unit(look, merged):
    office, unit = merged
    look(office, MERGED, f"/dia-ban/{unit}/mang-so-lieu/", f"/dia-ban/{unit}/cap-duoi/")


@browser
def test_papers(look, area, holder):
    officer, day = holder("coordination_office", area.district), f"?ngay={READ_ON.isoformat()}"
    document = uploaded(officer, area.district, sample(RICH))
    item = document.current.items.first()
    path = f"/van-ban/{document.pk}/"
    look(officer, PAPERS, f"/van-ban/{day}", f"{path}{day}", f"{path}muc/{item.pk}/{day}", f"{path}cap-duoi/{day}")


@browser
def test_registers(look, area, holder):
    clerk, day = holder("commune_officer", area.commune), f"?ngay={READ_ON.isoformat()}"
    values = {"title": "Hồi Văn An", "owner": "HTX Hồi", "owner_kind": "cooperative", "start": date(2023, 3, 1)}
    recording.record(clerk, "ocop", unit_id=area.commune, values=values, on=READ_ON)
    look(clerk, REGISTERS, f"/so-theo-doi/{area.commune}/{day}", f"/so-theo-doi/{area.commune}/ocop/{day}")
    look(holder("coordination_office"), {"desk:registers"}, f"/so-theo-doi/{day}")


@browser
def test_plans(look, area, holder, client_of):
    world = plan_world.build(area, holder)
    made, on = plan_world.plan(world), plan_world.ON
    day, writer = f"?ngay={on.isoformat()}", world.writer
    text.add_section(writer, made.pk, label="I.", heading="MỤC ĐÍCH, YÊU CẦU", text="- Nâng cao đời sống.", on=on)
    text.add_basis(writer, made.pk, number="120/KH-UBND", issuer="UBND huyện", on=on)
    duties.add_duty(writer, made.pk, body_words="Phòng NN&PTNT", text="Tham mưu", criteria=[3], on=on)
    targets.add_target(writer, made.pk, Promise("criteria", "Thêm 3 tiêu chí", value=3), on=on)
    cells.set_many(writer, made.pk, [CellPlan(area.commune, 5), CellPlan(area.neighbour, 6, "keep")], on=on)
    cascade.cascade(writer, made.pk, on=on)
    roadmap.add_step(writer, made.pk, what="Làm đường", deadline_words="Quý II/2018", criterion_no=5, on=on)
    file = SimpleUploadedFile("mau.docx", starter("plan"))
    template = client_of(writer).post(f"/mau-van-ban/{day}", {"kind": "plan", "file": file, "name": ""})["Location"]
    path = f"/ke-hoach/{made.pk}/"
    look(
        writer, PLANS, f"{path}{day}", f"{path}chi-tieu/de-xuat/{day}", f"{path}doi-chieu/{day}", f"{path}dau/{day}",
        f"/ke-hoach/lap/{day}", f"/dia-ban/{area.commune}/phan-giao/{day}", template,
    )  # fmt: skip


@browser
def test_work(look, filled):
    day, occurrence = "?ngay=2020-03-25", filled.made["occurrence"].pk
    visit = f"/kiem-tra/{filled.made['inspection'].pk}/don-vi/{filled.area.neighbour}/{day}"
    look(
        filled.actor["office"], WORK, f"/viec/{day}", f"/viec/{occurrence}/{day}",
        f"/ke-hoach/{filled.plan.pk}/chuong-trinh/{day}", f"/kiem-tra/{day}", f"/giao-ban/{day}", visit,
        f"/dia-ban/{filled.area.district}/nhiem-vu/{day}", f"/viec/loi-nhac/{day}",
    )  # fmt: skip


@browser
def test_money(look, money, client_of):
    day = "?ngay=2023-06-01&nam=2023"
    decision = AllocationDecision.objects.get().pk
    sheet = works_sheets.brought(money, client_of)
    look(
        money.officer, MONEY - {"desk:funding_decision", "desk:receipt"}, f"/nguon-luc/{day}", f"/nguon-luc/so/{day}",
        f"/nguon-luc/cong-trinh/{money.works.pk}/{day}", sheet,
    )  # fmt: skip
    look(money.office, {"desk:funding_decision"}, f"/nguon-luc/quyet-dinh/{decision}/{day}")
    look(money.board, {"desk:receipt"}, f"/nguon-luc/dong-gop/{day}")


@browser
def test_proposals(look, town):
    first, second = done(town, title="Một"), done(town, asked(9 * TY), title="Hai")
    base, day = "/nguon-luc/de-xuat/", "?ngay=2023-06-01&nam=2023"
    district, one = town.area.district, first.proposal.pk
    look(
        town.office, PROPOSALS, f"{base}{day}&don-vi={district}", f"{base}so-sanh/{day}&mot={one}&hai={second.proposal.pk}",
        f"{base}{one}/vi-sao/ct-{town.other}/{day}", f"/nguon-luc/{district}/de-xuat/moi/{day}",
    )  # fmt: skip
