"""Chữ viết tắt: those that offices use everywhere, and those that a document defines for itself."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from ntm.domain.official.text import flat, nfc

__all__ = ["COMMON", "Abbreviations", "abbreviation_key", "expand", "learn_abbreviations"]

_TABLE = """
UBND=Ủy ban nhân dân|HĐND=Hội đồng nhân dân|BCĐ=Ban Chỉ đạo|BQL=Ban Quản lý|BPT=Ban Phát triển|VPĐP=Văn phòng Điều phối
VP=Văn phòng|MTTQ=Mặt trận Tổ quốc|UBMTTQ=Ủy ban Mặt trận Tổ quốc|UBMT=Ủy ban Mặt trận|ĐU=Đảng ủy|HU=Huyện ủy|TU=Tỉnh ủy
BTV=Ban Thường vụ|BCH=Ban Chấp hành|BTG=Ban Tuyên giáo|NTM=nông thôn mới|XDNTM=xây dựng nông thôn mới
MTQG=mục tiêu quốc gia|CTMTQG=Chương trình mục tiêu quốc gia|OCOP=mỗi xã một sản phẩm|HTX=hợp tác xã|THT=tổ hợp tác
PTNT=Phát triển nông thôn|NNPTNT=Nông nghiệp và Phát triển nông thôn|NNMT=Nông nghiệp và Môi trường
NN=Nông nghiệp|TCKH=Tài chính - Kế hoạch|KTHT=Kinh tế và Hạ tầng|QLĐT=Quản lý đô thị|KHĐT=Kế hoạch và Đầu tư
KHCN=Khoa học và Công nghệ|TTTT=Thông tin và Truyền thông|GDĐT=Giáo dục và Đào tạo|TNMT=Tài nguyên và Môi trường
LĐTBXH=Lao động - Thương binh và Xã hội|VHTT=Văn hóa và Thông tin|VHTTDL=Văn hóa, Thể thao và Du lịch
VHTTTT=Văn hóa, Thể thao và Truyền thông|VHXH=Văn hóa - Xã hội|GTVT=Giao thông vận tải|LĐ=Lao động
CHQS=Chỉ huy quân sự|BCHQS=Ban Chỉ huy quân sự|QPAN=quốc phòng, an ninh|ANTT=an ninh trật tự|ATTP=an toàn thực phẩm
VSATTP=vệ sinh an toàn thực phẩm|ATGT=an toàn giao thông|BHXH=bảo hiểm xã hội|BHYT=bảo hiểm y tế|THCS=trung học cơ sở
THPT=trung học phổ thông|TNCS=Thanh niên Cộng sản|LHPN=Liên hiệp Phụ nữ|HLHPN=Hội Liên hiệp Phụ nữ|CCB=Cựu chiến binh
HCCB=Hội Cựu chiến binh|HND=Hội Nông dân|ĐTN=Đoàn Thanh niên|LĐLĐ=Liên đoàn Lao động|KTXH=kinh tế - xã hội
CTXH=chính trị - xã hội|XDCB=xây dựng cơ bản|GPMB=giải phóng mặt bằng|NSNN=ngân sách nhà nước|NSTW=ngân sách trung ương
NSĐP=ngân sách địa phương|ĐTPT=đầu tư phát triển|ĐBKK=đặc biệt khó khăn|DTTS=dân tộc thiểu số|GNBV=giảm nghèo bền vững
PCGD=phổ cập giáo dục|TDTT=thể dục thể thao|VHVN=văn hóa, văn nghệ|CSVC=cơ sở vật chất|CSHT=cơ sở hạ tầng
CBCC=cán bộ, công chức|CNTT=công nghệ thông tin|CCHC=cải cách hành chính|TTHC=thủ tục hành chính|QSDĐ=quyền sử dụng đất
PCT=Phó Chủ tịch|PCVP=Phó Chánh Văn phòng|CVP=Chánh Văn phòng|KBNN=Kho bạc Nhà nước|NHCSXH=Ngân hàng Chính sách xã hội
TTKN=Trung tâm Khuyến nông|TTDVNN=Trung tâm Dịch vụ nông nghiệp|BĐD=Ban đại diện|BGS=Ban giám sát|TW=Trung ương
ĐPNTM=Điều phối nông thôn mới|QLDA=quản lý dự án|ĐTXD=đầu tư xây dựng|PTSX=phát triển sản xuất|KDC=khu dân cư
"""
# Short words that mean a field only behind the name of an office: "Phòng TC", "Sở XD", "Bộ CT".
_OFFICE = """
TC=Tài chính|KH=Kế hoạch|XD=Xây dựng|NV=Nội vụ|TP=Tư pháp|YT=Y tế|CT=Công Thương|DT=Dân tộc|KT=Kinh tế|VH=Văn hóa
TT=Thông tin|LĐ=Lao động|CA=Công an|TTr=Thanh tra|ĐP=Điều phối|MT=Môi trường|TN=Tài nguyên|GD=Giáo dục|ĐT=Đào tạo
"""
_BEFORE_BODY = {"TT": "Thường trực", "TV": "thành viên", "LĐ": "Lãnh đạo", "CT": "Chủ tịch", "PCT": "Phó Chủ tịch"}
_OFFICE_HEAD = re.compile(r"(?:phong|so|bo|ban|chi cuc|cuc|vu|phu trach|van phong|vp|cong chuc)\s{1,3}$")
_BODY_AFTER = re.compile(
    r"\s{0,2}[.,:]?\s{1,3}(?:ubnd|hdnd|bcd|bql|mttq|ubmttq|uy ban|"
    r"hoi dong|huyen uy|tinh uy|dang uy|thanh uy|hu|tu|du)\b"
)
_SMALL = frozenset(["và", "của", "các", "về", "với", "trong", "cho"])
_WORD = re.compile(r"[A-ZĐƯ][A-Za-zĐđƯư]{0,14}(?:\s?[-–&.,]\s?[A-ZĐƯ][A-Za-zĐđƯư]{0,14}){0,4}(?![^\W_])")
_LONE = re.compile(r"[A-ZĐƯ][A-ZĐƯ&\-]{1,12}|[A-ZĐƯ][A-Za-zĐđ]{1,5}[A-ZĐ][A-Za-zĐđ]{0,6}")


def _read(table: str) -> dict[str, str]:
    pairs = (entry.partition("=") for line in table.split("\n") for entry in line.split("|") if entry)
    return {abbreviation_key(short): full for short, _, full in pairs}


def abbreviation_key(word: str) -> str:
    """Khóa chữ viết tắt: letters only, upper case: "TC - KH", "TC&KH" and "TCKH" are one."""
    return "".join(c for c in nfc(word).upper() if c.isalnum())


COMMON: Mapping[str, str] = _read(_TABLE)
_IN_OFFICES: Mapping[str, str] = _read(_OFFICE)


def _without_bar(key: str) -> str:
    return key.replace("Đ", "D").replace("Ư", "U")


_NEAR: Mapping[str, str] = {_without_bar(key): full for key, full in COMMON.items() if _without_bar(key) not in COMMON}


@dataclass(frozen=True)
class Abbreviations:
    """Bảng chữ viết tắt: the common ones, overridden by what the document itself defines."""

    learned: Mapping[str, str] = field(default_factory=dict)

    def learn(self, text: str) -> "Abbreviations":
        """A new table that also holds what `text` defines."""
        found = {abbreviation_key(short): full for short, full in learn_abbreviations(text).items()}
        return Abbreviations({**self.learned, **found})

    def meaning(self, word: str, before: str = "", after: str = "") -> str | None:
        """Nghĩa của một chữ viết tắt where it stands; None when it is not known. "BCD" is read as "BCĐ"."""
        key = abbreviation_key(word)
        if key in self.learned:
            return self.learned[key]
        if key in _BEFORE_BODY and _BODY_AFTER.match(flat(after)):
            return _BEFORE_BODY[key]
        if key in COMMON:
            return COMMON[key]
        if _OFFICE_HEAD.search(flat(before[-20:])) and (office := _IN_OFFICES.get(key)):
            return office
        if key == "TP" and flat(before[-8:]).endswith(("ubnd ", ", ")):
            return "thành phố"
        if key == "TP" and re.match(r"\s{0,2}\.?\s{1,2}[^\W\d_a-zà-ỹ]", after):
            return "thành phố"
        return self._nearly(key)

    def _nearly(self, key: str) -> str | None:
        """The one known abbreviation that differs only by the bar of Đ, which scanning loses."""
        if len(key) < 3:
            return None
        near = {full for known, full in self.learned.items() if _without_bar(known) == key}
        if not near and key in _NEAR:
            return _NEAR[key]
        return near.pop() if len(near) == 1 else None

    def expand(self, text: str) -> str:
        """Viết đầy đủ: every abbreviation that is known, in its place."""
        out, at, scan = [], 0, 0
        text = nfc(text)
        while found := _WORD.search(text, scan):
            start, end = found.span()
            full = None
            while end > start and (full := self._known(text, start, end)) is None:
                end = start + max((m.start() for m in re.finditer(r"\s?[-–&.,]", text[start:end])), default=0)
            if full is not None:
                out += [text[at:start], full]
                at = end + 1 if text[end : end + 1] == "." and end < found.end() else end
                out += [" "] if at > end else []
            scan = max(at, found.end() if full is None else end)
        return "".join([*out, text[at:]])

    def _known(self, text: str, start: int, end: int) -> str | None:
        word = text[start:end]
        if sum(c.isupper() for c in word) < 2:
            return None
        return self.meaning(word, text[max(0, start - 20) : start], text[end : end + 20])


def expand(text: str, learned: Mapping[str, str] | None = None) -> str:
    """Viết đầy đủ các chữ viết tắt, with what the document defines if given."""
    return Abbreviations({abbreviation_key(k): v for k, v in (learned or {}).items()}).expand(text)


_DEFINED = re.compile(
    r"[,(]?\s{0,2}(?:sau day|duoi day)?\s{0,2}(?:duoc\s)?(?:goi|viet)(?:\s(?:chung|tat|ngan gon))?\s{0,2}(?:la|:)\s{0,2}[\"']?"
    r"(?P<short>[^\"')(;.,\n]{1,60})[\"']?"
)
_BRACKETED = re.compile(r"\((?:viết tắt\s(?:là\s)?)?[\"“]?([^()\s\"“”]{2,16})[\"”]?\)")
_LISTED = re.compile(r"^[\s\-+*•]{0,6}([^\s:=]{2,16})\s{0,3}[:=]\s{0,3}([^\n;.]{3,120})", re.MULTILINE)
_CLAUSE = re.compile(r"[.;:\n]")


def learn_abbreviations(text: str) -> dict[str, str]:
    """Học chữ viết tắt mà văn bản tự định nghĩa: "Ban Chỉ đạo (sau đây gọi tắt là BCĐ)", "mục tiêu quốc gia (MTQG)"."""
    text = nfc(text)
    bare = flat(text)
    learned: dict[str, str] = {}
    for found in _BRACKETED.finditer(text):
        short = found[1]
        if _LONE.fullmatch(short) and (full := _by_initials(text[max(0, found.start() - 160) : found.start()], short)):
            learned.setdefault(short, full)
    for found in _LISTED.finditer(text):
        if _LONE.fullmatch(found[1]) and (full := _by_initials(found[2], found[1])) and full == found[2].strip():
            learned.setdefault(found[1], full)
    for found in _DEFINED.finditer(bare):
        short = text[found.start("short") : found.end("short")].strip(" “”\"'")
        full = _long_form(text[max(0, found.start() - 240) : found.start()], short)
        if full and full != short:
            learned[short] = full
    return learned


def _initial(word: str) -> str:
    first = word.lstrip("“\"'(")[:1].upper()
    return first if first in ("Đ", "Ư") else unicodedata.normalize("NFD", first)[:1]


def _by_initials(before: str, short: str) -> str | None:
    """The last words before the bracket whose initials spell the short form; small words may be skipped."""
    wanted = [c for c in nfc(short).upper() if c.isalpha()]
    words = list(re.finditer(r"[^\s,\-–]+", before))
    for word in reversed(words):
        if not wanted:
            break
        initial = _initial(word.group())
        if initial == wanted[-1] or (wanted[-1] == "Ư" and initial == "U"):
            wanted.pop()
            start = word.start()
        elif word.group().lower() not in _SMALL:
            return None
    return None if wanted or not words else " ".join(before[start:].split()).strip(' ,("“')


def _long_form(before: str, short: str) -> str | None:
    before = re.sub(r"\([^()]{0,60}\)", "", before.rstrip(" (,"))
    if _LONE.fullmatch(short) and (full := _by_initials(before, short)):
        return full
    clause = before[max((m.end() for m in _CLAUSE.finditer(before)), default=0) :].strip()
    opening = flat(short).split()[:2]
    place = flat(clause).rfind(" ".join(opening)) if opening else -1
    if place < 0:
        place = next((m.start() for m in re.finditer(r"[^\W\d_]+", clause) if m.group()[0].isupper()), -1)
    full = " ".join(clause[place:].split()) if place >= 0 else ""
    return full if len(full) > len(short) else None
