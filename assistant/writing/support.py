"""Does a written sentence stand in the passages it cites? Checked by rules that can be read; what they cannot see, a second
reader may (`writer.second_reading`): who did what to whom, and whether one thing caused another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.records import Language
from assistant.retrieval.glossary import Glossary
from assistant.writing.edits import edited, renamed
from assistant.writing.evidence import Evidence, folded_quote, holds, holds_name
from assistant.writing.reply import Written
from assistant.writing.tokens import Token, Unit, lists, negated
from ingest.analysis import STOPWORDS
from ingest.lexical import Lexical

_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|„([^„”“]+)[”“]|«([^«»]+)»|(?<!\w)[‘']([^‘’']+(?:['’]\w[^‘’']*)*)[’'](?!\w)")
_YEAR = re.compile(r"(19|20)\d\d")
_NEAR = 4  # words between a figure and what it counts
_LEAST_WORDS = 4
_COINED = 4  # words of a term between quotation marks


@dataclass(frozen=True)
class Verdict:
    """What came of a check. `problem` is "" when the sentence stands; `labels` are the citations that carry it, and `own` is for
    each of them the claim (in Dutch) that comes closest, to find the quote with, or "".
    """

    problem: str = ""
    labels: tuple[int, ...] = ()
    own: tuple[str, ...] = ()


@dataclass(frozen=True)
class Checker:
    """Check sentences in one language. `names`: words that are always names in these documents; `lexical` knows how rare a word is.

    `told` is what the reader said: a sentence may say it back to them, so its words need no passage, but they prove nothing either.
    """

    language: Language
    glossary: Glossary
    lexical: Lexical
    names: frozenset[str] = frozenset()
    told: Unit | None = None

    @cached_property
    def foreign(self) -> frozenset[str]:
        """Words that these documents only use in the other language."""
        words = self.lexical.vocabulary
        return words["en" if self.language == "nl" else "nl"] - words[self.language]

    def check(self, written: Written, given: Mapping[int, Evidence]) -> Verdict:
        """Return the verdict on one sentence; `given` are the passages by the labels that the model was given."""
        if not written.labels:
            return Verdict("uncited")
        cited = [given[label] for label in written.labels if label in given]
        if not cited:
            return Verdict("label")
        if written.link:
            return Verdict("link")
        said = Unit(written.text, self.language)
        units = [unit for evidence in cited for unit in evidence.units]
        problem = (
            _form(written, said)
            or self._tongue(written.text)
            or _quotes(written.text, cited)
            or _figures(said, units, cited)
            or edited(said, units)
            or renamed(said, units)
            or self._names(said, units, cited)
            or _strong_words(said, units)
            or self._content(said, units, cited)
            or self._negation(said, units)
        )
        return Verdict(problem) if problem else self._carried(said, cited)

    def _tongue(self, text: str) -> str:
        """Is it in our language, all of it but what it quotes?"""
        other = "en" if self.language == "nl" else "nl"
        ours, theirs = STOPWORDS[self.language] - STOPWORDS[other], STOPWORDS[other] - STOPWORDS[self.language]
        said = Unit(_QUOTED.sub(" ", text), self.language)
        words = [t.folded for t in said.tokens]
        own, foreign = sum(w in ours for w in words), sum(w in theirs for w in words)
        elsewhere = sum(w in lists()["function_words"] and w not in ours for w in words)
        strange = sum(t.kind == "word" and len(t.folded) > 3 and t.folded in self.foreign for t in said.tokens)
        # One foreign function word may belong to a name ("Internet of Things"); two or more are a sentence gone astray.
        return "language" if (foreign >= 2 and foreign * 2 > own) or elsewhere >= own + 2 or foreign + strange >= 3 + own // 3 else ""

    def _names(self, said: Unit, units: Sequence[Unit], cited: Sequence[Evidence]) -> str:
        there = frozenset().union(*(u.folded for u in units), *(e.about.folded for e in cited))
        for at, token in enumerate(said.tokens):
            follows = said.tokens[at + 1] if at + 1 < len(said.tokens) else None
            if token.capital and token.kind != "small" and token.folded not in lists()["generic_names"]:
                known = holds_name(there, token.folded) or self._kin_there(token, units)
                if not known and not (token.first and self._ordinary(token, follows, units)):
                    return "name"
        return ""

    def _kin_there(self, token: Token, units: Sequence[Unit]) -> bool:
        kin = self.glossary.kin(token.term, self.language)
        return len(kin) > 1 and any(kin & u.terms for u in units)

    def _ordinary(self, token: Token, follows: Token | None, units: Sequence[Unit]) -> bool:
        """True when the first word of a sentence is no name that the passages do not have."""
        if token.folded in lists()["openers"] or any(holds(u, token, self.language, self.glossary) for u in units):
            return True
        if token.folded in self.names or (follows and follows.kind == "name" and not follows.first):
            return False
        return token.folded in self.lexical.vocabulary[self.language]

    def _share(self, words: Sequence[Token], units: Sequence[Unit]) -> float:
        """Return the share of the words that stand in one of the units or another, 0-1; rare words weigh more."""
        weights = [self.lexical.rarity(w.term, self.language) for w in words]
        there = [any(holds(u, w, self.language, self.glossary) for u in units) for w in words]
        return sum(w for w, t in zip(weights, there, strict=True) if t) / (sum(weights) or 1.0)

    def _content(self, said: Unit, units: Sequence[Unit], cited: Sequence[Evidence]) -> str:
        share = lists()["share"]
        around = [e.about for e in cited]
        own = [u for u in units if u.language == self.language]
        other = [u for u in units if u.language != self.language]
        # Words that are only alike in two languages prove less, so they count for less where there is something better.
        least, least_clause = share["sentence"], share["clause"]
        if own and self._stands(said, own, around, least, least_clause):
            return ""
        if not own:
            least = least_clause = share["translated"]
        if other and self._stands(said, other, around, least, least_clause):
            return ""
        return "content"

    def _stands(self, said: Unit, units: Sequence[Unit], around: Sequence[Unit], least: float, least_clause: float) -> bool:
        words = _content_words(said.tokens)
        plain = [w for w in words if not w.capital or w.first]  # names have been seen to
        words = self._untold(plain if len(plain) > 1 else words)
        if len(words) < (2 if self.told else 1) or self._share(words, [*units, *around]) < least:
            return False
        for clause in said.clauses:
            own = self._untold(_content_words(clause))
            if len(own) >= 3 and max(self._share(own, [u, *around]) for u in units) < least_clause:
                return False
        return True

    def _untold(self, words: Sequence[Token]) -> list[Token]:
        """Return the words that the reader did not use themselves."""
        told = self.told
        return [w for w in words if told is None or not holds(told, w, self.language, self.glossary)]

    def _negation(self, said: Unit, units: Sequence[Unit]) -> str:
        """A clause that denies must meet one that denies, and one that does not must not meet only such."""
        for clause in said.clauses:
            words = _content_words(clause)
            if words and not self._untold(words):
                continue  # what the reader said, said back
            hard, soft = negated(clause)
            met = self._closest(words, units) if len(words) >= 2 else []
            found = [negated(c) for c in met]
            if hard and not any(h or s for h, s in found or [negated(u.tokens) for u in units]):
                return "negation"
            if not hard and not soft and found and all(h for h, _ in found):
                return "negation"
        return ""

    def _closest(self, words: Sequence[Token], units: Sequence[Unit]) -> list[tuple[Token, ...]]:
        """Return the clauses that share most with these words: at least two of them and half of what there is to share."""
        scored: list[tuple[int, tuple[Token, ...]]] = []
        for unit in units:
            for clause in unit.clauses:
                part = Unit("", unit.language, extra=unit.extra)
                part.__dict__["tokens"] = clause
                scored.append((sum(holds(part, w, self.language, self.glossary) for w in words), clause))
        best = max((n for n, _ in scored), default=0)
        return [clause for n, clause in scored if n >= max(2, 0.8 * best)] if best >= max(2, len(words) / 2) else []

    def _carried(self, said: Unit, cited: Sequence[Evidence]) -> Verdict:
        words = _content_words(said.tokens)
        shares = [self._share(words, e.units) for e in cited]
        facts = {t.folded for t in said.tokens if t.kind == "figure" or (t.capital and not t.first)}
        kept = [
            e for e, s in zip(cited, shares, strict=True)
            if s >= lists()["share"]["citation"] or s == max(shares) or any(f in u.folded for f in facts for u in e.units)
        ]  # fmt: skip
        own = []
        for evidence in kept:
            claims = [u for u in evidence.units if u.claim and u.language == self.language]
            best = max(claims, key=lambda u: self._share(words, [u]), default=None)
            own.append(best.claim if best else "")
        return Verdict("", tuple(e.label for e in kept), tuple(own))


def _content_words(words: Sequence[Token]) -> list[Token]:
    return [t for t in words if t.kind in {"word", "name"} and t.folded not in lists()["openers"]]


def _form(written: Written, said: Unit) -> str:
    """Half a sentence, or a heading, is nothing to show."""
    words = said.tokens
    if len(words) < _LEAST_WORDS or written.text.endswith((":", ";", ",", "-", "…", "...")):
        return "half"
    if not written.ended and (words[-1].kind == "small" or not (written.item or written.labels)):
        return "half"
    return "half" if words[-1].folded in {"de", "het", "een", "en", "of", "van", "the", "and", "or", "to", "a", "an"} else ""


def _quotes(text: str, cited: Sequence[Evidence]) -> str:
    """What stands between quotation marks stands letter for letter in a passage that is cited; a coined term, in a claim on it."""
    for found in _QUOTED.findall(text):
        quote = folded_quote(next(filter(None, found), "")).strip(" .,;:!?")
        short = len(quote.split()) <= _COINED
        if quote and not any(quote in e.text or (short and quote in e.claims) for e in cited):
            return "quote"
    return ""


def _figures(said: Unit, units: Sequence[Unit], cited: Sequence[Evidence]) -> str:
    """Every figure stands in a passage, and what it counts stands beside it where a text in this language can tell."""
    about = frozenset().union(*(e.about.figures for e in cited))
    for at, token in enumerate(said.tokens):
        if token.kind != "figure":
            continue
        with_it = [u for u in units if token.folded in u.figures]
        if not with_it and token.folded not in about:
            return "number"
        counted = said.tokens[at + 1] if at + 1 < len(said.tokens) else None
        with_it = [u for u in with_it if u.language == said.language]
        if not with_it or counted is None or counted.kind != "word" or _YEAR.fullmatch(token.folded):
            continue
        if not any(_beside(u, token.folded, counted) for u in with_it):
            return "number"
    return ""


def _beside(unit: Unit, figure: str, counted: Token) -> bool:
    """True when the counted word comes soon after the figure in the unit."""
    if counted.folded not in unit.folded and counted.term not in unit.terms:
        return False
    places = [i for i, t in enumerate(unit.tokens) if t.folded == figure and t.kind == "figure"]
    words = [i for i, t in enumerate(unit.tokens) if t.folded == counted.folded or t.term == counted.term]
    return any(0 < w - p <= _NEAR for p in places for w in words)


def _strong_words(said: Unit, units: Sequence[Unit]) -> str:
    """ "All", "always", "only": said only when a passage says so. Nor may "more" be said where passages only say "less"."""
    texts = [u for u in units if u.language == said.language]
    # A claim in another language has strong words of its own ("pas" is "only"): the text itself decides, where we can read it.
    read = texts if any(not u.claim for u in texts) else units
    there = frozenset().union(*(u.folded for u in read))
    words = [t.folded for t in said.tokens]
    for group in lists()["quantities"]:
        if any(w in group for w in words) and not any(w in group for w in there):
            return "quantity"
    for one, other in lists()["opposites"]:
        for mine, theirs in ((one, other), (other, one)):
            if any(w in mine for w in words) and not any(w in mine for w in there) and any(w in theirs for w in there):
                return "opposite"
    return ""
