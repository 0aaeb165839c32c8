"""A system that finds texts by the words they share with a question: stands in for a framework in tests."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals.peers.harness import main


class StandIn:
    packages = ("pytest",)
    settings = "shared words"

    def __init__(self, job: dict[str, Any]) -> None:
        if job["variant"] == "breaks":
            sys.exit("the stand-in breaks\n")
        self.texts: list[str] = []

    def ingest(self, documents: Sequence[Path]) -> list[str]:
        self.texts = [line for path in documents for line in path.read_text("utf-8").split("\n") if line]
        return self.texts

    def search(self, question: str, k: int) -> list[str]:
        words = set(question.lower().split())
        return sorted(self.texts, key=lambda text: -len(words & set(text.lower().split())))[:k]


if __name__ == "__main__":
    main(StandIn)
