"""Words of a text as the check of written sentences compares them: figures, names, content words, clauses, negations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from assistant.writing.figures import figures
from ingest.analysis import STOPWORDS, fold_word, stem
from ingest.sentences import sentences

_WORDS = Path(__file__).with_name("words.yaml")
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_CLAUSE = re.compile(
    r"[,;:()–—]|\b(?:want|omdat|doordat|maar|terwijl|hoewel|waardoor|zodat|waarbij|because|but|while|although|whereas|so that)\b", re.I
)
_BROKEN_NEGATION = re.compile(r"\b(\w+)n['’]t\b", re.I)


class Wordlist:
    """Folded words, some of them with any ending ("stijg*")."""

    def __init__(self, text: str) -> None:
        words = text.split()
        self._whole = frozenset(w for w in words if not w.endswith("*"))
        self._stems = tuple(w[:-1] for w in words if w.endswith("*"))

    def __contains__(self, word: str) -> bool:
        return word in self._whole or (bool(self._stems) and word.startswith(self._stems))


@cache
def lists() -> dict[str, Any]:
    """Return `words.yaml`, its words as Wordlists; `share` as it is."""
    data = yaml.safe_load(_WORDS.read_text("utf-8"))
    made: dict[str, Any] = {"share": data["share"], "no_negation": tuple(data["no_negation"])}
    for name in ("negations", "soft_negations", "openers", "generic_names"):
        made[name] = Wordlist(data[name])
    made["quantities"] = tuple(Wordlist(row) for row in data["quantities"])
    made["opposites"] = tuple(tuple(Wordlist(side) for side in pair) for pair in data["opposites"])
    made["same_names"] = tuple(frozenset(row.split()) for row in data["same_names"])
    made["function_words"] = frozenset(w for row in data["function_words"].values() for w in row.split())
    return made


@dataclass(frozen=True)
class Token:
    """One word or figure. `kind`: figure, name (capitalised, not first), word (content) or small (a stop word)."""

    folded: str
    term: str
    kind: str
    clause: int
    first: bool = False
    capital: bool = False


@dataclass
class Unit:
    """A piece of text in one language that is compared as a whole: a sentence, two neighbouring ones, or a claim."""

    text: str
    language: str
    label: int = 0
    claim: str = ""  # the same in Dutch, when this is one of our claims: that is how its quote is found
    extra: frozenset[str] = field(default_factory=frozenset)  # translations of its words, when there are any

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words in order."""
        return tokens(self.text, self.language)

    @cached_property
    def terms(self) -> frozenset[str]:
        """Index terms of its words, with those of the other language in `extra`."""
        return frozenset(t.term for t in self.tokens if t.kind in {"word", "name"}) | self.extra

    @cached_property
    def folded(self) -> frozenset[str]:
        """All its words, folded."""
        return frozenset(t.folded for t in self.tokens)

    @cached_property
    def figures(self) -> frozenset[str]:
        """Values of its figures."""
        return frozenset(t.folded for t in self.tokens if t.kind == "figure")

    @cached_property
    def names(self) -> frozenset[str]:
        """Its words with a capital, the first one too."""
        return frozenset(t.folded for t in self.tokens if t.capital)

    @cached_property
    def clauses(self) -> tuple[tuple[Token, ...], ...]:
        """Its words clause by clause."""
        last = max((t.clause for t in self.tokens), default=-1)
        return tuple(tuple(t for t in self.tokens if t.clause == n) for n in range(last + 1))


def tokens(text: str, language: str) -> tuple[Token, ...]:
    """Return the words of a text. A negation written onto its verb ("didn't") becomes "not"."""
    text = _BROKEN_NEGATION.sub(r"\1 not", text)
    for phrase in lists()["no_negation"]:
        text = re.sub(rf"\b{phrase}\b", " ook ", text, flags=re.I)
    numbers = figures(text)
    starts = {a for a, _ in sentences(text)}
    breaks = [m.start() for m in _CLAUSE.finditer(text)]
    made: list[tuple[int, Token]] = [(start, Token(value, value, "figure", sum(b <= start for b in breaks))) for value, start, _ in numbers]
    for match in _TOKEN.finditer(text):
        if any(a <= match.start() < b for _, a, b in numbers):
            continue
        word = fold_word(match.group())
        if not word:
            continue
        lead = text[: match.start()].rstrip("'‘\"“(*[•- ")
        first = match.start() in starts or len(lead) in {0, *starts} or lead.endswith((".", ":", "?", "!", "\n"))
        capital = match.group()[0].isupper() or any(c.isdigit() for c in word)
        small = word in STOPWORDS["nl"] or word in STOPWORDS["en"]
        kind = "small" if small else "name" if capital and not first else "word"
        clause = sum(b <= match.start() for b in breaks)
        made.append((match.start(), Token(word, stem(word, language), kind, clause, first, capital)))
    return tuple(t for _, t in sorted(made, key=lambda pair: pair[0]))


def negated(words: tuple[Token, ...]) -> tuple[bool, bool]:
    """Return (holds a negation, holds something that comes near to one) for the words of a clause."""
    hard, soft = lists()["negations"], lists()["soft_negations"]
    return (
        any(t.folded in hard for t in words),
        any(t.folded in soft for t in words),
    )
