"""The same question, put worse: how much of an answer's quality hangs on tidy words?

Every change follows from the question alone, so the same case is always changed in the same way.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence

from evals.cases import Case
from evals.stats import cluster
from ingest.analysis import STOPWORDS

_WORD = re.compile(r"[^\W\d_]+")
_ASIDES = {
    "nl": (
        "Ik heb morgen een overleg en moet dit vandaag nog weten.",
        "Een collega vroeg me dit net bij de koffie.",
        "Ik werk pas een paar weken hier, dus vergeef me als dit dom is.",
        "We zitten hier met zijn vieren achter een scherm.",
    ),
    "en": (
        "I have a meeting tomorrow and need to know this today.",
        "A colleague just asked me this over coffee.",
        "I have only worked here for a few weeks, so forgive me if this is silly.",
        "There are four of us here behind one screen.",
    ),
}


def _number(text: str, below: int) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4]) % below


def typo(text: str, language: str) -> str:
    """Swap two neighbouring letters inside one of the two longest words that carry meaning."""
    words = [m for m in _WORD.finditer(text) if len(m.group()) >= 5 and m.group().lower() not in STOPWORDS[language]]
    if not words:
        return text
    longest = sorted(words, key=lambda m: (-len(m.group()), m.start()))[:2]
    chosen = longest[_number(text, len(longest))]
    word = chosen.group()
    at = 1 + _number(word, len(word) - 2)
    places = [*range(at, len(word) - 1), *range(1, at)]
    at = next((i for i in places if word[i] != word[i + 1]), at)
    return text[: chosen.start()] + word[:at] + word[at + 1] + word[at] + word[at + 2 :] + text[chosen.end() :]


def keywords(text: str, language: str) -> str:
    """Keep only the words that carry meaning, without punctuation."""
    kept = [w for w in re.findall(r"[\w.,'’-]*\w", text) if w.lower() not in STOPWORDS[language]]
    return " ".join(kept) or text


def lower(text: str, language: str) -> str:
    """Write everything in lower case, and leave out the question mark."""
    return text.lower().rstrip("?! ")


def aside(text: str, language: str) -> str:
    """Put a sentence before the question that has nothing to do with it."""
    return f"{_ASIDES[language][_number(text, len(_ASIDES[language]))]} {text}"


CHANGES: dict[str, Callable[[str, str], str]] = {"typo": typo, "keywords": keywords, "lower": lower, "aside": aside}


def sample(cases: Sequence[Case], most: int = 80) -> list[Case]:
    """Return at most `most` cases, spread over all, a question always with its translation."""
    names = list(dict.fromkeys(cluster(c.id) for c in cases))
    kept = set(names[:: max(1, -(-len(cases) // most))])
    return [c for c in cases if cluster(c.id) in kept]


def perturbed(cases: Sequence[Case], change: str) -> list[Case]:
    """Return the cases with their question (or last turn) changed; a case that the change leaves as it is stays in."""
    made = []
    for case in cases:
        text = CHANGES[change](case.asked, case.lang)
        made.append(case.model_copy(update={"turns": [*case.turns[:-1], text]} if case.turns else {"question": text}))
    return made


def translated(scores: dict[str, dict[str, float]], metric: str) -> tuple[dict[str, float], dict[str, float]]:
    """Return (as asked, asked in the other language) per case that has a translation: the fifth change needs no new run."""
    own, other = {}, {}
    for name, row in scores.items():
        twin = name[:-2] + {"nl": "en", "en": "nl"}.get(name[-2:], "--")
        if metric in row and metric in scores.get(twin, {}):
            own[name], other[name] = row[metric], scores[twin][metric]
    return own, other
