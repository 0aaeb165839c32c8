"""Sentence boundaries in Dutch and English, with character offsets.

Libraries break at "o.a.", "par." and "dr." and lose offsets; quotes need offsets, so the rules are ours.
"""

from __future__ import annotations

import re

_ABBREVIATIONS = frozenset(
    (
        "o.a a.o bijv bv b.v d.w.z dwz e.d e.v ev enz etc et al i.p.v ipv i.v.m ivm m.b.t m.a.w m.n n.a.v n.v.t nr nrs p pp par "
        "blz pag red resp t.a.v t.b.v t.o.v vgl vs zgn z.g.n dr drs mr ir ing prof dhr mw mevr st jr sr ca circa incl excl max "
        "min art lid vol no ed eds e.g i.e cf fig tab hfst a.h.v aug sept okt nov dec jan feb g.d z.d a.d.h.v j.l jl i.t.t itt"
    ).split()
)
_BREAK = re.compile(r"(?<=[.!?…])(['’\"”)*\]¹²³⁰⁴-⁹]*)(?:\s*\((?:[A-Z][^()]{2,80}?|R\d+[^()]*)\)\.?)?\s+(?=['‘\"“(*\[]*[A-ZÀ-Ý0-9•–-])")


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each sentence in `text`, end exclusive, in order. Line ends always break."""
    spans: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for match in _BREAK.finditer(text, line.start(), line.end()):
            head = text[start : match.start()].rstrip("'’\"”)*]¹²³⁰⁴⁵⁶⁷⁸⁹")
            word = re.search(r"([\w.]+)\.$", head)
            if word and text[match.start() - 1] == ".":
                bare = word.group(1).lower().strip(".")
                if bare in _ABBREVIATIONS or re.fullmatch(r"[a-z](\.[a-z])*", bare):
                    continue
            end = match.start() + len(match.group(0).rstrip())
            if text[start:end].strip():
                spans.append((start, end))
            start = match.end()
        if text[start : line.end()].strip():
            spans.append((start, line.end()))
    return [_trim(text, a, b) for a, b in spans]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
