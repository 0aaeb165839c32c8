from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest.chunk import passages
from ingest.errors import CorpusError
from ingest.notes import attach, fold, note_passages, read_notes
from ingest.records import Block, Note
from ingest.structure import build
from tests.ingest.conftest import note


def read(folder: Path, rows: Any) -> list[Note]:
    path = folder / "notes.yaml"
    path.write_text(rows if isinstance(rows, str) else yaml.safe_dump(rows, allow_unicode=True), "utf-8")
    return read_notes(path, "stuk")


def attached(folder: Path, row: dict[str, Any], *blocks: Block) -> str | None:
    text, sections, placed = build(list(blocks), "Titel", "stuk")
    found, lost = attach(read(folder, [row]), text, sections, passages(text, sections, placed, "stuk"))
    assert (found[0].passage is None) == bool(lost)
    return found[0].passage


def doc() -> list[Block]:
    filler = " ".join(["woord"] * 160)
    return [
        Block("heading", "Een", 1, "1"),
        Block("paragraph", f"De raad besluit in mei. {filler}."),
        Block("paragraph", f"Het kost ‘3.500 euro’ per *jaar*. {filler}."),
        Block("heading", "Twee", 1, "2"),
        Block("paragraph", "De raad besluit in mei, zegt ook dit deel."),
    ]


def test_no_file_or_an_empty_one_means_no_notes(tmp_path: Path) -> None:
    assert read_notes(tmp_path / "absent.yaml", "stuk") == []
    assert read(tmp_path, "") == []


def test_a_note_is_read_whole(tmp_path: Path) -> None:
    (found,) = read(tmp_path, [note("4.1", "17.000 medewerkers", nl="Eén  bewering\nhier.", drafted_by="model")])
    assert (found.id, found.source, found.section, found.anchor) == ("stuk#1", "stuk", "4.1", "17.000 medewerkers")
    assert found.claims[0].nl == "Eén bewering hier." and found.claims[0].in_language("en") == "A claim."
    assert found.questions_nl == ("Wat dan?",) and found.questions_en == ("What?",) and found.drafted_by == "model"


def test_questions_may_be_left_out(tmp_path: Path) -> None:
    row = note("1")
    del row["questions"]
    assert read(tmp_path, [row])[0].questions_nl == ()


@pytest.mark.parametrize(
    "row",
    [
        "geen lijst",
        {"section": "1"},
        [{"claims": [{"nl": "a", "en": "b"}]}],
        [note("1", claims=[])],
        [note("1", claims=[{"nl": "alleen Nederlands"}])],
        [note("1", claims=[{"nl": "a", "en": "b"}] * 4)],
        [note("1", claims={"nl": "a", "en": "b"})],
        [note("1", claims=[{"nl": 3, "en": "b"}])],
        [note("1", "een twee drie vier vijf zes zeven acht negen tien elf twaalf")],
        [note("1", anchor="x", extra="y")],
        [note("1", questions={"nl": "één vraag zonder lijst?"})],
        [note("1", questions=["Wat?"])],
        [note("1", questions={"de": ["Was?"]})],
        "- section: [",
    ],
)
def test_a_malformed_note_is_refused(tmp_path: Path, row: Any) -> None:
    with pytest.raises(CorpusError, match=r"notes\.yaml"):
        read(tmp_path, row)


def test_the_error_names_the_note(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"note 2.*sectoin"):
        read(tmp_path, [note("1"), note("1", sectoin="2")])


def test_folding_keeps_offsets_into_the_original() -> None:
    text = "De  *Raad*\n<br/>zei: “JA”  İ"
    folded, offsets = fold(text)
    assert folded.startswith('de raad zei: "ja" i')
    assert all(text[o].lower().startswith(c) for c, o in zip(folded, offsets, strict=True) if c.isascii() and c.isalpha())
    assert fold("") == ("", [])


def test_the_anchor_is_looked_for_in_its_section_first(tmp_path: Path) -> None:
    assert attached(tmp_path, note("2", "De raad besluit"), *doc()) == "stuk:2:1"
    assert attached(tmp_path, note("1", "De raad besluit"), *doc()) == "stuk:1:1"


def test_quotes_case_asterisks_and_white_space_do_not_matter(tmp_path: Path) -> None:
    assert attached(tmp_path, note("1", "kost  '3.500 EURO' per jaar"), *doc()) == "stuk:1:2"


def test_an_anchor_under_a_wrong_section_is_found_elsewhere(tmp_path: Path) -> None:
    assert attached(tmp_path, note("9.9", "3.500 euro"), *doc()) == "stuk:1:2"


def test_an_anchor_that_is_nowhere_is_lost(tmp_path: Path) -> None:
    assert attached(tmp_path, note("1", "4.500 euro"), *doc()) is None


def test_an_anchor_that_also_stands_in_the_contents_finds_the_text(tmp_path: Path) -> None:
    blocks = [Block("heading", "Inhoud", 1), Block("contents", "Overzicht van leden 3"), Block("heading", "Overzicht van leden", 1),
              Block("paragraph", "Jan, Piet en Klaas.")]  # fmt: skip
    assert attached(tmp_path, note("overzicht", "Overzicht van leden"), *blocks) == "stuk:overzicht-van-leden:1"


def test_without_anchor_the_passage_that_shares_most_words(tmp_path: Path) -> None:
    assert attached(tmp_path, note("1", nl="Het kost 3.500 euro."), *doc()) == "stuk:1:2"
    assert attached(tmp_path, note("3", nl="Het kost 3.500 euro."), *doc()) is None


def test_absent_documents_are_served_from_notes(tmp_path: Path) -> None:
    notes = read(tmp_path, [note("4.1", nl="Eerste.", en="First."), note("4.1", nl="Tweede."), note("de-raad")])
    made, found = note_passages(notes, {})
    assert [p.id for p in made] == ["stuk:4.1:n1", "stuk:4.1:n2", "stuk:de-raad:n1"] == [n.passage for n in found]
    assert [p.title for p in made] == ["§4.1", "§4.1", "de raad"]
    assert made[0].text == "Eerste." and all(p.basis == "notes" and p.kind == "note" for p in made)
    assert note_passages(notes, {"4.1": "4.1 Kop"}, "en")[0][0].text == "First."


def test_a_section_number_is_read_as_written(tmp_path: Path) -> None:
    row = "- section: 4.10\n  claims: [{nl: Een bewering., en: A claim.}]\n"
    (tmp_path / "notes.yaml").write_text(row + row.replace("4.10", "4"))
    assert [n.section for n in read_notes(tmp_path / "notes.yaml", "s")] == ["4.10", "4"]
