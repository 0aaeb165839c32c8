"""What a Word file says elsewhere than in the words of a paragraph: numbers, notes, changes, boxes, styles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import RGBColor

from ingest.docx import read_docx
from ingest.numbering import Counter, Level, section_number, written
from ingest.readers import Reading, read
from ingest.sentences import sentences

W = nsdecls("w")


def lists(document: Any, *families: str) -> None:
    """Give a document lists of its own: `families` are the levels of each; the n-th is list n."""
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    for n, levels in enumerate(families, 1):
        root.append(parse_xml(f'<w:abstractNum {W} w:abstractNumId="{n}">{levels}</w:abstractNum>'))
    for n in range(1, len(families) + 1):
        root.append(parse_xml(f'<w:num {W} w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>'))


def level(depth: int, text: str, form: str = "decimal", more: str = "") -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def numbered(where: Any, name: int, depth: int | None = None) -> None:
    own = f'<w:ilvl w:val="{depth}"/>' if depth is not None else ""
    where.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}>{own}<w:numId w:val="{name}"/></w:numPr>'))


def reading(folder: Path, document: Any) -> Reading:
    document.save(str(folder / "stuk.docx"))
    return read(folder / "stuk.docx")


def test_headings_that_word_numbers_have_their_number(tmp_path: Path) -> None:
    document = docx.Document()
    lists(document, level(0, "Hoofdstuk %1:") + level(1, "%1.%2") + level(2, "%1.%2.%3."), level(0, "Bijlage %1", "upperLetter"))
    for n in (1, 2, 3):
        numbered(document.styles[f"Heading {n}"].element, 1)
    for text, depth in (("Inleiding", 1), ("Doel", 2), ("Vraag", 2), ("Deelvraag", 3), ("Aanpak", 1), ("Methode", 2)):
        document.add_heading(text, depth)
        document.add_paragraph("Een zin.")
    numbered(document.add_heading("Zonder nummer", 1)._p, 0)
    numbered(document.add_heading("Vragen", 1)._p, 2, 0)
    found = [(b.number, b.level, b.text) for b in reading(tmp_path, document).blocks if b.kind == "heading"]
    assert found == [
        ("1", 1, "Inleiding"), ("1.1", 2, "Doel"), ("1.2", 2, "Vraag"), ("1.2.1", 3, "Deelvraag"), ("2", 1, "Aanpak"),
        ("2.1", 2, "Methode"),
        (None, 1, "Zonder nummer"), (None, 1, "Bijlage A Vragen"),
    ]  # fmt: skip


def test_items_have_the_number_that_word_shows(tmp_path: Path) -> None:
    document = docx.Document()
    lists(document, level(0, "%1.") + level(1, "%2)", "lowerLetter"), level(0, "•", "bullet"))
    root = document.part.numbering_part.element
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    root.append(parse_xml(f'<w:num {W} w:numId="3"><w:abstractNumId w:val="1"/>{again}</w:num>'))
    first = [("een", 1, 0), ("a", 1, 1), ("b", 1, 1), ("twee", 1, 0), ("a", 1, 1)]
    for text, name, depth in [*first, ("punt", 2, 0), ("opnieuw", 3, 0), ("verder", 3, 0)]:
        numbered(document.add_paragraph(text)._p, name, depth)
    found = [(b.kind, b.text) for b in reading(tmp_path, document).blocks]
    assert found == [("item", t) for t in ("1. een", "a) a", "b) b", "2. twee", "a) a", "punt", "1. opnieuw", "2. verder")]


def test_a_list_that_a_style_defines_is_numbered_as_that_style_says(tmp_path: Path) -> None:
    document = docx.Document()
    lists(document, level(0, "Artikel %1") + '<w:styleLink w:val="Artikelen"/>', '<w:numStyleLink w:val="Artikelen"/>')
    numbered(document.add_paragraph("Begrippen")._p, 2, 0)
    assert [b.text for b in reading(tmp_path, document).blocks] == ["Artikel 1 Begrippen"]


def test_a_list_that_is_nowhere_defined_does_no_harm(tmp_path: Path) -> None:
    document = docx.Document()
    numbered(document.add_paragraph("los")._p, 99, 7)
    assert [(b.kind, b.text) for b in reading(tmp_path, document).blocks] == [("item", "los")]


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [(3, "decimal", "3"), (3, "decimalZero", "03"), (28, "lowerLetter", "bb"),
     (49, "upperRoman", "XLIX"), (500, "lowerRoman", "500"), (0, "upperLetter", "0")],
)  # fmt: skip
def test_numbers_in_their_form(number: int, form: str, text: str) -> None:
    assert written(number, form) == text


def test_a_level_may_write_the_numbers_above_it_in_figures() -> None:
    levels = {("1", 0): Level("upperRoman", "%1"), ("1", 1): Level("decimal", "%1.%2", 1, True), ("1", 2): Level("decimal", "%1-%3")}
    counter = Counter({"1": "f"}, levels, {})
    assert [counter.next("1", d) for d in (0, 1, 2, 0, 1)] == ["I", "1.1", "I-1", "II", "2.1"]
    assert (section_number("2.1."), section_number("Hoofdstuk 3:"), section_number("A.1"), section_number("I")) == ("2.1", "3", None, None)


def footnote(document: Any, name: str, text: str, kind: str = "footnote") -> None:
    relation = {"footnote": RELATIONSHIP_TYPE.FOOTNOTES, "endnote": RELATIONSHIP_TYPE.ENDNOTES}[kind]
    xml = (
        f'<w:{kind}s {W}><w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:t>lijn</w:t></w:r></w:p></w:{kind}>'
        f'<w:{kind} w:id="{name}"><w:p><w:r><w:{kind}Ref/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:{kind}></w:{kind}s>'
    )
    part = Part(PackURI(f"/word/{kind}s.xml"), f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml", xml.encode())
    document.part.relate_to(part, relation)


def test_notes_stand_apart_behind_their_section(tmp_path: Path) -> None:
    document = docx.Document()
    footnote(document, "1", "Zie Jansen (2012).")
    footnote(document, "4", "Een eindnoot.", "endnote")
    document.add_heading("Een", 1)
    part = document.add_paragraph("Eerste zin.")
    part.add_run()._r.append(parse_xml(f'<w:footnoteReference {W} w:id="1"/>'))
    part.add_run(" Tweede zin")
    part.add_run()._r.append(parse_xml(f'<w:endnoteReference {W} w:id="4"/>'))
    part.add_run(".")
    document.add_paragraph("Verder.")
    document.add_heading("Twee", 1)
    found = [(b.kind, b.text) for b in reading(tmp_path, document).blocks]
    assert found == [
        ("heading", "Een"), ("paragraph", "Eerste zin.¹ Tweede zin²."), ("paragraph", "Verder."),
        ("footnote", "1 Zie Jansen (2012)."), ("footnote", "2 Een eindnoot."), ("heading", "Twee"),
    ]  # fmt: skip
    assert len(sentences(found[1][1])) == 2


def test_hidden_by_a_style_or_on_a_white_shade_is_hidden(tmp_path: Path) -> None:
    document = docx.Document()
    document.styles.add_style("Stil", 1).font.hidden = True
    document.styles.add_style("Stiller", 1).base_style = document.styles["Stil"]
    document.styles.add_style("Wit", 2).font.color.rgb = RGBColor(255, 255, 255)
    document.add_paragraph("Zichtbaar.").add_run(" wit", style="Wit")
    document.add_paragraph("Verstopt.", style="Stiller")
    run = document.add_paragraph().add_run("Op wit.")
    run.font.color.rgb = RGBColor(255, 255, 255)
    run._element.get_or_add_rPr().append(parse_xml(f'<w:shd {W} w:val="clear" w:fill="FFFFFF"/>'))
    theme = document.add_paragraph().add_run("Wit volgens het thema.")
    theme._element.get_or_add_rPr().append(parse_xml(f'<w:color {W} w:val="auto" w:themeColor="background1"/>'))
    shown = document.add_paragraph("", style="Stiller").add_run("Toch.")
    shown.font.hidden = False
    made = reading(tmp_path, document)
    assert [b.text for b in made.blocks] == ["Zichtbaar.", "Toch."] and made.warnings == ("hidden text left out",)


def test_nothing_that_stands_on_the_page_is_lost_and_nothing_struck_out_comes_back(tmp_path: Path) -> None:
    document = docx.Document()
    part = document.add_paragraph("Een ")
    part._p.append(parse_xml(f"<w:ins {W}><w:r><w:t>toegevoegd</w:t></w:r></w:ins>"))
    part._p.append(parse_xml(f"<w:moveFrom {W}><w:r><w:t>weg</w:t></w:r></w:moveFrom>"))
    part._p.append(parse_xml(f"<w:sdt {W}><w:sdtContent><w:r><w:t xml:space='preserve'> en gekozen</w:t></w:r></w:sdtContent></w:sdt>"))
    box = "<w:txbxContent><w:p><w:r><w:t>In een kader.</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    either = f"<mc:Choice>{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"  # Word says a box twice
    part._p.append(parse_xml(f"<w:r {W} {mc}><mc:AlternateContent>{either}</mc:AlternateContent></w:r>"))
    document.element.body.insert(1, parse_xml(f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>Blok.</w:t></w:r></w:p></w:sdtContent></w:sdt>"))
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "buiten"
    table.cell(0, 1).add_table(1, 2).cell(0, 1).text = "binnen"
    assert [b.text for b in reading(tmp_path, document).blocks] == ["Een toegevoegd en gekozen", "In een kader.", "Blok.", "buiten\tbinnen"]


def test_rows_cells_and_boxes_within_a_table_are_read_too(tmp_path: Path) -> None:
    def cell(text: str, merged: str = "") -> str:
        return f"<w:tc><w:tcPr>{merged}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    def field(held: str) -> str:
        return f"<w:sdt><w:sdtContent>{held}</w:sdtContent></w:sdt>"

    begins, goes_on, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    box = "<w:pict><w:txbxContent><w:p><w:r><w:t>In een kader.</w:t></w:r></w:p></w:txbxContent></w:pict>"
    rows = (
        f"<w:tr>{cell('wie', begins)}{field(cell('wat'))}</w:tr>",
        field(f"<w:tr>{cell('', goes_on)}{cell('hoe</w:t>' + box + '<w:t>veel')}</w:tr>"),
        f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("rechts")}</w:tr><w:tr>{cell("samen", wide)}</w:tr>',
    )
    document = docx.Document()
    document.element.body.insert(0, parse_xml(f"<w:tbl {W}><w:tblPr/>{''.join(rows)}</w:tbl>"))
    assert [(b.kind, b.text) for b in reading(tmp_path, document).blocks] == [
        ("paragraph", "In een kader."), ("table", "wie\twat\nwie\thoeveel\n\trechts\nsamen\tsamen"),
    ]  # fmt: skip


def test_captions_contents_and_literature_are_what_they_are(tmp_path: Path) -> None:
    document = docx.Document()
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("1 Inleiding\t3", style="toc 1")
    document.add_paragraph("Tabel 1 Kosten", style="Caption")
    document.add_table(1, 1).cell(0, 0).text = "a"
    document.add_heading("Literatuur", 1)
    document.add_paragraph("Jansen (2012). Een boek.")
    assert [b.kind for b in reading(tmp_path, document).blocks] == ["contents", "caption", "table", "heading", "literature"]


def test_a_heading_of_ones_own_making_is_a_heading(tmp_path: Path) -> None:
    document = docx.Document()
    document.styles.add_style("Kop huisstijl", 1).base_style = document.styles["Heading 2"]
    document.add_paragraph("Eigen stijl", style="Kop huisstijl")
    document.add_paragraph("Niveau")._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {W} w:val="2"/>'))
    document.add_paragraph("Gewoon")._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {W} w:val="9"/>'))
    document.save(str(tmp_path / "a.docx"))
    assert [(b.kind, b.level) for b in read_docx(tmp_path / "a.docx").blocks] == [("heading", 2), ("heading", 3), ("paragraph", 0)]
