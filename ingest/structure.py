"""From blocks to a stored text with a section tree.

The stored text is the blocks' text in order, separated by blank lines; it is what every quote is checked against.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from ingest.records import Block, BlockKind, Section


@dataclass(frozen=True)
class Placed:
    """A block with its place in the stored text and the section it stands in."""

    block: Block
    section: str
    start: int
    end: int


def slug(title: str) -> str:
    """Return a heading as an identifier: "Bijlage 1: Overzicht" becomes "bijlage-1-overzicht" (at most 60 characters)."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "deel"


def follows(number: str, previous: str | None) -> bool:
    """True when a heading number can come after `previous`: its first child, a next sibling, or a next of a parent.

    This keeps numbered list items and years out of the tree. One number may be skipped, since files lose headings.
    """
    now = [int(n) for n in number.split(".")]
    if previous is None:
        return len(now) <= 2 and now[0] <= 3
    before = [int(n) for n in previous.split(".")]
    if len(now) > len(before) + 1:
        return False
    if now[: len(before)] == before:
        return len(now) > len(before) and now[-1] <= 2
    depth = len(now) - 1
    return depth < len(before) and now[:depth] == before[:depth] and before[depth] < now[depth] <= before[depth] + 2


def first_number(numbers: list[str]) -> int:
    """Return the place of the number with which the numbering begins; a file may hold one chapter of a book, the seventh.

    It is the first that `follows` accepts, unless far more numbers follow on from another.
    """

    def chain(start: int) -> int:
        length, previous = 1, numbers[start]
        for number in numbers[start + 1 :]:
            if follows(number, previous):
                length, previous = length + 1, number
        return length

    usual = next((i for i, number in enumerate(numbers) if follows(number, None)), None)
    starts = [i for i, number in enumerate(numbers[:60]) if number.count(".") < 2]
    best = max(starts, key=lambda i: (chain(i), -i), default=None)
    if best is None or chain(best) < 3 or (usual is not None and chain(best) <= 2 * chain(usual)):
        return len(numbers) if usual is None else usual
    return best


def build(blocks: list[Block], title: str, source: str) -> tuple[str, list[Section], list[Placed]]:
    """Return (stored text, sections in order, placed blocks).

    Text before the first heading belongs to a section "begin" named after the document. Section ids are heading
    numbers, else slugs; a repeated slug gets "-2", "-3".
    """
    parts: list[str] = []
    placed: list[Placed] = []
    sections: list[Section] = []
    stack: list[tuple[int, str]] = []
    used: set[str] = set()
    position = 0
    previous: str | None = None
    numbered_level = 0
    current = ""

    def open_section(name: str, heading: str, level: int, start: int, citable: bool = True) -> str:
        unique, times = name, 1
        while unique in used:  # "Slot", "Slot" and "Slot 2" are three sections
            times += 1
            unique = f"{name}-{times}"
        used.add(unique)
        while stack and stack[-1][0] >= level:
            stack.pop()
        label = f"{name} {heading}" if re.fullmatch(r"[\d.]+", name) else heading
        stack.append((level, label))
        sections.append(Section(unique, source, label, tuple(t for _, t in stack), start, start, level, citable))
        return unique

    first = first_number([block.number for block in blocks if block.kind == "heading" and block.number])
    numbered = -1

    for block in blocks:
        text = block.text
        numbered += block.kind == "heading" and block.number is not None
        if block.kind == "heading" and block.number and not (numbered == first or (previous and follows(block.number, previous))):
            kind: BlockKind = "item" if len(text.split()) > 3 else "paragraph"
            block = replace(block, kind=kind, text=f"{block.number}. {text}", level=0, number=None, turns=())
            text = block.text
        if parts:
            parts.append("\n\n")
            position += 2
        if block.kind == "heading":
            if block.number:
                previous, numbered_level = block.number, block.level
                current = open_section(block.number, text, block.level, position)
            else:
                level = numbered_level + 1 if block.level == 9 else block.level
                if block.level < 9:
                    numbered_level = block.level
                current = open_section(slug(text), text, max(level, 1), position, not _is_literature(text))
        elif not current:
            current = open_section("begin", title, 1, position)
        placed.append(Placed(block, current, position, position + len(text)))
        parts.append(text)
        position += len(text)
    text = "".join(parts)
    if not sections:
        return text, [], []
    ends = [section.start for section in sections[1:]] + [len(text)]
    closed = [Section(s.id, s.source, s.title, s.path, s.start, end, s.level, s.citable) for s, end in zip(sections, ends, strict=True)]
    return text, closed, placed


def _is_literature(title: str) -> bool:
    return title.lower() in {"literatuur", "literatuurlijst", "bibliografie", "references", "inhoud", "inhoudsopgave"}
