"""Draft cases from feedback: a maintainer gets what was asked and said, and fills in what is right."""

from __future__ import annotations

import json
from pathlib import Path

from evals.cases import read_cases
from evals.feedback import drafts
from tests.fakes import said

TEXT = "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien"


def read(source: str, start: int, end: int) -> str:
    return TEXT[start:end] if source == "stuk" else ""


def test_one_draft_per_question_with_what_was_said() -> None:
    made = drafts([said(reasons=("wrong",), remark="Nee"), said(question="wat  HIELP?", reasons=("unclear",)), said(language="en")], read)
    assert [draft["lang"] for draft in made] == ["nl", "en"]
    first = made[0]["draft"]
    assert first["unhelpful"] == 2 and first["reasons"] == ["unclear", "wrong"] and first["remarks"] == ["Nee"]
    assert made[0]["points"] == made[0]["keys"] == made[0]["evidence"] == []


def test_answers_that_did_not_help_come_first() -> None:
    assert [d["question"] for d in drafts([said(question="Goed?", helpful=True), said(question="Slecht?")], read)] == ["Slecht?", "Goed?"]


def test_a_helpful_answer_suggests_short_anchors() -> None:
    passages = (("stuk:1:1", 0, len(TEXT)), ("stuk:1:1", 0, len(TEXT)), ("weg:1:1", 0, 10), ("stuk:1:2", 0, 0))
    made = drafts([said(helpful=True, passages=passages)], read)
    assert made[0]["evidence"] == [{"source": "stuk", "anchor": "een twee drie vier vijf zes zeven acht negen tien elf"}]


def test_drafts_are_cases(tmp_path: Path) -> None:
    file = tmp_path / "drafts.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in drafts([said(), said(question="Anders?")], read)))
    assert [case.id for case in read_cases(file)] == ["draft-0001", "draft-0002"]
