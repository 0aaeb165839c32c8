"""What readers say of an answer, kept where the operator chose: a JSON Lines file or an SQLite file. Nothing says who they are."""

from __future__ import annotations

import json
import re
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Literal

from filelock import FileLock
from pydantic import Field, ValidationError

from assistant.records import Language, Mode, Record, Status
from ingest.errors import WijzerError

Reason = Literal["wrong", "incomplete", "passage", "unclear", "refusal"]
REASONS: tuple[Reason, ...] = ("wrong", "incomplete", "passage", "unclear", "refusal")
MOST_REMARK = 500
MOST_PER_MINUTE = 30  # of all readers together: who they are is not known here
MOST_BYTES = 50_000_000
DATABASES = {".sqlite", ".sqlite3", ".db"}
_PERSONAL = (
    re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"),
    re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z]{4})(?: ?\d){10}\b"),
    re.compile(r"(?<!\d)(?:\+|00)[1-9]\d(?:[ .()-]*\d){8,10}(?!\d)|(?<!\d)0[1-9](?:[ .-]?\d){8}(?!\d)|(?<!\d)\d{9}(?!\d)"),
)


class Feedback(Record):
    """One judgement. `passages` are the citations as (passage, start, end); `day` has no time, so that nobody is found by it."""

    day: str
    helpful: bool
    reasons: tuple[Reason, ...] = ()
    remark: str = Field(default="", max_length=MOST_REMARK + 100)
    question: str
    answer: str
    language: Language
    status: Status
    mode: Mode = "quote"
    passages: tuple[tuple[str, int, int], ...] = ()
    index: str = ""


class TooMany(Exception):
    """More judgements came in this minute than are kept, or the file has reached its limit."""


class FeedbackFile:
    """Write judgements to a file. Safe from several threads and processes."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self.path = path
        self._clock = clock
        self._recent: deque[float] = deque()
        self._lock = threading.Lock()

    def add(self, feedback: Feedback) -> None:
        """Keep one judgement, with what looks like personal data left out of it. Raises TooMany."""
        kept = feedback.model_copy(update={"question": impersonal(feedback.question), "remark": impersonal(feedback.remark)})
        with self._lock:
            self._count()
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(f"{self.path}.lock", timeout=5):
                if self.path.exists() and self.path.stat().st_size > MOST_BYTES:
                    raise TooMany
                line = json.dumps(kept.json_dict(), ensure_ascii=False)
                if self.path.suffix in DATABASES:
                    with closing(sqlite3.connect(self.path)) as database, database:
                        database.execute("CREATE TABLE IF NOT EXISTS feedback (data TEXT NOT NULL)")
                        database.execute("INSERT INTO feedback VALUES (?)", (line,))
                else:
                    with self.path.open("a", encoding="utf-8") as stream:
                        stream.write(line + "\n")

    def _count(self) -> None:
        now = self._clock()
        while self._recent and self._recent[0] <= now - 60:
            self._recent.popleft()
        if len(self._recent) >= MOST_PER_MINUTE:
            raise TooMany
        self._recent.append(now)


def impersonal(text: str) -> str:
    """Return a text without e-mail addresses, account numbers, and numbers long enough to be a telephone's or a citizen's."""
    for pattern in _PERSONAL:
        text = pattern.sub("[…]", text)
    return text


def today() -> str:
    """Return the day, as kept with a judgement."""
    return date.today().isoformat()


def read_feedback(path: Path) -> list[Feedback]:
    """Return all judgements in a file. Raises WijzerError naming the row that is no judgement."""
    found = []
    for number, line in enumerate(_lines(path), 1):
        try:
            found.append(Feedback.model_validate_json(line))
        except ValidationError as error:
            raise WijzerError(f"{path}, row {number}: {error.errors()[0]['msg']}", "Remove that row or give another file.") from error
    return found


def _lines(path: Path) -> Sequence[str]:
    if path.suffix in DATABASES:
        try:
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
                return [row[0] for row in database.execute("SELECT data FROM feedback ORDER BY rowid")]
        except sqlite3.DatabaseError as error:
            raise WijzerError(f"{path} holds no feedback: {error}") from error
    return [line for line in path.read_text("utf-8").split("\n") if line.strip()]
