"""The cases themselves: split as they are named, anchored as the contract says, and with keys that a wrong answer does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from evals.cases import Case, read_cases
from evals.metrics.answers import complete
from evals.suite import DATA, suite_cases

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
MOST_LOOSE = 0.12  # share of the claims of all notes that the keys of a case may accept
FILES = sorted(f for f in DATA.glob("*.jsonl") if not f.name.endswith(".check.jsonl"))


@pytest.fixture(scope="module")
def claims() -> dict[str, list[str]]:
    """What every third note says, per language: nearly all of it is a wrong answer to any one question."""
    notes = [note for file in sorted(CORPUS.glob("*/notes.yaml")) for note in yaml.safe_load(file.read_text("utf-8"))]
    return {language: [" ".join(c[language] for c in note["claims"]) for note in notes[::3]] for language in ("nl", "en")}


def _asked() -> Iterator[Case]:
    for kind, cases in suite_cases().items():
        yield from cases if kind in {"qa", "multiturn"} else ()


def _loose(case: Case, texts: list[str]) -> float:
    return sum(complete([text], case.keys) for text in texts) / len(texts)


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_every_case_is_whole_and_in_the_split_of_its_number(file: Path) -> None:
    for case in read_cases(file):
        number = int(case.id.split("-")[1])
        assert file.stem.endswith("dev" if number % 2 else "test"), case.id
        assert case.asked and all(2 <= len(e.anchor.split()) <= 11 for e in case.evidence), case.id
        assert (CORPUS / case.evidence[0].source).is_dir() if case.evidence else file.name.startswith("unanswerable"), case.id


def test_no_question_answers_itself() -> None:
    assert [c.id for c in _asked() if complete([c.asked], c.keys)] == []


def test_keys_refuse_what_answers_another_question(claims: dict[str, list[str]]) -> None:
    loose = {c.id: round(found, 3) for c in _asked() if (found := _loose(c, claims[c.lang])) > MOST_LOOSE}
    assert loose == {}, "these keys accept too many other claims: write longer strings, or another group"


def test_a_key_inside_another_word_is_seen_to_be_loose(claims: dict[str, list[str]]) -> None:
    """As the keys once were: "pers" for the press stands in "personeel" too."""
    assert _loose(Case(id="x", keys=[["innovati"]]), claims["nl"]) > MOST_LOOSE
    assert _loose(Case(id="x", keys=[["pers", "voor"]]), claims["nl"]) > MOST_LOOSE > _loose(Case(id="x", keys=[["Parool"]]), claims["nl"])
