"""Văn bản sạch: plans of other offices and years, without contradictions, give no heavy finding; and the time it takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from check_texts import reading

from ntm.domain.documents.checking import check
from ntm.domain.documents.examined import examine
from ntm.domain.documents.reading.sources import read_source

SAMPLES = Path(__file__).parents[1] / "reading" / "samples"
PLANTED = {  # what the samples of the reading hold on purpose
    "huyen_2025_qd": {"annex-missing", "annex-attached"},
}

PROVINCE_2021 = """BAN CHỈ ĐẠO CHƯƠNG TRÌNH MTQG
XÂY DỰNG NÔNG THÔN MỚI TỈNH NINH BÌNH

Số: 21/KH-BCĐ
Ninh Bình, ngày 05 tháng 3 năm 2021

KẾ HOẠCH
Thực hiện Chương trình mục tiêu quốc gia xây dựng nông thôn mới tỉnh Ninh Bình năm 2021

Căn cứ Quyết định số 76/QĐ-UBND ngày 18/01/2021 của UBND tỉnh Ninh Bình về việc giao chỉ tiêu kế hoạch năm 2021;

Ban Chỉ đạo tỉnh xây dựng kế hoạch như sau:

I. MỤC TIÊU
1. Có thêm 05 xã đạt chuẩn nông thôn mới, lũy kế 104/119 xã, chiếm 87,4%.
2. Có thêm 10 xã đạt chuẩn nông thôn mới nâng cao, 02 xã đạt chuẩn nông thôn mới kiểu mẫu.
3. Bình quân tăng thêm 0,3 tiêu chí/xã, lũy kế đạt 18,4 tiêu chí/xã.
4. Tỷ lệ hộ nghèo giảm còn 1,8%; thu nhập bình quân đạt 52 triệu đồng/người/năm trở lên.

II. NHIỆM VỤ
1. Tổ chức 12 lớp tập huấn cho khoảng 900 lượt cán bộ.
2. Đối với 05 xã phấn đấu đạt chuẩn nông thôn mới năm 2021: hoàn thành hồ sơ trong tháng 10/2021.
3. Tổng kết kết quả thực hiện giai đoạn 2016-2020 và nhiệm vụ năm 2020.

III. KINH PHÍ
Tổng kinh phí dự kiến: 1.245,6 tỷ đồng, gồm:
1. Ngân sách trung ương: 210,4 tỷ đồng;
2. Ngân sách địa phương: 385,2 tỷ đồng;
3. Vốn tín dụng: 500 tỷ đồng;
4. Doanh nghiệp và nhân dân đóng góp: 150 tỷ đồng.

IV. TỔ CHỨC THỰC HIỆN
1. Sở Nông nghiệp và Phát triển nông thôn: chủ trì, theo dõi chung; báo cáo trước ngày 20 hằng tháng.
2. Sở Tài chính: cân đối nguồn vốn.

Nơi nhận:
- Tỉnh ủy;
- Lưu: VT.

TRƯỞNG BAN

Nguyễn Trãi
"""
COMMUNE_2017 = """UBND XÃ HẢI HÀ
BAN QUẢN LÝ XÂY DỰNG NTM
Số: 08/KH-BQL
Hải Hà, ngày 20 tháng 3 năm 2017

KẾ HOẠCH
Xây dựng nông thôn mới xã Hải Hà, huyện Hải Hậu, tỉnh Nam Định năm 2017

I. HIỆN TRẠNG
Đến hết năm 2016 xã đạt 16/19 tiêu chí; còn 03 tiêu chí (Giao thông, Cơ sở vật chất văn hóa, Môi trường và an toàn thực phẩm).

II. LỘ TRÌNH
Quý II/2017:
- Cứng hóa 2,4 km đường trục xóm, hoàn thành tiêu chí số 2 về Giao thông.
Quý III/2017:
- Xây nhà văn hóa xóm 5, hoàn thành tiêu chí số 6 về Cơ sở vật chất văn hóa.
Quý IV/2017:
- Nạo vét kênh mương, thu gom rác, hoàn thành tiêu chí số 17 về Môi trường và an toàn thực phẩm.

III. KINH PHÍ
- Đường trục xóm: 1.850 triệu đồng.
- Nhà văn hóa: 620 triệu đồng.
- Môi trường: 130 triệu đồng.
Tổng kinh phí: 2,6 tỷ đồng.

IV. PHÂN CÔNG
1. Công chức Địa chính: tiêu chí số 2, 17.
2. Công chức Văn hóa: tiêu chí số 6.
3. Trưởng xóm: vận động nhân dân, xong trước 30/11/2017.

TM. BAN QUẢN LÝ
TRƯỞNG BAN

Trương Hán Siêu
"""


@pytest.mark.parametrize("text", [PROVINCE_2021, COMMUNE_2017], ids=["province", "commune"])
def test_a_clean_plan_gives_nothing(text: str) -> None:
    assert check(reading(text)) == ()


@pytest.mark.parametrize("text", [PROVINCE_2021, COMMUNE_2017], ids=["province", "commune"])
def test_lines_broken_at_a_narrow_page_change_nothing(text: str) -> None:
    broken = []
    for line in text.split("\n"):
        words, row = line.split(), ""
        for word in words:
            if len(row) + len(word) > 78:
                broken.append(row)
                row = word
            else:
                row = f"{row} {word}".strip()
        broken.append(row)
    assert [f for f in check(reading("\n".join(broken))) if f.severity in ("high", "medium")] == []


@pytest.mark.parametrize("name", sorted(p.stem for p in SAMPLES.glob("*.txt")))
def test_samples_of_the_reading_hold_only_what_was_planted(name: str) -> None:
    text = (SAMPLES / f"{name}.txt").read_text(encoding="utf-8")
    heavy = {f.rule for f in check(reading(text)) if f.severity == "high"}
    assert heavy == PLANTED.get(name, set())


def test_fifteen_pages_keep_their_header() -> None:
    body = PROVINCE_2021.split("IV. TỔ CHỨC")[0]
    filler = "- Đẩy mạnh tuyên truyền, vận động nhân dân tham gia xây dựng nông thôn mới trên địa bàn các xã; " * 3
    pages = (
        body
        + "\n".join(f"{n}. Nội dung thứ {n}: {filler}" for n in range(1, 120))
        + "\nIV. TỔ CHỨC"
        + PROVINCE_2021.split("IV. TỔ CHỨC")[1]
    )
    assert len(pages) > 15 * 2300
    source = read_source(pages.encode(), "dai.txt")
    examined = examine(source)
    assert examined.reading.header.full_number == "21/KH-BCĐ"


def test_findings_stand_in_the_json_of_the_reading() -> None:
    text = COMMUNE_2017.replace("2,6 tỷ", "2,8 tỷ")
    printed = examine(read_source(text.encode(), "thu.txt")).to_json()
    assert [f["kind"] for f in printed["findings"]] == ["sum"]
    assert set(printed["findings"][0]) == {"kind", "severity", "message", "computed", "stated", "lines"}
    assert printed["findings"][0]["computed"] == "2,6 tỷ đồng"
    assert printed["findings"][0]["stated"] == "2,8 tỷ đồng"
