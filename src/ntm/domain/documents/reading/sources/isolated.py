"""Đọc tệp trong tiến trình riêng: whatever a file does, it happens to a process that can be ended.

The parent writes the file to the child's standard input and gets lines of JSON back: progress, then the blocks or a
sentence. The child lowers its own limits before it looks at a single byte; LibreOffice and tesseract, which it starts,
have theirs (`processes`). Nothing but JSON comes back, so a file that took the child over could still only lie.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import struct
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from ..blocks import Source, SourceError, source_from_plain, to_plain
from .archives import broken
from .limits import Limits, Progress, ProgressCallback, silent
from .reader import read_source

MODULE = "ntm.domain.documents.reading.sources.isolated"
LONGEST_ANSWER = 400 * 1024 * 1024


def read_isolated(
    content: bytes, name: str, *, limits: Limits | None = None, progress: ProgressCallback = silent
) -> Source:
    """Like `read_source`, in a process of its own: bounded in memory, processor time and time on the clock."""
    limits = limits or Limits()
    process = subprocess.Popen(  # noqa: S603  this very program, no shell
        [sys.executable, "-m", MODULE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,
    )
    late = threading.Event()

    def end() -> None:
        late.set()
        _end(process)

    watch = threading.Timer(limits.wall_seconds, end)
    watch.start()
    writer = threading.Thread(target=_send, args=(process.stdin, content, name, limits), daemon=True)
    writer.start()
    answer: dict[str, Any] | None = None
    try:
        answer = _listen(process.stdout, progress)
    finally:
        watch.cancel()
        _end(process)
        process.wait()
        writer.join(timeout=5)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
    return _judged(answer, name, limits, late.is_set())


def _judged(answer: dict[str, Any] | None, name: str, limits: Limits, late: bool) -> Source:
    if answer is not None and "source" in answer:
        return source_from_plain(answer["source"])
    if answer is not None and "error" in answer:
        raise SourceError(str(answer["error"]["code"]), str(answer["error"]["message"]))
    if late:
        raise SourceError(
            "limit",
            f"Đọc tệp “{name}” quá {limits.wall_seconds} giây nên đã dừng; hãy tách tệp thành nhiều phần rồi nạp lại.",
        )
    raise SourceError(
        "limit",
        f"Tệp “{name}” làm tiến trình đọc dừng đột ngột (vượt bộ nhớ hoặc tệp hỏng); hãy mở tệp bằng phần mềm gốc, lưu "
        "lại hoặc tách nhỏ rồi nạp lại.",
    )


def _environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "TMPDIR", "TESSDATA_PREFIX")}
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "LANG": "C.UTF-8",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
    }


def _send(pipe: IO[bytes] | None, content: bytes, name: str, limits: Limits) -> None:
    """Four bytes of length, the request as JSON, the file."""
    if pipe is None:
        return
    request = json.dumps({"name": name, "limits": asdict(limits)}).encode()
    with contextlib.suppress(OSError, ValueError):
        pipe.write(struct.pack(">I", len(request)) + request)
        pipe.write(content)
        pipe.close()


def _listen(pipe: IO[bytes] | None, progress: ProgressCallback) -> dict[str, Any] | None:
    """Passes progress on; gives the last word, or None when the child died without one."""
    while pipe is not None:
        line = pipe.readline(LONGEST_ANSWER)
        if not line:
            return None
        try:
            message = json.loads(line)
        except ValueError:
            return None
        if "progress" in message:
            progress(Progress(**message["progress"]))
        else:
            return dict(message)
    return None


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the child and whatever it started: all of its session, LibreOffice and tesseract too."""
    if process.returncode is not None:
        return
    for member in (*_session(process.pid), process.pid):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(member, signal.SIGKILL)


def _session(leader: int) -> list[int]:
    """The processes of a session, as Linux lists them."""
    members = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            # pid (name) state parent group session ...; the name may hold anything, so count from its end
            fields = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
            if int(fields[3]) == leader:
                members.append(int(folder.name))
    return members


# -- the child --------------------------------------------------------------------------------------------------------


def main() -> int:
    """Reads one request and answers it."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not look like an answer
    (length,) = struct.unpack(">I", sys.stdin.buffer.read(4))
    request = json.loads(sys.stdin.buffer.read(length))
    limits = Limits(**request["limits"])
    lower_limits(limits)

    def say(message: dict[str, Any]) -> None:
        answers.write(json.dumps(message, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        answers.flush()

    def tell(progress: Progress) -> None:
        say({"progress": asdict(progress)})

    name = request["name"]
    try:
        content = sys.stdin.buffer.read()
        say({"source": to_plain(read_source(content, name, limits=limits, progress=tell))})
    except SourceError as error:
        say({"error": {"code": error.code, "message": error.message}})
    except BrokenPipeError:
        return 1
    except Exception:  # whatever else a file brings about: the officer gets a sentence, not a crash
        told = broken(name, "nội dung không như mong đợi")
        say({"error": {"code": told.code, "message": told.message}})
    return 0


def lower_limits(limits: Limits) -> None:
    """This process only: what it starts gets limits of its own, up to the hard limits left open here."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = limits.memory_bytes if hard == resource.RLIM_INFINITY else min(limits.memory_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    seconds = limits.cpu_seconds if hard == resource.RLIM_INFINITY else min(limits.cpu_seconds, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, hard))


if __name__ == "__main__":
    raise SystemExit(main())
