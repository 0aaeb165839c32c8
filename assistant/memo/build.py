"""What every memo shares: footnotes numbered by first use, the passages as an appendix, the date and the receipt."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence

from assistant.apa import NO_AUTHOR, footnote
from assistant.memo.records import Block, Bullets, Heading, Line, Memo, Quoted, Run, labelled, line
from assistant.messages import message, written
from assistant.records import Citation, Language, Mode, Receipt
from ingest.records import Source

Find = Callable[[str], Source | None]


class Draft:
    """A memo in the making. `find` gives the record of a document by its id."""

    def __init__(self, language: Language, title: str, today: datetime.date, find: Find) -> None:
        self.language = language
        self._find = find
        self._title = message("memo_of", language, title=title)
        self._cited: dict[tuple[str, int, int], Citation] = {}
        self._blocks: list[Block] = [line(message("memo_made", language, date=written(today, language)))]

    def add(self, *blocks: Block | None) -> None:
        """Add blocks; None is left out."""
        self._blocks += [block for block in blocks if block is not None]

    def heading(self, key: str, level: int = 1) -> None:
        """Add one of our own headings."""
        self._blocks.append(Heading(message(key, self.language), level))

    def notes(self, numbers: Iterable[int], citations: Sequence[Citation]) -> tuple[int, ...]:
        """Return the footnotes for citation numbers of one result; a citation that was used before keeps its footnote."""
        by_number = {c.n: c for c in citations}
        found = []
        for citation in (by_number[n] for n in numbers if n in by_number):
            key = (citation.passage, citation.start, citation.end)
            self._cited.setdefault(key, citation)
            found.append(list(self._cited).index(key) + 1)
        return tuple(found)

    def finish(self, receipt: Receipt, mode: Mode = "quote") -> Memo:
        """Return the memo with its appendix and receipt."""
        cited = list(self._cited.values())
        self.heading("memo_appendix")
        self.add(line(message("memo_appendix_intro" if cited else "memo_none", self.language)))
        for n, citation in enumerate(cited, 1):
            self._excerpt(n, citation)
        self.heading("memo_receipt")
        rows = [
            labelled(message("memo_mode", self.language), message(f"memo_mode_{mode}", self.language)),
            labelled(message("memo_model", self.language), receipt.model or message("memo_no_model", self.language)),
            labelled(message("memo_index", self.language), receipt.index),
        ]
        if receipt.prompts:
            prompts = ", ".join(f"{name} {version}" for name, version in receipt.prompts.items())
            rows.append(labelled(message("memo_prompts", self.language), prompts))
        self.add(Bullets(tuple(rows)))
        notes = tuple(line(footnote(c, self._find(c.source), self.language)) for c in cited)
        return Memo(self.language, self._title, tuple(self._blocks), notes)

    def _excerpt(self, n: int, citation: Citation) -> None:
        source = self._find(citation.source)
        language = (source.language if source else "nl") if citation.basis == "document" else self.language
        author = "" if citation.author in NO_AUTHOR else citation.author
        year = str(citation.year or message("apa_no_year", self.language))
        name = ", ".join(filter(None, [author or citation.title, year, citation.section.split(" › ")[-1]]))
        self.add(Heading(message("memo_passage", self.language, n=n, name=name), 2))
        self.add(Quoted(Line(_marked(citation, "" if language == self.language else language))))
        self.add(line(citation.passage))


def _marked(citation: Citation, language: str) -> tuple[Run, ...]:
    """Return the passage, with its quote in bold."""
    text, quote = citation.text, citation.quote
    at = text.find(quote) if quote else -1
    if at < 0:
        return (Run(text, language=language),)
    pieces = ((text[:at], False), (quote, True), (text[at + len(quote) :], False))
    return tuple(Run(piece, bold, language) for piece, bold in pieces if piece)
