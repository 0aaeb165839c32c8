from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from ingest.errors import ReadError
from ingest.isolate import read_isolated
from ingest.pdf import read_pdf
from ingest.sync import read_document
from tests.ingest.conftest import Workplace

Make = Callable[..., Path]


def prose(tag: str, lines: int = 12) -> list[str]:
    """A paragraph of full lines, all different, as a page of a report has."""
    return [f"{tag}{i:02} overlegt de gemeente met bewoners over de plannen voor hun wijk en" for i in range(lines)] + [f"{tag} is klaar."]


def blocks(path: Path) -> list[tuple[str, str | None, int | None, str]]:
    return [(b.kind, b.number, b.page, b.text) for b in read_pdf(path).blocks]


def test_headings_are_found_also_at_the_top_of_a_page(make_pdf: Make) -> None:
    path = make_pdf(["1 Inleiding", *prose("A")], ["2 Aanpak", *prose("B"), "2.1 Onderdeel", *prose("C")], ["2.2 Vervolg", *prose("D")])
    found = [(number, page, text) for kind, number, page, text in blocks(path) if kind == "heading"]
    assert found == [("1", 1, "Inleiding"), ("2", 2, "Aanpak"), ("2.1", 2, "Onderdeel"), ("2.2", 3, "Vervolg")]


def test_lines_become_paragraphs_and_each_block_has_its_page(make_pdf: Make) -> None:
    found = blocks(make_pdf(["1 Inleiding", *prose("A")], ["2 Aanpak", *prose("B")]))
    assert [(kind, page) for kind, _, page, _ in found] == [("heading", 1), ("paragraph", 1), ("heading", 2), ("paragraph", 2)]
    assert found[1][3].startswith("A00 overlegt") and found[1][3].endswith("A is klaar.")


def test_words_and_sentences_run_on_over_a_page_end(make_pdf: Make) -> None:
    found = blocks(make_pdf([*prose("A")[:-1], "dat doet het be-"], ["stuur graag en ook goed, zeggen zij hier.", *prose("B")]))
    assert any("dat doet het bestuur graag" in text for *_, text in found)


def test_one_page_is_enough_to_join_lines(make_pdf: Make) -> None:
    found = blocks(make_pdf(prose("Een", 5)))
    assert len(found) == 1 and found[0][2] == 1


def test_running_heads_and_page_numbers_are_left_out(make_pdf: Make) -> None:
    path = make_pdf(*[["Gemeente Voorbeeld", *prose(tag), f"Pagina {n}", str(n)] for n, tag in enumerate("ABCDE", 1)])
    text = " ".join(t for *_, t in blocks(path))
    assert "Voorbeeld" not in text and "Pagina" not in text
    assert all(f"{tag} is klaar." in text for tag in "ABCDE")


def test_an_empty_page_is_reported_and_does_not_shift_the_others(make_pdf: Make) -> None:
    path = make_pdf(prose("A"), [], ["2 Aanpak", *prose("B")])
    assert read_pdf(path).warnings == ("no text on page 2",)
    assert ("heading", "2", 3, "Aanpak") in blocks(path)


def test_unicode_and_brackets(make_pdf: Make) -> None:
    assert "Creëren (voor € 10) én" in blocks(make_pdf([*prose("A", 5), "Creëren (voor € 10) én verder met het werk."]))[-1][3]


def test_title_and_author_come_along(make_pdf: Make, tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(make_pdf(prose("A"))))
    writer.add_metadata({"/Title": " Mijn stuk ", "/Author": ""})
    writer.write(tmp_path / "titel.pdf")
    assert read_pdf(tmp_path / "titel.pdf").metadata == {"title": "Mijn stuk"}


def test_a_file_says_who_wrote_it_and_when(make_pdf: Make, place: Workplace) -> None:
    made = make_pdf(["Auteur: N. Abspoel", "Waterdam, 12 mei 2019", *prose("A")])
    (place.documents / "stuk.pdf").write_bytes(made.read_bytes())
    source = read_document(place.entry("stuk"))[0].source
    assert (source.title, source.author, source.year) == ("stuk", "N. Abspoel", 2019)


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_locked_pdf_is_refused_and_one_with_an_empty_password_is_read(make_pdf: Make, tmp_path: Path, algorithm: str) -> None:
    for password in ("geheim", ""):
        writer = PdfWriter(clone_from=PdfReader(make_pdf(prose("A"))))
        writer.encrypt(password, "baas", algorithm=algorithm)
        writer.write(tmp_path / f"slot-{password}.pdf")
    with pytest.raises(ReadError, match="locked") as caught:
        read_isolated(tmp_path / "slot-geheim.pdf")
    assert "password" in caught.value.help
    assert read_isolated(tmp_path / "slot-.pdf") == read_pdf(tmp_path / "slot-.pdf") != []


def test_encryption_that_cannot_be_undone_here_is_named(make_pdf: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    from pypdf.errors import DependencyError

    def refuse(self: PdfReader, *_: object) -> None:
        raise DependencyError("cryptography is required")

    monkeypatch.setattr("ingest.pdf.PdfReader.__init__", refuse)
    with pytest.raises(ReadError, match="encrypted"):
        read_pdf(make_pdf(prose("A")))


def test_a_scan_is_refused_with_the_remedy(make_pdf: Make) -> None:
    with pytest.raises(ReadError, match="pictures") as caught:
        read_pdf(make_pdf(["1"], [], []))
    assert "OCR" in caught.value.help


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7])
def test_a_truncated_pdf_is_refused_or_read_but_never_a_crash(make_pdf: Make, tmp_path: Path, share: float) -> None:
    data = make_pdf(prose("A"), prose("B")).read_bytes()
    (tmp_path / "half.pdf").write_bytes(data[: int(len(data) * share)])
    try:
        assert read_isolated(tmp_path / "half.pdf").blocks
    except ReadError as error:
        assert str(error)
