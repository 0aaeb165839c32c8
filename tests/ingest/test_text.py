import pytest

from ingest.text import heading_of, read_text

LINE = "De gemeente overlegt met bewoners over de plannen voor de wijk en het"


def kinds(text: str) -> list[tuple[str, str]]:
    return [(b.kind, b.text) for b in read_text(text)]


def wrapped(*parts: str) -> str:
    """Parts between enough full lines to show that lines are broken at a width."""
    filler = "\n".join([LINE] * 45) + "\nwater."
    return "\n\n".join([filler, *parts])


@pytest.mark.parametrize(
    ("line", "level", "number", "title"),
    [
        ("1 Inleiding", 1, "1", "Inleiding"),
        ("4.3. Methoden van onderzoek", 2, "4.3", "Methoden van onderzoek"),
        ("2.4.1\tLeiderschap", 3, "2.4.1", "Leiderschap"),
        ("Hoofdstuk 2: Theorie", 1, "2", "Theorie"),
        ("Samenvatting", 1, None, "Samenvatting"),
        ("Literatuurlijst", 1, None, "Literatuurlijst"),
        ("Bijlage 1: Vragenlijst", 2, None, "Bijlage 1: Vragenlijst"),
        ("1.2 Évaluatie ", 2, "1.2", "Évaluatie"),
    ],
)
def test_headings(line: str, level: int, number: str | None, title: str) -> None:
    block = heading_of(line)
    assert block is not None
    assert (block.kind, block.level, block.number, block.text) == ("heading", level, number, title)


@pytest.mark.parametrize(
    "line",
    ["", "1. Dit is een punt in een lijst.", "2019 was een goed jaar", "3 personen deden mee", "2.1 " + "Woord " * 19, "De samenvatting"],
)
def test_these_are_no_headings(line: str) -> None:
    assert heading_of(line) is None


def test_an_empty_text_has_no_blocks() -> None:
    assert read_text("") == [] and read_text("\n \n\t\n") == []


def test_list_items_differ_from_headings() -> None:
    found = kinds(
        "1.1 Doel\n\nWe doen drie dingen:\n1. Eerst luisteren we goed.\n2. Dan proberen we iets.\n• een ander punt\n- nog een punt\na) slot"
    )
    assert found[0] == ("heading", "Doel")
    assert [k for k, _ in found[1:]] == ["paragraph", "item", "item", "item", "item", "item"]


def test_a_table_keeps_its_rows_and_cells_and_loses_tags() -> None:
    found = kinds("Tabel 1: Overzicht\n\nBelemmering\tStrategie\nTijd\t<ul><li>wachten</li></ul>\n\tdoorgaan\n")
    assert found == [("caption", "Tabel 1: Overzicht"), ("table", "Belemmering\tStrategie\nTijd\twachten\n\tdoorgaan")]


def test_a_caption_directly_above_its_table() -> None:
    assert kinds("Tabel II: Kosten\nPost\tBedrag\nHuur\t10") == [("caption", "Tabel II: Kosten"), ("table", "Post\tBedrag\nHuur\t10")]


def test_a_table_of_contents_is_set_apart() -> None:
    found = kinds(
        "Inhoud\n\nVoorwoord\t5\n1. Inleiding.....\t11\n1.1 Aanleiding.....\t11\n2. Theorie\t17\n\nVoorwoord\n\nDank aan wie meedeed."
    )
    assert [k for k, _ in found] == ["heading", "contents", "heading", "paragraph"]


def test_a_literature_list_is_set_apart_until_the_next_chapter() -> None:
    found = kinds(
        "Literatuur\n\nJansen, A. (2012). Een boek over bestuur. Utrecht: Uitgever.\n\nBijlagen\n\nDit is de bijlage, in een gewone zin."
    )
    assert [k for k, _ in found] == ["heading", "literature", "heading", "paragraph"]


def test_broken_lines_become_paragraphs_again() -> None:
    found = kinds(wrapped("Dit is een alinea die over\nmeer dan één regel gaat, met be-\nstuurders erin."))
    assert found[-1] == ("paragraph", "Dit is een alinea die over meer dan één regel gaat, met bestuurders erin.")


def test_few_lines_are_each_a_paragraph() -> None:
    assert len(read_text("\n".join([LINE] * 5) + "\nwater.")) == 6


def test_footnotes_move_behind_their_section() -> None:
    text = wrapped("Een zin met een noot.1", "1\t Zie Jansen (2012).", f"De tekst gaat hier verder.\n{LINE}\nwater.")
    found = kinds(text)
    assert found[-1] == ("footnote", "1 Zie Jansen (2012).")
    assert found[-2][1].startswith("De tekst gaat hier verder.")


