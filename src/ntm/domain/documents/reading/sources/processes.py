"""Chương trình ngoài: LibreOffice and tesseract, each in a bounded process group that is ended as a whole."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..blocks import SourceError

GIGABYTE = 1024**3


class OutOfTime(Exception):
    """The program was ended because its time was over."""


@dataclass(frozen=True)
class Finished:
    """What the program left."""

    code: int
    out: bytes
    err: bytes


def find_program(names: Sequence[str], what: str) -> str:
    """Where the program is; a sentence for the officer when the machine lacks it."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    raise SourceError(
        "missing_tool",
        f"Máy chủ chưa cài {what} nên chưa đọc được loại tệp này; hãy báo quản trị hệ thống cài đặt rồi nạp lại.",
    )


def run(
    command: Sequence[str],
    *,
    seconds: float,
    folder: Path,
    content: bytes | None = None,
    memory: int | None = None,
    processor_seconds: int | None = None,
) -> Finished:
    """Runs the program in its own process group with its own limits; raises OutOfTime when it had to be ended. The
    session stays the caller's: who ends the session (`isolated`) ends the program too."""

    def limit() -> None:  # in the child, before the program starts
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if memory:
            _lower(resource.RLIMIT_AS, memory)
        _lower(resource.RLIMIT_CPU, processor_seconds or int(seconds) + 5)

    environment = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "OMP_THREAD_LIMIT": "1",
    }
    if "TESSDATA_PREFIX" in os.environ:
        environment["TESSDATA_PREFIX"] = os.environ["TESSDATA_PREFIX"]
    process = subprocess.Popen(  # noqa: S603  fixed programs, file names of our own, no shell
        list(command),
        stdin=subprocess.PIPE if content is not None else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=environment,
        process_group=0,
        preexec_fn=limit,
    )
    try:
        out, err = process.communicate(content, timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise OutOfTime(command[0]) from error
    finally:
        _end_group(process)
    return Finished(process.returncode, out, err)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """Ends everything the program started, also when it finished itself and left helpers behind."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    if process.poll() is None:
        process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()


def _lower(which: int, wanted: int) -> None:
    """Sets the soft and hard limit, never above the hard limit in force."""
    _, hard = resource.getrlimit(which)
    limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(which, (limit, limit))
