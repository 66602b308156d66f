"""Chỉ số có tên: the closed list of what plans promise by name, and the indicator of a criteria set that measures it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ntm.domain.criteria.model import CriteriaSet
from ntm.domain.official.text import flat


@dataclass(frozen=True)
class Metric:
    """Chỉ số. `indicator`: the words of an indicator that measures it; `adds`: figures of units may be added up.

    `register`: counted from a register of that name, where no criteria set measures it.
    """

    code: str
    name: str
    measure: str
    good: Literal["up", "down"] = "up"
    indicator: str = ""
    words: str = ""  # how plans say it, in the flat form
    adds: bool = False
    register: str = ""


_ALL = (
    Metric(
        "poverty",
        "Tỷ lệ hộ nghèo",
        "%",
        "down",
        r"^ty le (?:ho )?ngheo(?: da chieu)?",
        r"ty le (?:ho )?ngheo|ho ngheo",
    ),
    Metric(
        "income",
        "Thu nhập bình quân đầu người",
        "triệu đồng/người/năm",
        "up",
        r"^thu nhap binh quan(?: dau)? nguoi",
        r"thu nhap(?: binh quan)?",
    ),
    Metric(
        "insurance",
        "Tỷ lệ người dân tham gia bảo hiểm y tế",
        "%",
        "up",
        r"^ty le (?:nguoi dan|dan so) tham gia bao hiem y te",
        r"bao hiem y te|bhyt",
    ),
    Metric(
        "hygienic_water",
        "Tỷ lệ hộ sử dụng nước hợp vệ sinh",
        "%",
        "up",
        r"^ty le (?:ho|dan so)\b.*duoc su dung nuoc (?:sinh hoat )?hop ve sinh theo",
        r"nuoc (?:sinh hoat )?hop ve sinh",
    ),
    Metric(
        "clean_water",
        "Tỷ lệ hộ sử dụng nước sạch theo quy chuẩn",
        "%",
        "up",
        r"^(?:trong do: )?ty le (?:ho|dan so)\b.*duoc su dung nuoc sach theo",
        r"nuoc sach",
    ),
    Metric(
        "trained_labour",
        "Tỷ lệ lao động qua đào tạo",
        "%",
        "up",
        r"^ty le lao dong (?:co viec lam )?qua dao tao(?! co bang)",
        r"lao dong (?:co viec lam )?qua dao tao",
    ),
    Metric(
        "toilets",
        "Tỷ lệ hộ có nhà tiêu, nhà tắm hợp vệ sinh",
        "%",
        "up",
        r"^ty le ho co nha (?:tieu|tam)",
        r"nha tieu|nha ve sinh|nha tam",
    ),
    Metric(
        "waste",
        "Tỷ lệ chất thải rắn sinh hoạt được thu gom, xử lý",
        "%",
        "up",
        r"^ty le chat thai ran sinh hoat",
        r"(?:chat thai ran|rac thai)[^.;]*(?:thu gom|xu ly)",
    ),
    Metric("lower_school", "Tỷ lệ học sinh tốt nghiệp THCS", "%", "up", "", r"tot nghiep (?:lop 9|thcs)"),
    Metric(
        "further_school",
        "Tỷ lệ học sinh tốt nghiệp THCS tiếp tục học",
        "%",
        "up",
        "",
        r"tot nghiep thcs tiep tuc hoc",
    ),
    Metric("permits", "Tỷ lệ cơ sở sản xuất, kinh doanh bảo đảm môi trường", "%", "up", "", r"co so san xuat"),
    Metric(
        "ocop",
        "Sản phẩm OCOP đạt từ 3 sao",
        "sản phẩm",
        "up",
        r"san pham ocop duoc xep hang",
        r"ocop|san pham dat (?:tu )?3 sao|3 sao",
        True,
        "ocop",
    ),
    Metric(
        "cooperatives",
        "Hợp tác xã thành lập mới, hoạt động hiệu quả",
        "hợp tác xã",
        "up",
        "",
        r"hop tac xa|\bhtx\b",
        True,
        "cooperatives",
    ),
    Metric("training", "Lớp tập huấn, đào tạo", "lớp", "up", "", r"\blop\b|tap huan", True, "training"),
    Metric("trainees", "Lượt người được tập huấn, đào tạo", "người", "up", "", "", True, "training"),
    Metric("models", "Mô hình sản xuất", "mô hình", "up", "", r"mo hinh", True, "models"),
    Metric("projects", "Dự án phát triển sản xuất", "dự án", "up", "", r"du an", True, "models"),
    Metric(
        "planted_roads",
        "Đường được trồng cây, trồng hoa",
        "km",
        "up",
        "",
        r"(?:trong (?:cay|hoa)|hoa va cay)[^.;]*duong|duong hoa",
        True,
        "roads",
    ),
    Metric(
        "roads", "Đường giao thông được làm mới, nâng cấp", "km", "up", "", r"duong giao thong|km duong", True, "roads"
    ),
    Metric(
        "residential_areas",
        "Khu dân cư nông thôn mới kiểu mẫu",
        "khu dân cư",
        "up",
        "",
        r"khu dan cu(?: nong thon moi)? kieu mau|khu dan cu",
        True,
        "residential_areas",
    ),
    Metric("temporary_houses", "Nhà tạm, nhà dột nát còn lại", "nhà", "down", "", r"nha tam|nha dot nat", True),
    Metric("debt", "Nợ đọng xây dựng cơ bản", "đồng", "down", "", r"no dong", True, "funding"),
    Metric("satisfaction", "Tỷ lệ người dân hài lòng", "%", "up", "", r"hai long", False, "consultation"),
)

METRICS: dict[str, Metric] = {one.code: one for one in _ALL}
"""Danh mục chỉ số, by code."""


def metric(code: str) -> Metric:
    """The metric of that code; KeyError with a sentence that names the codes."""
    try:
        return METRICS[code]
    except KeyError:
        raise KeyError(f"Không có chỉ số mã “{code}”. Các mã: {', '.join(METRICS)}.") from None


def find(words: str, measure: str = "") -> Metric | None:
    """Chỉ số mà một câu nói tới: the one whose words stand first in it, with a measure that fits where one is told."""
    text, wanted = flat(words), _base(measure)
    found = []
    for at, one in enumerate(_ALL):
        match = re.search(one.words, text) if one.words else None
        if match and (not wanted or wanted == _base(one.measure)):
            found.append((match.start(), -len(match[0]), at, one))
    return min(found)[3] if found else None


def _base(measure: str) -> str:
    """ "triệu đồng" of "triệu đồng/người/năm": plans shorten a measure."""
    words = flat(measure).strip().split("/")[0].strip()
    return {"trieu": "trieu dong", "htx": "hop tac xa"}.get(words, words)


def indicator_of(one: Metric, criteria_set: CriteriaSet) -> str | None:
    """Mã chỉ tiêu đo chỉ số này trong bộ; None where the set measures no such thing."""
    if not one.indicator:
        return None
    pattern = re.compile(one.indicator)
    for _, indicator in criteria_set.indicators():
        for line in (*indicator.parts, indicator):
            if line.parts:
                continue
            if pattern.search(flat(line.text)):
                return line.code
    return None
