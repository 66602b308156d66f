"""Lệnh quản trị của Django: `ntm manage migrate`, `ntm manage shell`, ..."""

from __future__ import annotations

import argparse
import os


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("manage", help="lệnh quản trị của Django", add_help=False, prefix_chars="\0")
    parser.add_argument("words", nargs="*")
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ntm.site.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["ntm manage", *arguments.words])
    return 0
