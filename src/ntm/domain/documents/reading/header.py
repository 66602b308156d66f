"""Thể thức đầu văn bản: number, kind, title, date, place, issuer; from a letterhead lost, flattened or joined."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ntm.domain.documents.reading.blocks import Line
from ntm.domain.documents.reading.layout import Paragraph
from ntm.domain.documents.reading.marks import UPPER, is_capitals, plain
from ntm.domain.documents.reading.model import Level, Lines, WrittenDate
from ntm.domain.documents.reading.parts import Parts
from ntm.domain.official.spelled_numbers import spelled_date_in_digits
from ntm.domain.official.syllables import unglued

KINDS: tuple[tuple[str, str, str], ...] = (  # words, flat words, letters of the symbol
    ("kế hoạch", "ke hoach", "KH"),
    ("báo cáo", "bao cao", "BC"),
    ("quyết định", "quyet dinh", "QĐ"),
    ("nghị quyết", "nghi quyet", "NQ"),
    ("chương trình hành động", "chuong trinh hanh dong", "CTHĐ"),
    ("chương trình", "chuong trinh", "CTr"),
    ("đề án", "de an", "ĐA"),
    ("hướng dẫn", "huong dan", "HD"),
    ("thông báo", "thong bao", "TB"),
    ("tờ trình", "to trinh", "TTr"),
    ("phương án", "phuong an", "PA"),
    ("kết luận", "ket luan", "KL"),
    ("chỉ thị", "chi thi", "CT"),
    ("công văn", "cong van", "CV"),
    ("biên bản", "bien ban", "BB"),
    ("quy chế", "quy che", "QC"),
)
_BLANKS = re.compile(
    r"(S[ốôồóo]\s?[:.]?|[Nn]g[àaáảãạăâ]y|[Tt]h[áaàảãạâ]ng)[ \u00a0.…_]{2,}(?=[/\-–]|th[aá]ng|n[aă]m|\d{1,2}\s)"
)
_NATIONAL = re.compile(
    r"cong h?oa xa hoi chu nghia viet nam|dang cong san viet nam|doc lap\s?-?\s?tu do\s?-?\s?hanh phuc"
    r"|xa hoi chu nghia viet nam"
)
_SEP = r"\s?[-/]\s?"
_SYMBOL = rf"[a-z]{{1,6}}\d?(?:{_SEP}[a-z]{{1,5}}[a-z&.]{{0,14}}){{0,4}}"
_NUMBER = re.compile(
    rf"(?<![a-z])s[o06]\s?[:.;]?\s{{0,4}}(?P<no>\d{{1,5}}[a-z]?)?[\s.…_]{{0,30}}(?P<rest>[-/]\s?(?:\d{{4}}\s?/\s?)?(?P<sym>{_SYMBOL}))"
)
_SPACED_NUMBER = re.compile(  # "Số: 12 KH/UBND"
    r"(?<![a-z])s[o06]\s?[:.]\s{0,4}(?P<no>\d{1,5})\s(?P<sym>(?:kh|qd|nq|ctr?|bc|tb|hd)\s?/\s?[a-z]{2,6})(?![a-z])"
)
_BARE_NUMBER = re.compile(rf"(?P<no>\d{{1,5}}[a-z]?)\s?(?P<rest>[-/]\s?(?:\d{{4}}\s?/\s?)?(?P<sym>{_SYMBOL}))\W*$")
_BLANK = r"[\s.…_]{0,12}"
_DATE = re.compile(
    rf"ngay{_BLANK}(?P<d>\d?\s?\d?){_BLANK}thang{_BLANK}(?P<m>\d?\s?\d?){_BLANK}nam{_BLANK}(?P<y>(?:19|20)\d\d)"
    r"|ngay\s?(?P<d2>\d{1,2})\s?[/.-]\s?(?P<m2>\d{1,2})\s?[/.-]\s?(?P<y2>(?:19|20)\d\d)"
)
_STAMP = re.compile(r"\W*(?:cong van )?den\s?(?:so\b|:|ngay\b)|so den\b|chuyen\s?:|luu ho so")  # of who received it
_AFTER_PLACE = re.compile(  # "Yên Sơn, 15 tháng 02 năm 2019"
    r"(?<=, )(?P<d>\d{1,2})\s?thang\s?(?P<m>\d{1,2})\s?nam\s?(?P<y>(?:19|20)\d\d)\W*$"
)
_MONTH_ONLY = re.compile(r"thang\s?(?P<m>\d{1,2})\s?(?:nam|/)\s?(?P<y>(?:19|20)\d\d)\W*$")
_BODY = re.compile(
    r"\W*(?:uy ban nhan dan|ubnd|uy ban mat tran|hoi dong|hdnd|ban chi dao|bcd|ban quan ly|ban phat trien"
    r"|ban chi huy|ban chap hanh"
    r"|ban thuong vu|huyen uy|tinh uy|thanh uy|thi uy|dang uy|dang bo|chi bo|so [a-z]|phong [a-z]|van phong|bo [a-z]|chi cuc"
    r"|cuc [a-z]|trung tam|chinh phu|thu tuong|mat tran|lien doan|hoi [a-z]|doan [a-z]|thon [a-z]|cong an|to [a-z])"
)
_ABOUT = re.compile(r"\W*(?:v\s?/\s?v|ve viec)\b[\s:.]{0,3}")
_STOP_TITLE = re.compile(r"\W*(?:can cu|xet |theo de nghi|kinh gui|phan mo dau|loi noi dau)")
_MAKES = (
    r"(?:xay dung(?! nong thon moi| ntm)|ban hanh|lap|de ra|bao cao|huong dan|thong bao|trien khai|to chuc|ke hoach)"
)
_ISSUES = re.compile(
    r"(?:^|[.,;:]\s{1,3}|\bcua\s)(?P<body>(?:thuong truc |ban thuong vu )?(?:uy ban nhan dan|ubnd|uy ban mat tran"
    r"|hdnd|hoi dong nhan dan"
    r"|ban chi dao|bcd|ban quan ly|ban phat trien thon|huyen uy|tinh uy|thanh uy|dang uy|so|phong"
    r"|van phong dieu phoi|vpdp|thon|ban)"
    rf"\b[^.;:()]{{0,110}}?)\s{{1,2}}{_MAKES}\b"
)


_LONG_DATE_LINE = 70  # letters; a longer line that has a date is a title that cites
_DECIDES = re.compile(  # who decides, in capitals between the title and the bases of a decision
    r"(?:(?:chu tich|truong ban|giam doc)\s)?(?P<body>uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|ban chi dao|so )"
)
_PROPOSED = re.compile(r"(?:can cu|xet |theo |thuc hien|tren co so)")
_DRAFT = re.compile(r"(?:ban )?du thao\b")  # written below the issuer


@dataclass(frozen=True)
class Number:
    number: str | None
    symbol: str | None
    full: str | None
    lines: Lines


@dataclass(frozen=True)
class Fragment:
    """Mảnh: a piece of the letterhead between the columns, with its line."""

    text: str
    flat: str
    line: int


def fragments(lines: tuple[Line, ...]) -> list[Fragment]:
    """The pieces of the letterhead, the two national lines taken out."""
    found: list[Fragment] = []
    for line in lines:
        text = _BLANKS.sub(lambda m: m[1] + " ", unglued(line.text.replace("*", "").replace("#", "")))
        for cell in re.split(r"\t|\||\s{3,}", text):
            flat, start = plain(cell), 0
            cuts = [m.span() for m in _NATIONAL.finditer(flat)]
            for a, b in [*cuts, (len(cell), len(cell))]:
                piece = cell[start:a].strip(" -–—_*\u00a0")
                if piece:
                    found.append(Fragment(piece, plain(piece), line.no))
                start = b
    return found


def read_number(pieces: list[Fragment]) -> Number | None:
    """Số, ký hiệu: "Số: 15/KH-UBND", "Số 51-KH/ĐU", a blank number ("Số: /KH-UBND")."""
    for piece in pieces[:40]:
        spaced = _SPACED_NUMBER.search(piece.flat)
        if spaced is not None:
            written = _tidy(piece.text[spaced.start("sym") : spaced.end("sym")])
            return Number(spaced["no"], written, f"{spaced['no']} {written}", (piece.line,))
        match = _NUMBER.search(piece.flat)
        if match is None:
            match = _BARE_NUMBER.match(piece.flat) if len(piece.text) < 40 else None
        if match is None:
            continue
        symbol = _tidy(piece.text[match.start("sym") : match.end("sym")])
        if not symbol[:1].isupper():
            continue
        rest = _tidy(piece.text[match.start("rest") : match.end("rest")])
        no = piece.text[match.start("no") : match.end("no")] if match["no"] else None
        return Number(no, symbol, (no or "") + rest, (piece.line,))
    return None


def _tidy(symbol: str) -> str:
    return re.sub(r"\s+", "", symbol.replace("–", "-").replace("—", "-")).rstrip(".")


def read_date(pieces: list[Fragment]) -> tuple[WrittenDate | None, str | None]:
    """Địa danh và ngày: "Văn Quan, ngày 30 tháng 01 năm 2018"; a blank day or month stays None."""
    for piece in pieces[:60]:
        words_as_digits = spelled_date_in_digits(piece.flat)
        match = (
            _DATE.search(words_as_digits) or _AFTER_PLACE.search(words_as_digits) or _MONTH_ONLY.search(words_as_digits)
        )
        if match is None:
            continue
        got = match.groupdict()
        before = piece.text[: match.start()].rstrip(" ,.;:")
        place = _place(before)
        if got.get("d") is None and got.get("d2") is None and place is None:
            continue
        if before and place is None:
            continue
        year, month, day = ((got.get(k) or got.get(k + "2") or "").replace(" ", "") or None for k in "ymd")
        words = piece.text[match.start() : match.end()].strip()
        return (
            WrittenDate(words, int(year or 0), int(month) if month else None, int(day) if day else None, (piece.line,)),
            place,
        )
    return None, None


def _place(before: str) -> str | None:
    """The last run of capitalised words, where nothing but a number stands before it."""
    number = _NUMBER.search(plain(before))
    rest = before[number.end() :] if number else before
    rest = rest.strip(" ,.;:-–")
    if not rest or len(rest) > 45 or not re.match(rf"[{UPPER}]", rest):
        return None
    return rest


def read_kind(parts: Parts, number: Number | None) -> tuple[str | None, Lines, Paragraph | None]:
    """Tên loại: the line in capitals; without one, what the symbol says."""
    for p in parts.head:
        flat = p.flat.strip(' *#:.-"')
        for kind, words, _ in KINDS:
            if flat == words or flat == f"du thao {words}" or flat.replace(" ", "") == words.replace(" ", ""):
                return kind, p.lines(), p
            if flat.startswith(words + " ") and is_capitals(p.text[: len(words) + 1]) and p.marker is None:
                return kind, p.lines(), p
    letters = re.split(r"[-/]", number.symbol or "")[0] if number else ""
    for kind, _, short in KINDS:
        if letters and plain(letters) == plain(short):
            return kind, (), None
    about = next((p for p in parts.head if _ABOUT.match(p.flat)), None)
    if about is not None:
        return "công văn", about.lines(), about
    return None, (), None


def read_title(parts: Parts, named: Paragraph | None) -> tuple[str | None, Lines]:
    """Trích yếu: what stands between the kind and the preamble, joined over its lines."""
    texts: list[str] = []
    lines: list[int] = []
    floor = -1
    if named is not None:
        floor = named.index
        rest = _after_kind(named)
        if rest:
            texts.append(rest)
            lines += named.lines()
    for p in parts.head:
        if p.index <= floor or (named is None and not _ABOUT.match(p.flat) and not texts):
            continue
        dated = _DATE.search(p.flat) is not None and len(p.text) < _LONG_DATE_LINE
        if _STOP_TITLE.match(p.flat) or dated or _NUMBER.match(p.flat) or p.marker is not None:
            if texts:
                break
            continue
        if texts and is_capitals(p.text) and _DECIDES.match(p.flat) and not is_capitals(texts[0]):
            break
        if _NATIONAL.search(p.flat) or (len(" ".join(texts)) > 60 and texts and len(p.text) > 160):
            break
        texts.append(_ABOUT.sub("", p.text, count=1) if _ABOUT.match(p.flat) and not texts else p.text)
        lines += p.lines()
        if len(" ".join(texts)) > 420:
            break
    title = " ".join(texts).strip(" *.:;-–")
    return (title or None), tuple(sorted(set(lines)))


def _after_kind(p: Paragraph) -> str:
    about = _ABOUT.match(p.flat)
    if about:
        return p.text[about.end() :]
    flat = p.flat.lstrip(' *#:.-"')
    cut = len(p.flat) - len(flat)
    for _, words, _ in KINDS:
        if flat.startswith(words + " "):
            return p.text[cut + len(words) :].strip()
    return ""


def letterhead_bodies(pieces: list[Fragment], stop_line: int) -> list[tuple[str, int]]:
    """The bodies of the letterhead in their order: the upper one, then the issuer."""
    found: list[tuple[str, int]] = []
    for piece in pieces:
        if piece.line >= stop_line:
            break
        if (
            _NUMBER.search(piece.flat)
            or _DATE.search(piece.flat)
            or _ABOUT.match(piece.flat)
            or _STAMP.match(piece.flat)
        ):
            continue
        if not is_capitals(piece.text) and not _BODY.match(piece.flat):
            continue
        if len(piece.text) > 110 or any(piece.flat == words for _, words, _ in KINDS) or _DRAFT.match(piece.flat):
            continue
        if _BODY.match(piece.flat) or not found:
            if _BODY.match(piece.flat) or re.match(
                r"(?:tinh|huyen|xa|thi xa|thanh pho|tp|phuong|dac khu)\b", piece.flat
            ):
                found.append((piece.text.strip(" *"), piece.line))
        else:
            found[-1] = (f"{found[-1][0]} {piece.text.strip(' *')}", piece.line)
    return found


def deciding_body(head: tuple[Paragraph, ...]) -> tuple[str, Lines] | None:
    """ "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN …" above the bases of a decision, the position left out."""
    for p in head:
        match = _DECIDES.match(p.flat) if is_capitals(p.text) and len(p.text) < 120 else None
        if match is not None:
            return p.text[match.start("body") :].strip(" ,.:"), p.lines()
    return None


def issuing_body(preamble: tuple[Paragraph, ...]) -> tuple[str, Lines] | None:
    """Cơ quan ban hành, as the end of the preamble names it: "UBND xã … xây dựng kế hoạch …"."""
    for p in reversed(preamble):
        best: tuple[str, Lines] | None = None
        for match in _ISSUES.finditer(p.flat):
            body = p.text[match.start("body") : match.end("body")].strip(" ,")
            body = re.split(r"(?<=\w)\s+(?:đã|sẽ|tiếp tục|triển khai)\s*$", body)[0]
            if _PROPOSED.match(p.flat):
                body = _last_body(body)
            if len(body) >= 3 and (body[:1].isupper()):
                best = body, p.lines(match.start("body"), match.end("body"))
        if best is not None:
            return best
        if p.flat.startswith(("can cu", "xet ")):
            continue
    return None


def _last_body(words: str) -> str:
    """ "Văn phòng Điều phối, UBND huyện Tiên Phước": who proposed stands before the comma, who issues after it."""
    pieces = re.split(r"[,;]\s+", words)
    for at in range(len(pieces) - 1, 0, -1):
        if pieces[at][:1].isupper() and _BODY.match(plain(pieces[at])):
            return ", ".join(pieces[at:])
    return words


def level_of(body: str | None) -> Level | None:
    """Cấp: of the nearest unit word in the name of a body."""
    if not body:
        return None
    flat = plain(body)
    if re.match(r"\W*(?:chinh phu|thu tuong|bo |ban chi dao trung uong|quoc hoi|trung uong)", flat):
        return "trung ương"
    if re.match(
        r"\W*(?:thon|ban phat trien thon|chi bo thon|ban (?!chi|quan|ch|th|dan|phat)|to dan pho|ap |khu pho)", flat
    ):
        return "thôn"
    if re.search(r"\b(?:xa|phuong|thi tran|dac khu)\b", flat.replace("thi xa", "thixa").replace("xa hoi", "xahoi")):
        return "xã"
    if re.search(r"\b(?:huyen|thi xa|quan)\b", flat.replace("quan ly", "").replace("quan doi", "")):
        return "huyện"
    if re.search(r"\b(?:tinh|so)\b", flat) or re.match(r"\W*so ", flat):
        return "tỉnh"
    if re.match(r"\W*phong ", flat):
        return "huyện"
    return None
