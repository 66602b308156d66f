"""`ntm backup`, `ntm restore`: sao lưu toàn bộ vào một tệp, và khôi phục vào một cơ sở dữ liệu trống."""

from __future__ import annotations

import argparse
from pathlib import Path

from ntm.faces.cli import main as cli


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    backup = subparsers.add_parser("backup", help="sao lưu mọi bảng và mọi tệp lưu trữ vào một tệp .tar.gz")
    backup.add_argument("file", type=Path, metavar="TỆP.tar.gz")
    backup.add_argument("--json", action="store_true", help="in JSON")
    backup.set_defaults(func=_backup)
    restore = subparsers.add_parser("restore", help="khôi phục bản sao lưu vào cơ sở dữ liệu trống")
    restore.add_argument("file", type=Path, metavar="TỆP.tar.gz")
    restore.add_argument("--json", action="store_true", help="in JSON")
    restore.set_defaults(func=_restore)


def _backup(arguments: argparse.Namespace) -> int:
    cli.django()
    from ntm.faces.cli.copies import writing
    from ntm.faces.cli.copies.tables import CopyRefused

    try:
        manifest = writing.write(arguments.file.absolute(), cli.remark)
    except CopyRefused as refusal:
        return cli.refuse(str(refusal))
    rows = sum(told["rows"] for told in manifest["tables"].values())
    size = arguments.file.stat().st_size
    if arguments.json:
        cli.print_json(
            {
                "file": str(arguments.file),
                "bytes": size,
                "tables": len(manifest["tables"]),
                "rows": rows,
                "files": len(manifest["files"]),
                "audit": manifest["audit"],
            }
        )
        return 0
    print(f"Đã sao lưu {rows} dòng, {len(manifest['files'])} tệp lưu trữ vào {arguments.file} ({size} byte).")
    if manifest["audit"]:
        print(f"Ghi lại mục cuối của nhật ký ở nơi khác: {manifest['audit']['sequence']}:{manifest['audit']['hash']}")
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    cli.django()
    from ntm.faces.cli.copies import restoring
    from ntm.faces.cli.copies.tables import CopyRefused

    try:
        result = restoring.restore(arguments.file, cli.remark)
    except CopyRefused as refusal:
        return cli.refuse(str(refusal))
    if arguments.json:
        cli.print_json({"ok": result.ok, "audit": {"sequence": result.last_sequence, "hash": result.last_hash}})
    else:
        print("Đã khôi phục.")
        print(f"Nhật ký nguyên vẹn: {result.checked} mục, mục cuối {result.last_sequence}:{result.last_hash}")
    return 0
