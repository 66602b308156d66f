"""`ntm read`: a file -> what it says, as JSON; a folder -> one JSON a file beside a summary table."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from ntm.faces.cli.document_files import KINDS, Unreadable, all_of, examined, files_in, table


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
    try:
        read = examined(path, progress=True).to_json()
    except Unreadable as error:
        return refuse(str(error))
    if arguments.json:
        json.dump(read, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        print("\n".join(_overview(read)))
    return 0


def _read(path: Path) -> dict[str, Any]:
    """The reading of one file as plain JSON values."""
    return examined(path).to_json()


def _folder(folder: Path, arguments: argparse.Namespace) -> int:
    """Every document of the folder, several at once; progress on standard error, a table (or JSON) on standard output."""
    from ntm.faces.cli.main import REFUSED, refuse

    files = files_in(folder)
    if not files:
        return refuse(f"Thư mục “{folder}” không có văn bản nào đọc được ({', '.join(KINDS)}).")
    out = Path(arguments.out) if arguments.out else None
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
    rows: list[dict[str, Any]] = []
    for one in all_of(_read, files, arguments.jobs):
        name = str(one.path.relative_to(folder))
        if out is not None and one.result is not None:
            text = json.dumps(one.result, ensure_ascii=False, indent=2)
            (out / f"{name.replace(os.sep, '__')}.json").write_text(text, encoding="utf-8")
        rows.append(_row(name, one.result, one.sentence, one.seconds))
    if arguments.json:
        json.dump(rows, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        print(table(_HEADS, rows))
        failed = sum(1 for row in rows if row["error"])
        print(f"\n{len(rows)} tệp: đọc được {len(rows) - failed}, không đọc được {failed}.")
    return REFUSED if any(row["error"] for row in rows) else 0


_HEADS = {
    "file": "Tệp", "number": "Số, ký hiệu", "date": "Ngày", "targets": "Chỉ tiêu", "criterion_targets": "Theo tiêu chí",
    "tasks": "Nhiệm vụ", "money": "Khoản tiền", "annexes": "Biểu", "findings": "Phát hiện", "seconds": "Giây",
    "error": "Không đọc được",
}  # fmt: skip


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
