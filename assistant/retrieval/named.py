"""Which documents a question names: by author, by kind ("the thesis", "het hoofdstuk") or by what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ingest.analysis import words
from ingest.records import Source

# What people call each kind of document, in either language.
_KINDS = {
    "masterscriptie": "scriptie masterscriptie afstudeerscriptie thesis dissertation",
    "hoofdstuk": "hoofdstuk boekhoofdstuk chapter",
    "artikel": "artikel article paper",
    "webpagina": "webpagina website pagina webpage page site",
}
_KIND_WORDS = {kind: frozenset(names.split()) for kind, names in _KINDS.items()}
_ORDINALS = {"eerste": 0, "oudste": 0, "first": 0, "tweede": 1, "second": 1, "derde": 2, "third": 2, "nieuwste": -1, "latest": -1}
_NO_NAMES = frozenset("auteur niet genoemd author unknown onbekend van der den and gemeente".split())


class Named:
    """Recognise the documents of one index in a question."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sorted(sources, key=lambda s: (s.year or 9999, s.id))
        self._authors = {s.id: frozenset(w for w in words(s.author) if len(w) > 3 and w not in _NO_NAMES) for s in sources}
        self._about = {s.id: frozenset(w for name in s.about for w in words(name)) for s in sources}

    def __call__(self, question: str) -> tuple[tuple[str, float], ...]:
        """Return (source id, how plainly it is named): 1 by author or by kind, 0.5 by what only it is about."""
        said = words(question)
        own = frozenset(said)
        plainly = {s.id for s in self._sources if self._authors[s.id] & own}
        about = {s.id for s in self._sources if self._about[s.id] & own}
        for kind, names in _KIND_WORDS.items():
            if not names & own:
                continue
            of_kind = [s.id for s in self._sources if s.kind == kind]
            number = next((_ORDINALS[a] for a, b in pairwise(said) if a in _ORDINALS and b in names), None)
            if number is not None and -len(of_kind) <= number < len(of_kind):
                plainly.add(of_kind[number])
            elif not plainly & set(of_kind):
                plainly |= {s for s in of_kind if s in about} or set(of_kind)
        if len(about) > 1:
            about = set()
        return tuple(sorted({s: 1.0 if s in plainly else 0.5 for s in plainly | about}.items()))
