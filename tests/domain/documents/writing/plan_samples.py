"""Kế hoạch mẫu cho kiểm thử: one full plan with five annex tables, and plans drawn by chance from the gazetteer's names."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ntm.domain.documents.writing import phrases
from ntm.domain.documents.writing.content import (
    Annex,
    Duty,
    Letterhead,
    Para,
    PlanDocument,
    Section,
    Signature,
)
from ntm.domain.documents.writing.criteria_tables import CriterionHead, criteria_by_units, units_by_criteria
from ntm.domain.documents.writing.money_tables import MoneyLine, source_kind_table
from ntm.domain.documents.writing.tables import (
    CommuneLine,
    TaskGroup,
    TaskLine,
    UnitLine,
    VillageLine,
    commune_table,
    task_table,
    tasks_by_quarter,
    unit_table,
    village_table,
)
from ntm.domain.gazetteer import units_on
from ntm.domain.official.dates import write_date

CRITERIA_2016 = tuple(
    CriterionHead(no, name)
    for no, name in enumerate(
        (
            "Quy hoạch",
            "Giao thông",
            "Thủy lợi",
            "Điện",
            "Trường học",
            "Cơ sở vật chất văn hóa",
            "Cơ sở hạ tầng thương mại nông thôn",
            "Thông tin và Truyền thông",
            "Nhà ở dân cư",
            "Thu nhập",
            "Hộ nghèo",
            "Lao động có việc làm",
            "Tổ chức sản xuất",
            "Giáo dục và Đào tạo",
            "Y tế",
            "Văn hóa",
            "Môi trường và an toàn thực phẩm",
            "Hệ thống chính trị và tiếp cận pháp luật",
            "Quốc phòng và An ninh",
        ),
        start=1,
    )
)
COMMUNES = ("Vân Mộng", "Yên Phúc", "Tân Đoàn", "Hữu Lễ", "Việt Yên", "Xuân Mai", "Tràng Phái", "Văn An", "Lương Năng")
BASES = tuple(
    (phrases.basis(kind, number, day, issuer, title), int(day[-4:]))
    for kind, number, day, issuer, title in (
        ("Quyết định", "1600/QĐ-TTg", "16/8/2016", "Thủ tướng Chính phủ",
         "phê duyệt Chương trình mục tiêu quốc gia xây dựng nông thôn mới giai đoạn 2016 - 2020"),
        ("Quyết định", "1980/QĐ-TTg", "17/10/2016", "Thủ tướng Chính phủ",
         "ban hành Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2016 - 2020"),
        ("Quyết định", "263/QĐ-TTg", "22/02/2022", "Thủ tướng Chính phủ",
         "phê duyệt Chương trình mục tiêu quốc gia xây dựng nông thôn mới giai đoạn 2021 - 2025"),
        ("Nghị quyết", "25/2021/QH15", "28/7/2021", "Quốc hội",
         "phê duyệt chủ trương đầu tư Chương trình mục tiêu quốc gia xây dựng nông thôn mới giai đoạn 2021 - 2025"),
    )
)  # fmt: skip
LONG = (
    "Tập trung lãnh đạo, chỉ đạo thực hiện đồng bộ các nhiệm vụ, giải pháp xây dựng nông thôn mới; huy động tối đa và lồng "
    "ghép các nguồn vốn trên cùng một địa bàn; phát huy vai trò chủ thể của người dân và cộng đồng dân cư trong xây dựng "
    "nông thôn mới; tăng cường kiểm tra, đôn đốc, hướng dẫn các xã tổ chức thực hiện có hiệu quả các nội dung đã đề ra."
)


def letterhead() -> Letterhead:
    return Letterhead(
        issuer="Ủy ban nhân dân\nhuyện Văn Quan",
        place="Văn Quan",
        superior="",
        number="15",
        symbol="KH-UBND",
        date=date(2018, 1, 30),
        issuer_words="UBND huyện Văn Quan",
    )


def cells() -> dict[tuple[str, int], str]:
    rolls = random.Random(7)
    return {
        (commune, head.no): rolls.choice(("gain", "keep", "met", "met", "", ""))
        for commune in COMMUNES
        for head in CRITERIA_2016
    }


def groups(count: int = 9, each: int = 3) -> tuple[TaskGroup, ...]:
    return tuple(
        TaskGroup(
            f"Công tác nhóm {g}: tổ chức thực hiện",
            tuple(
                TaskLine(
                    f"Kiểm tra, đôn đốc thực hiện Chương trình tại xã về đích năm 2018, đợt {g}.{n}",
                    "BCĐ huyện",
                    "TV BCĐ huyện được phân công; VPĐP, các cơ quan phụ trách tiêu chí",
                    "Các cơ quan liên quan, BCĐ, BQL xã",
                    ("Tháng 3, 6, 9, 11", "Thường xuyên", "Tháng 7-8", "Trước 30/9/2018")[(g + n) % 4],
                )
                for n in range(1, each + 1)
            ),
        )
        for g in range(1, count + 1)
    )


def full_plan(paragraphs: int = 36) -> PlanDocument:
    """Some fifteen pages and five annex tables."""
    promised = ("Phụ lục 1", "Biểu 01", "Biểu 02", "Biểu 03", "Biểu 3.1")
    sections = (
        Section("Mục đích, yêu cầu", "I.", 1),
        Section("Mục đích", "1.", 2, tuple(Para(LONG) for _ in range(paragraphs // 6))),
        Section("Yêu cầu", "2.", 2, tuple(Para(LONG, "-") for _ in range(paragraphs // 6))),
        Section("Mục tiêu", "II.", 1),
        Section(
            "Mục tiêu chung",
            "1.",
            2,
            (
                phrases.title_target(2, "ntm", ("Vân Mộng", "Văn An"), 4, 23),
                phrases.average_target(Decimal("1.5"), Decimal("9.5")),
            ),
        ),
        Section(
            "Mục tiêu cụ thể",
            "2.",
            2,
            (
                phrases.unit_target("Xã Vân Mộng", (2, 3, 5), (1, 4), "chậm nhất 30/11/2018", "ntm"),
                phrases.unit_target("Xã Yên Phúc", (2, 3, 8, 19)),
                phrases.criterion_target(2, "Giao thông", gain=("Vân Mộng", "Yên Phúc"), work=LONG),
                phrases.annex_promise(promised),
            ),
        ),
        Section("Nhiệm vụ và giải pháp", "III.", 1, tuple(Para(LONG, "-") for _ in range(paragraphs // 2))),
        Section("Nguồn lực thực hiện", "IV.", 1, phrases.money_paragraphs(money())),
    )
    return PlanDocument(
        header=letterhead(),
        title="Thực hiện Chương trình mục tiêu quốc gia\nxây dựng nông thôn mới huyện Văn Quan năm 2018",
        bases=(
            phrases.basis(
                "Quyết định",
                "1600/QĐ-TTg",
                "16/8/2016",
                "Thủ tướng Chính phủ",
                "phê duyệt Chương trình mục tiêu quốc gia xây dựng nông thôn mới giai đoạn 2016 - 2020",
            ),
            phrases.basis(
                "Kế hoạch",
                "120/KH-UBND",
                "20/12/2016",
                "Ủy ban nhân dân huyện Văn Quan",
                "thực hiện Chương trình MTQG xây dựng nông thôn mới giai đoạn 2016 - 2020",
            ),
        ),
        preamble="Ủy ban nhân dân huyện Văn Quan ban hành Kế hoạch thực hiện Chương trình mục tiêu quốc gia xây dựng nông thôn "
        "mới huyện Văn Quan năm 2018 với nội dung sau:",
        sections=sections,
        duties=(
            Duty("Ban Chỉ đạo huyện", (LONG,)),
            Duty("Phòng Nông nghiệp và Phát triển nông thôn", (LONG, "Tổng hợp, báo cáo định kỳ theo quy định.")),
            Duty("Ủy ban nhân dân các xã", (LONG,)),
        ),
        closing="Trên đây là Kế hoạch thực hiện Chương trình mục tiêu quốc gia xây dựng nông thôn mới huyện Văn Quan năm 2018, "
        "yêu cầu các cơ quan, đơn vị, Ủy ban nhân dân các xã nghiêm túc tổ chức thực hiện",
        recipients=("Văn phòng Điều phối tỉnh", "TT Huyện ủy", "TT HĐND huyện", "UBND các xã", "Lưu: VT, VPĐP"),
        signature=Signature("Chủ tịch", "Nguyễn Đình Đại", ("TM. Ủy ban nhân dân",)),
        annexes=annexes(),
    )


def money() -> phrases.MoneyText:
    part = phrases.MoneyText
    return part(
        "Tổng nguồn vốn huy động thực hiện Chương trình năm 2018",
        parts=(
            part(
                "Vốn ngân sách trung ương",
                parts=(part("Vốn đầu tư phát triển", 3_890_000_000), part("Vốn sự nghiệp", 1_600_000_000)),
            ),
            part("Vốn lồng ghép", 161_180_000_000),
            part("Cộng đồng dân cư tham gia đóng góp", 6_300_000_000),
        ),
    )


def annexes() -> tuple[Annex, ...]:
    table = cells()
    lines = [
        UnitLine(f"Huyện {name}", (n, n + 2), (1, 3), (Decimal("12.7"), Decimal("13.4")), (2, 0), (4, 5), (0, 1))
        for n, name in enumerate(("Sơn Động", "Lục Ngạn", "Lục Nam", "Yên Thế"), start=1)
    ]
    total = UnitLine("", average=(Decimal("12.7"), Decimal("13.4")))
    amounts = (
        MoneyLine("Ngân sách trung ương", parts=(MoneyLine("Vốn trong nước", (3_890_000_000, 1_600_000_000)),)),
        MoneyLine("Vốn lồng ghép", (161_180_000_000, None)),
        MoneyLine("Dân cư đóng góp", (None, 6_300_000_000)),
    )
    return (
        Annex("Phụ lục 1", "Nội dung công việc, tiến độ thời gian, trách nhiệm thực hiện cụ thể", task_table(groups())),
        Annex("Biểu 01", "Chỉ tiêu các địa phương thực hiện trong năm 2018", unit_table(lines, 2018, total)),
        Annex(
            "Biểu 02", "Dự kiến các tiêu chí đạt năm 2018 theo xã", units_by_criteria(COMMUNES, CRITERIA_2016, table)
        ),
        Annex(
            "Biểu 03", "Dự kiến các xã đạt năm 2018 theo tiêu chí", criteria_by_units(COMMUNES, CRITERIA_2016, table)
        ),
        Annex("Biểu 3.1", "Nguồn lực thực hiện Chương trình năm 2018", source_kind_table(amounts)),
    )


def other_annexes() -> tuple[Annex, ...]:
    return (
        Annex(
            "Biểu 03",
            "Danh sách xã phấn đấu đạt chuẩn nông thôn mới nâng cao, kiểu mẫu năm 2020",
            commune_table([("Huyện Lục Nam", [CommuneLine("Xã Đông Phú", advanced=True)])]),
        ),
        Annex(
            "Biểu 04",
            "Danh sách các thôn triển khai thôn NTM kiểu mẫu năm 2020",
            village_table([("Huyện Lục Nam", [VillageLine("Xã Đông Phú", "Thôn Thanh Sơn")])]),
        ),
        Annex("Biểu 05", "Nhiệm vụ trọng tâm năm 2020", tasks_by_quarter(groups(3))),
    )


@dataclass
class Drawn:
    """A plan drawn by chance, and what it says, to be found again."""

    document: PlanDocument
    gains: dict[str, tuple[int, ...]] = field(default_factory=dict)
    keeps: dict[str, tuple[int, ...]] = field(default_factory=dict)
    by_criterion: dict[tuple[int, str], tuple[str, ...]] = field(default_factory=dict)
    tasks: list[tuple[str, TaskLine]] = field(default_factory=list)
    money: phrases.MoneyText | None = None
    day: str = ""


def drawn(seed: int) -> Drawn:
    """A plan of a district of the gazetteer: its targets, criteria, tasks and money drawn by chance."""
    rolls = random.Random(seed)
    year = rolls.choice((2018, 2019, 2020, 2022, 2023, 2024))
    day = date(year, rolls.randint(1, 3), rolls.randint(1, 28))
    units = units_on(day)
    districts = [u for u in map(units.get, units.codes("huyen")) if u.kind == "Huyện"]
    district = rolls.choice(districts)
    communes = [u.name for u in units.children(district.code) if u.kind == "Xã"]
    communes = sorted({name for name in communes if not name[-1].isdigit()})
    rolls.shuffle(communes)
    chosen = communes[: max(3, min(6, len(communes)))]
    criteria = CRITERIA_2016
    plan = Drawn(document=full_plan(6), day=write_date(day, words=True))
    standing: dict[tuple[str, int], str] = {}
    for unit in chosen:
        numbers = sorted(rolls.sample(range(1, 20), rolls.randint(4, 8)))
        cut = rolls.randint(2, len(numbers) - 2)
        plan.gains[unit], plan.keeps[unit] = tuple(sorted(numbers[:cut])), tuple(sorted(numbers[cut:]))
        standing |= {(unit, no): "gain" for no in plan.gains[unit]} | {(unit, no): "keep" for no in plan.keeps[unit]}
    by_unit = tuple(
        phrases.unit_target(
            f"Xã {unit}",
            plan.gains[unit],
            plan.keeps[unit],
            rolls.choice(("", f"chậm nhất 30/11/{year}", "trong quý III")),
        )
        for unit in chosen
    )
    by_criterion = []
    for head in criteria:
        gain = tuple(u for u in chosen if head.no in plan.gains[u])
        keep = tuple(u for u in chosen if head.no in plan.keeps[u])
        plan.by_criterion |= {(head.no, "gain"): gain} if gain else {}
        plan.by_criterion |= {(head.no, "keep"): keep} if keep else {}
        if gain or keep:
            by_criterion.append(
                phrases.criterion_target(
                    head.no, head.name, gain=gain, keep=keep, work="Tiếp tục đầu tư, nâng cấp các hạng mục"
                )
            )
    task_groups = tuple(
        TaskGroup(
            rolls.choice(("Công tác tuyên truyền", "Kiểm tra, đôn đốc thực hiện", "Chế độ thông tin, báo cáo"))
            + f", phần {g}",
            tuple(_task(rolls, g, n, year) for n in range(1, rolls.randint(2, 5))),
        )
        for g in range(1, rolls.randint(3, 6))
    )
    plan.tasks = [(group.name, task) for group in task_groups for task in group.tasks]
    plan.money = _money(rolls)
    name = district.name
    plan.document = _document(rolls, plan, name, day, year, by_unit, tuple(by_criterion), task_groups, chosen, standing)
    return plan


def _task(rolls: random.Random, group: int, no: int, year: int) -> TaskLine:
    return TaskLine(
        rolls.choice(
            ("Tổ chức tập huấn cho cán bộ xã, thôn", "Rà soát thực trạng theo Bộ tiêu chí", "Họp Ban Chỉ đạo huyện")
        )
        + f" đợt {group}.{no}",
        rolls.choice(("BCĐ huyện", "UBND huyện", "")),
        rolls.choice(("VPĐP", "Phòng TC - KH, VPĐP", "UBND các xã", "Phòng NN&PTNT")),
        rolls.choice(("Các cơ quan liên quan", "Phòng Dân tộc, phòng NN&PTNT, VPĐP", "")),
        rolls.choice(
            (
                "Thường xuyên",
                "Tháng 3, 6, 9, 11",
                f"Trước 28/02/{year}",
                f"Quý I/{year}",
                "Tháng 7-8",
                f"Trong năm {year}",
            )
        ),
    )


def _money(rolls: random.Random) -> phrases.MoneyText:
    part = phrases.MoneyText

    def amount() -> int:
        return rolls.randint(1, 90_000) * 1_000_000

    return part(
        "Tổng nguồn vốn huy động thực hiện Chương trình",
        parts=(
            part(
                "Vốn ngân sách trung ương",
                parts=(part("Vốn đầu tư phát triển", amount()), part("Vốn sự nghiệp", amount())),
            ),
            part("Vốn ngân sách huyện", amount()),
            part("Vốn lồng ghép", amount()),
            part("Nhân dân đóng góp", amount()),
        ),
    )


def _document(rolls, plan, name, day, year, by_unit, by_criterion, task_groups, chosen, standing):  # type: ignore[no-untyped-def]
    average = phrases.average_target(Decimal(rolls.randint(2, 30)) / 10, Decimal(rolls.randint(90, 180)) / 10)
    signer = rolls.choice(
        (Signature("Chủ tịch", "Nguyễn Đình Đại", ("TM. Ủy ban nhân dân",)),
         Signature("Phó Chủ tịch", "Nguyễn Trung Kiên", ("TM. Ủy ban nhân dân", "KT. Chủ tịch")))
    )  # fmt: skip
    table = units_by_criteria(chosen, CRITERIA_2016, standing)
    return PlanDocument(
        header=Letterhead(
            f"Ủy ban nhân dân\nhuyện {name}", name, number=str(rolls.randint(1, 400)), symbol="KH-UBND", date=day,
            issuer_words=f"UBND huyện {name}",
        ),
        title=f"Thực hiện Chương trình mục tiêu quốc gia xây dựng nông thôn mới huyện {name} năm {year}",
        bases=tuple(rolls.sample([basis for basis, since in BASES if since <= year], 2)),
        preamble=f"Ủy ban nhân dân huyện {name} ban hành Kế hoạch thực hiện Chương trình xây dựng nông thôn mới năm {year} "
        "với nội dung sau:",
        sections=(
            Section("Mục đích, yêu cầu", "I.", 1, (Para(LONG),)),
            Section("Mục tiêu", "II.", 1),
            Section("Mục tiêu chung", "1.", 2, (average,)),
            Section("Mục tiêu cụ thể", "2.", 2, (*by_unit, phrases.annex_promise(("Phụ lục 1", "Biểu 02")))),
            Section("Nhiệm vụ và giải pháp", "III.", 1, by_criterion),
            Section("Nguồn lực thực hiện", "IV.", 1, phrases.money_paragraphs(plan.money)),
        ),
        duties=(
            Duty("Ban Chỉ đạo huyện", (LONG,)),
            Duty("Phòng Nông nghiệp và Phát triển nông thôn", ("Chủ trì, phối hợp với các phòng, ban.", "Tổng hợp, báo cáo.")),
        ),
        closing=f"Trên đây là Kế hoạch xây dựng nông thôn mới huyện {name} năm {year}",
        recipients=("Văn phòng Điều phối tỉnh", "TT Huyện ủy", "UBND các xã", "Lưu: VT, VPĐP"),
        signature=signer,
        annexes=(
            Annex("Phụ lục 1", "Nội dung công việc, tiến độ thời gian, trách nhiệm thực hiện", task_table(task_groups)),
            Annex("Biểu 02", f"Dự kiến các tiêu chí đạt năm {year} theo xã", table),
            Annex(
                "Biểu 03", f"Dự kiến các xã đạt năm {year} theo tiêu chí",
                criteria_by_units(chosen, CRITERIA_2016, standing),
            ),
        ),
    )  # fmt: skip
