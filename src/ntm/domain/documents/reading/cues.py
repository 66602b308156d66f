"""Dấu hiệu của chỉ tiêu: gain (thêm, tăng), keep (duy trì, giữ vững) or total (lũy kế, đến cuối năm đạt); scope; title."""

from __future__ import annotations

import re
from typing import Literal

from ntm.domain.documents.reading.model import Mode

Title = Literal["ntm", "nang_cao", "kieu_mau"]

STRIVE = r"ph[a-z]{1,2}n d[a-z]{1,2}u"  # phấn đấu, however recognition left it
_CUES: tuple[tuple[Mode, re.Pattern[str]], ...] = (
    (
        "total",
        re.compile(
            r"tong so [^,;.]{0,70}(?:la|dat)\s*$|luy ke|tong so|nang tong|dua tong|toan (?:huyen|tinh|xa)(?: co)?"
            r"|(?:den|het) (?:cuoi )?nam[^,;]{0,16} (?:dat|co|la)"
            r"|binh quan (?:chung )?dat|len (?:thanh )?\d|nang [^,;]{0,40}\blen\b|dat trung binh|giam con|con lai|xuong con"
        ),
    ),
    (
        "gain",
        re.compile(
            r"(?<![a-z])(?:them|tang|(?<!thon )moi|bo sung|giam|thanh lap|cong nhan|tro thanh|ve dich|dang ky)(?![a-z])"
        ),
    ),
    (
        "keep",
        re.compile(
            r"duy tri|giu vung|giu nguyen|cung co|tiep tuc (?:giu|nang cao)|da dat|da hoan thanh|da duoc cong nhan"
            r"|hien nay|hien co"
        ),
    ),
)
_TITLED = re.compile(r"(?:nong thon moi|ntm)(?: nang cao| kieu mau)?\s?:\s")  # "Xã đạt chuẩn nông thôn mới: 03 xã (…)"
_REAL_GROW = re.compile(
    r"(?<!\w)(?:thêm|tăng|giảm|mới|bổ sung|thành lập|công nhận|trở thành|về đích|đăng ký)(?!\w)", re.IGNORECASE
)
TARGET_VERB = re.compile(
    rf"{STRIVE}|dat|hoan thanh|co them|tang|giam|duy tri|giu vung|cong nhan|xay dung|thanh lap|to chuc|ho tro"
    rf"|lua chon|trien khai|thuc hien"
    r"|it nhat|toi thieu|ve dich|dang ky|cong nhan|moi xa|moi thon|ty le|(?:tren|duoi|tu) \d|\d\s?%|mo \d|dao tao"
    r"|luy ke|phat trien|be tong hoa|cung hoa|kien co|nang cap|sua chua|lap dat|lap |trong moi|cai tao|mo rong"
    r"|van dong|dong gop|mua sam|xay |giao |nhan rong|con|chiem|co \d"
)
_TITLES: tuple[tuple[Title, str], ...] = (
    ("kieu_mau", "kieu mau"),
    (
        "nang_cao",
        "(?:nong thon moi|ntm) nang cao|(?:phan dau|dat chuan) nang cao(?! chat luong| hieu qua| nang luc| doi song| thu nhap)",
    ),
)
SCOPE = re.compile(
    r"(?:doi voi |tai |o )?(?P<s>(?:cac|nhung|moi|toan bo|100%(?: so)?(?: cac)?) (?:xa|thon|ban|ap|huyen|don vi"
    r"|dia phuong)[^,;:.()]{0,80})"
)


def mode_at(text: str, flat: str, start: int, at: int, after: str = "") -> Mode | None:
    """The nearest cue before a figure within its clause; None where no word tells."""
    window = flat[max(start, at - 90) : at]
    best: tuple[int, Mode] | None = None
    for mode, pattern in _CUES:
        for match in pattern.finditer(window):
            if mode == "gain":
                place = max(start, at - 90) + match.start()
                if not _REAL_GROW.match(text, place):
                    continue
            if best is None or match.end() >= best[0]:
                best = match.end(), mode
    if best is None and (re.match(r"[^,.;]{0,30}\btang them\b", after) or _TITLED.search(window)):
        return "gain"
    return best[1] if best else None


def title_in(flat: str) -> Title | None:
    """The title that a clause promises: nông thôn mới, nâng cao, kiểu mẫu."""
    for title, words in _TITLES:
        if re.search(words, flat):
            return title
    if re.search(r"nong thon moi|\bntm\b|nong moi|dat chuan", flat):
        return "ntm"
    return None


_SUMS_UP = re.compile(r"(?:luy ke|nang tong|dua tong|tong so|tong cong)[^,;.]{0,30}$")


def title_of(flat: str, clause: tuple[int, int], figure: tuple[int, int], following: int) -> Title | None:
    """The title that a count is of: told after it and before the next figure, in the label before it, or further on."""
    start, end = clause
    at, after = figure
    near = title_in(flat[after : min(following, end, after + 90)])
    if near is not None:
        return near
    before = flat[max(start, at - 160) : at]
    label, colon, lead = before.rpartition(":")
    if colon and not re.search(r"\d", lead):
        near = title_in(label)
    elif _SUMS_UP.search(before):
        near = title_in(before[before.rfind(":") + 1 :]) or title_in(label)
    return near or title_in(flat[after : min(end, after + 90)])


def direction_at(text: str, start: int, at: int) -> Literal["up", "down"] | None:
    window = text[max(start, at - 60) : at].lower()
    down, up = window.rfind("giảm"), max(window.rfind("tăng"), window.rfind("thêm"))
    while down >= 0 and window[down : down + 5] != "giảm":
        down = -1
    if down < 0 and up < 0:
        return None
    return "down" if down > up else "up"
