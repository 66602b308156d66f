"""Dòng này là công trình nào: the unit by its code, the works by its code there, the village by its name; or a sentence."""

from __future__ import annotations

from datetime import date

from ntm.domain.official.text import fold
from ntm.records.funding.models import Works
from ntm.records.funding.refusals import Refused
from ntm.records.funding.workbook import columns
from ntm.records.funding.workbook.facts import Facts
from ntm.records.funding.workbook.present import capital
from ntm.records.funding.workbook.reading import ReadLine, ReadSheet

__all__ = ["Names"]


class Names:
    """Một lượt đi qua các dòng: each works is meant by one line."""

    def __init__(self, facts: Facts, sheet: ReadSheet, on: date) -> None:
        self.facts, self.on = facts, on
        self.seen: dict[tuple[int, str], int] = {}
        self.kept = {line.key for line in sheet.lines if self._keeps_its_code(line)}

    def _keeps_its_code(self, line: ReadLine) -> bool:
        old = self.facts.by_key.get(line.key or 0)
        return old is not None and line.values.get("code") == old.code

    def which(self, line: ReadLine) -> tuple[Works | None, int]:
        """Công trình và đơn vị của dòng; no works: a new one."""
        unit = self._unit(line)
        code = str(line.values.get("code") or "")
        if not code:
            raise Refused("Ghi mã công trình.", "code")
        works = self.facts.works.get((unit, code))
        before = self.seen.setdefault((unit, code if works else fold(code)), line.line)
        if before != line.line:
            raise Refused(f"Trùng mã với dòng {before}: giữ một dòng.", "code")
        if works is None:
            self._refuse_moved(line, unit, code)
        return works, unit

    def _unit(self, line: ReadLine) -> int:
        typed = str(line.values.get("unit") or "")
        unit = self.facts.unit_of(typed)
        if unit is None:
            raise Refused(
                f"Ngày {self.on:%d/%m/%Y} không có đơn vị mã “{typed[:20]}”: ghi mã của đơn vị vào ngày đó.", "unit"
            )
        label = self.facts.labels[unit]
        if unit not in self.facts.area:
            raise Refused(
                f"{capital(label.title)} không thuộc địa bàn của trang này: mở trang công trình của đơn vị đó "
                "hoặc của cấp trên rồi nộp.",
                "unit",
            )
        if line.unit_name and fold(line.unit_name) not in (fold(label.title), fold(label.name)):
            raise Refused(
                f"Mã là của {label.title} nhưng cột {columns.UNIT_NAME} ghi “{line.unit_name[:60]}”: dòng bị xáo trộn, "
                "ví dụ do chỉ sắp xếp một cột. Sửa mã hoặc xoá tên.",
                "unit",
            )
        return unit

    def _refuse_moved(self, line: ReadLine, unit: int, code: str) -> None:
        """A code that nobody has: a new works, unless it is an old one's with another spelling or another unit."""
        alike = self.facts.alike.get((unit, fold(code)))
        if alike is not None:
            raise Refused(f"Đơn vị này đã có công trình mã “{alike}”, khác cách viết: ghi đúng mã ấy.", "code")
        old = self.facts.by_key.get(line.key or 0)
        if old is not None and line.key not in self.kept:
            raise Refused(
                f"Dòng này khi tải về là công trình mã “{old.code}”: mã và đơn vị của công trình không đổi được, ghi lại "
                "như cũ. Thêm công trình mới thì chép thành dòng khác, giữ dòng này.",
                "code",
            )

    def village(self, line: ReadLine, unit: int) -> tuple[int | None, str]:
        """Thôn và tên của nó; none where the cell is empty."""
        typed = str(line.values.get("village_id") or "")
        if not typed:
            return None, ""
        found = self.facts.villages.get(unit, {}).get(fold(typed), [])
        if len(found) == 1:
            return found[0], capital(self.facts.village_titles[found[0]])
        place = capital(self.facts.labels[unit].title)
        if found:
            raise Refused(
                f"{place} có {len(found)} thôn tên “{typed[:60]}”: bỏ trống, chọn thôn ở trang công trình.",
                "village_id",
            )
        raise Refused(f"{place} không có thôn tên “{typed[:60]}”: ghi đúng tên thôn, hoặc bỏ trống.", "village_id")
