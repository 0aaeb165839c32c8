import itertools

import pytest

from ingest.records import Block
from ingest.structure import build, follows, slug


def heading(text: str, level: int = 1, number: str | None = None) -> Block:
    return Block("heading", text, level, number)


def para(text: str = "Een gewone zin.") -> Block:
    return Block("paragraph", text)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Bijlage 1: Overzicht", "bijlage-1-overzicht"),
        ("Barrières & ideeën", "barrieres-ideeen"),
        ("!!!", "deel"),
        ("", "deel"),
        ("中文", "deel"),
        ("a" * 80, "a" * 60),
    ],
)
def test_slug(title: str, name: str) -> None:
    assert slug(title) == name


@pytest.mark.parametrize(
    ("number", "previous", "yes"),
    [
        ("1", None, True), ("2.1", None, True), ("12", None, False), ("1.1.1", None, False),
        ("1.1", "1", True), ("1.2", "1", True), ("1.3", "1", False), ("2", "1", True), ("3", "1", True), ("4", "1", False),
        ("2", "1.4.2", True), ("1.5", "1.4.2", True), ("1.4.3", "1.4.2", True), ("1.4.2", "1.4.2", False), ("1.3", "1.4", False),
        ("1.4.2.1.1", "1.4.2", False), ("2.1", "1.4", False),
    ],
)  # fmt: skip
def test_which_number_can_follow(number: str, previous: str | None, yes: bool) -> None:
    assert follows(number, previous) is yes


def test_the_text_is_the_blocks_and_sections_cover_it() -> None:
    blocks = [para("Vooraf."), heading("Een", 1, "1"), para(), heading("Deel", 2, "1.1"), para("Ünïcode €."), heading("Slot"), para()]
    text, sections, placed = build(blocks, "Het stuk", "stuk")
    assert text == "\n\n".join(b.text for b in blocks)
    assert all(text[p.start : p.end] == p.block.text for p in placed)
    assert [s.id for s in sections] == ["begin", "1", "1.1", "slot"]
    assert sections[0].title == "Het stuk" and sections[0].start == 0 and sections[-1].end == len(text)
    assert all(a.end == b.start for a, b in itertools.pairwise(sections))
    assert sections[2].path == ("1 Een", "1.1 Deel") and sections[3].path == ("Slot",)


def test_a_numbered_line_out_of_order_is_no_section() -> None:
    blocks = [heading("Een", 1, "1"), heading("Zeven stappen voor de raad", 1, "7"), heading("Twee", 1, "2")]
    text, sections, placed = build(blocks, "t", "s")
    assert [s.id for s in sections] == ["1", "2"]
    assert placed[1].block.kind == "item" and placed[1].block.text == "7. Zeven stappen voor de raad" in text


def test_section_ids_are_unique_whatever_the_headings() -> None:
    _, sections, _ = build([heading(t) for t in ("Slot", "Slot", "Slot 2", "Slot", "SLOT!")], "t", "s")
    ids = [s.id for s in sections]
    assert len(set(ids)) == 5 and ids[:2] == ["slot", "slot-2"]


def test_a_heading_without_number_stands_below_the_numbered_one() -> None:
    _, sections, _ = build([heading("Een", 1, "1"), heading("Los", 9), para(), heading("Twee", 1, "2")], "t", "s")
    assert sections[1].path == ("1 Een", "Los") and sections[2].path == ("2 Twee",)


def test_literature_and_contents_cannot_be_cited() -> None:
    _, sections, _ = build([heading("Inhoud"), para(), heading("Een", 1, "1"), heading("Literatuur"), para()], "t", "s")
    assert [s.citable for s in sections] == [False, True, False]


def test_nothing_gives_nothing() -> None:
    assert build([], "t", "s") == ("", [], [])


@pytest.mark.parametrize(
    ("numbers", "kept"),
    [
        (["7", "7.1", "7.1.1", "7.2", "8"], ["7", "7.1", "7.1.1", "7.2", "8"]),  # one part of a book
        (["2", "12", "12.1", "12.2", "12.3", "12.4", "12.5"], ["12", "12.1", "12.2", "12.3", "12.4", "12.5"]),  # after a stray line
        (["12", "2019"], []),
        (["1", "7", "1.1", "2", "2.1"], ["1", "1.1", "2", "2.1"]),
        (["9", "1", "1.1", "1.2", "2"], ["1", "1.1", "1.2", "2"]),
    ],
)
def test_numbering_may_begin_at_any_chapter(numbers: list[str], kept: list[str]) -> None:
    _, sections, _ = build([heading("Een lange kop hierboven", n.count(".") + 1, n) for n in numbers], "t", "s")
    assert [s.id for s in sections if s.id[0].isdigit()] == kept
