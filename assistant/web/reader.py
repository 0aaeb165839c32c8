"""A stored document as sections of paragraphs and tables, with passages to jump to and words marked; letter for letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.records import Language
from assistant.web.pages_context import Branch, Cell, Part, SectionView, SourceView, TextBlock
from assistant.web.texts import kind, warning
from assistant.web.views import anchor_of, apa, author, unbroken, year
from ingest.records import Document, Passage, Section

Span = tuple[int, int]
_OPEN_END = re.compile(r"[\w,;-]$")


def source_view(document: Document, language: Language) -> SourceView:
    """Return a document with its facts."""
    own = document.source
    return SourceView(
        id=own.id, title=own.title, author=author(own.author, language), year=year(own.year, language), kind=kind(own.kind, language),
        method=own.method.get(language, ""), present=document.present, passages=len(document.passages), notes=len(document.notes),
        words=_number(len(document.text.split()), language),
        warnings=tuple(warning(w, language) for w in document.warnings), apa=apa(own, language),
        language=own.language,
    )  # fmt: skip


def sections(document: Document, cited: Passage | None = None, marked: Span = (0, 0)) -> tuple[SectionView, ...]:
    """Return all sections of a document that is present, with the cited passage pointed out and the span marked."""
    by_section: dict[str, list[Passage]] = {}
    for passage in document.passages:
        by_section.setdefault(passage.section, []).append(passage)
    views = []
    for section in document.sections:
        start = _after_heading(document.text, section)
        found = blocks(document.text, start, section.end, by_section.get(section.id, []), cited, marked)
        views.append(SectionView(f"s-{section.id}", section.title, min(section.level + 1, 6), tuple(found)))
    return tuple(views)


def note_sections(document: Document, language: Language) -> tuple[SectionView, ...]:
    """Return what our notes say of a document that is absent, section by section."""
    titles = {p.id: p.title for p in document.passages}
    views: dict[str, list[TextBlock]] = {}
    named: dict[str, str] = {}
    for note in document.notes:
        claims = [TextBlock(parts=(Part(claim.in_language(language)),)) for claim in note.claims]
        if claims and note.passage:
            claims[0] = TextBlock(parts=claims[0].parts, anchors=(anchor_of(note.passage),))
        views.setdefault(note.section, []).extend(claims)
        named.setdefault(note.section, titles.get(note.passage or "", note.section))
    return tuple(SectionView(f"s-{name}", _sentence_case(named[name]), 2, tuple(claims)) for name, claims in views.items())


def contents(document: Document, shown: Sequence[SectionView]) -> tuple[Branch, ...]:
    """Return the sections as a tree."""
    levels = [s.level for s in document.sections] or [1] * len(shown)
    rows = list(zip(levels, shown, strict=False))

    def branches(at: int, level: int) -> tuple[list[Branch], int]:
        made: list[Branch] = []
        while at < len(rows) and rows[at][0] >= level:
            own, view = rows[at]
            children, at = branches(at + 1, own + 1)
            made.append(Branch(view.anchor, view.title, tuple(children)))
        return made, at

    return tuple(branches(0, 1)[0])


def passage_blocks(document: Document, passage: Passage, marked: Span = (0, 0)) -> tuple[TextBlock, ...]:
    """Return one passage as blocks."""
    if passage.basis == "notes":
        return (TextBlock(parts=(Part(passage.text),)),)
    return tuple(blocks(document.text, passage.start, passage.end, (), None, marked))


def blocks(text: str, start: int, end: int, passages: Sequence[Passage], cited: Passage | None, marked: Span) -> Iterator[TextBlock]:
    """Yield `text[start:end]` as paragraphs and tables, each with the ids of the passages that begin in it."""
    waiting = [p for p in passages if p.start < end]
    for a, b in _paragraphs(text, start, end):
        anchors = [anchor_of(p.id) for p in waiting if p.start < b]
        waiting = [p for p in waiting if p.start >= b]
        inside = cited is not None and cited.start < b and a < cited.end
        if "\t" in text[a:b]:
            yield TextBlock(rows=tuple(_rows(text, a, b, marked)), anchors=tuple(anchors), cited=inside)
        else:
            yield TextBlock(parts=split(text, a, b, marked), anchors=tuple(anchors), cited=inside)


def split(text: str, start: int, end: int, marked: Span) -> tuple[Part, ...]:
    """Return `text[start:end]` cut where the marked span begins and ends."""
    a, b = max(start, marked[0]), min(end, marked[1])
    if a >= b:
        return (Part(unbroken(text[start:end])),)
    pieces = (Part(unbroken(text[start:a])), Part(unbroken(text[a:b]), True), Part(unbroken(text[b:end])))
    return tuple(piece for piece in pieces if piece.text)


def _paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield spans of paragraphs. A line that PDF extraction broke off in mid-sentence goes on in the same paragraph."""
    held: Span | None = None
    edges = [start, *(start + m.end() for m in re.finditer(r"\n{2,}", text[start:end])), end]
    for first, last in pairwise(edges):
        a, b = first, first + len(text[first:last].rstrip())
        if a >= b:
            continue
        if held is not None:
            goes_on = _OPEN_END.search(text[held[0] : held[1]]) and text[a].islower() and "\t" not in text[held[0] : b]
            if goes_on:
                held = (held[0], b)
                continue
            yield held
        held = (a, b)
    if held is not None:
        yield held


def _rows(text: str, start: int, end: int, marked: Span) -> Iterator[tuple[Cell, ...]]:
    at = start
    for line in text[start:end].split("\n"):
        cells = []
        for cell in line.split("\t"):
            cells.append(Cell(split(text, at, at + len(cell), marked)))
            at += len(cell) + 1
        if line.strip():
            yield tuple(cells)


def _after_heading(text: str, section: Section) -> int:
    """Return where the text of a section begins: its heading is shown as a heading, not again as text."""
    first = text[section.start : section.end].split("\n\n", 1)[0]
    words = first.strip()
    return section.start + len(first) if words and section.title.endswith(words) else section.start


def _sentence_case(title: str) -> str:
    return title[:1].upper() + title[1:]


def _number(value: int, language: Language) -> str:
    """Return a number as it is written in a language: 20.526 or 20,526; "" for none."""
    return (f"{value:,}" if language == "en" else f"{value:,}".replace(",", ".")) if value else ""
