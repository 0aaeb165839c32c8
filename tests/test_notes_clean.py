"""The notes that are committed are well-formed, and, where the documents are present, true to them as far as a program can tell."""

from __future__ import annotations

import pytest

from assistant.notes_cli import check_entry
from assistant.settings import load_settings
from ingest.manifest import entries

SETTINGS = load_settings()
ENTRIES = [e for e in entries(SETTINGS.corpus, SETTINGS.document_folders) if e.notes.exists()]


def test_every_document_has_notes() -> None:
    known = "verberkt-2015 innovatiecapaciteit-2021 mulder-2019 meijer-vanberlo-2012 station10-2019"
    assert {e.source.id for e in ENTRIES} >= set(known.split())


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.source.id)
def test_notes_are_clean(entry) -> None:  # type: ignore[no-untyped-def]
    findings = check_entry(entry)
    assert findings.problems == []
    assert findings.uncovered == []


@pytest.mark.parametrize("entry", ENTRIES[:1], ids=lambda e: e.source.id)
def test_a_wrong_figure_and_a_lost_anchor_are_found(entry, tmp_path) -> None:  # type: ignore[no-untyped-def]
    from dataclasses import replace

    document = tmp_path / "eigen.txt"
    document.write_text("1 Begin\n\n" + "In de proef van Waterdam deden 14 mensen mee aan het plan voor de haven. " * 4)
    notes = tmp_path / "notes.yaml"
    notes.write_text(
        "- {section: '1', at: 'deden 14 mensen mee', claims: [{nl: 'Er deden 41 mensen mee.', en: 'There were 41 people.'}],"
        " questions: {nl: [a, b, c], en: [a, b]}}\n"
        "- {section: '1', at: 'staat nergens', claims: [{nl: 'Er is een plan.', en: 'There is a plan.'}],"
        " questions: {nl: [a], en: [a, b]}}\n"
    )
    problems = " ".join(check_entry(replace(entry, file=document, notes=notes)).problems)
    assert "41 is not in the passage" in problems
    assert "anchor stands in no passage" in problems
    assert "fewer than 3 questions in nl" in problems
