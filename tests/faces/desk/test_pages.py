"""Cửa vào và trang: who gets in, what a refusal says, the day in the address, weight and headers."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

import ntm.faces.desk
from ntm.faces.desk import day, navigation

VENDOR = Path(ntm.faces.desk.__file__).parent / "static" / "vendor"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def client_of():
    def make(user):
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    return make


@pytest.mark.django_db
def test_a_visitor_is_sent_to_sign_in_and_comes_back():
    response = Client().get("/?ngay=2022-12-31")
    assert response.status_code == 302
    assert response["Location"] == "/tai-khoan/login/?next=%2F%3Fngay%3D2022-12-31"


@pytest.mark.django_db
def test_a_fragment_for_an_ended_session_is_not_a_login_page():
    response = Client().get("/", headers={"HX-Request": "true"})
    assert response.status_code == 401
    assert "Đăng nhập ở thẻ mới" in response.content.decode()


@pytest.mark.django_db
def test_one_view_gives_page_fragment_and_side_panel(client_of, officer):
    client = client_of(officer())
    whole = client.get("/khung/o/a/b/").content.decode()
    fragment = client.get("/khung/o/a/b/", headers={"HX-Request": "true"}).content.decode()
    side = client.get("/khung/o/a/b/", headers={"HX-Request": "true", "HX-Target": "side-content"}).content.decode()
    assert "<html" in whole and "<h1>" in whole
    assert "<html" not in fragment and "Ngưỡng" in fragment and "<h1>" not in fragment
    assert "<html" not in side and "<h2>a · b</h2>" in side


@pytest.mark.django_db
def test_a_day_typed_without_scripts_is_written_anew(client_of, officer):
    client = client_of(officer())
    assert client.get("/?ngay=31/12/2022&trang=2")["Location"] == "/?ngay=2022-12-31&trang=2"
    today = f"{day.today():%d/%m/%Y}"
    assert client.get(f"/?ngay={today}")["Location"] == "/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("32/13/2022", "không có tháng 13"),
        ("30/02/2023", "28 ngày"),
        ("hôm qua", "không phải ngày tháng"),
        ("01/01/1902", "ở ngoài khoảng"),
    ],
)
def test_a_day_that_is_none_is_said_and_today_is_shown(client_of, officer, typed, said):
    response = client_of(officer()).get("/", {"ngay": typed})
    text = response.content.decode()
    assert response.status_code == 200
    assert said in text and "Trang đang cho xem hôm nay." in text


@pytest.mark.django_db
def test_the_office_of_another_is_refused_in_a_sentence(client_of, officer):
    mine = officer()
    officer("nguoi.khac", "coordination_office", title="Văn phòng Điều phối trung ương")
    other = mine.holdings.model.objects.exclude(user=mine).get()
    response = client_of(mine).post("/chuc-danh/", {"holding": other.pk})
    assert response.status_code == 403
    assert "không giữ chức danh đã chọn" in response.content.decode()


@pytest.mark.django_db
def test_an_office_change_never_leads_out_of_the_site(client_of, officer):
    user = officer()
    response = client_of(user).post("/chuc-danh/", {"holding": user.holdings.get().pk, "next": "https://example.org/"})
    assert response["Location"] == "/"


@pytest.mark.django_db
def test_the_style_page_is_for_builders(client_of, officer, settings):
    viewer = officer("nguoi.xem", "viewer", title="Người xem")
    assert client_of(viewer).get("/khung/").status_code == 404
    settings.DEBUG = True
    assert client_of(viewer).get("/khung/").status_code == 200


@pytest.mark.django_db
def test_a_person_without_an_office_is_told_what_to_do(client_of, django_user_model):
    user = django_user_model.objects.create(username="chua.giao", full_name="Người chưa được giao")
    assert "chưa giữ chức danh nào" in client_of(user).get("/").content.decode()


@pytest.mark.django_db
def test_pages_are_light_and_their_headers_strict(client_of, officer):
    response = client_of(officer()).get("/khung/")
    assert len(response.content) < 150_000
    policy = response["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.split("style-src-attr")[0]
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_the_browser_s_language_does_not_decide(client_of, officer):
    client = client_of(officer())
    assert "Bàn làm việc" in client.get("/", headers={"Accept-Language": "en-US"}).content.decode()
    client.cookies["django_language"] = "en"
    assert "<title>Desk" in client.get("/").content.decode()


def test_vendored_files_are_what_their_packages_hold():
    told = json.loads((VENDOR / "vendor.json").read_text())
    for entry in told:
        file = VENDOR / entry["file"]
        assert hashlib.sha256(file.read_bytes()).hexdigest() == entry["sha256"], entry["file"]
        assert (VENDOR / entry["licence_file"]).stat().st_size > 500
        assert entry["version"] and entry["licence"]
    present = {str(file.relative_to(VENDOR)) for file in VENDOR.rglob("*.*") if file.name != "vendor.json"}
    assert present == {entry["file"] for entry in told}


def test_letters_of_the_rooms_are_their_own():
    letters = [room.letter for room in navigation.ROOMS]
    assert len(set(letters)) == len(letters)
    assert "g" not in letters


def test_rooms_of_one_kind_of_work_stand_under_one_head():
    doors = [navigation.Door(room, f"/{room.key}/", room.key == "verify") for room in navigation.ROOMS]
    rows = navigation.rows(doors)
    heads = {str(row.label): [door.room.key for door in row.doors] for row in rows if not row.alone}
    assert heads == {
        "Hiện trạng": ["matrix", "rollup"],
        "Số liệu": ["entry", "verify", "campaigns", "workbooks", "registers"],
    }
    assert [str(row.label) for row in rows if row.here] == ["Số liệu"]
    assert [door for row in rows for door in row.doors] == doors
    alone = navigation.rows([door for door in doors if door.room.key in ("home", "campaigns")])
    assert [(str(row.label), row.alone) for row in alone] == [("Bàn làm việc", True), ("Rà soát", True)]


def test_landmarks_are_ends_of_quarters_and_years():
    asked = day.AskedDay(date(2026, 11, 22), date(2026, 11, 22))
    assert asked.landmarks()[:5] == [
        date(2026, 11, 22),
        date(2026, 9, 30),
        date(2026, 6, 30),
        date(2026, 3, 31),
        date(2025, 12, 31),
    ]
    assert all((one + timedelta(days=1)).day == 1 for one in asked.landmarks()[1:])


def test_a_past_day_is_carried_by_links_and_today_is_not():
    past = day.asked(RequestFactory().get("/", {"ngay": "2022-12-31"}))
    assert (past.state, past.query) == ("past", "?ngay=2022-12-31")
    assert day.asked(RequestFactory().get("/")).query == ""


def test_the_english_catalogue_covers_the_shell():
    with translation.override("en"):
        labels = [str(room.label) for room in navigation.ROOMS]
    assert labels[:3] == ["Desk", "Areas", "Criteria table"]
