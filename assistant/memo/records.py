"""What a memo is made of, before it becomes Markdown or a Word document."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.records import Language


@dataclass(frozen=True)
class Run:
    """A piece of text. `language` only where it differs from the memo's."""

    text: str
    bold: bool = False
    language: str = ""


@dataclass(frozen=True)
class Line:
    """A paragraph: pieces of text, then the numbers of footnotes behind it."""

    runs: tuple[Run, ...]
    notes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the level below the memo's title."""

    text: str
    level: int = 1
    language: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list without an order."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Quoted:
    """Text of a document, letter for letter."""

    line: Line


@dataclass(frozen=True)
class Table:
    """A table whose first row is its head; `caption` says what it shows."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


Block = Heading | Line | Bullets | Quoted | Table


@dataclass(frozen=True)
class Memo:
    """A memo. `notes` are the footnotes 1, 2, ... in order of first use; `title` and `blocks` are plain text, not markup."""

    language: Language
    title: str
    blocks: tuple[Block, ...]
    notes: tuple[Line, ...] = field(default=())


def line(text: str, *notes: int, bold: bool = False, language: str = "") -> Line:
    """Return a line of one piece."""
    return Line((Run(text, bold, language),), tuple(notes))


def labelled(label: str, text: str, *notes: int) -> Line:
    """Return a line that begins with a label in bold."""
    return Line((Run(f"{label}: ", True), Run(text)), tuple(notes))
