"""From placed blocks to passages: whole sentences, never across sections, lists with their lead-in, quotes with their speaker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ingest.clean import addresses_assistant
from ingest.context import Contexts
from ingest.pages import labels_of, pages_of, shown
from ingest.records import Passage, Section
from ingest.sentences import sentences
from ingest.structure import Placed

TARGET_WORDS = 150  # a passage closes once it holds this many
MOST_WORDS = 220
LEAST_WORDS = 60  # a shorter tail joins the passage before it
_SKIPPED = {"heading", "contents", "literature"}
_QUOTED = re.compile(r"[“‘„«\"'*]|.*[”’»\"'](?: ?\*)?$", re.S)  # a block that begins or ends as a quote does
_SPEAKER = re.compile(r"[(\[–—-]\s?[^\W\d_]")  # "(Respondent 4, adviseur)", "– wethouder"
_OPENING, _CLOSING = re.compile(r"(?<!\w)[“‘„]"), re.compile(r"[”’](?!\w)")
_MOST_SPEAKER = 20  # words


def passages(
    text: str, sections: list[Section], placed: list[Placed], source: str, labels: Mapping[int, str] = MappingProxyType({})
) -> list[Passage]:
    """Return the passages of a document; every one is a slice of `text`. `labels` are the numbers printed on the sheets."""
    result: list[Passage] = []
    by_section: dict[str, list[Placed]] = {}
    for item in placed:
        by_section.setdefault(item.section, []).append(item)
    for section in sections:
        if not section.citable:
            continue
        items = [p for p in by_section.get(section.id, []) if p.block.kind not in _SKIPPED]
        spans = _spans(text, items)
        contexts = Contexts(items)
        heading = by_section[section.id][0].block
        above = text[section.start + len(heading.text) if heading.kind == "heading" else section.start : spans[0][0]] if spans else ""
        if spans and spans[0][2] != "footnote" and not above.strip():  # the heading belongs to what it stands directly above
            spans[0] = (section.start, *spans[0][1:])
        for number, (start, end, kind, context) in enumerate(spans, 1):
            sheets, turns = pages_of(by_section[section.id], start, end)
            printed = labels_of(sheets, labels)
            result.append(
                Passage(
                    id=f"{source}:{section.id}:{number}",
                    source=source,
                    section=section.id,
                    title=section.title,
                    path=section.path,
                    start=start,
                    end=end,
                    text=text[start:end],
                    context=context or (contexts.of(start, end) if kind == "text" else ""),
                    kind=kind,
                    page=shown(sheets[0], printed[0]) if sheets else None,
                    sheets=sheets,
                    labels=printed,
                    turns=turns,
                    suspect=addresses_assistant(text[start:end]),
                )
            )
    return result


def _words(text: str) -> int:
    return len(text.split())


def _spans(text: str, items: list[Placed]) -> list[tuple[int, int, str, str]]:
    """Return (start, end, kind, context) of the passages in one section."""
    spans: list[tuple[int, int, str, str]] = []
    open_start: int | None = None
    open_end = 0
    count = 0
    caption = ""
    footnotes = False

    def close() -> None:
        nonlocal open_start, count
        if open_start is not None:
            spans.append((open_start, open_end, "footnote" if footnotes else "text", ""))
        open_start, count = None, 0

    for position, item in enumerate(items):
        block = item.block
        if block.kind == "table":
            before = items[position - 1] if position else None
            start = before.start if before and before.block.kind == "caption" else item.start
            if open_start is not None and open_start < start:
                open_end = min(open_end, start)
                close()
            open_start, count = None, 0
            caption = before.block.text if before and before.block.kind == "caption" else ""
            spans.extend(_table_spans(text, start, item, caption))
            continue
        if block.kind == "footnote" and not footnotes:
            close()
            footnotes = True
        follows_as_caption = block.kind == "caption" and position + 1 < len(items) and items[position + 1].block.kind == "table"
        if follows_as_caption:
            close()
            continue
        for start, end in _pieces(text, item):
            size = _words(text[start:end])
            lead_in = open_start is not None and text[open_start:open_end].endswith(":")
            full = count + size > MOST_WORDS or (count >= TARGET_WORDS and not lead_in)
            if open_start is not None and full and not _names_speaker(text, items[position - 1 : position], start, end):
                lead = _lead_in(text, open_start, open_end, size) if lead_in else None
                if lead is None:
                    close()
                elif lead > open_start:  # the sentence that announces a quote or list goes with it
                    told, open_end = open_end, open_start + len(text[open_start:lead].rstrip())
                    close()
                    open_start, count = lead, _words(text[lead:told])
            if open_start is None:
                open_start, count = start, 0
            open_end, count = end, count + size
    close()
    return _join_tails(text, spans)


def _names_speaker(text: str, before: list[Placed], start: int, end: int) -> bool:
    """True when text[start:end] says who spoke the quote in the block before it."""
    line = text[start:end]
    short = _SPEAKER.match(line) and len(line.split()) <= _MOST_SPEAKER
    return bool(short and before and _QUOTED.match(before[0].block.text))


def _lead_in(text: str, start: int, end: int, size: int) -> int | None:
    """Return where the last sentence of text[start:end] begins, when it and the `size` words it announces make one passage."""
    begin = start + sentences(text[start:end])[-1][0]
    return begin if _words(text[begin:end]) + size <= MOST_WORDS + 40 else None


def _pieces(text: str, item: Placed) -> Iterable[tuple[int, int]]:
    """Yield the block whole, or in runs of sentences when it is longer than a passage may be."""
    if _words(text[item.start : item.end]) <= MOST_WORDS:
        yield item.start, item.end
        return
    start: int | None = None
    end = 0
    count = 0
    for a, b in sentences(text[item.start : item.end]):
        size = _words(text[item.start + a : item.start + b])
        most = MOST_WORDS if start is not None and _in_quote(text[start:end]) else TARGET_WORDS
        if start is not None and count + size > most:
            yield start, end
            start, count = None, 0
        if start is None:
            start = item.start + a
        end, count = item.start + b, count + size
    if start is not None:
        yield start, end


def _in_quote(text: str) -> bool:
    """True when a quote is open at the end of the text."""
    return len(_OPENING.findall(text)) > len(_CLOSING.findall(text))


def _table_spans(text: str, start: int, item: Placed, caption: str) -> list[tuple[int, int, str, str]]:
    """One passage for a table, or several with the caption and header kept as context when it is long."""
    if _words(text[start : item.end]) <= MOST_WORDS:
        return [(start, item.end, "table", "")]
    header = item.block.text.split("\n", 1)[0]
    context = f"{caption}\n{header}".strip()
    spans: list[tuple[int, int, str, str]] = []
    begin, count, offset = start, _words(text[start : item.start]), item.start
    for row in item.block.text.split("\n"):
        size = _words(row)
        if count + size > TARGET_WORDS and count > 30:
            spans.append((begin, offset - 1, "table", context if spans else ""))
            begin, count = offset, 0
        count += size
        offset += len(row) + 1
    spans.append((begin, item.end, "table", context if spans else ""))
    return spans


def _join_tails(text: str, spans: list[tuple[int, int, str, str]]) -> list[tuple[int, int, str, str]]:
    """Join a short passage to its neighbour of the same kind when nothing else stands between them."""
    joined: list[tuple[int, int, str, str]] = []
    for span in spans:
        start, end, kind, context = span
        if joined:
            a, b, before, ctx = joined[-1]
            between = text[b:start] if b <= start else "x"
            small = min(_words(text[start:end]), _words(text[a:b])) < LEAST_WORDS
            if kind == before and not between.strip() and small and _words(text[a:end]) <= MOST_WORDS + 40:
                joined[-1] = (a, end, kind, ctx or context)
                continue
        joined.append(span)
    return joined
