"""Các phần của một viện dẫn: what follows a document's number: its date, its issuer, its subject (trích yếu)."""

import re

from ntm.domain.official.dates import PartialDate
from ntm.domain.official.document_numbers import KINDS
from ntm.domain.official.text import flat

__all__ = ["AMENDING", "CARRYING", "KIND_PATTERN", "date_after", "issuer_after", "title_after"]

KIND_PATTERN = r"(?<![a-z])(?:" + "|".join(flat(kind) for kind in KINDS) + ")"

_DATE = re.compile(
    r"[\s,(]{0,6}(?:"
    r"(?:(?:ban hanh|ky)\s{1,2})?(?:ngay\s{0,3})?(?P<d>[0-9]{1,2})\s?[/.-]\s?(?P<m>[0-9]{1,2})"
    r"\s?[/.-]\s?(?P<y>(?:19|20)[0-9]{2})"
    r"|ngay\s{0,3}(?P<wd>[0-9]{1,2})\s{0,3}thang\s{0,3}(?P<wm>[0-9]{1,2})\s{0,3}nam\s{0,3}(?P<wy>(?:19|20)[0-9]{2})"
    r"|(?:ngay[\s.…_/]{0,20})?(?:thang\s{0,3})?(?P<mm>[0-9]{1,2})\s?/\s?(?P<my>(?:19|20)[0-9]{2})(?!\s?/)"
    r"|(?:ngay[\s.…_]{0,20})?thang\s{0,3}(?P<nm>[0-9]{1,2})\s{0,3}nam\s{0,3}(?P<ny>(?:19|20)[0-9]{2})"
    r"|nam\s{1,3}(?P<yy>(?:19|20)[0-9]{2}))(?![0-9])\)?"
)
_OF = re.compile(r"[\s,]{0,4}cua\s{1,3}")


def _set(words: str) -> frozenset[str]:
    return frozenset(part.strip() for part in words.split(","))


# Words that end an issuer's name, as they stand in lower case with their marks ("Bộ Xây dựng" keeps its capital).
_STOPS = _set(
    "về, việc, v/v, giao, trên, tại, để, nhằm, theo, cho, đến, kèm, gắn, ngày, số, ký, do, đã, được, khi, nếu, trong, thì, "
    "là, có, với, từ, năm, lần, này, đó, như, nêu, cùng, trước, sau, bởi, qua, làm, thay, giai, nhiệm, hiện"
)
_STOP_PAIRS = _set(
    "ban hành, phê duyệt, quy định, qui định, hướng dẫn, sửa đổi, triển khai, thực hiện, điều chỉnh, bổ sung, thông qua, "
    "công nhận, bãi bỏ, thay thế, kiện toàn, thành lập, công bố, hỗ trợ, khuyến khích, tập trung, áp dụng, chủ trương, "
    "phân bổ, phân công, tăng cường, đẩy mạnh, phát động, ưu tiên, tổng kết, định hướng, đối với, một số, liên quan, "
    "quyết nghị, phê chuẩn, tiếp tục, kết luận"
)
_COMMA_GOES_ON = re.compile(r",\s{1,2}(?:the thao|thuong binh|thong tin va du lich|du lich va)\b")
_AND_ENDS = re.compile(rf"(?:cac\s{{1,2}})?(?:{KIND_PATTERN}\b|so\s|ngay\s|khoan\s|dieu\s|bo tieu chi|chuong trinh)")
_NEW_LINE = re.compile(rf"can cu|thuc hien\b|xet |theo |dieu [0-9]|noi nhan|{KIND_PATTERN}|[-+*•|0-9]")
_TITLE = re.compile(
    r"[\s,:]{0,4}(?:[-–]\s)?(?=(?:ve|v/v|ban hanh|phe duyet|phe chuan|quy dinh|qui dinh|giao|huong dan|sua doi|bo sung|"
    r"trien khai|"
    r"thuc hien|dieu chinh|cong nhan|thanh lap|kien toan|phan bo|phan cong|phan cap|tang cuong|"
    r"day manh|thong qua|cong bo|keo dai|"
    r"bai bo|thay the|ho tro|khuyen khich|chi tiet|tong ket|to chuc|phat dong|quy hoach|xay dung)(?![a-z]))"
)
_TITLE_END = re.compile(
    r";|\./\.|(?<!tp)(?<!tt)(?<!tx)\.(?=\s|$)|\*{0,2}:\s|\sva cac van ban\b|\n\s{0,9}\n(?!\s{0,9}[a-z])|"
    r"\n(?=[\s*+\-]{0,9}(?:can cu|thuc hien|xet|theo)\b)|\n(?=\s{0,9}[-+*•|])|[|\t]"
)
CARRYING = re.compile(
    r"(?:sua doi|bo sung|dieu chinh|thay the|bai bo|huy bo|dieu cua|noi dung cua|trien khai|thuc hien|huong dan|thi hanh|"
    r"kem theo|theo|tai|cua|va phu luc)\s{0,3}(?:cac\s{1,3})?$"
)
AMENDING = re.compile(
    r"(?:sua doi|bo sung|dieu chinh|thay the|bai bo|huy bo)(?:[^;:]{0,50}(?:cua|tai|kem theo|ban hanh))?\s{0,3}(?:cac\s{1,3})?$"
)


