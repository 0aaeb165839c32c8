"""What every system is measured with, in its own process: nothing here needs more than Python itself.

    python -m evals.peers.<system> JOB.json OUTCOME.json

A job names the documents, the model's folder, the questions and how many texts to return; an outcome holds what was found for
each question, and what it cost. That is all that a system and the benchmark know of each other.
"""

from __future__ import annotations

import json
import platform
import resource
import sys
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

WARM = 5  # questions asked before the clock runs


class System(Protocol):
    """A way to search. Made once, with its libraries and its model loaded."""

    packages: Sequence[str]  # whose versions are kept
    settings: str  # what was taken, in words

    def ingest(self, documents: Sequence[Path]) -> list[str]:
        """Split, embed and store the documents; return the texts that can be found."""
        ...

    def search(self, question: str, k: int) -> list[str]:
        """Return at most k texts, best first."""
        ...


def peak_mib() -> float:
    """Return the peak memory of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def measure(job: dict[str, Any], system: System) -> dict[str, Any]:
    """Ingest and ask; return the outcome, with CPU time of all threads, and per question also wall-clock time."""
    start_cpu_s, began, cpu = time.process_time(), time.perf_counter(), time.process_time()
    texts = system.ingest([Path(d["path"]) for d in job["documents"]])
    ingest_s, ingest_cpu_s = time.perf_counter() - began, time.process_time() - cpu
    for question in job["questions"][:WARM]:
        system.search(question["text"], job["k"])
    answers = []
    for question in job["questions"]:
        began, cpu = time.perf_counter(), time.process_time()
        found = system.search(question["text"], job["k"])
        ms, cpu_ms = 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - cpu)
        answers.append({"id": question["id"], "ms": ms, "cpu_ms": cpu_ms, "texts": found})
    return {
        "versions": {"python": platform.python_version()} | {name: version(name) for name in system.packages},
        "settings": system.settings,
        "chunks": len(texts),
        "mean_chars": sum(map(len, texts)) / len(texts),
        "start_cpu_s": start_cpu_s,
        "ingest_s": ingest_s,
        "ingest_cpu_s": ingest_cpu_s,
        "peak_mib": peak_mib(),
        "answers": answers,
    }


def main(make: Any) -> None:
    """Run a system's side: `make(job)` returns the System."""
    job = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    outcome = measure(job, make(job))
    Path(sys.argv[2]).write_text(json.dumps(outcome, ensure_ascii=False), "utf-8")
