from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from assistant.service import Wijzer
from assistant.settings import Settings
from evals.cases import Case
from evals.parts import open_wijzer
from evals.suite import Suite, run_suite, suite_cases
from tests.evals.small import write_cases


def untracked(title: str) -> Callable[[Sequence[Case]], Sequence[Case]]:
    """No progress bar."""
    return lambda cases: cases


@pytest.fixture(scope="session")
def run_small(settings: Settings, wijzer: Wijzer, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Suite]:
    """Run the small cases over the small library, less the parts named."""
    data = write_cases(tmp_path_factory.mktemp("cases"))

    def made(out: Path, *without: str, **more: object) -> Suite:
        return run_suite(
            lambda parts: open_wijzer(settings, parts, embedder=wijzer.embedder),
            suite_cases(data), out, untracked, without=without, **more,  # type: ignore[arg-type]
        )  # fmt: skip

    return made


@pytest.fixture(scope="session")
def suite(run_small: Callable[..., Suite], tmp_path_factory: pytest.TempPathFactory) -> Suite:
    """A healthy run, with everything that can stand beside it."""
    return run_small(tmp_path_factory.mktemp("suite"), compare_without=("notes",), changes=("typo", "lower"))