def date_after(bare: str, at: int) -> tuple[PartialDate, int] | None:
    """Ngày ngay sau số: the date as far as it is said, and where it ends."""
    found = _DATE.match(bare, at)
    if found is None:
        return None
    got = {key: int(value) for key, value in found.groupdict().items() if value}
    year = got.get("y") or got.get("wy") or got.get("my") or got.get("ny") or got["yy"]
    month = got.get("m") or got.get("wm") or got.get("mm") or got.get("nm")
    day = got.get("d") or got.get("wd")
    if month is not None and not 1 <= month <= 12:
        return None
    when = PartialDate(year, month, day)
    try:
        _ = when.first
    except ValueError:
        return None
    end = found.end()
    if bare[end - 1] == ")" and "(" not in found.group():
        end -= 1
    return when, end


def issuer_after(whole: str, bare: str, at: int) -> tuple[str, int] | None:
    """Cơ quan ban hành ngay sau "của": its name to where the sentence goes on, and where it ends."""
    found = _OF.match(bare, at)
    if found is None:
        return None
    end = start = found.end()
    for word in re.finditer(r"\S{1,40}", whole[start : start + 160]):
        raw = word.group()
        gap = whole[end : start + word.start()]
        if "\n" in gap and end > start and _breaks(gap, raw, bare, start + word.start()):
            break
        core = raw.rstrip(',;:.)”"|*/')
        if not core or raw[0] in '(“"-–;:|' or (end > start and _stops(whole, bare, start + word.start(), core)):
            break
        end = start + word.start() + len(core)
        if len(core) < len(raw):
            mark = raw[len(core)]
            if mark == "," and _COMMA_GOES_ON.match(bare, end):
                continue
            break
    name = " ".join(whole[start:end].split())
    return (name, end) if len(name) > 1 else None


def _breaks(gap: str, raw: str, bare: str, place: int) -> bool:
    """A new line ends a name when a new sentence or a new item begins there."""
    return (gap.count("\n") > 1 and raw[:1].isupper()) or _NEW_LINE.match(bare, place) is not None


def _stops(whole: str, bare: str, place: int, core: str) -> bool:
    pair = " ".join(whole[place : place + 40].lower().split()[:2]).strip(",;:.")
    if core in ("Về", "V/v") or (
        pair in _STOP_PAIRS and (core[0].islower() or pair in ("ban hành", "triển khai", "phê duyệt"))
    ):
        return True
    if core == "và":
        return bool(_AND_ENDS.match(bare, place + 3))
    return core in _STOPS


def title_after(whole: str, bare: str, at: int) -> tuple[int, int] | None:
    """Trích yếu ngay sau: from "về việc", "ban hành", "phê duyệt" … to the end of the clause (600 characters at most)."""
    found = _TITLE.match(bare, at)
    if found is None:
        return None
    start = found.end()
    window = bare[start : start + 600]
    stop = _TITLE_END.search(window)
    end = stop.start() if stop else len(window)
    depth = 0
    for index, letter in enumerate(window[:end]):
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            end = index
            break
    return (start, start + end) if end > 2 else None
