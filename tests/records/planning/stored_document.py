"""A plan's own text read as a document, and the same plan built as rows by hand: what the checks say of both is compared."""

from __future__ import annotations

from datetime import date
from typing import Any

from ntm.domain.documents.reading.model import Reading
from ntm.domain.documents.reading.reader import read
from ntm.domain.documents.reading.sources import read_source
from ntm.domain.official.text import fold
from ntm.records.planning.models import (
    CriterionCell,
    Plan,
    PlanBasis,
    PlanMoney,
    PlanSection,
    PlanTarget,
    PlanVersion,
    RoadmapStep,
    Subject,
)
from ntm.records.standing.models import RegisteredSet

TEXT = """ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN	CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
ỦY BAN NHÂN DÂN HUYỆN VĂN QUAN	Độc lập - Tự do - Hạnh phúc
Số: 15/KH-UBND	Văn Quan, ngày 30 tháng 01 năm 2018

KẾ HOẠCH
Xây dựng nông thôn mới huyện Văn Quan năm 2018

Căn cứ Quyết định số 1980/QĐ-TTg ngày 17/10/2016 của Thủ tướng Chính phủ về Bộ tiêu chí quốc gia về xã nông thôn mới;
Căn cứ Quyết định số 99/QĐ-UBND ngày 05/02/2018 của Ủy ban nhân dân tỉnh Lạng Sơn về giao chỉ tiêu năm 2018;

I. MỤC TIÊU
1. Mục tiêu cụ thể
- Phấn đấu có thêm 02 xã đạt chuẩn nông thôn mới.
- Các xã phấn đấu hoàn thành thêm 06 tiêu chí.
- Xã Văn An phấn đấu đạt thêm 03 tiêu chí (tiêu chí số 6, 10, 17).
- Xã Tràng Phái phấn đấu đạt thêm 02 tiêu chí (tiêu chí số 2, 10).
- Số xã đạt dưới 10 tiêu chí giảm, tỷ lệ 12/23 xã, chiếm 60,2% tổng số xã.
II. CHỈ TIÊU THEO TỪNG TIÊU CHÍ
1. Tiêu chí số 2 về Giao thông: Phấn đấu có thêm 01 xã đạt (Tràng Phái).
2. Tiêu chí số 6 về Cơ sở vật chất văn hóa: Phấn đấu có thêm 01 xã đạt (Văn An).
3. Tiêu chí số 10 về Thu nhập: Phấn đấu có thêm 01 xã đạt (Văn An).
4. Tiêu chí số 17 về Môi trường và an toàn thực phẩm: Phấn đấu có thêm 01 xã đạt (Văn An).
(Có biểu số 02, 03 dự kiến các tiêu chí đạt năm 2018 kèm theo)
III. KINH PHÍ
1. Tổng nhu cầu kinh phí: 24.600 triệu đồng, trong đó:
- Đường giao thông nông thôn: 15.400 triệu đồng;
- Nhà văn hóa thôn: 6.200 triệu đồng;
- Môi trường, nước sạch: 3.400 triệu đồng.
Trên đây là Kế hoạch xây dựng nông thôn mới huyện Văn Quan năm 2018, yêu cầu các cơ quan, các xã nghiêm túc thực hiện.

Nơi nhận:
- Ủy ban nhân dân tỉnh;
- Lưu: VT, NN.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
(Đã ký)
"""


def document() -> Reading:
    return read(read_source(TEXT.encode(), "ke_hoach.txt"))


def stored(area: Any, user_id: int) -> Plan:
    """The rows that a person would confirm from that document, written straight into the tables."""
    told = document()
    row = RegisteredSet.objects.get(code="xa-ntm-2016-2020", current=True)
    plan = Plan.objects.create(
        unit_id=area.district, level="huyen", kind="ntm", year=2018, year_to=2018, set=row, opened_by_id=user_id,
        office="Văn phòng Điều phối", opened_at="2018-01-20T08:00:00+07:00", on=date(2018, 1, 20),
    )  # fmt: skip
    PlanVersion.objects.create(
        plan=plan, no=1, state="issued", title="Xây dựng nông thôn mới huyện Văn Quan năm 2018", symbol="KH-UBND",
        number="15", issuer="Ủy ban nhân dân huyện Văn Quan", superior="Ủy ban nhân dân tỉnh Lạng Sơn",
        place="Văn Quan", issued_on=date(2018, 1, 30), signing_authority="TM. ỦY BAN NHÂN DÂN",
        signer_position="Chủ tịch",
    )  # fmt: skip
    _words(plan)
    _targets(plan, told)
    _cells(plan, area)
    _money(plan)
    return plan


