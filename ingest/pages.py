"""Pages: the sheets of a file, counted from 1, and the numbers printed on them, which begin anew or in Roman."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping

from ingest.records import Passage
from ingest.structure import Placed


def pages_of(placed: Iterable[Placed], start: int, end: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the sheets that text[start:end] stands on, and the offsets at which the second and later of them begin."""
    sheets: list[int] = []
    turns: list[int] = []
    for item in placed:
        if item.block.page is None or item.end <= start or item.start >= end:
            continue
        for at, sheet in ((0, item.block.page), *item.block.turns):
            offset = item.start + at
            if offset >= end:
                break
            if offset <= start or not sheets:
                sheets, turns = [sheet], []
            elif sheet != sheets[-1]:
                sheets.append(sheet)
                turns.append(offset)
    return tuple(sheets), tuple(turns)


def shown(sheet: int | None, label: str) -> int | None:
    """Return the page to name: the printed number when it is one, else the sheet."""
    return int(label) if label.isdecimal() and len(label) < 6 else sheet


def labels_of(sheets: Iterable[int], labels: Mapping[int, str]) -> tuple[str, ...]:
    """Return what is printed on each of the sheets, empty where that is not known."""
    return tuple(labels.get(sheet, "") for sheet in sheets)


def page_at(passage: Passage, offset: int) -> tuple[int | None, str, int | None]:
    """Return (page to name, number as printed or "", sheet) of a place in a passage; `offset` counts in the document."""
    if not passage.sheets:
        return passage.page, "", passage.page
    place = bisect_right(passage.turns, offset)
    sheet, label = passage.sheets[place], passage.labels[place]
    return shown(sheet, label), label, sheet
