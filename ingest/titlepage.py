"""What the first page of a PDF shows of the document: title, author, year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest import clean
from ingest.layout import Line

_AUTHOR = re.compile(r"(?i)^(?:auteurs?|authors?|door|by|naam|name|student)\s*(?::\s*|\s)(?=[^\W\d_])(.{3,80})$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def title_page(lines: Sequence[Line]) -> dict[str, str]:
    """Return the title, author and year that the first page shows, those that it does."""
    first = [line for line in lines if line.page == 1 and line.kind == "text"]
    data: dict[str, str] = {}
    if not first:
        return data
    largest = max(line.size for line in first)
    title = " ".join(line.text for line in first if line.size > 0.97 * largest)
    if largest > 1.25 * usual_line(lines) and 1 <= len(title.split()) <= 25 and not re.match(r"\d+(\.\d+)* ", title):
        data["title"] = clean.squeeze(title)
    if author := next((m.group(1) for line in first if (m := _AUTHOR.match(line.text.strip()))), ""):
        data["author"] = clean.squeeze(author)
    if years := _YEAR.findall(" ".join(line.text for line in first[:40])):
        data["year"] = years[-1]
    return data


def usual_line(lines: Sequence[Line]) -> float:
    """Return the letter size that most of the text has."""
    sizes: Counter[float] = Counter()
    for line in lines:
        if line.kind == "text":
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0