def _words(plan: Plan) -> None:
    lines = TEXT.splitlines()
    bases = [line for line in lines if line.startswith("Căn cứ")]
    PlanBasis.objects.bulk_create(
        PlanBasis(plan=plan, order=at, words=line.rstrip(";")) for at, line in enumerate(bases)
    )
    body = lines[lines.index("I. MỤC TIÊU") : next(i for i, t in enumerate(lines) if t.startswith("Nơi nhận")) - 1]
    sections: list[PlanSection] = []
    for line in body:
        label, _, rest = line.partition(" ")
        if label in ("I.", "II.", "III."):
            sections.append(PlanSection(plan=plan, order=len(sections), depth=1, label=label, heading=rest))
        else:
            sections[-1].text = "\n".join([*filter(None, [sections[-1].text]), line])
    PlanSection.objects.bulk_create(sections)


def _targets(plan: Plan, told: Reading) -> None:
    rows = []
    for one in told.targets:
        if one.criteria or one.value is None or one.measure not in ("xã", "tiêu chí", "%"):
            continue
        subject = Subject.TITLE if one.measure == "xã" else Subject.CRITERIA
        rows.append(
            PlanTarget(
                plan=plan,
                order=len(rows),
                subject=subject,
                mode=one.mode,
                what=one.what,
                op=one.op or "=",
                value=one.value,
                of=one.of,
                measure=one.measure or "",
                title_kind=one.title or "",
                title_level="xa" if one.title else "",
            )
        )
    for ct in told.criterion_targets:
        if ct.count is not None and not ct.derived:
            rows.append(
                PlanTarget(
                    plan=plan,
                    order=len(rows),
                    subject=Subject.CRITERION,
                    mode=ct.mode,
                    what=ct.text,
                    op="=",
                    value=ct.count,
                    criterion_no=ct.criterion,
                    measure="xã",
                )
            )
    PlanTarget.objects.bulk_create(rows)


def _cells(plan: Plan, area: Any) -> None:
    told = CriterionCell.Told
    rows = [
        (area.commune, 6, told.BOTH),
        (area.commune, 10, told.BOTH),
        (area.commune, 17, told.BOTH),
        (area.neighbour, 2, told.BOTH),
        (area.neighbour, 10, told.UNITS),
    ]
    CriterionCell.objects.bulk_create(
        CriterionCell(plan=plan, unit_id=unit, criterion_no=no, told=where) for unit, no, where in rows
    )


def _money(plan: Plan) -> None:
    total = PlanMoney.objects.create(
        plan=plan, order=0, role="need", what="Tổng nhu cầu kinh phí", stated=24_600_000_000
    )
    parts = (("Đường giao thông nông thôn", 15_400), ("Nhà văn hóa thôn", 6_200), ("Môi trường, nước sạch", 3_400))
    PlanMoney.objects.bulk_create(
        PlanMoney(plan=plan, order=at, role="need", what=what, amount=million * 1_000_000, parent=total)
        for at, (what, million) in enumerate(parts, 1)
    )


def said(findings: Any) -> set[tuple[str, str]]:
    """What a list of findings says, line numbers left out."""
    from ntm.records.planning.checkable import _LINES

    return {(one.rule, fold(_LINES.sub("", one.message))) for one in findings}


def step(plan: Plan, **more: Any) -> RoadmapStep:
    values = {"what": "Làm đường", "start": date(2018, 4, 1), "end": date(2018, 6, 30), "criterion_no": 2} | more
    return RoadmapStep.objects.create(plan=plan, **values)
