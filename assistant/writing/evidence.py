"""What a written sentence may rest on: the passage behind a label, cut into pieces that are compared as a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from weakref import WeakKeyDictionary

from assistant.records import Language
from assistant.retrieval.glossary import Glossary
from assistant.writing.tokens import Token, Unit, lists
from ingest.analysis import terms
from ingest.index import Index
from ingest.records import Note, Passage, Source
from ingest.sentences import sentences

_COGNATE = 5  # letters that two words of the same stem share at their beginning in Dutch and English
_names: WeakKeyDictionary[Index, frozenset[str]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Evidence:
    """One passage under the label the model knows it by. `about` is what is said of all of it: headings, title, author, year."""

    label: int
    passage: Passage
    source: Source
    notes: tuple[Note, ...]
    language: Language
    glossary: Glossary

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Its sentences, each two that stand together, and our claims on it in both languages."""
        made: list[Unit] = []
        if self.passage.basis == "document":
            own: Language = "en" if self.source.language == "en" else "nl"
            spans = sentences(self.passage.text)
            made = [Unit(self.passage.text[a:b], own, self.label) for a, b in spans]
            made += [Unit(self.passage.text[a:d], own, self.label) for (a, _), (_, d) in pairwise(spans)]
        for note in self.notes:
            for claim in note.claims:
                made += [Unit(claim.nl, "nl", self.label, claim.nl), Unit(claim.en, "en", self.label, claim.nl)]
        return tuple(self._translated(unit) for unit in made)

    @cached_property
    def about(self) -> Unit:
        """Title, author, year, kind and headings, as one unit."""
        source = self.source
        parts = [source.title, source.author, str(source.year or ""), source.kind, *source.method.values(), *self.passage.path]
        return self._translated(Unit(". ".join(p for p in parts if p), "nl", self.label))

    @cached_property
    def text(self) -> str:
        """What may be quoted: white space and quotation marks folded, lower case."""
        return folded_quote(self.passage.text) if self.passage.basis == "document" else ""

    @cached_property
    def claims(self) -> str:
        """Our claims, folded in the same way: a term that a translation coined stands there."""
        return folded_quote(" | ".join(t for n in self.notes for c in n.claims for t in (c.nl, c.en)))

    def _translated(self, unit: Unit) -> Unit:
        if unit.language != self.language:
            translations = self.glossary.expand(unit.text, unit.language)[1]
            unit.extra = frozenset(t for w in translations for t in terms(w, self.language, keep_stopwords=False))
        return unit


def folded_quote(text: str) -> str:
    """Return a text as quotes are compared: one blank between words, no quotation marks, lower case."""
    return " ".join(re.sub(r"['’‘\"“”„«»*_]", "", text).split()).lower()


def holds(unit: Unit, token: Token, language: str, glossary: Glossary) -> bool:
    """True when a unit has a word of the sentence, or one that means the same: inflected, in a compound, a synonym, translated."""
    if token.term in unit.terms or token.folded in unit.folded:
        return True
    if unit.language == language:
        if glossary.kin(token.term, language) & unit.terms:
            return True
        return len(token.term) > 4 and any(
            (token.term in other or other in token.term)
            for other in unit.terms
            if len(other) > 4 and abs(len(other) - len(token.term)) < 12
        )
    return len(token.folded) >= _COGNATE and any(w.startswith(token.folded[:_COGNATE]) for w in unit.folded)


def holds_name(words: frozenset[str], name: str) -> bool:
    """True when a name stands among folded words: as it is, in both languages' form, or with an ending ("Utrechtse")."""
    if name in words or any(name in same and same & words for same in lists()["same_names"]):
        return True
    return len(name) > 4 and any(len(w) > 4 and (w.startswith(name) or name.startswith(w)) for w in words)


def known_names(index: Index) -> frozenset[str]:
    """Return the folded words that stand in the documents and claims with a capital inside a sentence, and never without one."""
    if index not in _names:
        store = index.store
        capital: set[str] = set()
        lower: set[str] = set()
        for source in store.sources():
            for passage in store.passages_of(source):
                texts = [passage.text, *(t for n in store.notes_of(passage.id) for c in n.claims for t in (c.nl, c.en))]
                for text in texts:
                    inside = re.findall(r"(?<![.?!:\"“‘'(*] )(?<=\S )([A-ZÀ-Ý][\w-]{2,})", text)
                    capital.update(w.lower() for w in inside)
                    lower.update(re.findall(r"\b[a-zà-ÿ][\w-]{2,}", text))
        _names[index] = frozenset(capital - lower)
    return _names[index]


def gather(label: int, index: Index, passage: Passage, notes: Sequence[Note], language: Language, glossary: Glossary) -> Evidence:
    """Return the evidence behind a label."""
    source = index.store.source(passage.source)
    assert source is not None  # a passage is never stored without its source
    return Evidence(label, passage, source, tuple(notes), language, glossary)
