"""An ingest in a process of its own, with stand-in vectors: `python -m tests.ingest.worker FOLDER [SECONDS PER BATCH]`.

Says "begun", then "built" or the error and its remedy. Started by tests that stop it or run several at once.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ingest.errors import WijzerError
from tests.fakes import FakeEmbedder
from tests.ingest.conftest import workplace


class Slow(FakeEmbedder):
    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds

    def base(self, texts: Sequence[str]) -> np.ndarray:
        time.sleep(self._seconds)
        return super().base(texts)


def main() -> None:
    place = workplace(Path(sys.argv[1]))
    place.embedder = Slow(float(sys.argv[2]) if len(sys.argv) > 2 else 0.0)
    began = time.monotonic()
    print("begun", flush=True)
    try:
        report = place.sync()
        print("built" if report.built else "same", f"{time.monotonic() - began:.2f}", flush=True)
    except WijzerError as error:
        print(type(error).__name__, f"{time.monotonic() - began:.2f}", error, error.help, flush=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
