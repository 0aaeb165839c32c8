from ingest.context import Contexts
from ingest.records import Block
from ingest.structure import build


def contexts(*blocks: Block) -> tuple[Contexts, list[int], int]:
    text, _, placed = build(list(blocks), "t", "s")
    return Contexts(placed), [p.start for p in placed], len(text)


def test_items_bring_the_lead_in_of_their_list() -> None:
    found, starts, end = contexts(
        Block("paragraph", "Een zin vooraf. Drie dingen hielpen:"),
        *(Block("item", f"• ding {n}") for n in range(3)),
        Block("paragraph", "Slot."),
    )
    assert [found.of(start, end) for start in starts] == ["", *["Drie dingen hielpen:"] * 3, ""]


def test_a_list_without_a_lead_in_has_no_context() -> None:
    found, starts, end = contexts(Block("paragraph", "Een zin."), Block("item", "• ding"))
    assert found.of(starts[1], end) == ""


def test_a_flattened_table_brings_its_caption_header_and_row() -> None:
    found, starts, end = contexts(
        Block("paragraph", "Hieronder staat tabel 3 met de uitkomsten."),
        *(Block("paragraph", text) for text in ("Onderwerp Code", "Leiderschap", "Visie en richting")),
        *(Block("item", f"• punt {n}") for n in range(3)),
        Block("caption", "Tabel 3: Codes"),
        Block("paragraph", "Daarna gaat het verder."),
    )
    assert found.of(starts[4], starts[6]) == "Tabel 3: Codes\nOnderwerp Code\nVisie en richting"
    assert found.of(starts[4], end) == "Onderwerp Code\nVisie en richting"  # the caption stands in the passage itself
    assert found.of(starts[0], end) == found.of(starts[8], end) == ""
