"""A sentence that is nearly one of the passage's own, with a name, a figure or a negation changed: the most deceptive kind."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from assistant.writing.evidence import holds_name
from assistant.writing.tokens import Token, Unit, negated

_COPY = 0.7  # share of a sentence that stands in one unit in the same order: then it is that unit, edited
_EDIT = 4  # words of one edit


def edited(said: Unit, units: Sequence[Unit]) -> str:
    """Return what is wrong with a sentence that is nearly one of the units: another name or figure, or a negation more or less.

    "" when one of the units that it nearly is allows it, or when there is no such unit.
    """
    found = ""
    for unit in (u for u in units if u.language == said.language):
        mine, theirs = [t.folded for t in said.tokens], [t.folded for t in unit.tokens]
        matcher = SequenceMatcher(None, theirs, mine, autojunk=False)
        if sum(block.size for block in matcher.get_matching_blocks()) < _COPY * len(mine):
            continue
        codes = matcher.get_opcodes()
        problem = _taken_over(unit.tokens, said.tokens)
        softened = negated(tuple(t for t in said.tokens if t.folded not in unit.folded))[1]
        for at, (kind, a, b, c, d) in enumerate(codes):
            outside = kind == "delete" and at in {0, len(codes) - 1}  # the unit says more before or after
            if kind != "equal" and not outside:
                problem = problem or _edit(unit.tokens[a:b], said.tokens[c:d], softened)
        if not problem:
            return ""
        found = found or problem
    return found


def _edit(theirs: tuple[Token, ...], mine: tuple[Token, ...], softened: bool) -> str:
    """Return what is wrong with words that took the place of others; either may be empty.

    `softened`: the sentence has a word of its own, somewhere, that comes near to a negation ("refused").
    """
    if len(theirs) <= 2 * _EDIT:
        for problem in ("number", "name"):
            new, old = _facts(mine, problem), _facts(theirs, problem)
            if new and old and not any(holds_name(old, n) for n in new):
                return problem
    if len(theirs) > _EDIT or len(mine) > _EDIT:
        return ""
    hard, (was_hard, was_soft) = negated(mine)[0], negated(theirs)
    return "negation" if hard != was_hard and not (softened if was_hard else was_soft) else ""


def renamed(said: Unit, units: Sequence[Unit]) -> str:
    """Return "name" when a name follows a word that, in the passages, comes before other names only ("wijk Waterdam")."""
    there: dict[str, set[str]] = {}
    for unit in units:
        for word, name in _called(unit):
            there.setdefault(word, set()).add(name)
    wrong = (word in there and not holds_name(frozenset(there[word]), name) for word, name in _called(said))
    return "name" if any(wrong) else ""


def _called(unit: Unit) -> list[tuple[str, str]]:
    pairs = pairwise(unit.tokens)
    return [(a.folded, b.folded) for a, b in pairs if a.kind == "word" and not a.capital and b.kind == "name" and a.clause == b.clause]


def _facts(words: tuple[Token, ...], problem: str) -> frozenset[str]:
    if problem == "number":
        return frozenset(t.folded for t in words if t.kind == "figure")
    return frozenset(t.folded for t in words if t.capital and t.kind not in {"figure", "small"})


def _taken_over(theirs: tuple[Token, ...], mine: tuple[Token, ...]) -> str:
    """Return the problem when a name or figure stands between the very words that another one stands between in the unit."""
    for problem in ("number", "name"):
        was = _between(theirs, problem)
        for place, facts in _between(mine, problem).items():
            if place in was and not any(holds_name(was[place], fact) for fact in facts):
                return problem
    return ""


def _between(words: tuple[Token, ...], problem: str) -> dict[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], frozenset[str]] = {}
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        if _facts((word,), problem):
            place = (before.folded, after.folded)
            found[place] = found.get(place, frozenset()) | {word.folded}
    return found
