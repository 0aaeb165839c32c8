"""Every cell of every table in the five documents is found with its row, column and table. Nothing long of them stands here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.clean import squeeze, without_tags
from ingest.notes import fold
from ingest.records import Document

Real = dict[str, tuple[Document, list[str]]]
CAPTION = re.compile(r"\*?(Tabel (?:\d+|[IVX]+)): (.*?)\*?$")

# Tables that a program flattened to loose lines: table, column headers, and per row its name and the beginnings of its cells.
FLAT = {
    "innovatiecapaciteit-2021": [
        (
            "tabel 1",
            ("Toelichting", "Indicatoren"),
            {
                "Leiderschap": (
                    "Transformationeel, verbindend",
                    "Aanwezigheid van een innovatiestrategie",
                    "Een leider (of directie)",
                    "Inspireren, motiveren",
                    "Het verwerven van politieke steun",
                ),
                "Organisatie": ("Een innovatief organisatieklimaat", "Personeel is niet bang", "Er worden middelen", "Een goede interne"),
                "Kennismanagement": ("Gemeentes met een vrije stroom", "Ideeën, kennis, fondsen", "Er zijn informele netwerken"),
                "Netwerk": (
                    "De aanwezigheid van sterke",
                    "Er wordt samengewerkt",
                    "Er wordt gebruik gemaakt",
                    "De aanwezigheid van sociaal",
                ),
                "Leren": (
                    "Innovatie kan niet plaatsvinden",
                    "Er is een leeromgeving",
                    "Aanwezigheid van een reflectieve",
                    "Personeel staat open",
                ),
            },
        ),
        (
            "tabel 2",
            ("Participant", "Identifier"),
            {
                f"R{n}": (name,)
                for n, name in enumerate(
                    (
                        "Mede-oprichter energienetwerk",
                        "Betrokkene ATELIER",
                        "Medewerker WAAG",
                        "Projectcoördinator ATELIER",
                        "Betrokkene ATELIER",
                        "Ontwikkelaar Republica",
                        "Oud-bestuurslid",
                        "Betrokkene RUGGEDISED",
                        "Innovation officer",
                        "Projectleider RUGGEDISED",
                        "Programmamanager RUGGEDISED",
                        "Technisch coördinator",
                        "RET - Coördinator",
                    ),
                    1,
                )
            },
        ),
        (
            "tabel 3",
            ("Codegroep", "Code"),
            {
                "Leren": ("Evaluatie", "Lerende organisatie", "Leeromgeving"),
                "Netwerk": ("Sociaal kapitaal", "Participatieve benadering", "Diverse externe actoren"),
                "Kennismanagement": ("Kennisnetwerk", "Nieuwe kennis", "Kennisdeling"),
                "Organisatie": ("Interne communicatie", "Middelen t.b.v. innovatie", "Stimuleren van innovatie"),
                "Leiderschap": ("Politieke steun", "Rol van directie", "Ambitie/visie"),
                "Aanvullend": ("Overig", "Algemeen"),
            },
        ),
        (
            "tabel 4",
            ("Amsterdam", "Rotterdam"),
            {
                "Algemeen": ("De gemeente Amsterdam heeft een centraal", "De gemeente Rotterdam heeft drie"),
                "Leiderschap": (
                    "Leiders moeten volgens",
                    "Het College erkent",
                    "Er ontbreken kaders",
                    "Een duidelijke visie",
                    "Het gemeentebestuur en",
                    "Flexibiliteit in",
                ),
                "Organisatie": (
                    "De organisatie is sterk",
                    "De omvang van",
                    "De meeste ambtenaren",
                    "Een groot deel",
                    "Een kleine groep",
                    "Sterke focus op",
                    "De interne communicatie binnen",
                ),
                "Kennismanagement": (
                    "Kennis uit netwerken",
                    "Het CTO heeft een sterk",
                    "Kennisdeling vindt plaats",
                    "Het wordt binnen",
                    "Kennisdeling via",
                    "Kennis blijft hangen",
                    "Ook fouten en",
                    "Er is behoefte aan een informatiemakelaar",
                    "Kennis zit enkel",
                    "Lokale context",
                ),
                "Netwerk": (
                    "In ATELIER wordt",
                    "Burgerparticipatie wordt als",
                    "Er is een internationaal",
                    "Netwerken zoals 02025",
                    "Medewerkers van de gemeente zitten",
                    "De gemeente heeft een eigen",
                    "Burgerparticipatie heeft niet",
                    "Vertrouwen tussen",
                ),
                "Leren": (
                    "Er wordt in projecten te weinig",
                    "De focus moet liggen",
                    "Projecten missen",
                    "Er is te weinig tijd om",
                    "Rapporten met geleerde",
                    "Het vertalen van",
                    "Er is extra tijd",
                    "De focus moet volgens",
                ),
                "Overig": (
                    "Een missiegedreven aanpak",
                    "Een bredere verkenning",
                    "Europese projecten hebben",
                    "Functioneel specificeren",
                    "Er is behoefte aan een verschuiving",
                    "De grote administratieve",
                ),
            },
        ),
    ],
    "mulder-2019": [
        (
            "tabel 2.1",
            ("doelgroep van binnen", "doelgroep van buiten"),
            {
                "technologie van binnen": (
                    "Bedrijfsmatige inzet",
                    "Data-analyse bij bedrijfsvoering, natural language",
                    "Chatbot in klantcontactcentrum, opendata",
                ),
                "technologie van buiten": ("Hulp van buiten", "burgermeetnet", "De maatschappij gaat", "Google navigatiesysteem, Whatsapp"),
            },
        ),
        (
            "tabel 2.2",
            (),  # its columns stand below each other
            {
                "Versnellers": ("De opbrengsten zijn hoger", "Grote externe druk", "Alle processen zijn"),
                "Vertragers": ("De ethische discussie", "Het benodigde verander", "Beperkte kijk op"),
            },
        ),
        (
            "Managementmodellen",
            ("Meer", "Beter", "Anders"),
            {
                "Scope ICT": ("Out-of-office", "Frontoffice", "Backoffice"),
                "Inzet ICT": ("Dataficering", "Digitalisering", "Automatisering"),
                "Strategie": ("Transformatie", "Innovatie", "Optimalisatie"),
                "Middelpunt": ("Mens", "Klant", "Medewerker"),
                "Scope": ("De samenleving", "De overheid", "De organisatie"),
                "Ontwerpfocus": ("Ecosysteem", "Proces/keten", "Eenheid/silo"),
                "Innovaties": ("Game changers", "Betere diensten", "Goedkoper/sneller"),
                "Organisatie aanpassing": ("Shift in mindset", "Procesinrichting", "Herstructurering"),
                "Managementfocus": ("Leren/experimenteren", "Aanpassing/gebruik", "Controle/efficiëntie"),
            },
        ),
    ],
}


def searched(document: Document) -> list[str]:
    """What is searched of each passage: its text, its context, and our claims on it; folded."""
    claims: dict[str, list[str]] = {}
    for note in document.notes:
        claims.setdefault(note.passage or "", []).extend(claim.nl for claim in note.claims)
    return [fold(without_tags("\n".join([p.context, p.text, *claims.get(p.id, [])])))[0] for p in document.passages]


def holds(text: str, *parts: str) -> bool:
    return all(fold(without_tags(part))[0].strip() in text for part in parts)


def tables(raw: str) -> list[tuple[str, list[list[str]]]]:
    """Return (caption, rows) of the tables of Verberkt; those without tabs have one column."""
    found: list[tuple[str, list[list[str]]]] = []
    lines = raw.split("\n")
    for at, line in enumerate(lines):
        if not CAPTION.match(line.strip()):
            continue
        body = [part for part in lines[at + 1 : at + 3] if part.strip()][:1]
        start = lines.index(body[0], at + 1)
        end = next(i for i in range(start, len(lines)) if not lines[i].strip())
        found.append((line.strip(), [[squeeze(without_tags(c)) for c in row.split("\t")] for row in lines[start:end]]))
    return found


def test_every_table_of_verberkt_is_there(real_folder: Path) -> None:
    names = [CAPTION.match(caption).group(1) for caption, _ in tables((real_folder / "verberkt-2015.txt").read_text("utf-8"))]  # type: ignore[union-attr]
    assert set(names) >= {f"Tabel {n}" for n in (*range(1, 27), "II", "III", "IV")}


def test_every_cell_of_verberkt_is_found_with_its_row_column_and_table(real: Real, real_folder: Path) -> None:
    texts = searched(real["verberkt-2015"][0])
    lost, cells = [], 0
    for caption, rows in tables((real_folder / "verberkt-2015.txt").read_text("utf-8")):
        header, name = rows[0], ""
        for row in rows[1:]:
            name = row[0] or name
            for column, cell in enumerate(row):
                if cell and column < len(header):
                    cells += 1
                    if not any(holds(text, caption, header[column], name, cell) for text in texts):
                        lost.append((caption, header[column], name, cell))
    assert cells > 350 and lost == []


@pytest.mark.parametrize("name", FLAT)
def test_every_cell_of_a_flattened_table_is_found_with_its_row_columns_and_table(real: Real, name: str) -> None:
    texts = searched(real[name][0])
    lost = [
        (table, row, cell)
        for table, columns, rows in FLAT[name]
        for row, cells in rows.items()
        for cell in cells
        if not any(holds(text, table, *columns, row, cell) for text in texts)
    ]
    assert lost == []


# Of table 4 the text has lost which cell stands in which column; our claims on it tell. The cells in the column of Rotterdam:
ROTTERDAM = (
    "De gemeente Rotterdam heeft|Een duidelijke visie|Het gemeentebestuur en|Flexibiliteit in|Een groot deel|Een kleine groep"
    "|Sterke focus op|De interne communicatie binnen|Het wordt binnen|Kennisdeling via|Kennis blijft hangen|Kennis zit enkel|Lokale context"
    "|Medewerkers van de gemeente zitten|De gemeente heeft een eigen|Burgerparticipatie heeft niet|Vertrouwen tussen|Rapporten met"
    "|Het vertalen van|Er is extra tijd|De focus moet volgens|Functioneel specificeren|Er is behoefte aan een verschuiving|De grote admin"
).split("|")


def test_every_cell_of_table_4_is_told_for_its_own_city(real: Real) -> None:
    document = real["innovatiecapaciteit-2021"][0]
    cells = [cell for cells in FLAT["innovatiecapaciteit-2021"][3][2].values() for cell in cells]
    assert len([c for c in cells if c.startswith(tuple(ROTTERDAM))]) == len(ROTTERDAM) == len(cells) - 23
    told = {p.id: [c.nl for n in document.notes if n.passage == p.id for c in n.claims if "abel 4" in c.nl] for p in document.passages}
    lost = []
    for cell in cells:
        city = "Rotterdam" if cell.startswith(tuple(ROTTERDAM)) else "Amsterdam"
        if not any(holds(fold(p.text)[0], cell) and any(city in claim for claim in told[p.id]) for p in document.passages):
            lost.append((city, cell))
    assert lost == []
