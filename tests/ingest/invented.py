"""A report that nobody wrote: chapters, sections, lists, a table, footnotes and quotations, the same at every call."""

from __future__ import annotations

import random

from ingest.records import Block

_WHO = "De gemeenteraad|Het wijkteam|De afdeling vergunningen|De projectleider|Een groep bewoners|De wethouder|De informatiemanager".split(
    "|"
)
_DOES = "onderzoekt|bespreekt|ontwikkelt|vernieuwt|beoordeelt|organiseert|verantwoordt".split("|")
_WHAT = (
    "de samenwerkingsovereenkomst met de woningcorporatie|het parkeerbeleid rond de binnenstad|een proeftuin voor energiebesparing"
    "|de dienstverlening aan ondernemers|een oost-west verbinding voor fietsers|de gegevensuitwisseling met de GGD"
    "|het burgerinitiatief aan de Kanaalstraat|de verantwoordelijkheidsverdeling tussen bestuurders en ambtenaren"
).split("|")
_HOW = (
    "zonder dat daar vooraf budget voor was|omdat de eerdere aanpak weinig opleverde|met hulp van een onderzoeksbureau uit Zwolle"
    "|terwijl de begroting nog niet was vastgesteld|nadat 37 procent van de huishoudens had gereageerd"
    "|in overleg met de provincie (zie par. 2.1)"
    "|zoals in 2017 was afgesproken|hoewel niet iedereen daarvan overtuigd was"
).split("|")
_THEN = "Daarna volgde|Dat leidde tot|Het gevolg was|Tegelijk ontstond|Uiteindelijk kwam er".split("|")
_RESULT = (
    "een tussentijdse evaluatie|meer onderling vertrouwen|een meningsverschil over de kosten|een vervolgopdracht voor twee jaar"
    "|een werkwijze die ook elders bruikbaar bleek|uitstel tot na de zomer"
).split("|")
_TITLES = "Aanleiding|Werkwijze in de wijken|Samenwerking|Weerstand en steun|Kosten en baten|Geleerde lessen|Wat er misging|Vervolg".split(
    "|"
)


def report(chapters: int = 3, seed: int = 7) -> list[Block]:
    """Return the blocks of the report, in the order in which a reader meets them; footnotes follow their paragraph."""
    chance = random.Random(seed)
    blocks: list[Block] = []
    note = 0

    def sentence() -> str:
        plain = f"{chance.choice(_WHO)} {chance.choice(_DOES)} {chance.choice(_WHAT)}, {chance.choice(_HOW)}."
        number = chance.randint(2, 9999)
        return (
            plain
            if chance.random() < 0.6
            else f"{chance.choice(_THEN)} {chance.choice(_RESULT)}, met {number} {chance.choice(_WHAT).split()[-1]}."
        )

    def paragraph() -> str:
        return " ".join(sentence() for _ in range(chance.randint(2, 7)))

    for chapter in range(1, chapters + 1):
        blocks.append(Block("heading", chance.choice(_TITLES), 1, str(chapter)))
        blocks.append(Block("paragraph", paragraph()))
        for section in range(1, chance.randint(3, 5)):
            blocks.append(Block("heading", chance.choice(_TITLES), 2, f"{chapter}.{section}"))
            for _ in range(chance.randint(2, 4)):
                text = paragraph()
                if chance.random() < 0.4:
                    note += 1
                    text = f"{text[:-1]}{text[-1]}{note}"
                    blocks.append(Block("paragraph", text))
                    blocks.append(
                        Block("footnote", f"{note} Zie {chance.choice(_RESULT)} van {chance.randint(2001, 2020)}, blz. {note + 12}.")
                    )
                else:
                    blocks.append(Block("paragraph", text))
            if chance.random() < 0.5:
                blocks.append(Block("paragraph", "Drie dingen maakten het verschil:"))
                blocks += [Block("item", f"• {sentence()}") for _ in range(3)]
            if section == 2:
                blocks.append(Block("caption", f"Tabel {chapter}: Overzicht van de uitkomsten"))
                rows = [f"{chance.choice(_TITLES)} {n}\t{chance.choice(_RESULT).capitalize()}\t{n * 11} %" for n in range(1, 6)]
                blocks.append(Block("table", "\n".join(["Onderdeel\tUitkomst\tAandeel", *rows])))
    return blocks
