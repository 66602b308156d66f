"""Số lượng trong câu: a figure with its measure and the words around it ("từ 3 tiêu chí trở lên", "08/09 xã", "trên 99%")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ntm.domain.documents.reading.marks import LOWER
from ntm.domain.documents.reading.model import Op
from ntm.domain.official.numbers import NumberError, parse_number

_N = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?|\d+\.\d{1,2}(?!\d))"
_BEFORE: tuple[tuple[Op, str], ...] = (
    (">=", r"it nhat(?: la)?|toi thieu(?: la)?|khong duoi|khong thap hon|khong it hon|>=|≥|lon hon hoac bang"),
    ("<=", r"toi da(?: la)?|khong qua|khong vuot qua|nhieu nhat|duoi hoac bang|<=|≤"),
    (">", r"tren|hon|vuot|cao hon|>"),
    ("<", r"duoi|thap hon|it hon|<"),
    ("~", r"khoang|uoc(?: dat| khoang)?|xap xi|gan"),
)
_OPS = "|".join(words for _, words in _BEFORE)
_MEASURES = (
    r"tieu chi\s?/\s?xa|tieu chi\s?/\s?thon|tieu chi|chi tieu|trieu dong(?:\s?/\s?[a-z]{1,6}){0,3}|ty dong|ti dong|trieu|ty"
    r"|nghin dong|dong(?:\s?/\s?[a-z]{1,6}){1,3}|dong|%|diem %|diem phan tram|phan tram"
    r"|xa|phuong|thi tran|huyen|thi xa|thanh pho|tinh|thon|ban|ap|lang|xom|buon|khom|khu dan cu|khu|to|ho gia dinh"
    r"|ho|nguoi|lao dong"
    r"|mo hinh|san pham|hop tac xa|htx|to hop tac|thtx|trang trai|doanh nghiep|du an|cong trinh|tuyen duong|tuyen|km"
    r"|m2|m3|m|ha|tan|ta|lit"
    r"|lop hoc|lop|hoc vien|hoi nghi|buoi|cuoc|dot|doan|luot nguoi|luot|truong hoc|truong|tram y te|tram|nha van hoa"
    r"|nha|cho|diem|khu the thao"
    r"|vuon|ngoi nha|can nha|cay|con|cau|cong|ben|be|gieng|lo dat|lo|ngay cong|van ban|bai|tin|ky|can bo|cong chuc"
    r"|thanh vien|suat|bo|chiec|cai"
    r"|noi dung|nhiem vu|phong trao|chuong trinh|nhom|sao|mau|hang muc|dan toc|nam|thang|quy|ngay|gio|pano|pa no"
    r"|bang ron|khau hieu|camera"
)
_IN_BRACKETS = (
    "mot",
    "hai",
    "ba",
    "bon",
    "nam",
    "sau",
    "bay",
    "tam",
    "chin",
    "muoi",
    "muoi [a-z]{2,4}",
)  # "03 (ba) xã"
_QUANTITY = re.compile(
    rf"(?:(?P<op>(?<![a-z])(?:{_OPS}))\s{{0,3}})?(?:(?<![a-z])(?P<from>tu)\s{{1,2}}(?:tren\s)?)?"
    rf"(?<![\w.,/])(?P<n>{_N})(?:\s?(?:%|trieu(?: dong)?|ty(?: dong)?)?\s?(?:-|den)\s?(?P<high>{_N})"
    rf"|\s?/\s?(?P<of>\d{{1,6}}))?(?![\d])"
    rf"(?P<gap>\s?(?:\((?:{'|'.join(_IN_BRACKETS)})\)\s?)?)(?P<measure>(?:{_MEASURES})(?![a-z])|%)?"
)
_WORDS = ("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi")
_IN_WORDS = re.compile(
    rf"(?<![a-z])(?P<op>it nhat|toi thieu)\s(?P<n>{'|'.join(_WORDS)})\s"
    r"(?P<measure>xa|thon|ban|ap|xom|huyen|mo hinh|san pham|hop tac xa|du an|cong trinh|lop|hoi nghi|buoi|khu dan cu"
    r"|tuyen)(?![a-z])"
)
INCOME = re.compile(
    r"thu nhap|thu ngan sach|grdp|gia tri (?:san xuat|san pham|thu|gia tang)|doanh thu"
    r"|binh quan|nang suat|muc song|luong|gia ban|kim ngach"
)
_VAGUE = re.compile(r"noi dung|nhiem vu|phong trao|chuong trinh|nhom|ky|con|van ban|nam|lan|muc|buoc|giai phap")
_NO_MEASURE = re.compile(
    r"kèm|và|trong|hoặc|đã|được|còn|là|đến|theo|tuổi|của|về|với|tại|cho|từ|các|để|thì|trên|dưới|đạt|như|nêu|ở|so|này|cùng|khi|phải|có|trước|sau|gồm|nhằm|nếu|tức|hay|vào|do|bằng"
)
_UPWARD = re.compile(r"[^,.;()]{0,28}?\btro (len|xuong)\b")
_NOT_AFTER = re.compile(
    r"(?<![a-z])(?:so|ngay|thang|nam|quy|khoan|dieu|muc|diem|bieu|phu luc|lan thu|khoa|lop|chuong|phan|tc|tieu chi"
    r"|chi tieu|tieu so|giai doan|nhiem ky"
    r"|mau|doi|khu|to|thon|ap|ban|xom|quoc lo|ql|dt|dh|duong|tap|loai|cap do|(?<!nang )cap|muc do|hang|luat|so:|-)\s?$"
)


@dataclass(frozen=True)
class Quantity:
    """Số lượng: `start`..`end` cover the figure with its measure; `op` is what the words around it say."""

    start: int
    end: int
    value: Decimal
    words: str
    op: Op | None
    high: Decimal | None
    of: int | None
    measure: str | None
    percent: bool
    money: bool
    known: bool = True  # the measure is one that plans count by


def _op(words: str | None) -> Op | None:
    if not words:
        return None
    for op, pattern in _BEFORE:
        if re.fullmatch(pattern, words):
            return op
    return None


def quantities(text: str, flat: str, start: int = 0, end: int | None = None) -> list[Quantity]:
    """Every figure that counts something; numbers of documents, dates, headings and criteria are left out."""
    end = len(flat) if end is None else end
    found: list[Quantity] = []
    for match in _QUANTITY.finditer(flat, start, end):
        quantity = _read(match, text, flat, end)
        if quantity is not None:
            found.append(quantity)
    worded = [_worded(match, text) for match in _IN_WORDS.finditer(flat, start, end)]
    return sorted([*found, *worded], key=lambda q: q.start) if worded else found


def _worded(match: re.Match[str], text: str) -> Quantity:
    """ "ít nhất một mô hình": a figure in a word."""
    value = Decimal(_WORDS.index(match["n"]) + 1)
    words = text[match.start("n") : match.end()]
    measure = text[match.start("measure") : match.end("measure")]
    return Quantity(match.start(), match.end(), value, words, _op(match["op"]), None, None, measure, False, False)


def _read(match: re.Match[str], text: str, flat: str, end: int) -> Quantity | None:
    begin = match.start("n")
    measure = match["measure"]
    after = flat[match.end() : match.end() + 3]
    if _counts_nothing(match, flat, measure):
        return None
    try:
        value = parse_number(match["n"])
        high = parse_number(match["high"]) if match["high"] else None
    except NumberError:
        return None
    stop = match.end()
    if measure is None:
        noun = re.compile(rf"\s?([{LOWER}]+)").match(text, match.end())
        if noun is None or (after[:1] in ",." and after[1:2].isdigit()):
            return None
        if _NO_MEASURE.fullmatch(noun[1]):
            return None
        measure_words: str | None = noun[1]
        stop = noun.end()
    else:
        measure_words = text[match.start("measure") : match.end("measure")]
    op = _op(match["op"])
    way = _UPWARD.match(flat, stop, min(end, stop + 60))
    if way is not None:
        op = ">=" if way[1] == "len" else "<="
    flat_measure = (measure or "").strip()
    if op == ">" and value == 1 and flat_measure in ("ha", "m2", "sao", "ho", "nguoi"):
        return None  # "giá trị trên 1 ha đất canh tác"
    return Quantity(
        match.start(),
        stop,
        value,
        text[begin : match.end()].strip(),
        op,
        high,
        int(match["of"]) if match["of"] else None,
        measure_words,
        flat_measure in ("%", "diem %", "phan tram", "diem phan tram"),
        bool(re.match(r"(?:trieu|ty|ti dong|nghin dong|dong)", flat_measure)) or measure_words in ("đ", "vnđ", "trđ"),
        bool(flat_measure) and not _VAGUE.fullmatch(flat_measure),
    )


def _counts_nothing(match: re.Match[str], flat: str, measure: str | None) -> bool:
    """Numbers of documents, years, dates, and the second word of a name ("lớp 9", "thôn 3")."""
    tail = flat[match.end("n") : match.end("n") + 5]
    if re.match(r"\s?[/-]\s?[a-z]{2}", tail) and not (measure or "").startswith("%"):
        return True
    if _is_year(match, flat) or measure in ("nam", "thang", "quy", "ngay"):
        return True
    if measure is None and _date_like(match, flat):
        return True
    before = flat[max(0, match.start() - 14) : match.start()]
    plain_number = match["op"] is None and match["from"] is None
    return plain_number and bool(_NOT_AFTER.search(before)) and not _counts(match, measure)


_ORDINAL = re.compile(
    r"(?<![a-z])(?:(?<!tong )so|ngay|thang|nam|dieu|khoan|tieu chi|tc|phu luc|bieu|lan thu|quoc lo|chi tieu|khoa"
    r"|giai doan|nhiem ky)\s?$"
)


def _counts(match: re.Match[str], measure: str | None) -> bool:
    """ "lớp 9" counts nothing, "thôn 3" neither, but "tổ chức 10 lớp", "mức 24 triệu" do."""
    return bool(measure) and not _ORDINAL.search(match.string[max(0, match.start() - 16) : match.start()])


def _is_year(match: re.Match[str], flat: str) -> bool:
    """ "năm 2023 xã có …": a year, not 2,023 communes."""
    if len(match["n"]) != 4 or match["n"][:2] not in ("19", "20"):
        return False
    return bool(re.search(r"(?:nam|giai doan|den|tu|-|/)\s?$", flat[max(0, match.start("n") - 12) : match.start("n")]))


def _date_like(match: re.Match[str], flat: str) -> bool:
    """30/11 and 2016 - 2020 are no counts."""
    if match["of"]:
        return bool(re.match(r"\s?/\s?\d", flat[match.end() :])) or int(match["of"]) > 1900
    number = match["n"]
    return len(number) == 4 and number[:2] in ("19", "20")
