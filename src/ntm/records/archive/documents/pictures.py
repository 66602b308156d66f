"""Ảnh trang: pages as they look, drawn once per content in a bounded process and kept beside the files.

A PDF or a picture is drawn as it is; a Word file is printed by LibreOffice first, and its lines are found in the print.
Text and workbooks have no pages: the desk shows their lines. The pictures can be drawn again at any time.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from ntm.domain.documents.reading.blocks import SourceError
from ntm.domain.documents.reading.sources import Limits, read_isolated
from ntm.domain.documents.reading.sources.processes import GIGABYTE, OutOfTime, find_program, run
from ntm.records.archive.documents import drawing, places, source
from ntm.records.archive.models import FileKind, StoredFile

WIDTH = 1000  # pixels across
MOST_PAGES = 150
SECONDS = 180
OFFICE_SECONDS = 90
_IMAGES = (FileKind.PNG, FileKind.JPEG, FileKind.WEBP)
_WORD = (FileKind.DOCX, FileKind.DOC)
DRAWN = (*_IMAGES, *_WORD, FileKind.PDF)

Placed = dict[str, list[list[float]]]


@dataclass(frozen=True)
class Drawn:
    """Ảnh đã vẽ: sizes a page, and the places of the lines where they had to be found in a print."""

    sizes: list[list[int]]
    places: Placed | None = None


class NotDrawn(Exception):
    """The pages could not be drawn; the lines are shown instead."""


def path_of(file: StoredFile, page: int) -> str:
    """Where the storage keeps the picture of a page."""
    return f"pages/{file.sha256[:2]}/{file.sha256}/{page}.webp"


def draw(file: StoredFile, content: bytes, lines: Sequence[str]) -> Drawn:
    """Vẽ mọi trang of the file; raises NotDrawn."""
    if file.kind not in DRAWN:
        return Drawn([])
    try:
        with tempfile.TemporaryDirectory(prefix="ntm-pages-") as place:
            return _draw(file, content, lines, Path(place))
    except (SourceError, OutOfTime, OSError, ValueError) as error:
        raise NotDrawn(str(error)) from error


def _draw(file: StoredFile, content: bytes, lines: Sequence[str], folder: Path) -> Drawn:
    found: Placed | None = None
    if file.kind in _WORD:
        content = _printed(content, f".{file.kind}", folder)
        boxes = places.align(lines, read_isolated(content, "print.pdf", limits=Limits(wall_seconds=SECONDS)).lines)
        found = {str(no): source.boxes(one) for no, one in boxes.items()}
    original, out = folder / "original", folder / "pages"
    original.write_bytes(content)
    out.mkdir()
    how = "image" if file.kind in _IMAGES else "pdf"
    command = [sys.executable, "-P", drawing.__file__, how, str(original), str(out), str(WIDTH), str(MOST_PAGES)]
    finished = run(command, seconds=SECONDS, folder=folder, memory=2 * GIGABYTE)
    if finished.code != 0:
        raise NotDrawn(finished.err.decode("utf-8", "replace")[-300:])
    sizes: list[list[int]] = json.loads(finished.out)
    for page in range(1, len(sizes) + 1):
        _keep(path_of(file, page), (out / f"{page}.webp").read_bytes())
    return Drawn(sizes, found)


def _printed(content: bytes, suffix: str, folder: Path) -> bytes:
    """The PDF that LibreOffice prints."""
    program = find_program(("soffice", "libreoffice"), "LibreOffice")
    written = folder / f"source{suffix}"
    written.write_bytes(content)
    quiet = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [program, profile, *quiet, "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder / "out")]
    command.append(str(written))
    finished = run(command, seconds=OFFICE_SECONDS, folder=folder, memory=2 * GIGABYTE)
    result = folder / "out" / "source.pdf"
    if finished.code != 0 or not result.is_file():
        raise NotDrawn("LibreOffice")
    return result.read_bytes()


def _keep(path: str, data: bytes) -> None:
    if default_storage.exists(path):
        default_storage.delete(path)
    default_storage.save(path, ContentFile(data))
