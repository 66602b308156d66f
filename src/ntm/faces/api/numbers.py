"""Số trong địa chỉ và trong câu hỏi: bounded, so that no database is asked for what it cannot hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

__all__ = ["Count", "Dong", "Id", "Small", "Year"]

Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Year = Annotated[int, Field(ge=1990, le=2200)]
Count = Annotated[int, Field(ge=0, le=2**31 - 1)]
Small = Annotated[int, Field(ge=0, le=2**15 - 1)]
Dong = Annotated[int, Field(ge=0, le=10**16)]  # đồng: ten million tỷ at most
