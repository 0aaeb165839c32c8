"""Is the page that a citation names the one on which its quote begins?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from ingest.pages import shown


class Sheet(NamedTuple):
    """A sheet of a file (1 = first), the number printed on it, and the text that stands on it."""

    number: int
    label: str
    text: str


@lru_cache(maxsize=20000)
def _letters(text: str) -> str:
    """Letters and figures alone: a PDF breaks words and moves blanks."""
    return re.sub(r"[\W_]+", "", text).lower()


def sheets_of(quote: str, sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets on which a quote begins: one, none when it is nowhere, more when it stands in several places."""
    wanted, whole = _letters(quote), "".join(_letters(sheet.text) for sheet in sheets)
    found: list[Sheet] = []
    at = whole.find(wanted) if wanted else -1
    while at >= 0:
        end = 0
        for sheet in sheets:
            end += len(_letters(sheet.text))
            if at < end:
                found += [sheet] if sheet not in found else []
                break
        at = whole.find(wanted, at + 1)
    return found


def pages_exact(citations: Sequence[Mapping[str, Any]], sheets: Mapping[str, Sequence[Sheet]]) -> float | None:
    """Return the share of citations that name sheet and page right, or None when of none of them the page is known.

    A quote that stands on several sheets may name any of them; one that stands on none (a footnote, which is set apart) is left out.
    """
    right = []
    for citation in citations:
        places = sheets_of(citation["quote"], sheets.get(citation["source"], ()))
        if places:
            named = (citation.get("sheet"), citation.get("page"))
            right.append(any(named == (place.number, shown(place.number, place.label)) for place in places))
    return sum(right) / len(right) if right else None
