"""Lỗi dữ liệu bộ tiêu chí: a refusal that says which file, which line, which key and what to do."""

from __future__ import annotations

__all__ = ["CriteriaError"]


class CriteriaError(ValueError):
    """Tệp bộ tiêu chí sai: `str()` is the whole sentence in Vietnamese."""

    def __init__(self, file: str, line: int | None, key: str, message: str) -> None:
        self.file = file
        self.line = line
        self.key = key
        self.message = message
        place = file if line is None else f"{file}, dòng {line}"
        super().__init__(f"{place}, khóa {key}: {message}" if key else f"{place}: {message}")
