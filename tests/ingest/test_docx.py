import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement

from ingest import docx as module
from ingest.errors import ReadError
from ingest.isolate import read_isolated
from ingest.readers import read


def saved(folder: Path, document: object, name: str = "stuk.docx") -> Path:
    document.save(str(folder / name))  # type: ignore[attr-defined]
    return folder / name


def test_styles_make_headings_and_items_and_tables_keep_rows(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Titel", 0)
    document.add_heading("1.1 Aanleiding", 2)
    document.add_heading("Zonder nummer", 3)
    document.add_paragraph("Een gewone  zin met ünïcode.")
    document.add_paragraph("een punt", style="List Bullet")
    document.add_paragraph("   ")
    table = document.add_table(2, 2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("Post", "Bedrag", "Huur\nper jaar", "€ 10"), strict=True):
        cell.text = text
    document.core_properties.title, document.core_properties.author = "Eigen titel", "Zij"
    reading = module.read_docx(saved(tmp_path, document))
    assert [(b.kind, b.level, b.number, b.text) for b in reading.blocks] == [
        ("heading", 1, None, "Titel"), ("heading", 2, "1.1", "Aanleiding"), ("heading", 3, None, "Zonder nummer"),
        ("paragraph", 0, None, "Een gewone zin met ünïcode."), ("item", 0, None, "een punt"),
        ("table", 0, None, "Post\tBedrag\nHuur per jaar\t€ 10"),
    ]  # fmt: skip
    assert reading.metadata == {"title": "Eigen titel", "author": "Zij"} and reading.warnings == ()


def test_hidden_text_is_left_out_and_reported(tmp_path: Path) -> None:
    document = docx.Document()
    part = document.add_paragraph("zichtbaar ")
    part.add_run("verborgen").font.hidden = True
    document.add_paragraph().add_run("geheel verborgen").font.hidden = True
    cell = document.add_table(1, 1).rows[0].cells[0]
    cell.text = "in de cel"
    cell.paragraphs[0].add_run(" verstopt\u200b").font.hidden = True
    reading = module.read_docx(saved(tmp_path, document))
    assert [b.text for b in reading.blocks] == ["zichtbaar", "in de cel"]
    assert reading.warnings == ("hidden text left out",)


def test_the_text_of_links_is_kept(tmp_path: Path) -> None:
    document = docx.Document()
    part = document.add_paragraph("Zie ")
    link = OxmlElement("w:hyperlink")
    link.append(part.add_run("de handreiking")._r)
    part._p.append(link)
    part.add_run(" voor meer.").font.hidden = False
    part.add_run(" geheim").font.hidden = True
    assert module.read_docx(saved(tmp_path, document)).blocks[0].text == "Zie de handreiking voor meer."


def test_hidden_characters_in_cells_are_removed(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_table(1, 1).rows[0].cells[0].text = "a\u200bb"
    reading = module.read_docx(saved(tmp_path, document))
    assert reading.blocks[0].text == "ab" and reading.warnings != ()


def test_an_empty_document_holds_no_text(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no text"):
        read(saved(tmp_path, docx.Document()))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(tmp_path / "bom.docx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(module.MOST_UNPACKED // (10 << 20) + 1):
            part.write(b" " * (10 << 20))
    assert (tmp_path / "bom.docx").stat().st_size < 2 << 20
    with pytest.raises(ReadError, match="safe"):
        read_isolated(tmp_path / "bom.docx")


def test_a_zip_with_very_many_files_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "veel.docx", "w") as archive:
        for number in range(5001):
            archive.writestr(str(number), "")
    with pytest.raises(ReadError, match="safe"):
        module.read_docx(tmp_path / "veel.docx")


def test_a_file_with_the_wrong_suffix_is_named_as_such(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_text("gewone tekst")
    with zipfile.ZipFile(tmp_path / "b.docx", "w") as archive:
        archive.writestr("x", "y")
    with pytest.raises(ReadError, match="not a Word document"):
        read_isolated(tmp_path / "a.docx")
    with pytest.raises(ReadError, match="damaged or not what its name says"):
        read_isolated(tmp_path / "b.docx")


def test_white_and_tiny_text_is_left_out_unless_a_shade_lies_behind_it(tmp_path: Path) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Pt, RGBColor

    document = docx.Document()
    part = document.add_paragraph("Zichtbaar.")
    part.add_run(" wit").font.color.rgb = RGBColor(255, 255, 255)
    part.add_run(" klein").font.size = Pt(1)
    part.add_run(" rood").font.color.rgb = RGBColor(200, 0, 0)
    shaded = part.add_run(" op blauw")
    shaded.font.color.rgb = RGBColor(255, 255, 255)
    shaded._element.get_or_add_rPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="1F3864"/>'))
    document.add_table(1, 1, "Light List").cell(0, 0).paragraphs[0].add_run("kop").font.color.rgb = RGBColor(255, 255, 255)
    cell = document.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0].add_run("geheim").font.color.rgb = RGBColor(255, 255, 255)
    document.save(str(tmp_path / "a.docx"))
    reading = read(tmp_path / "a.docx")
    assert [b.text for b in reading.blocks] == ["Zichtbaar. rood op blauw", "kop"] and reading.warnings == ("hidden text left out",)
