"""One writer at a time: a lock that names its holder, and errors of a disk as sentences."""

from __future__ import annotations

import os
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.errors import IndexLocked, IndexNotWritable

WAIT = 0.5  # seconds; who is second knows within two, starting included


@contextmanager
def writing(data: Path) -> Iterator[None]:
    """Hold the data folder for writing; may be entered again by the same thread.

    Raises IndexLocked naming the holder, and IndexNotWritable for a full disk or a folder that cannot be written.
    """
    with disk_errors(data):
        data.mkdir(parents=True, exist_ok=True)
        lock = FileLock(data / "writer.lock", is_singleton=True)
        outermost = not lock.is_locked
        try:
            lock.acquire(timeout=WAIT)
        except Timeout:
            raise IndexLocked(f"Another ingest is running ({_holder(data)}).", "Wait until it has finished.") from None
        try:
            if outermost:
                (data / "writer.pid").write_text(f"process {os.getpid()} on {socket.gethostname()}, since {time.strftime('%H:%M:%S')}")
            yield
        finally:
            if outermost:
                (data / "writer.pid").unlink(missing_ok=True)
            lock.release()


def _holder(data: Path) -> str:
    try:
        return (data / "writer.pid").read_text() or "it has just begun"
    except OSError:
        return "it has just begun"


@contextmanager
def disk_errors(data: Path) -> Iterator[None]:
    """Turn what a full disk or a folder without permission raises into IndexNotWritable."""
    try:
        yield
    except OSError as error:
        raise not_writable(data, error.strerror or str(error)) from error
    except sqlite3.OperationalError as error:
        raise not_writable(data, str(error)) from error


def not_writable(data: Path, reason: str) -> IndexNotWritable:
    """Return the error that says why nothing could be written and what to do; what was served is still there."""
    return IndexNotWritable(
        f"The index could not be written in {data}: {reason}. What was there is still being served.",
        "Free some space or give write access, or set WIJZER_DATA to another folder; then run `wijzer ingest` again.",
    )
