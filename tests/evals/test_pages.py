"""Pages: the metric with sheets worked out by hand, and documents that are set as PDFs and asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.service import Wijzer
from evals.cases import Case, Evidence
from evals.metrics.pages import Sheet, pages_exact, sheets_of
from evals.pages import FOLDER, SHEETS, cases_on, open_typeset, read_sheets, score_pages
from evals.suite import Suite
from evals.typeset import Style, label, texts, typeset
from ingest.records import Block

SHEETS_BY_HAND = [
    Sheet(1, "i", "De raad wil zeker-\nheid. "),
    Sheet(2, "1", "Het plein is leeg. Niets te doen."),
    Sheet(3, "2", "Niets te doen."),
]


def _cited(quote: str, sheet: int | None, page: int | None) -> dict[str, object]:
    return {"source": "a", "quote": quote, "sheet": sheet, "page": page}


def test_a_quote_is_found_where_it_begins_whatever_became_of_blanks_and_hyphens() -> None:
    assert [s.number for s in sheets_of("wil zekerheid.", SHEETS_BY_HAND)] == [1]
    assert [s.number for s in sheets_of("zekerheid. Het plein", SHEETS_BY_HAND)] == [1]
    assert [s.number for s in sheets_of("Het plein", SHEETS_BY_HAND)] == [2]
    assert [s.number for s in sheets_of("Niets te doen", SHEETS_BY_HAND)] == [2, 3]
    assert sheets_of("nergens", SHEETS_BY_HAND) == sheets_of("", SHEETS_BY_HAND) == sheets_of("raad", []) == []


@pytest.mark.parametrize(
    ("quote", "sheet", "page", "exact"),
    [
        ("De raad", 1, 1, 1.0),  # Roman: the sheet is named
        ("Het plein", 2, 1, 1.0),  # the number printed on the second sheet
        ("Het plein", 2, 2, 0.0),
        ("Het plein", 3, 1, 0.0),
        ("Het plein", None, None, 0.0),
        ("Niets te doen", 3, 2, 1.0),
        ("een voetnoot", 1, 1, None),
    ],
)
def test_sheet_and_page_count_where_they_are_known(quote: str, sheet: int | None, page: int | None, exact: float | None) -> None:
    assert pages_exact([_cited(quote, sheet, page)], {"a": SHEETS_BY_HAND}) == exact
    assert pages_exact([_cited(quote, sheet, page)], {"b": SHEETS_BY_HAND}) is None


def test_the_share_is_over_the_citations_that_are_known() -> None:
    cited = [_cited("De raad", 1, 1), _cited("Het plein", 1, 1), _cited("een voetnoot", 9, 9)]
    assert pages_exact(cited, {"a": SHEETS_BY_HAND}) == 0.5
    scores = score_pages({"x": {"outcome": {"citations": cited}}, "y": {"outcome": {"citations": []}}}, {"a": SHEETS_BY_HAND})
    assert scores == {"x": {"pages_exact": 0.5}}


def test_the_typesetter_tells_what_stands_on_each_sheet_and_sets_it_the_same_way_again() -> None:
    blocks = [Block("heading", "Kop", 1, "1"), *(Block("paragraph", f"Alinea {n} gaat over zaak {n}. " * 12) for n in range(60))]
    made = typeset([*blocks, Block("footnote", "1 Zie elders.")], Style(front=1, columns=2))
    found = texts([*blocks, Block("footnote", "1 Zie elders.")], made)
    assert list(found) == list(range(1, made.sheets + 1)) and made.sheets > 1
    assert "".join("".join(found.values()).split()) == "".join("".join(b.text for b in blocks).split())
    again = typeset([*blocks, Block("footnote", "1 Zie elders.")], Style(front=1, columns=2))
    assert again.data == made.data and [label(n, Style(front=1)) for n in (1, 2)] == ["i", "1"]


def test_a_suite_asks_about_documents_set_as_pdfs(suite: Suite) -> None:
    """The small library holds two documents of text; what is cited from the PDFs names the page it stands on."""
    assert suite.pages and set(suite.scores["pages"]) <= {c.id for c in suite.runs["qa"].cases}
    assert {row["pages_exact"] for row in suite.pages.values()} == {1.0}
    sheets = read_sheets(suite.folder / FOLDER / SHEETS)
    assert "proeftuin-waterdam-2020" in sheets and all(s.text for own in sheets.values() for s in own)


def test_wrong_pages_are_seen(suite: Suite) -> None:
    """The same answers, held against sheets that are one further: nothing is right any more."""
    from evals.run import load_runs

    moved = {name: [s._replace(number=s.number + 1) for s in own] for name, own in read_sheets(suite.folder / FOLDER / SHEETS).items()}
    results = load_runs(suite.folder / FOLDER)["qa"].results
    assert {row["pages_exact"] for row in score_pages(results, moved).values()} == {0.0}


def test_only_questions_on_the_documents_that_were_set_are_asked(wijzer: Wijzer) -> None:
    here, elsewhere = Evidence(source="proeftuin-waterdam-2020", anchor="x"), Evidence(source="nergens", anchor="x")
    cases = [Case(id="a", evidence=[here]), Case(id="b", evidence=[here, elsewhere]), Case(id="c")]
    assert [case.id for case in cases_on(cases, wijzer)] == ["a"]


def test_without_texts_there_is_nothing_to_set(wijzer: Wijzer, tmp_path: Path) -> None:
    bare = Wijzer(wijzer.settings.model_copy(update={"documents": tmp_path}), wijzer.embedder)
    assert open_typeset(bare, tmp_path / SHEETS) is None and not (tmp_path / SHEETS).exists()
