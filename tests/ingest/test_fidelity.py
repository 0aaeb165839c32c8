"""A document set as a PDF and read back: at least 98% of its sentences the same to the letter, and on the right page."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.typeset import Style, typeset
from ingest.pdf import read_pdf
from ingest.readers import read
from ingest.records import Block
from tests.ingest.conftest import FIVE
from tests.ingest.fidelity import measure
from tests.ingest.invented import report

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


ONE = dict(zip(FIVE, [*STYLES.values()][:3] + [Style()] * 2, strict=True))


@pytest.mark.parametrize("name", FIVE)
@pytest.mark.parametrize("columns", [1, 2])
def test_the_five_documents_come_back_the_same(real_folder: Path, tmp_path: Path, name: str, columns: int) -> None:
    style = ONE[name] if columns == 1 else Style(columns=2)
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


@pytest.mark.parametrize(("columns", "cells"), [(1, 5), (2, 2)])
def test_words_in_narrow_cells_are_whole(tmp_path: Path, columns: int, cells: int) -> None:
    words = "Verantwoordingsstructuur, denk- en werkwijze|Overkoepelend,|kennis/informatie|Woninginbraak|gebiedsontwikkeling".split("|")
    row = "\t".join(words[:cells])
    blocks = [b for b in report() if b.kind != "table"] + [Block("paragraph", " en ".join(words)), Block("table", f"{row}\n{row}")]
    (tmp_path / "a.pdf").write_bytes(typeset(blocks, Style(columns=columns)).data)
    assert [b.text for b in read_pdf(tmp_path / "a.pdf").blocks if b.kind == "table"] == [f"{row}\n{row}"]


def test_a_running_head_on_two_pages_and_short_lines_in_columns(tmp_path: Path) -> None:
    names = [Block("paragraph", name) for n in range(9) for name in (f"Naam {n}", "Adviseur van de wethouder", "Gemeente Waterdam")]
    full = [b for b in report() if b.kind == "paragraph" and len(b.text) > 300][:9]
    (tmp_path / "a.pdf").write_bytes((made := typeset([*full, *names, *names], Style(columns=2))).data)
    blocks = read_pdf(tmp_path / "a.pdf").blocks
    assert made.sheets == 2 and not any("Rapport over vernieuwing" in b.text for b in blocks)
    assert [b.text for b in blocks][-len(names) :] == [b.text for b in names]


def test_a_bookmark_is_the_heading_not_the_item_that_announces_it(tmp_path: Path) -> None:
    blocks = [Block("item", "• kosten en baten;"), Block("heading", "Kosten en baten", 1), *report()[1:2]]
    (tmp_path / "a.pdf").write_bytes(typeset([*report()[1:2], *blocks], Style(bookmarks=True, head="", numbers=False)).data)
    assert [(b.kind, b.text) for b in read_pdf(tmp_path / "a.pdf").blocks][1:3] == [(b.kind, b.text) for b in blocks[:2]]


def test_page_labels_of_the_file_win_and_printed_numbers_are_found_without_them(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(typeset(report(), Style(front=2)).data)
    assert [read_pdf(tmp_path / "a.pdf").labels[n] for n in (1, 2, 3, 4)] == ["i", "ii", "1", "2"]
    (tmp_path / "b.pdf").write_bytes(typeset(report(), Style()).data)
    labels = read_pdf(tmp_path / "b.pdf").labels
    assert [labels[n] for n in (1, 2, 3)] == ["1", "2", "3"]
    (tmp_path / "c.pdf").write_bytes(typeset(report(), Style(numbers=False)).data)
    assert read_pdf(tmp_path / "c.pdf").labels == {}
