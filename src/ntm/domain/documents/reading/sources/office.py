"""LibreOffice trong giới hạn: files of older Word (.doc, .rtf, .odt) made into .docx to be read, a .docx made into .pdf."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Literal

from ..blocks import SourceError
from .archives import broken
from .limits import Limits
from .processes import GIGABYTE, OutOfTime, find_program, run

OFFICE_MEMORY = GIGABYTE  # address space
_FILTERS: dict[str, str] = {"docx": "docx:MS Word 2007 XML", "pdf": "pdf:writer_pdf_Export"}


def to_docx(content: bytes, name: str, suffix: str, limits: Limits) -> bytes:
    """The same document as .docx."""
    try:
        made = convert(content, suffix, "docx", limits)
    except OutOfTime as error:
        raise SourceError(
            "limit",
            f"Chuyển đổi tệp “{name}” quá {limits.office_seconds} giây nên đã dừng; hãy mở tệp bằng Word, lưu thành "
            ".docx rồi nạp lại.",
        ) from error
    if made is None:
        raise broken(name, "không chuyển được sang .docx")
    if len(made) > limits.max_bytes:
        raise broken(name, "tệp chuyển đổi quá lớn")
    return made


def convert(content: bytes, suffix: str, to: Literal["docx", "pdf"], limits: Limits) -> bytes | None:
    """The file made into another kind, at most one byte more than the bound; None when LibreOffice could not; OutOfTime when
    it was ended. LibreOffice has a profile of its own, so conversions never wait for one another."""
    program = find_program(("soffice", "libreoffice"), "LibreOffice")
    with tempfile.TemporaryDirectory(prefix="ntm-office-") as place:
        folder = Path(place)
        source = folder / f"source{suffix}"
        source.write_bytes(content)
        command = [
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--nodefault",
            "--nologo",
            "--convert-to",
            _FILTERS[to],
            "--outdir",
            str(folder / "out"),
            str(source),
        ]
        finished = run(command, seconds=limits.office_seconds, folder=folder, memory=OFFICE_MEMORY)
        result = folder / "out" / f"source.{to}"
        if finished.code != 0 or not result.is_file():
            return None
        with result.open("rb") as made:
            return made.read(limits.max_bytes + 1)
