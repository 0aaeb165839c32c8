import hashlib
from pathlib import Path

import pytest

from ingest.errors import CorpusError
from ingest.manifest import entries, file_sha256, own_record, read_record
from tests.ingest.conftest import Workplace


def ids(place: Workplace) -> list[str]:
    return [e.source.id for e in entries(place.corpus, [place.documents])]


def test_a_record_is_read(place: Workplace) -> None:
    source = read_record(place.record("stuk", year=2012, method={"nl": "x"}) / "source.yaml")
    assert (source.id, source.year, source.method, source.language) == ("stuk", 2012, {"nl": "x"}, "nl")


@pytest.mark.parametrize(
    "text",
    [
        "id: stuk\ntitle: t\nauthor: a\ncolour: red",
        "id: stuk\ntitle: t",
        "id: ander\ntitle: t\nauthor: a",
        "",
        "- een lijst",
        "title: [",
    ],
)
def test_a_malformed_record_is_refused(place: Workplace, text: str) -> None:
    path = place.record("stuk") / "source.yaml"
    path.write_text(text)
    with pytest.raises(CorpusError, match=r"source\.yaml"):
        read_record(path)


def test_sha256(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"abc")
    assert file_sha256(tmp_path / "x") == hashlib.sha256(b"abc").hexdigest()


@pytest.mark.parametrize(
    ("name", "made", "title", "year"),
    [
        ("Mijn_stuk 2021.txt", "mijn-stuk-2021", "Mijn stuk 2021", 2021),
        ("Één.pdf", "een", "Één", None),
        ("12345.md", "12345", "12345", None),
    ],
)
def test_a_file_of_ones_own_gets_a_record_from_its_name(tmp_path: Path, name: str, made: str, title: str, year: int | None) -> None:
    source = own_record(tmp_path / name, set())
    assert (source.id, source.title, source.year, source.filename) == (made, title, year, name)


def test_a_record_beside_a_file_wins(place: Workplace) -> None:
    file = place.file("stuk.txt", "tekst")
    place.file("stuk.source.yaml", "title: Mooie titel\nauthor: Zij\n")
    source = own_record(file, set())
    assert (source.id, source.title, source.author) == ("stuk", "Mooie titel", "Zij")


@pytest.mark.parametrize("text", ["kleur: rood", "- lijst", "id: bezet", "a: ["])
def test_a_bad_record_beside_a_file_is_refused(place: Workplace, text: str) -> None:
    file = place.file("stuk.txt", "tekst")
    place.file("stuk.source.yaml", text)
    with pytest.raises(CorpusError, match=r"stuk\.source\.yaml"):
        own_record(file, {"bezet"})


def test_records_are_matched_to_files_and_absent_ones_stay(place: Workplace) -> None:
    place.record("een", filename="Rapport.PDF")
    place.record("twee")
    place.record("drie")
    file = place.file("Rapport.PDF", "x")
    place.file("sub/twee.docx", "x")
    found = {e.source.id: e.file for e in entries(place.corpus, [place.documents])}
    assert found == {"een": file, "twee": place.documents / "sub" / "twee.docx", "drie": None}


def test_other_files_follow_and_names_do_not_clash(place: Workplace) -> None:
    place.record("stuk")
    for name in ("stuk.txt", "a/extra.txt", "b/extra.md"):
        place.file(name, "x")
    found = ids(place)
    assert found[:2] == ["stuk", "extra"] and len(set(found)) == 3


def test_unknown_kinds_hidden_files_and_absent_folders_are_left_out(place: Workplace) -> None:
    for name in ("foto.jpg", ".verborgen.txt", "~$open.docx", "notes.yaml", "zonder"):
        place.file(name, "x")
    assert ids(place) == []
    assert entries(place.corpus, [place.documents / "absent"]) == []


def test_links_out_of_the_folder_are_left_out(place: Workplace, tmp_path: Path) -> None:
    (tmp_path / "geheim").mkdir()
    (tmp_path / "geheim" / "los.txt").write_text("geheim")
    (place.documents / "link.txt").symlink_to(tmp_path / "geheim" / "los.txt")
    (place.documents / "map").symlink_to(tmp_path / "geheim")
    (place.documents / "dood.txt").symlink_to(tmp_path / "nergens.txt")
    target = place.file("echt.txt", "x")
    (place.documents / "binnen.txt").symlink_to(target)
    assert sorted(ids(place)) == ["binnen", "echt"]
