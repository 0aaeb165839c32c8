"""One text asked of the model: how long it may still take, and whether a sentence of it stands."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping

from assistant.writing.evidence import Evidence
from assistant.writing.reply import Written
from assistant.writing.support import Checker, Verdict
from assistant.writing.writer import Writer
from ingest.errors import ModelUnavailable


class Task:
    """What is asked of `writer` for one reader; its time runs from now. `stopped` is set when nobody waits any more."""

    def __init__(self, writer: Writer, checker: Checker, stopped: threading.Event | None) -> None:
        self._writer, self._checker, self._stopped = writer, checker, stopped
        self._until = time.monotonic() + writer.seconds

    def left(self) -> float:
        """Return the seconds left. Raises ModelUnavailable when there are none."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise ModelUnavailable("There was no time left to check what the model wrote.", "Raise WIJZER_MODEL_SECONDS.", "slow")
        return left

    def check(self, written: Written, given: Mapping[int, Evidence]) -> Verdict:
        """Return the verdict on a sentence: by the rules, then by the second reader where there is one. Raises ModelUnavailable."""
        verdict = self._checker.check(written, given)
        if verdict.problem or not self._writer.second_reader:
            return verdict
        cited = [given[label] for label in verdict.labels]
        return verdict if self._writer.supported(written.text, cited, self.left(), self._stopped) else Verdict("reader")

    def prompts(self, *names: str) -> dict[str, str]:
        """Return the hashes of these prompts, and of the second reader's where there is one, for the receipt."""
        used = [*names, *(["verify"] if self._writer.second_reader else [])]
        return {name: self._writer.prompts[name].sha256 for name in used}
