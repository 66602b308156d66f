"""`ntm read`: a file -> what it says, as JSON; a folder -> one JSON a file beside a summary table."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Any

KINDS = (".docx", ".doc", ".pdf", ".txt", ".md", ".xlsx", ".xls", ".png", ".jpg", ".jpeg", ".tif", ".tiff")


def register(subparsers: Any) -> None:
    parser = subparsers.add_parser("read", help="đọc văn bản thành dự thảo có cấu trúc")
    parser.add_argument(
        "path", metavar="TỆP|THƯ MỤC", help="tệp .docx, .doc, .pdf, .txt, .md, .xlsx, ảnh; hoặc một thư mục"
    )
    parser.add_argument("--json", action="store_true", help="in một đối tượng JSON ra đầu ra chuẩn")
    parser.add_argument("--out", metavar="THƯ MỤC", help="khi đọc thư mục: ghi mỗi tệp một JSON vào đây")
    parser.add_argument("--jobs", type=int, default=max(1, (os.cpu_count() or 2) - 1), help="số tệp đọc cùng lúc")
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    from ntm.faces.cli.main import refuse

    path = Path(arguments.path)
    if path.is_dir():
        return _folder(path, arguments)
    if not path.is_file():
        return refuse(f"Không có tệp hoặc thư mục “{path}”; hãy kiểm tra lại đường dẫn.")
    read, sentence = _read(path)
    if read is None:
        return refuse(sentence)
    if arguments.json:
        json.dump(read, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        print("\n".join(_overview(read)))
    return 0


def _read(path: Path) -> tuple[dict[str, Any] | None, str]:
    """The reading of one file as plain JSON values, or the sentence that says why there is none."""
    from ntm.domain.documents.examined import examine
    from ntm.domain.documents.reading.blocks import SourceError
    from ntm.domain.documents.reading.sources import read_source

    try:
        content = path.read_bytes()
    except OSError as error:
        return None, f"Không mở được tệp “{path.name}”: {error.strerror or error}; hãy kiểm tra quyền đọc tệp."
    try:
        source = read_source(content, path.name)
    except SourceError as error:
        return None, error.message
    return examine(source).to_json(), ""


def _job(path: str) -> tuple[str, dict[str, Any] | None, str, float]:
    begun = time.perf_counter()
    read, sentence = _read(Path(path))
    return path, read, sentence, time.perf_counter() - begun


def _folder(folder: Path, arguments: argparse.Namespace) -> int:
    """Every document of the folder, several at once; progress on standard error, a table (or JSON) on standard output."""
    from ntm.faces.cli.main import refuse

    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix.lower() in KINDS)
    if not files:
        return refuse(f"Thư mục “{folder}” không có văn bản nào đọc được ({', '.join(KINDS)}).")
    out = Path(arguments.out) if arguments.out else None
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
    rows: list[dict[str, Any]] = []
    for done, (path, read, sentence, seconds) in enumerate(_all(files, arguments.jobs), 1):
        print(f"\r[{done}/{len(files)}] {Path(path).name:<60.60}", end="", file=sys.stderr, flush=True)
        if out is not None and read is not None:
            name = str(Path(path).relative_to(folder)).replace(os.sep, "__") + ".json"
            (out / name).write_text(json.dumps(read, ensure_ascii=False, indent=2), encoding="utf-8")
        rows.append(_row(str(Path(path).relative_to(folder)), read, sentence, seconds))
    print(file=sys.stderr)
    rows.sort(key=lambda row: str(row["file"]))
    if arguments.json:
        json.dump(rows, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        print(_table(rows))
    return 1 if any(row["error"] for row in rows) else 0


def _all(files: list[Path], jobs: int) -> Iterable[tuple[str, dict[str, Any] | None, str, float]]:
    if jobs <= 1 or len(files) == 1:
        yield from (_job(str(path)) for path in files)
        return
    with ProcessPoolExecutor(max_workers=min(jobs, len(files))) as pool:
        for future in as_completed([pool.submit(_job, str(path)) for path in files]):
            yield future.result()


def _row(name: str, read: dict[str, Any] | None, sentence: str, seconds: float) -> dict[str, Any]:
    document = read["document"] if read else {}
    counts = {
        key: len(read[key]) if read else 0
        for key in ("targets", "criterion_targets", "tasks", "money", "annexes", "findings")
    }
    return {
        "file": name, "number": document.get("full_number"), "kind": document.get("kind"), "date": document.get("date"),
        "issuer": document.get("issuer"), **counts, "seconds": round(seconds, 2), "error": sentence or None,
    }  # fmt: skip


def _table(rows: list[dict[str, Any]]) -> str:
    heads = {
        "file": "Tệp", "number": "Số, ký hiệu", "date": "Ngày", "targets": "Chỉ tiêu", "criterion_targets": "Theo tiêu chí",
        "tasks": "Nhiệm vụ", "money": "Khoản tiền", "annexes": "Biểu", "findings": "Phát hiện", "seconds": "Giây",
        "error": "Không đọc được",
    }  # fmt: skip
    cells = [list(heads.values())] + [["" if row[k] is None else str(row[k]) for k in heads] for row in rows]
    widths = [min(max(len(line[i]) for line in cells), 60) for i in range(len(heads))]
    return "\n".join("  ".join(f"{c[:60]:<{w}}" for c, w in zip(line, widths, strict=True)).rstrip() for line in cells)


def _overview(read: dict[str, Any]) -> list[str]:
    """A few lines for a person who did not ask for JSON."""
    d = read["document"]
    signer = (d["signer"] or {}).get("name")
    counted = (
        ("căn cứ", "legal_bases"),
        ("chỉ tiêu", "targets"),
        ("chỉ tiêu theo tiêu chí", "criterion_targets"),
        ("nhiệm vụ", "tasks"),
        ("trách nhiệm", "duties"),
        ("khoản tiền", "money"),
        ("phụ lục, biểu", "annexes"),
        ("nơi nhận", "recipients"),
        ("phát hiện", "findings"),
    )
    return [
        f"{(d['kind'] or 'văn bản').capitalize()} {d['full_number'] or '(chưa có số)'}, {d['date'] or 'chưa có ngày'}",
        d["title"] or "(không có trích yếu)",
        f"Cơ quan ban hành: {d['issuer'] or 'không rõ'}; người ký: {signer or 'không rõ'}",
        "; ".join(f"{len(read[key])} {name}" for name, key in counted),
    ]
