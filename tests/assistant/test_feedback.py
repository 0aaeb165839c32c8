"""Feedback: kept where the operator chose, without who said it, and read back for the maintainer."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from assistant.feedback import MOST_PER_MINUTE, Feedback, FeedbackFile, TooMany, impersonal, read_feedback
from ingest.errors import WijzerError
from tests.fakes import said


@pytest.mark.parametrize("name", ["said.jsonl", "said.sqlite", "folder/said.db"])
def test_what_is_kept_is_read_back(tmp_path: Path, name: str) -> None:
    file = FeedbackFile(tmp_path / name)
    rows = [said(reasons=("wrong", "passage"), remark="Regel\neen"), said(helpful=True, passages=(("a:1:1", 3, 9),), index="f00")]
    for row in rows:
        file.add(row)
    assert read_feedback(tmp_path / name) == rows


def test_nothing_says_who_it_was() -> None:
    assert set(Feedback.model_fields) == {
        "day", "helpful", "reasons", "remark", "question", "answer", "language", "status", "mode", "passages", "index",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Mail j.jansen+x@gemeente.example even", "Mail […] even"),
        ("Bel 06-12345678 of +31 (0)30 286 10 00.", "Bel […] of […]."),
        ("BSN 123456782", "BSN […]"),
        ("NL91 ABNA 0417 1643 00 staat er", "[…] staat er"),
        ("In 2015 deden 17.000 medewerkers mee, in 2016 nog 82", "In 2015 deden 17.000 medewerkers mee, in 2016 nog 82"),
        ("In 2014-2015 kostte het 1.250.000 euro", "In 2014-2015 kostte het 1.250.000 euro"),
    ],
)
def test_what_looks_personal_is_left_out(text: str, kept: str) -> None:
    assert impersonal(text) == kept


def test_question_and_remark_are_made_impersonal(tmp_path: Path) -> None:
    FeedbackFile(tmp_path / "f.jsonl").add(said(question="Wie is a@b.example?", remark="a@b.example"))
    assert "a@b.example" not in (tmp_path / "f.jsonl").read_text("utf-8")


def test_no_more_than_so_many_a_minute(tmp_path: Path) -> None:
    now = [0.0]
    file = FeedbackFile(tmp_path / "f.jsonl", lambda: now[0])
    for _ in range(MOST_PER_MINUTE):
        file.add(said())
    with pytest.raises(TooMany):
        file.add(said())
    now[0] = 61.0
    file.add(said())
    assert len(read_feedback(tmp_path / "f.jsonl")) == MOST_PER_MINUTE + 1


def test_a_full_file_takes_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.feedback.MOST_BYTES", 10)
    file = FeedbackFile(tmp_path / "f.jsonl")
    file.add(said())
    with pytest.raises(TooMany):
        file.add(said())


def test_two_writers_do_not_mix_lines(tmp_path: Path) -> None:
    files = [FeedbackFile(tmp_path / "f.jsonl") for _ in range(4)]
    threads = [threading.Thread(target=lambda f=f: [f.add(said(remark="x" * 400)) for _ in range(5)]) for f in files]  # type: ignore[misc]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read_feedback(tmp_path / "f.jsonl")) == 20


@pytest.mark.parametrize(
    ("name", "content"), [("f.jsonl", '{"day": 1}'), ("f.jsonl", "geen json"), ("f.sqlite", "geen database, maar tekst")]
)
def test_what_is_no_feedback_is_named(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(WijzerError, match=name):
        read_feedback(tmp_path / name)
