"""Tệp văn bản cho lệnh: which files a folder holds, one file read safely, many files at once with progress."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ntm.domain.documents.examined import Examined
    from ntm.domain.documents.reading.sources import Progress

KINDS = (
    ".docx", ".doc", ".rtf", ".odt", ".pdf", ".txt", ".md", ".xlsx", ".xls",
    ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp",
)  # fmt: skip
BROKE = "Đọc tệp “{}” bị dừng đột ngột; hãy đọc riêng tệp này, nếu vẫn lỗi thì lưu lại bằng phần mềm gốc."


@dataclass(frozen=True)
class Done:
    """Một tệp đã làm xong: what the work gave, or the sentence that says why it gave nothing."""

    path: Path
    result: Any
    sentence: str
    seconds: float


class Unreadable(Exception):
    """Tệp không đọc được; the text is the sentence for the person."""


def files_in(folder: Path) -> list[Path]:
    """The documents below a folder; Word's own lock files (~$…) and hidden files are none."""
    return sorted(
        p for p in folder.rglob("*") if p.suffix.lower() in KINDS and not p.name.startswith(("~$", ".")) and p.is_file()
    )


def examined(path: Path, progress: bool = False) -> Examined:
    """The file read and checked; raises Unreadable. What is not plain text is opened in a process of its own."""
    from ntm.domain.documents.examined import examine
    from ntm.domain.documents.reading.blocks import SourceError
    from ntm.domain.documents.reading.sources import read_untrusted
    from ntm.domain.documents.reading.sources.limits import silent

    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(
            f"Không mở được tệp “{path.name}”: {error.strerror or error}; hãy kiểm tra quyền đọc tệp."
        ) from error
    try:
        return examine(read_untrusted(content, path.name, progress=_tell if progress else silent))
    except SourceError as error:
        raise Unreadable(error.message) from error


def _tell(progress: Progress) -> None:
    """Pages as they are done, on standard error, only where a person looks."""
    if sys.stderr.isatty():
        end = "\n" if progress.done >= progress.total else ""
        print(f"\r{progress.what} {progress.done}/{progress.total}", end=end, file=sys.stderr, flush=True)


def done(job: Callable[[Path], Any], path: Path) -> Done:
    """One file, timed; what goes wrong with it is its own."""
    begun = time.perf_counter()
    result, sentence = None, ""
    try:
        result = job(path)
    except Unreadable as error:
        sentence = str(error)
    except Exception:  # a fault of ours in one file must not cost the folder
        sentence = BROKE.format(path.name)
    return Done(path, result, sentence, time.perf_counter() - begun)


def all_of(job: Callable[[Path], Any], files: Sequence[Path], jobs: int) -> list[Done]:
    """Every file, several at once, told on standard error as it is done; in the order of the files."""
    found = []
    for number, one in enumerate(_at_once(job, files, jobs), 1):
        print(f"\r[{number}/{len(files)}] {one.path.name:<60.60}", end="", file=sys.stderr, flush=True)
        found.append(one)
    print(file=sys.stderr)
    return sorted(found, key=lambda one: one.path)


def _at_once(job: Callable[[Path], Any], files: Sequence[Path], jobs: int) -> Iterator[Done]:
    if jobs <= 1 or len(files) == 1:
        yield from (done(job, path) for path in files)
        return
    with ProcessPoolExecutor(max_workers=min(jobs, len(files))) as pool:
        waiting = {pool.submit(done, job, path): path for path in files}
        for future in as_completed(waiting):
            try:
                yield future.result()
            except BrokenProcessPool:
                yield Done(waiting[future], None, BROKE.format(waiting[future].name), 0.0)


def table(heads: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> str:
    """Bảng tổng hợp: columns as wide as their longest cell, at most 60 letters."""
    cells = [list(heads.values())] + [["" if row[key] is None else str(row[key]) for key in heads] for row in rows]
    widths = [min(max(len(line[i]) for line in cells), 60) for i in range(len(heads))]
    return "\n".join("  ".join(f"{c[:60]:<{w}}" for c, w in zip(line, widths, strict=True)).rstrip() for line in cells)
