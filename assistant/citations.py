"""Citations: which words of a passage carry a statement, and where they stand. No quote without a letter-for-letter find."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from assistant.messages import message
from assistant.records import Citation, Language
from ingest.analysis import terms
from ingest.clean import addresses_assistant
from ingest.index import Index
from ingest.pages import page_at
from ingest.records import Passage
from ingest.sentences import sentences

MOST_QUOTE = 420
MOST_HELD = 600  # of a quote that must have a certain sentence in it: a card says more than a claim
NEARLY = 0.9  # share of the terms that a quote can have in common with its statement; the last tenth would make quotes long


class Citer:
    """Make numbered citations for one answer; the same quote of the same passage gets one number."""

    def __init__(self, index: Index, language: Language) -> None:
        self._index = index
        self._language = language
        self._made: dict[tuple[str, int, int], Citation] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations made so far, in order of their numbers."""
        return tuple(self._made.values())

    def cite(self, passage: Passage, statement: str, language: str = "nl", holding: str = "") -> Citation:
        """Return the citation of `passage` that carries `statement` best (in its language), with the sentence that `holding` is from."""
        start, end = best_quote(passage, statement, language, holding)
        key = (passage.id, start, end)
        if key not in self._made:
            self._made[key] = self.at(passage, start, end, len(self._made) + 1)
        return self._made[key]

    def at(self, passage: Passage, start: int, end: int, number: int) -> Citation:
        """Return a citation of the words of `passage` at these offsets in the document."""
        source = self._index.store.source(passage.source)
        assert source is not None  # a passage is never stored without its source
        quote = self._index.store.text(passage.source, start, end) if passage.basis == "document" else ""
        section = " › ".join(passage.path) or passage.title
        page, label, sheet = page_at(passage, start)
        return Citation(
            n=number, passage=passage.id, source=passage.source, title=source.title, author=source.author, year=source.year,
            section=section, page=page, page_label=label, sheet=sheet, start=start, end=end, quote=quote,
            text=passage.text if passage.basis == "document" else message("summarised", self._language, section=passage.title),
            kind=source.kind, method=source.method.get(self._language, ""), basis=passage.basis,
        )  # fmt: skip


@lru_cache(maxsize=8192)
def best_quote(passage: Passage, statement: str, language: str = "nl", holding: str = "") -> tuple[int, int]:
    """Return the offsets, in the document, of the fewest words in a row that carry the statement.

    Whole sentences or rows that follow each other, together at most MOST_QUOTE characters, or MOST_HELD (or one that is longer): of all
    that share NEARLY as many terms with the statement as any of them, the shortest. `holding`: words of the passage; the
    quote has the sentence that carries these in it.
    """
    if passage.basis == "notes":
        return 0, 0
    spans = [s for s in sentences(passage.text) if s[1] - s[0] > 12] or [(0, len(passage.text))]
    # What speaks to an assistant is no evidence, and no quote runs across it.
    barred = {s for s in spans if passage.suspect and addresses_assistant(passage.text[s[0] : s[1]])}
    if len(barred) == len(spans):
        barred.discard(spans[0])
    wanted = set(terms(statement, language, keep_stopwords=False))
    shared = [wanted.intersection(terms(passage.text[a:b], language, keep_stopwords=False)) for a, b in spans]
    runs: list[tuple[int, int, int]] = []  # terms shared, start, end
    most, core = MOST_QUOTE, (len(passage.text), 0)  # what every run must have in it: nothing, unless words are to be held
    if holding:
        first_word, past_word = best_quote(passage, holding, language)
        most, core = MOST_HELD, (first_word - passage.start, past_word - passage.start)
    for first, (start, _) in enumerate(spans):
        held: set[str] = set()
        for at in range(first, len(spans)):
            end = spans[at][1]
            if spans[at] in barred or (at > first and end - start > most):
                break
            held = held | shared[at]
            if start <= core[0] and core[1] <= end:
                runs.append((len(held), start, end))
    enough = NEARLY * max(count for count, _, _ in runs)
    _, start, end = min((r for r in runs if r[0] >= enough), key=lambda r: (r[2] - r[1] if enough or holding else 0, r[1]))
    return passage.start + start, passage.start + end


def is_verbatim(citation: Citation, index: Index) -> bool:
    """True when the quote stands letter for letter at its offsets in the stored text."""
    if citation.basis == "notes":
        return citation.quote == ""
    return bool(citation.quote) and index.store.text(citation.source, citation.start, citation.end) == citation.quote


def nearest(index: Index, passages: Sequence[str], question: str, language: Language) -> tuple[Citation, ...]:
    """Return citations of passages that come close to a question, for an answer that says no."""
    citer = Citer(index, language)
    for name in passages:
        passage = index.store.passage(name)
        if passage:
            citer.cite(passage, question)
    return citer.citations
