"""References in APA style (7th edition), Dutch or English; a work without a named author begins with its title."""

from __future__ import annotations

import re

from assistant.messages import message
from assistant.records import Citation, Language
from ingest.records import Source

NO_AUTHOR = frozenset({"", "Auteur niet genoemd", "Auteur onbekend"})
_ENGLISH = {"Masterscriptie": "Master's thesis", "Bachelorscriptie": "Bachelor's thesis", "Proefschrift": "Doctoral dissertation",
            "hoofdstuk": "chapter", "z.d.": "n.d."}  # fmt: skip
_NUMBERED = re.compile(r"\d+(?:\.\d+)*\b")


def reference(source: Source, language: Language) -> str:
    """Return the reference to a document: as its record has it, else made from author, year and title."""
    if source.citation:
        if language == "nl":
            return source.citation
        return re.sub("|".join(map(re.escape, _ENGLISH)), lambda found: _ENGLISH[found[0]], source.citation)
    year = str(source.year) if source.year else message("apa_no_year", language)
    title = source.title.rstrip(".")
    if source.author in NO_AUTHOR:
        return f"{title}. ({year})."
    return f"{source.author.rstrip('.')}. ({year}). {title}."


def footnote(citation: Citation, source: Source | None, language: Language) -> str:
    """Return the reference to a passage: its document, section and page."""
    named = source or Source(id=citation.source, title=citation.title, author=citation.author, year=citation.year)
    section = citation.section.split(" › ")[-1].strip()
    place = message("apa_section" if _NUMBERED.match(section) else "apa_under", language, section=section) if section else ""
    page = message("apa_page", language, page=citation.printed) if citation.printed else ""
    told = ", ".join(filter(None, [reference(named, language).rstrip("."), place, page])) + "."
    return told if citation.basis == "document" else f"{told} {message('apa_summarised', language)}"
