"""A stored document as sections of paragraphs and tables, with passages to jump to and words marked; letter for letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.records import Language
from assistant.web import find
from assistant.web.pages_context import Part
from assistant.web.reading_context import Branch, Cell, Place, SectionView, SourceView, TextBlock
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
        language=own.language, sections=len(document.sections), origin=own.origin if re.match("https?://", own.origin) else "",
    )  # fmt: skip


def sections(
    document: Document, cited: Passage | None = None, marked: Sequence[Span] = (), numbered: bool = False
) -> tuple[SectionView, ...]:
    """Return all sections of a document that is present, with the cited passage pointed out and the spans marked.

    `numbered`: the spans are what a search found, and each block where one begins gets an id to jump to.
    """
    by_section: dict[str, list[Passage]] = {}
    for passage in document.passages:
        by_section.setdefault(passage.section, []).append(passage)
    views = []
    for section in document.sections:
        start = _after_heading(document.text, section)
        found = blocks(document.text, start, section.end, by_section.get(section.id, []), cited, marked)
        views.append(SectionView(f"s-{section.id}", section.title, min(section.level + 1, 6), tuple(found)))
    return _numbered(views) if numbered else tuple(views)


def search_notes(shown: Sequence[SectionView], query: str) -> tuple[tuple[SectionView, ...], bool]:
    """Return sections of notes with what a search found marked and numbered, and whether it stands there as it was typed."""
    for search, exact in ((find.find, True), (find.loose, False)):
        views = []
        for view in shown:
            texts = [(block, "".join(part.text for part in block.parts)) for block in view.blocks]
            made = (replace(block, parts=split(text, 0, len(text), search(text, query))) for block, text in texts)
            views.append(replace(view, blocks=tuple(made)))
        if exact and any(part.marked for view in views for block in view.blocks for part in block.parts):
            break
    return _numbered(views), exact


def _numbered(views: Sequence[SectionView]) -> tuple[SectionView, ...]:
    """Give each block in which something is marked an id to jump to, and the number of marks in it."""
    count, made = 0, []
    for view in views:
        found = []
        for block in view.blocks:
            marks = sum(part.marked for part in _words(block))
            if marks:
                count += 1
                block = replace(block, anchors=(*block.anchors, f"v-{count}"), marks=marks)
            found.append(block)
        made.append(replace(view, blocks=tuple(found)))
    return tuple(made)


def places(shown: Sequence[SectionView]) -> tuple[Place, ...]:
    """Return where a search found something, with the words around it."""
    return tuple(
        Place(block.anchors[-1], view.title, _around(_words(block)), block.marks) for view in shown for block in view.blocks if block.marks
    )


def _words(block: TextBlock) -> tuple[Part, ...]:
    """Return the parts of a paragraph, or those of all cells of a table with spaces between."""
    return (*block.parts, *(part for row in block.rows for cell in row for part in (*cell.parts, Part(" "))))


def _around(parts: Sequence[Part], most: int = 70) -> tuple[Part, ...]:
    """Return the first marked part with some words on either side."""
    at = next(i for i, part in enumerate(parts) if part.marked)
    before, after = "".join(p.text for p in parts[:at]), "".join(p.text for p in parts[at + 1 :])
    begin = before if len(before) <= most else "… " + before[-most:].partition(" ")[2]
    finish = after if len(after) <= most else after[:most].rpartition(" ")[0] + " …"
    return tuple(part for part in (Part(begin), parts[at], Part(finish)) if part.text)


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
    return tuple(blocks(document.text, passage.start, passage.end, (), None, (marked,)))


def blocks(
    text: str, start: int, end: int, passages: Sequence[Passage], cited: Passage | None, marked: Sequence[Span]
) -> Iterator[TextBlock]:
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


def split(text: str, start: int, end: int, marked: Sequence[Span]) -> tuple[Part, ...]:
    """Return `text[start:end]` cut where the marked spans, in order, begin and end."""
    pieces, at = [], start
    for a, b in marked:
        a, b = max(at, a), min(end, b)
        if a < b:
            pieces += [Part(unbroken(text[at:a])), Part(unbroken(text[a:b]), True)]
            at = b
    pieces.append(Part(unbroken(text[at:end])))
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


def _rows(text: str, start: int, end: int, marked: Sequence[Span]) -> Iterator[tuple[Cell, ...]]:
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
