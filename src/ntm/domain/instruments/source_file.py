"""Đọc YAML có đánh dấu dòng: strict reading of a data file; each value remembers its file, its key and its line.

One form only: no floats, no dates or codes without quotes, no empty values, no anchors, no key twice, no unknown key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import yaml

__all__ = ["Entry", "SourceError", "Value", "read"]

_TAG = "tag:yaml.org,2002:"
_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class SourceError(ValueError):
    """Tệp dữ liệu sai: `str()` is the whole sentence in Vietnamese; says which file, line and key, and what to do."""

    def __init__(self, file: str, line: int | None, key: str, message: str) -> None:
        self.file = file
        self.line = line
        self.key = key
        self.message = message
        place = file if line is None else f"{file}, dòng {line}"
        super().__init__(f"{place}, khóa {key}: {message}" if key else f"{place}: {message}")


def read(text: str, file: str) -> Entry:
    """The mapping a file holds; refuses what is no single mapping."""
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        raise SourceError(file, line, "", f"tệp không đúng cú pháp YAML ({error.problem or error.context})") from None
    except RecursionError:
        raise SourceError(file, None, "", "tệp lồng quá nhiều cấp") from None
    except yaml.YAMLError:
        raise SourceError(file, None, "", "tệp có ký tự mà YAML không cho phép; lưu lại tệp bằng UTF-8") from None
    if node is None:
        raise SourceError(file, 1, "", "tệp không có nội dung")
    return Value(node, file, "", set()).entry()


class Value:
    """One value of the file: read it as exactly one of the forms."""

    __slots__ = ("_node", "_seen", "file", "key")

    def __init__(self, node: yaml.Node, file: str, key: str, seen: set[int]) -> None:
        self._node, self.file, self.key, self._seen = node, file, key, seen
        if isinstance(node, yaml.CollectionNode):
            if id(node) in seen:
                raise self.wrong("không dùng neo (&, *) của YAML; viết lại nội dung đầy đủ")
            seen.add(id(node))

    @property
    def line(self) -> int:
        return int(self._node.start_mark.line) + 1

    def wrong(self, message: str) -> SourceError:
        return SourceError(self.file, self.line, self.key, message)

    def entry(self) -> Entry:
        if not isinstance(self._node, yaml.MappingNode):
            raise self.wrong("cần một nhóm khóa: giá trị")
        return Entry(self._node, self.file, self.key, self._seen, self.line)

    def items(self) -> Iterator[Value]:
        if not isinstance(self._node, yaml.SequenceNode):
            raise self.wrong("cần một danh sách")
        for number, node in enumerate(self._node.value):
            yield Value(node, self.file, f"{self.key}[{number + 1}]", self._seen)

    def _scalar(self, wanted: str) -> tuple[str, str]:
        """The kind ("str", "int", "float", "bool", "null", "timestamp") and the characters."""
        if not isinstance(self._node, yaml.ScalarNode):
            raise self.wrong(f"cần {wanted}")
        kind = str(self._node.tag).removeprefix(_TAG)
        if kind == "null":
            raise self.wrong("giá trị để trống; bỏ cả khóa nếu không có giá trị")
        return kind, str(self._node.value)

    def text(self) -> str:
        kind, characters = self._scalar("một chuỗi chữ")
        if kind == "bool":
            raise self.wrong(f'"{characters}" không trong ngoặc kép bị hiểu là đúng/sai; viết "{characters}"')
        if kind == "timestamp":
            raise self.wrong(f'ngày phải để trong ngoặc kép: "{characters}"')
        if kind != "str":
            raise self.wrong(f'"{characters}" là mã hoặc chữ thì phải để trong ngoặc kép: "{characters}"')
        if not characters.strip():
            raise self.wrong("chuỗi rỗng; bỏ cả khóa nếu không có giá trị")
        return characters

    def one_of(self, allowed: frozenset[str] | tuple[str, ...]) -> str:
        characters = self.text()
        if characters not in allowed:
            raise self.wrong(f'"{characters}" không thuộc các giá trị cho phép: {", ".join(sorted(allowed))}')
        return characters

    def day(self) -> date:
        characters = self.text()
        if not _DAY.match(characters):
            raise self.wrong(f'"{characters}" không phải ngày; viết năm-tháng-ngày trong ngoặc kép, ví dụ "2022-03-08"')
        try:
            return date.fromisoformat(characters)
        except ValueError:
            raise self.wrong(f'không có ngày "{characters}" trong lịch') from None

    def flag(self) -> bool:
        kind, characters = self._scalar("true hoặc false")
        if kind != "bool" or characters not in ("true", "false"):
            raise self.wrong(f'cần true hoặc false, không phải "{characters}"')
        return characters == "true"

    def whole(self) -> int:
        kind, characters = self._scalar("một số nguyên")
        if kind != "int" or not _WHOLE.match(characters):
            raise self.wrong(f'cần một số nguyên viết thường, không phải "{characters}"')
        return int(characters)

    def decimal(self) -> Decimal:
        """A whole number, or a decimal between quotes with a dot."""
        kind, characters = self._scalar("một số")
        if kind == "float":
            raise self.wrong(f'số thập phân phải để trong ngoặc kép: "{characters}" (không dùng số thực dấu phẩy động)')
        if kind == "bool":
            raise self.wrong(f'cần một số, không phải "{characters}"')
        if kind == "int" and not _WHOLE.match(characters):
            raise self.wrong(f'"{characters}" không phải số nguyên viết thường; mã số thì để trong ngoặc kép')
        if not _DECIMAL.match(characters):
            if "," in characters and _DECIMAL.match(characters.replace(",", ".")):
                raise self.wrong(f'số thập phân trong tệp viết dấu chấm: "{characters.replace(",", ".")}"')
            raise self.wrong(f'"{characters}" không phải số')
        return Decimal(characters)

    def is_number(self) -> bool:
        """Written as a number (quoted or not); a float counts, so that `decimal` can refuse it."""
        if not isinstance(self._node, yaml.ScalarNode):
            return False
        kind = str(self._node.tag).removeprefix(_TAG)
        return kind in ("int", "float") or (kind == "str" and bool(_DECIMAL.match(str(self._node.value))))

    def texts(self) -> tuple[str, ...]:
        found: list[str] = []
        for item in self.items():
            characters = item.text()
            if characters in found:
                raise item.wrong(f'"{characters}" viết hai lần')
            found.append(characters)
        return tuple(found)


class Entry:
    """A mapping: keys are taken one by one; `close` refuses what was not asked for."""

    __slots__ = ("_taken", "_values", "file", "key", "line")

    def __init__(self, node: yaml.MappingNode, file: str, key: str, seen: set[int], line: int) -> None:
        self.file, self.key, self.line = file, key, line
        self._values: dict[str, Value] = {}
        self._taken: set[str] = set()
        for name_node, value_node in node.value:
            name = Value(name_node, file, key, seen).text()
            path = f"{key}.{name}" if key else name
            if name in self._values:
                line = int(name_node.start_mark.line) + 1
                raise SourceError(file, line, path, "khóa viết hai lần trong cùng một nhóm; chỉ giữ một")
            self._values[name] = Value(value_node, file, path, seen)

    def wrong(self, message: str) -> SourceError:
        return SourceError(self.file, self.line, self.key, message)

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def get(self, name: str) -> Value | None:
        self._taken.add(name)
        return self._values.get(name)

    def need(self, name: str) -> Value:
        value = self.get(name)
        if value is None:
            raise self.wrong(f'thiếu khóa "{name}"')
        return value

    def maybe_text(self, name: str) -> str | None:
        value = self.get(name)
        return value.text() if value else None

    def maybe_day(self, name: str) -> date | None:
        value = self.get(name)
        return value.day() if value else None

    def maybe_texts(self, name: str) -> tuple[str, ...]:
        value = self.get(name)
        return value.texts() if value else ()

    def maybe_flag(self, name: str) -> bool:
        value = self.get(name)
        return value.flag() if value else False

    def maybe_whole(self, name: str) -> int | None:
        value = self.get(name)
        return value.whole() if value else None

    def entries(self, name: str) -> list[Entry]:
        value = self.get(name)
        return [item.entry() for item in value.items()] if value else []

    def close(self) -> None:
        for name, value in self._values.items():
            if name not in self._taken:
                raise SourceError(value.file, value.line, value.key, f'không có khóa "{name}" ở đây; kiểm tra chính tả')
