"""Cơ quan, thành viên, phân công qua biểu mẫu."""

from __future__ import annotations

from ntm.records.people.models import Body, BodyMember, Watch


def _url(world, rest="", what="cam_giang"):
    return f"/dia-ban/{world.unit[what]}/{rest}"


def test_a_body_with_a_member_who_leaves(client_of, world):
    client = client_of(world.actor["district"])
    assert "Chưa ghi cơ quan nào" in client.get(_url(world, "co-quan/?ngay=2022-12-31")).content.decode()
    form = {"kind": "steering_committee", "name": "Ban Chỉ đạo huyện", "start": "01/01/2020", "decision": "5/QĐ-UBND"}
    assert client.post(_url(world, "co-quan/lap/?ngay=2022-12-31"), form).status_code == 302
    twice = client.post(_url(world, "co-quan/lap/?ngay=2022-12-31"), form)
    assert twice.status_code == 422 and "đã có cơ quan" in twice.content.decode()
    body = Body.objects.get()
    member = {"name": "Người Thử", "position": "Phó Trưởng ban", "start": "01/02/2020"}
    client.post(_url(world, f"co-quan/{body.pk}/thanh-vien/?ngay=2022-12-31"), member)
    shown = client.get(_url(world, "co-quan/?ngay=2022-12-31")).content.decode()
    assert "Ban Chỉ đạo huyện" in shown and "Người Thử" in shown and "Phó Trưởng ban" in shown
    kept = BodyMember.objects.get()
    client.post(_url(world, f"thanh-vien/{kept.pk}/thoi/?ngay=2022-12-31"), {"end": "01/06/2022"})
    assert "Người Thử" not in client.get(_url(world, "co-quan/?ngay=2022-12-31")).content.decode()
    assert "Người Thử" in client.get(_url(world, "co-quan/?ngay=2022-01-31")).content.decode()
    wrong = client.post(_url(world, f"co-quan/{body.pk}/ket-thuc/?ngay=2022-12-31"), {"end": "hôm qua"}, follow=True)
    assert Body.objects.get().end is None and "Chưa làm được" in wrong.content.decode()


def test_who_watches_a_criterion_is_told_on_its_panel(client_of, world):
    client, when = client_of(world.actor["province"]), "?ngay=2022-12-31"
    form = {"kind": "department", "name": "Sở thử", "start": "01/01/2020"}
    client.post(_url(world, "co-quan/lap/" + when, "hai_duong"), form)
    body, commune = Body.objects.get(), world.unit["thach_loi"]
    form = {"who": f"b{body.pk}", "where": str(commune), "criterion": "10", "start": "01/01/2021"}
    early = client.post(_url(world, "phan-cong/" + when, "thach_loi"), form | {"start": "01/01/2019"})
    assert early.status_code == 422 and "không hoạt động" in early.content.decode()
    assert client.post(_url(world, "phan-cong/" + when, "thach_loi"), form).status_code == 302
    panel = client.get(f"/dia-ban/{commune}/tieu-chi/10/?ngay=2022-12-31").content.decode()
    assert "Phụ trách:" in panel and "Sở thử" in panel
    assert "Sở thử" not in client.get(f"/dia-ban/{commune}/tieu-chi/11/?ngay=2022-12-31").content.decode()
    listed = client.get(f"/dia-ban/{commune}/co-quan/?ngay=2022-12-31").content.decode()
    assert "tiêu chí 10 · xã Thạch Lỗi" in listed
    client.post(f"/dia-ban/{commune}/phan-cong/{Watch.objects.get().pk}/thoi/?ngay=2022-12-31", {"end": "01/01/2023"})
    assert Watch.objects.get().end is not None


def test_who_may_not_sees_no_button_and_is_refused(client_of, world):
    officer = client_of(world.actor["officer"])
    page = officer.get(_url(world, "co-quan/?ngay=2022-12-31"))
    assert "Lập cơ quan</a>" not in page.content.decode()
    assert officer.get(_url(world, "co-quan/lap/?ngay=2022-12-31")).status_code == 403
    assert "Lập cơ quan" in officer.get(_url(world, "co-quan/?ngay=2022-12-31", "thach_loi")).content.decode()
