"""The nouns of the project: Document, Section, Passage, Note. Plain frozen data, no behaviour."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "table", "caption", "footnote", "contents", "literature"]
Language = Literal["nl", "en"]


@dataclass(frozen=True)
class Block:
    """One paragraph-like piece of a file, as a reader found it.

    `level` is the depth of a heading (1 = chapter) and 0 for everything else; `number` its number, when it has one.
    `page` is the sheet it begins on (1 = first) and `turns` are the (offset in `text`, sheet) where it goes on on another.
    """

    kind: BlockKind
    text: str
    level: int = 0
    number: str | None = None
    page: int | None = None
    turns: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Source:
    """What we know of a document before opening it: the record in `corpus/<id>/source.yaml` or one made from the file.

    `about`: places and projects by which people name it ("the thesis on Utrecht").
    """

    id: str
    title: str
    author: str
    year: int | None = None
    kind: str = "document"
    method: dict[str, str] = field(default_factory=dict)
    language: str = "nl"
    sha256: str | None = None
    filename: str | None = None
    origin: str = ""
    citation: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it, up to the next heading. Offsets are characters in the stored text."""

    id: str
    source: str
    title: str
    path: tuple[str, ...]
    start: int
    end: int
    level: int = 1
    citable: bool = True


@dataclass(frozen=True)
class Passage:
    """About 80-220 words that can be cited: `text == document.text[start:end]`, always.

    `basis` is "notes" when the document itself is absent: then `text` holds our own claims and nothing may be quoted.
    `page` is where it begins: the number printed there when that is a number, else the sheet (1 = first). `sheets` and
    `labels` (the numbers as printed) are all its pages; at the offsets `turns` the next of them begins (`ingest.pages`).
    `suspect`: it holds words that speak to an assistant, which are never quoted as an answer.
    """

    id: str
    source: str
    section: str
    title: str
    path: tuple[str, ...]
    start: int
    end: int
    text: str
    context: str = ""
    page: int | None = None
    kind: str = "text"
    basis: Literal["document", "notes"] = "document"
    sheets: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()
    turns: tuple[int, ...] = ()
    suspect: bool = False


@dataclass(frozen=True)
class Claim:
    """One statement in our own words, the same in both languages."""

    nl: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the claim in `language` ("nl" or "en")."""
        return self.en if language == "en" else self.nl


@dataclass(frozen=True)
class Note:
    """Claims and reader's questions on one passage, from `corpus/<id>/notes.yaml`."""

    id: str
    source: str
    section: str
    anchor: str
    claims: tuple[Claim, ...]
    questions_nl: tuple[str, ...]
    questions_en: tuple[str, ...]
    passage: str | None = None
    drafted_by: str | None = None


@dataclass(frozen=True)
class Document:
    """A source together with its stored text and what was found in it. `text` is empty when only notes exist."""

    source: Source
    text: str
    sha256: str
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    notes: tuple[Note, ...]
    warnings: tuple[str, ...] = ()

    @property
    def present(self) -> bool:
        """True when the document itself was read, not only our notes on it."""
        return bool(self.text)
