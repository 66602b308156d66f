"""Tệp Word đời cũ (.doc, .rtf, .odt): made into .docx by LibreOffice, then read like one."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ..blocks import SourceError
from .archives import broken
from .limits import Limits
from .processes import GIGABYTE, OutOfTime, find_program, run

OFFICE_MEMORY = GIGABYTE  # address space


def to_docx(content: bytes, name: str, suffix: str, limits: Limits) -> bytes:
    """The same document as .docx. LibreOffice has a profile of its own, so readings never wait for one another."""
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
            "docx:MS Word 2007 XML",
            "--outdir",
            str(folder / "out"),
            str(source),
        ]
        try:
            finished = run(command, seconds=limits.office_seconds, folder=folder, memory=OFFICE_MEMORY)
        except OutOfTime as error:
            raise SourceError(
                "limit",
                f"Chuyển đổi tệp “{name}” quá {limits.office_seconds} giây nên đã dừng; hãy mở tệp bằng Word, lưu thành "
                ".docx rồi nạp lại.",
            ) from error
        result = folder / "out" / "source.docx"
        if finished.code != 0 or not result.is_file():
            raise broken(name, "không chuyển được sang .docx")
        if result.stat().st_size > limits.max_bytes:
            raise broken(name, "tệp chuyển đổi quá lớn")
        return result.read_bytes()