def test_a_paragraph_cut_by_a_footnote_is_put_together() -> None:
    found = kinds(wrapped("Een zin die doorloopt op", "1\t Zie Jansen (2012).", "de volgende bladzijde."))
    assert ("paragraph", "Een zin die doorloopt op de volgende bladzijde.") in found


def test_a_form_feed_starts_a_page_with_its_heading() -> None:
    found = [b for b in read_text(wrapped(f"{LINE}\nwater.\f2 Aanpak\n{LINE}\nwater.")) if b.kind == "heading"]
    assert [(b.number, b.text) for b in found] == [("2", "Aanpak")]


def test_every_word_survives() -> None:
    text = wrapped("1.1 Kop", "• punt een\n• punt twee", "Tabel 1: Iets", "1\t Zie Jansen.", "slot")
    words = " ".join(f"{b.number or ''} {b.text}" for b in read_text(text)).split()
    assert sorted(words) == sorted(text.split())


def test_a_footnote_first_in_its_group_is_no_heading() -> None:
    found = kinds(wrapped("1\t Zie Jansen (2012).", "2\t Deze cijfers zijn ontleend aan eigen\n\t onderzoek van de gemeente."))
    assert [f for f in found if f[0] == "footnote"] == [
        ("footnote", "1 Zie Jansen (2012)."), ("footnote", "2 Deze cijfers zijn ontleend aan eigen onderzoek van de gemeente."),
    ]  # fmt: skip


def test_a_word_broken_at_a_page_end_is_mended() -> None:
    assert ("paragraph", "Zij werkt bij de afdeling bestuurswetenschap.") in kinds(
        wrapped("Zij werkt bij de afdeling bestuurs-", "wetenschap.")
    )
    assert ("paragraph", "Zij zorgt voor zorg- en welzijn.") in kinds(wrapped("Zij zorgt voor zorg-", "en welzijn."))


def test_the_labels_of_a_figure_above_a_page_are_no_heading() -> None:
    found = kinds(wrapped("Slimme stad", f"Slimme\ngemeente\n De vakken hierboven zijn vier.\n{LINE}\n{LINE}\nwater."))
    assert not [text for kind, text in found if kind == "heading"]
    assert any(text.startswith("De vakken hierboven") for _, text in found)


def test_a_question_above_a_paragraph_is_a_heading() -> None:
    assert ("heading", "Wat willen wij?") in kinds(wrapped("Een zin.", f"Wat willen wij?\n{LINE}\n{LINE}\nwater."))


def test_a_row_name_in_a_flattened_table_is_no_heading() -> None:
    cells = [f"• {LINE} {n}\n{LINE}.\n" for n in range(4)]
    found = kinds(wrapped(f"{LINE}.", "Leren", *cells[:2], "Netwerk", *cells[2:], "Tabel 4: Uitkomsten"))
    assert not [text for kind, text in found if kind == "heading"]
    assert ("heading", "Leren") in kinds(wrapped(f"{LINE}.", "Leren", *cells[:2], f"{LINE}\n" * 4 + "water.", "Tabel 4: Uitkomsten"))
    assert ("heading", "Leren") in kinds(wrapped(f"{LINE}.", "Leren", *cells, "Figuur 4: Uitkomsten"))


def test_a_paragraph_cut_by_a_table_without_lines_is_put_together() -> None:
    cells = ("Voor", "Meer opbrengst\nvan het werk.", "Druk van\nbuiten.", "Tegen", "Te weinig\ntijd.")
    found = kinds(wrapped(f"{LINE}\n{LINE}\nwater, bodem,", *cells, "en lucht. Dat is veel."))
    assert any(text.endswith("water, bodem, en lucht. Dat is veel.") for _, text in found)
    assert [text for _, text in found][-5:] == [cell.replace("\n", " ") for cell in cells]
    noted = kinds(wrapped(f"{LINE}\n{LINE}\nwater, bodem,", "1 Zie Jansen (2012).", *cells, "en lucht. Dat is veel."))
    assert any(text.endswith("water, bodem, en lucht. Dat is veel.") for _, text in noted)
    whole = kinds(wrapped(f"{LINE}\n{LINE}\nwater.", *cells[:3], "Tegen", "Te weinig", "tijd en geld."))
    assert whole[-1] == ("paragraph", "Te weinig tijd en geld.")  # no sentence above the labels waits for it
    few = kinds(wrapped(f"{LINE}\n{LINE}\nwater, bodem,", *cells[:2], "en lucht. Dat is veel."))
    assert few[-1][1].endswith("en lucht. Dat is veel.") and "bodem, en" not in few[-1][1]
