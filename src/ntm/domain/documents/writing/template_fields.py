"""Trường của mẫu văn bản: what an office's own Word template may ask for, by kind of paper, and what each field holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

TemplateKind = Literal["plan", "decision", "letter", "minutes", "report"]
CHECKED_LOOP = ("index", "first", "last")  # of the variable `loop`


@dataclass(frozen=True)
class Field:
    """Trường: its name in the template, what it holds; `parts` are the fields of each item where it is a list."""

    name: str
    what: str
    parts: tuple[Field, ...] = ()
    items: bool = False  # a list of plain texts

    @property
    def is_list(self) -> bool:
        return bool(self.parts) or self.items

    @property
    def typed(self) -> str:
        """What is typed in the template: the field, or the beginning of the loop through the list."""
        return f"{{%p for x in {self.name} %}}" if self.is_list else f"{{{{ {self.name} }}}}"

    @property
    def typed_within(self) -> str:
        """The same of a part, within the loop `x` of its list."""
        return f"{{%p for y in x.{self.name} %}} {{{{ y }}}}" if self.is_list else f"{{{{ x.{self.name} }}}}"


@dataclass(frozen=True)
class Offer:
    """Danh sách trường by name; without the `needed` ones a part of the paper would not be printed."""

    fields: tuple[Field, ...]
    needed: tuple[str, ...] = ()
    by_name: Mapping[str, Field] = field(default_factory=dict)

    @classmethod
    def of(cls, *fields: Field, needed: tuple[str, ...] = ()) -> Offer:
        return cls(fields, needed, {item.name: item for item in fields})

    def unused(self, used: tuple[str, ...]) -> tuple[Field, ...]:
        """Trường cần mà mẫu không dùng: what they hold would be lost in print."""
        return tuple(self.by_name[name] for name in self.needed if name not in used)


_HEAD = (
    Field("co_quan_chu_quan", "tên cơ quan chủ quản, chữ in hoa"),
    Field("co_quan", "tên cơ quan ban hành, chữ in hoa"),
    Field("so", "số văn bản"),
    Field("ky_hieu", "ký hiệu văn bản"),
    Field("so_ky_hieu", "số và ký hiệu, ví dụ 15/KH-UBND"),
    Field("dia_danh", "địa danh"),
    Field("ngay_thang", "ngày … tháng … năm …"),
    Field("du_thao", "chữ DỰ THẢO khi văn bản chưa ban hành, trống khi đã ban hành"),
)
_NAMED = (Field("ten_loai", "tên loại văn bản, chữ in hoa"), Field("trich_yeu", "trích yếu nội dung"))
_SIGNED = (
    Field("quyen_han", "quyền hạn của người ký: TM., KT. …"),
    Field("chuc_vu", "chức vụ người ký"),
    Field("nguoi_ky", "họ và tên người ký"),
    Field("noi_nhan", "các nơi nhận", items=True),
)
_BASES = Field("can_cu", "các căn cứ, mỗi căn cứ một dòng", items=True)
_PREAMBLE = Field("mo_dau", "lời mở đầu sau các căn cứ")
_CLOSING = Field("ket_thuc", "lời kết")
_TO = Field("kinh_gui", "các nơi gửi đến", items=True)
_SECTIONS = Field(
    "muc",
    "các đề mục theo thứ tự",
    (
        Field("so", "số mục: I., 1., a)"),
        Field("ten", "tên mục"),
        Field("bac", "bậc của mục: 1, 2, 3"),
        Field("doan", "các đoạn văn dưới mục; bảng trong mục in ở trang sau", items=True),
    ),
)
_TASKS = Field(
    "nhiem_vu",
    "các nhiệm vụ trong bảng phân công; mẫu dùng trường này thì biểu nhiệm vụ không in lại ở sau",
    (
        Field("so", "số thứ tự trong nhóm"),
        Field("nhom", "tên nhóm nhiệm vụ"),
        Field("dau_nhom", "tên nhóm ở nhiệm vụ đầu của nhóm, trống ở các nhiệm vụ sau"),
        Field("noi_dung", "nội dung công việc"),
        Field("chi_dao", "cơ quan chỉ đạo"),
        Field("chu_tri", "cơ quan chủ trì, thực hiện"),
        Field("phoi_hop", "cơ quan phối hợp"),
        Field("thoi_gian", "thời gian thực hiện"),
        Field("san_pham", "sản phẩm"),
    ),
)
_DUTIES = Field(
    "phan_cong",
    "trách nhiệm của từng cơ quan",
    (Field("co_quan", "tên cơ quan"), Field("viec", "các việc của cơ quan", items=True)),
)
OFFERS: Mapping[TemplateKind, Offer] = {
    "plan": Offer.of(
        *_HEAD, *_NAMED, _BASES, _PREAMBLE, _SECTIONS, _DUTIES,
        Field("bieu_nhiem_vu", "số và tên của biểu nhiệm vụ, ví dụ Biểu 01. Nội dung công việc …"), _TASKS,
        _CLOSING, *_SIGNED,
        needed=("trich_yeu", "can_cu", "muc", "phan_cong", "nguoi_ky", "noi_nhan"),
    ),
    "decision": Offer.of(
        *_HEAD, *_NAMED, _BASES,
        Field("nguoi_quyet_dinh", "người hoặc cơ quan quyết định, chữ in hoa"),
        Field(
            "dieu",
            "các điều",
            (
                Field("so", "số của điều"),
                Field("noi_dung", "lời của điều"),
                Field("khoan", "các khoản của điều", items=True),
            ),
        ),
        *_SIGNED,
        needed=("trich_yeu", "can_cu", "dieu", "nguoi_ky", "noi_nhan"),
    ),
    "letter": Offer.of(
        *_HEAD, Field("ve_viec", "việc của công văn, sau chữ V/v"), _TO,
        Field("doan", "các đoạn văn; bảng trong công văn in ở trang sau", items=True), _SECTIONS, *_SIGNED,
        needed=("ve_viec", "kinh_gui", "doan", "nguoi_ky"),
    ),
    "minutes": Offer.of(
        *_HEAD, *_NAMED,
        Field("bat_dau", "thời gian bắt đầu"),
        Field("dia_diem", "địa điểm họp"),
        Field("thanh_phan", "những người tham dự", items=True),
        Field("vang_mat", "những người vắng mặt", items=True),
        Field("chu_tri", "người chủ trì"),
        Field("thu_ky", "thư ký"),
        _SECTIONS,
        Field("ket_luan", "các kết luận của người chủ trì", items=True),
        _CLOSING,
        Field("noi_nhan", "các nơi nhận", items=True),
        needed=("trich_yeu", "thanh_phan", "chu_tri", "thu_ky", "muc", "ket_luan"),
    ),
    "report": Offer.of(
        *_HEAD, *_NAMED, _TO, _BASES, _PREAMBLE, _SECTIONS, _CLOSING, *_SIGNED,
        needed=("trich_yeu", "kinh_gui", "muc", "nguoi_ky"),
    ),
}  # fmt: skip
