"""Lỗi dữ liệu bộ tiêu chí: which file, which line, which key, and what to do. The same error as of every data file."""

from __future__ import annotations

from ntm.domain.instruments.source_file import SourceError as CriteriaError

__all__ = ["CriteriaError"]
