"""A document set as a PDF and read back: at least 98% of its sentences the same to the letter, and on the right page."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.pdf import read_pdf
from ingest.readers import read
from tests.ingest.conftest import FIVE
from tests.ingest.fidelity import measure
from tests.ingest.invented import report
from tests.ingest.typeset import Style, typeset

STYLES = {
    "plain": Style(),
    "Roman front matter, bookmarks": Style(front=3, bookmarks=True),
    "indents, no grid in tables": Style(indent=True, grid=False),
    "two columns": Style(columns=2),
    "two columns, Roman front matter": Style(columns=2, front=2, indent=True),
}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_an_invented_report_comes_back_the_same(tmp_path: Path, style: Style) -> None:
    result = measure(report(), tmp_path, style)
    assert result.broken > 10 and result.sheets > 4
    assert result.share >= 0.98, result.lost[:5]
    assert result.pages >= 0.98, result.wrong[:5]


@pytest.mark.parametrize(("name", "style"), zip(FIVE, [*STYLES.values()][:3] + [Style()] * 2, strict=True), ids=FIVE)
def test_the_five_documents_come_back_the_same(real_folder: Path, tmp_path: Path, name: str, style: Style) -> None:
    result = measure(read(real_folder / f"{name}.txt").blocks, tmp_path, style)
    assert result.share >= 0.98, len(result.lost)
    assert result.pages >= 0.98, len(result.wrong)


def test_heads_feet_and_footnotes_stand_in_no_paragraph(tmp_path: Path) -> None:
    made = typeset(report(), Style(front=2))
    (tmp_path / "a.pdf").write_bytes(made.data)
    blocks = read_pdf(tmp_path / "a.pdf").blocks
    assert "Rapport over vernieuwing" not in " ".join(b.text for b in blocks)
    notes = [b for b in blocks if b.kind == "footnote"]
    assert len(notes) == made.notes > 3 and all(b.page for b in notes)
    assert not any("blz." in b.text for b in blocks if b.kind != "footnote")


def test_the_sections_are_those_that_were_set(tmp_path: Path) -> None:
    for style in STYLES.values():
        (tmp_path / "a.pdf").write_bytes(typeset(report(), style).data)
        found = [(b.number, b.text) for b in read_pdf(tmp_path / "a.pdf").blocks if b.kind == "heading"]
        assert found == [(b.number, b.text) for b in report() if b.kind == "heading"]


def test_tables_keep_rows_and_cells(tmp_path: Path) -> None:
    for style in (Style(), Style(grid=False)):
        (tmp_path / "a.pdf").write_bytes(typeset(report(), style).data)
        assert [b.text for b in read_pdf(tmp_path / "a.pdf").blocks if b.kind == "table"] == [b.text for b in report() if b.kind == "table"]


def test_page_labels_of_the_file_win_and_printed_numbers_are_found_without_them(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(typeset(report(), Style(front=2)).data)
    assert [read_pdf(tmp_path / "a.pdf").labels[n] for n in (1, 2, 3, 4)] == ["i", "ii", "1", "2"]
    (tmp_path / "b.pdf").write_bytes(typeset(report(), Style()).data)
    labels = read_pdf(tmp_path / "b.pdf").labels
    assert [labels[n] for n in (1, 2, 3)] == ["1", "2", "3"]
    (tmp_path / "c.pdf").write_bytes(typeset(report(), Style(numbers=False)).data)
    assert read_pdf(tmp_path / "c.pdf").labels == {}
