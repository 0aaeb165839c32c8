"""The five documents themselves, where they are on this machine. Nothing of their text stands here."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from ingest.manifest import file_sha256
from ingest.notes import fold
from ingest.records import Document
from tests.ingest.conftest import FIVE, ROOT

Real = dict[str, tuple[Document, list[str]]]
EACH = pytest.mark.parametrize("name", FIVE)


@EACH
def test_the_file_is_the_one_our_notes_were_made_for(real: Real, name: str) -> None:
    document, _ = real[name]
    assert document.present and document.sha256 == document.source.sha256


@EACH
def test_every_passage_is_an_exact_slice_with_an_id_of_its_own(real: Real, name: str) -> None:
    document, _ = real[name]
    assert document.passages
    assert [p.id for p in document.passages if p.text != document.text[p.start : p.end] or not p.text.strip()] == []
    assert len({p.id for p in document.passages}) == len(document.passages)
    assert {p.section for p in document.passages} <= {s.id for s in document.sections}


@EACH
def test_passages_do_not_overlap_and_are_of_a_size_to_read(real: Real, name: str) -> None:
    passages = sorted(real[name][0].passages, key=lambda p: p.start)
    assert [b.id for a, b in itertools.pairwise(passages) if b.start < a.end] == []
    assert [p.id for p in passages if len(p.text.split()) > 300] == []


@EACH
def test_every_note_finds_its_passage_and_every_anchor_stands_in_it(real: Real, name: str) -> None:
    document, lost = real[name]
    assert document.notes and lost == []
    texts = {p.id: fold(p.text)[0] for p in document.passages}
    begins = {n.id: fold(n.anchor)[0].strip().split(" ")[0] for n in document.notes if n.anchor}
    assert [n.id for n in document.notes if n.anchor and begins[n.id] not in texts[n.passage or ""]] == []


@EACH
def test_sections_are_in_order_and_unique(real: Real, name: str) -> None:
    sections = real[name][0].sections
    assert len({s.id for s in sections}) == len(sections)
    assert all(a.end == b.start for a, b in itertools.pairwise(sections))
    assert sections[0].start == 0 and sections[-1].end == len(real[name][0].text)


@EACH
def test_no_word_is_left_broken_and_no_character_hidden(real: Real, name: str) -> None:
    text = real[name][0].text
    assert not re.search(r"\w-\n\w", text)
    assert not re.search("[\u00ad\u200b-\u200f\u202a-\u202e\r\f]", text)


@EACH
def test_nearly_every_word_of_the_file_is_in_the_text(real: Real, real_folder: Path, name: str) -> None:
    raw = (real_folder / f"{name}.txt").read_text("utf-8")
    letters = re.sub(r"[\W\d_]+", "", re.sub(r"^\s*(?:https?://|www\.)\S+\s*$", "", raw, flags=re.M))  # bare links are left out
    kept = re.sub(r"[\W\d_]+", "", real[name][0].text)
    assert len(kept) > 0.97 * len(letters)


def test_section_numbers_of_the_table_of_contents_are_all_in_the_tree(real: Real, real_folder: Path) -> None:
    raw = (real_folder / "verberkt-2015.txt").read_text("utf-8").split("\nVoorwoord\n")[0]
    listed = re.findall(r"^(\d(?:\.\d)*)\.? .*\t\d+$", raw, re.M)
    assert len(listed) > 35
    assert set(listed) - {s.id for s in real["verberkt-2015"][0].sections} == set()


# Headings as they stand in the documents, read by hand: numbers ("2.4.1-5" is five of them), and those without a number.
NUMBERED = {
    "innovatiecapaciteit-2021": "1 1.1-5 2 2.1-4 2.4.1-5 3 3.1-7 3.2.1-2 3.3.1-1 4 4.1-4 4.1.1-7 4.2.1-7 4.4.1-7 5 5.1-4",
    "meijer-vanberlo-2012": "",
    "mulder-2019": "2.1-6",
    "station10-2019": "1 2 3 4 5 6",
    "verberkt-2015": "1 1.1-5 1.2.1-2 2 2.1-5 2.1.1-2 2.2.1-1 2.3.1-5 2.4.1-4 3 3.1-4 3.1.1-1 3.3.1-4 4 4.1-8 4.3.1-4 4.5.1-4 "
    "5 5.1-5 5.1.1-4 5.2.1-4 5.3.1-4 5.4.1-4 5.5.1-3 6 6.1-7 6.1.1-3 6.2.1-3 6.3.1-3 6.4.1-3 6.5.1-3 6.6.1-3 7 7.1-2 7.1.1-2 7.2.1-3",
}
UNNUMBERED = {
    "innovatiecapaciteit-2021": "Achtergrond|Bijlage 1: Interview vragenlijst|Data- en kennismanagement"
    "|Informatie vooraf|Leiderschap|Leren|Netwerk"
    "|Organisatie|Samenvatting",
    "meijer-vanberlo-2012": "Ambtenaren als innovatoren|Barrières voor innovatie|Herwaarderen van de bureaucratie|Innovatiestrategieën"
    "|Kleurloze of innovatieve ambtenaren?|Kritische kanttekeningen|Noten|Strategie 1: Radicale organisatieverandering"
    "|Strategie 2: Gerichte herinrichting van de organisatie|Strategie 3: Creëren van incentives voor innovatie"
    "|Strategie 4: Ambtenaren creëren zelf ruimte voor innovatie|Succesvolle voorbeelden",
    "mulder-2019": "De inrichting van digitaal innovatiemanagement|De richting van digitaal innovatiemanagement"
    "|De verrichting van digitaal innovatiemanagement|Digitale innovatie binnen gemeenten|Experimenteren"
    "|Het borgen van publieke waarden|Het ontwikkelen van beleid|Hightech en lowtech|Incrementeel en radicaal"
    "|Innovatie van de eigen organisatie|Interne en externe innovaties|Kansen pakken|Niet kunnen|Niet weten|Niet willen"
    "|Risico’s verzachten|Samenwerken en leren|Technologische en sociale innovatie|Waarderen|We hebben concrete plannen"
    "|We hebben geen idee|We moeten iets, maar wat?",
    "station10-2019": "Innovatie bij gemeenten: Van elkaar leren|Omgaan met innovatie|Overzicht serie artikelen",
    "verberkt-2015": "Belemmering: Bureaucratische structuur|Bijlage 1: Overzicht respondenten diepteinterviews"
    "|Bijlage 2: Overzicht respondenten verkennende gesprekken|Bijlage 3: Topiclijst|Bijlagen|De gemeente Utrecht|Empirie"
    "|Inhoud|Institutionele innovatie|Institutionele innovatie|Literatuur|Ontstaan innovatie|Pilot|Samenvatting"
    "|Suggesties voor verder onderzoek|Theoretisch kader|Voorwoord",
}


def spread(numbers: str) -> list[str]:
    """Return "1 2.1-3" as 1, 2.1, 2.2 and 2.3."""
    found: list[str] = []
    for part in numbers.split():
        head, _, last = part.partition("-")
        stem, _, first = head.rpartition(".")
        found += [f"{stem}.{n}" for n in range(int(first), int(last) + 1)] if last else [head]
    return found


@EACH
def test_the_sections_are_the_headings_of_the_document_and_no_others(real: Real, name: str) -> None:
    numbered = [s.id for s in real[name][0].sections if re.fullmatch(r"[\d.]+", s.id)]
    assert sorted(numbered) == sorted(spread(NUMBERED[name]))
    assert sorted(s.title for s in real[name][0].sections if s.id not in numbered) == UNNUMBERED[name].split("|")


def test_the_four_strategies_are_sections(real: Real) -> None:
    titles = [s.title for s in real["meijer-vanberlo-2012"][0].sections if re.match(r"Strategie \d", s.title)]
    assert len(titles) == 4


def test_every_table_caption_is_in_a_passage(real: Real, real_folder: Path) -> None:
    raw = (real_folder / "verberkt-2015.txt").read_text("utf-8")
    captions = re.findall(r"^Tabel (?:\d+|[IVX]+): .+$", raw, re.M)
    assert len(captions) > 28
    texts = [fold(p.text)[0] for p in real["verberkt-2015"][0].passages]
    assert [c for c in captions if not any(fold(c)[0].strip() in t for t in texts)] == []


def test_contents_and_literature_are_in_no_passage(real: Real) -> None:
    passages = real["verberkt-2015"][0].passages
    assert [p.id for p in passages if p.section in {"inhoud", "literatuur"}] == []
    assert [p.id for p in passages if re.search(r"\.{5,}\t?\d+$", p.text, re.M)] == []


def test_records_name_their_folder_and_file() -> None:
    assert sorted(p.parent.name for p in (ROOT / "corpus").glob("*/source.yaml")) == sorted(FIVE)


def test_hashes_in_the_records_are_those_of_the_files(real: Real, real_folder: Path) -> None:
    assert {n: d.source.sha256 for n, (d, _) in real.items()} == {n: file_sha256(real_folder / f"{n}.txt") for n in FIVE}
