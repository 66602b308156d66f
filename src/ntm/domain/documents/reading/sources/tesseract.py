"""Nhận dạng chữ (tesseract, tiếng Việt): a grey picture -> words with boxes and confidence."""

from __future__ import annotations

import csv
import io
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..blocks import SourceError
from .letters import clean
from .limits import Limits
from .processes import OutOfTime, find_program, run

MEMORY = 900 * 1024 * 1024
COLUMNS = ("level", "page", "block", "paragraph", "line", "word", "left", "top", "width", "height", "conf", "text")
LOOKALIKES = str.maketrans({"\u2044": "/", "\u2215": "/", "¬": "-", "―": "-", "\u00ad": None, "¡": None})
NOISE = 0.12  # words believed less than this are stains


@dataclass(frozen=True, slots=True)
class Seen:
    """Một từ nhận được, in pixels."""

    x0: int
    y0: int
    x1: int
    y1: int
    text: str
    confidence: float
    line_top: int
    line_height: int


def recognise(picture: Any, mode: int, limits: Limits, dpi: int = 200) -> list[Seen]:
    """The words of the picture; nothing when tesseract gives up or its time is over."""
    program = find_program(("tesseract",), "tesseract-ocr với gói tiếng Việt (tesseract-ocr-vie)")
    buffer = io.BytesIO()
    picture.save(buffer, "PPM")
    with tempfile.TemporaryDirectory(prefix="ntm-ocr-") as folder:
        command = [program, "stdin", "stdout", "-l", "vie", "--oem", "1", "--psm", str(mode), "--dpi", str(dpi), "tsv"]
        try:
            finished = run(
                command, seconds=limits.ocr_seconds, folder=Path(folder), content=buffer.getvalue(), memory=MEMORY
            )
        except OutOfTime:
            return []
    if finished.code != 0:
        if b"vie.traineddata" in finished.err or b"load any languages" in finished.err:
            raise SourceError(
                "missing_tool",
                "Máy chủ chưa có dữ liệu nhận dạng tiếng Việt của tesseract (gói tesseract-ocr-vie); "
                "hãy báo quản trị hệ thống cài đặt rồi nạp lại.",
            )
        return []
    return words_of_table(finished.out.decode("utf-8", errors="replace"))


def words_of_table(table: str) -> list[Seen]:
    """Reads tesseract's TSV."""
    rows = csv.reader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    words: list[Seen] = []
    line_top = height = 0
    for row in rows:
        if len(row) < len(COLUMNS) or not row[0].isdigit():
            continue
        left, top, width, tall = (int(value) for value in row[6:10])
        if row[0] == "4":
            line_top, height = top, tall
        text = clean(row[11]).strip().translate(LOOKALIKES)
        if row[0] != "5" or not text:
            continue
        confidence = max(float(row[10]), 0.0) / 100
        if confidence < NOISE and not any(letter.isalnum() for letter in text):
            continue
        words.append(Seen(left, top, left + width, top + tall, text, round(confidence, 3), line_top, height))
    return words
