from __future__ import annotations

from typing import Any

import pytest

from assistant.apa import footnote, reference
from assistant.records import Citation, Language
from ingest.manifest import entries
from ingest.records import Source
from tests.conftest import ROOT

SHIPPED = {entry.source.id: entry.source for entry in entries(ROOT / "corpus", [])}
NAMED = Source(id="x", title="Proef.", author="N. Abspoel", year=2020)


def cite(section: str = "1 Begin › 1.2 Midden", page: int | None = 4, basis: Any = "document") -> Citation:
    return Citation(
        n=1,
        passage="x:1.2:1",
        source="x",
        title="Proef",
        author="N. Abspoel",
        year=2020,
        section=section,
        page=page,
        start=0,
        end=1,
        quote="",
        text="",
        basis=basis,
    )


@pytest.mark.parametrize(
    ("source", "language", "shown"),
    [
        (NAMED, "nl", "N. Abspoel. (2020). Proef."),
        (Source(id="x", title="Proef", author="", year=None), "nl", "Proef. (z.d.)."),
        (Source(id="x", title="Proef", author="Auteur niet genoemd", year=None), "en", "Proef. (n.d.)."),
        (SHIPPED["innovatiecapaciteit-2021"], "nl", "Innovatiecapaciteit in gemeentes: ATELIER en RUGGEDISED [Masterscriptie]. (2021)."),
        (SHIPPED["verberkt-2015"], "en", "Verberkt, L. C. (2015). Institutionele innovatie [Master's thesis, Universiteit Utrecht]."),
    ],
)
def test_references(source: Source, language: Language, shown: str) -> None:
    assert reference(source, language) == shown


def test_a_footnote_names_section_and_page() -> None:
    assert footnote(cite(), NAMED, "nl") == "N. Abspoel. (2020). Proef, paragraaf 1.2 Midden, p. 4."
    assert footnote(cite("Begin › Wat hielp", None), NAMED, "en") == "N. Abspoel. (2020). Proef, under “Wat hielp”."
    assert footnote(cite("", None), None, "nl") == "N. Abspoel. (2020). Proef."
    assert footnote(cite(basis="notes"), NAMED, "nl").endswith("het document zelf is niet toegevoegd.")


def test_every_document_of_ours_has_a_reference_of_its_own() -> None:
    found = {reference(source, "nl") for source in SHIPPED.values()}
    assert len(found) == len(SHIPPED) >= 5 and not any("onbekend" in text for text in found)
