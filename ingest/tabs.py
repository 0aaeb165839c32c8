"""Tables in text that a program took out of a PDF: cells set apart by tabs, rows by blank lines, long cells over several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.clean import squeeze
from ingest.records import Block

_NO_CELL = re.compile(r"^(?:\d{1,3}|[•·–▪◦*-]|\d{1,2}[.)]|[a-z]\)|\d{1,2}(?:\.\d{1,2})+\.?)$")  # footnote, item or heading


def _cells(line: str) -> list[str]:
    """Return the cells of a line. Two tabs in front stand for one empty cell, as the first column is wider."""
    cells = [squeeze(cell) for cell in line.rstrip().split("\t")]
    return cells[1:] if len(cells) > 2 and not cells[0] and not cells[1] else cells


def _is_row(line: str) -> bool:
    cells = _cells(line)
    filled = [cell for cell in cells if cell]
    return len(filled) >= 2 and (len(filled) >= 3 or not cells[0]) and not _NO_CELL.match(filled[0])


def rows_at_head(group: Sequence[str]) -> int:
    """Return how many lines at the head of a group belong to a table: one with cells, and what goes on below it."""
    if not group or not _is_row(group[0]):
        return 0
    count = 1
    while count < len(group) and (_is_row(group[count]) or group[count].startswith("\t")):
        count += 1
    return count


def add_rows(table: Block | None, lines: Sequence[str]) -> Block:
    """Return the table, or a new one, with the lines added as one row; lines below each other are one cell.

    Lines without a first cell go on with the row above them, unless that is the header.
    """
    rows = [row.split("\t") for row in table.text.split("\n")] if table else []
    new: list[str] = []
    for line in lines:
        cells = _cells(line)
        new += [""] * (len(cells) - len(new))
        new = [f"{old} {cell}".strip() for old, cell in zip(new, cells + [""] * (len(new) - len(cells)), strict=True)]
    if len(rows) > 1 and not new[0]:
        last = rows[-1] + [""] * (len(new) - len(rows[-1]))
        rows[-1] = [f"{old} {cell}".strip() for old, cell in zip(last, new + [""] * (len(last) - len(new)), strict=True)]
    else:
        rows.append(new)
    return Block("table", "\n".join("\t".join(row).rstrip("\t") for row in rows))
