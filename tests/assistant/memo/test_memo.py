"""Memos of every kind of result, as Markdown and as a Word document that python-docx reads back."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path
from xml.dom import minidom

import pytest
from docx import Document

from assistant.advise.records import Advice
from assistant.check.records import Check, OwnTask
from assistant.memo.docx import docx
from assistant.memo.files import file_name, save
from assistant.memo.markdown import escape, markdown
from assistant.memo.records import Bullets, Heading, Line, Memo, Quoted, Run, Table, line
from assistant.memo.results import memo_of_advice, memo_of_answers, memo_of_check, memo_of_scan
from assistant.records import Answer
from assistant.scan.records import Scan
from assistant.service import Wijzer
from ingest.errors import WijzerError

TODAY = datetime.date(2026, 3, 9)
QUESTION = "Wat ging er mis in Waterdam met de slimme lantaarnpalen?"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def answered(wijzer: Wijzer) -> Answer:
    return wijzer.answer(QUESTION)


@pytest.fixture(scope="module")
def memos(wijzer: Wijzer, answered: Answer) -> dict[str, Memo]:
    find = wijzer.tools.index.store.source
    scanner, checker = wijzer.plans
    scan = Scan(
        organisation="Lindeburg", answers={"leadership-strategy": 1, "leadership-vision": 5}, remarks={"leadership-strategy": "nee"}
    )
    check = Check(name="Fietsen", criteria={"values": "no"}, tasks={"test": OwnTask(status="busy")})
    advice = wijzer.advise("Mijn afdelingshoofd durft niets te proberen. Hij is bang dat het mislukt en in de krant komt.")
    assert isinstance(advice, Advice) and advice.strategies
    return {
        "answer": memo_of_answers([(QUESTION, answered)], TODAY, find),
        "advice": memo_of_advice("Mijn afdelingshoofd durft niets.", advice, TODAY, find),
        "scan": memo_of_scan(scanner.result(scan, "nl", Scan(answers={"leadership-strategy": 3})), TODAY, find),
        "check": memo_of_check(checker.result(check, "en"), TODAY, find),
    }


KINDS = ("answer", "advice", "scan", "check")


@pytest.mark.parametrize("kind", KINDS)
def test_every_footnote_is_used_and_defined_in_order(memos: dict[str, Memo], kind: str) -> None:
    text = markdown(memos[kind])
    used = list(dict.fromkeys(int(n) for n in re.findall(r"\[\^(\d+)\](?!:)", text)))
    assert used == list(range(1, len(memos[kind].notes) + 1))
    assert [int(n) for n in re.findall(r"^\[\^(\d+)\]:", text, re.M)] == used
    assert text.count("### Passage") == len(used)


@pytest.mark.parametrize("kind", KINDS)
def test_the_word_document_opens_with_its_headings_and_footnotes(memos: dict[str, Memo], kind: str) -> None:
    memo = memos[kind]
    made = docx(memo, "2026-03-09T00:00:00Z")
    opened = Document(io.BytesIO(made))
    headings = [p.text for p in opened.paragraphs if (p.style.name or "").startswith("Heading")]  # type: ignore[union-attr]
    assert headings == [b.text for b in memo.blocks if isinstance(b, Heading)]
    assert opened.paragraphs[0].style.name == "Title" and opened.core_properties.title == memo.title  # type: ignore[union-attr]
    assert opened.core_properties.language == ("en-GB" if memo.language == "en" else "nl-NL")
    referred = [int(e.get(W + "id")) for e in opened.element.body.iter(W + "footnoteReference")]
    assert referred == list(range(1, len(memo.notes) + 1))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        parts = {name: minidom.parseString(archive.read(name)) for name in archive.namelist()}
    notes = [n.getAttribute("w:id") for n in parts["word/footnotes.xml"].getElementsByTagName("w:footnote")]
    assert notes == ["-1", "0", *map(str, referred)]
    styles = {s.getAttribute("w:styleId") for s in parts["word/styles.xml"].getElementsByTagName("w:style")}
    named = {
        e.getAttribute("w:val")
        for tag in ("w:pStyle", "w:rStyle", "w:tblStyle")
        for e in parts["word/document.xml"].getElementsByTagName(tag)
    }
    assert named <= styles
    assert all(t.rows[0]._tr.trPr.find(W + "tblHeader") is not None for t in opened.tables)
    assert docx(memo, "2026-03-09T00:00:00Z") == made


def test_an_answer_says_what_the_page_said_with_the_passages(memos: dict[str, Memo], answered: Answer) -> None:
    text = markdown(memos["answer"])
    at = 0
    for statement in answered.statements:
        at = text.index(escape(statement.text), at)
    for citation in answered.citations:
        bare = re.sub(r"[>\s\\*|]+", " ", text)
        assert re.sub(r"[>\s\\*|]+", " ", citation.text).strip() in bare
    assert "9 maart 2026" in text and answered.receipt.index in text and "N. Abspoel. (2020). Proeftuin Waterdam" in text
    assert "**Taalmodel:** geen" in text


def test_a_citation_that_comes_back_keeps_its_footnote(wijzer: Wijzer, answered: Answer) -> None:
    memo = memo_of_answers([(QUESTION, answered), (QUESTION, answered)], TODAY, wijzer.tools.index.store.source, ["", "Let op"])
    used = {n for s in answered.statements for n in s.citations}
    assert len(memo.notes) == len(used) and "Let op" in markdown(memo)
    body = Document(io.BytesIO(docx(memo, "2026-03-09T00:00:00Z"))).element.body
    assert len(list(body.iter(W + "footnoteReference"))) == len(used) and any(
        "NOTEREF" in e.get(W + "instr") for e in body.iter(W + "fldSimple")
    )


def test_an_honest_no_names_what_comes_closest(wijzer: Wijzer) -> None:
    answer = wijzer.answer("Hoe laat vertrekt de trein naar Parijs?")
    text = markdown(memo_of_answers([("Hoe laat?", answer)], TODAY, wijzer.tools.index.store.source))
    assert answer.message.split(".")[0] in text and not answer.statements


def test_a_card_in_the_memo_of_an_advice_says_how_likely_it_fits(memos: dict[str, Memo]) -> None:
    cards = [part for part in memos["advice"].blocks if isinstance(part, Heading) and part.level == 2 and part.text.endswith(")")]
    assert cards and all(card.text.endswith(("(past waarschijnlijk)", "(past misschien)")) for card in cards)
    assert "(past " not in markdown(memos["scan"])


def test_scan_and_check_have_their_tables(memos: dict[str, Memo]) -> None:
    scan, check = markdown(memos["scan"]), markdown(memos["check"])
    assert "| Leiderschap | 3,0 | 2 van 4 |" in scan and "| nee |" in scan and "Lindeburg" in scan.split("\n")[0]
    assert "Wat deze scan niet kan zeggen" in scan and "deze scan" in scan
    assert "| New combination of values | No | Yes | Potential | Yes | Potential |" in check


HOSTILE = "# kop <script>alert(1)</script> *vet* | [x](http://y) `c` &amp; \x07\ud800 1. een\n- lijst\n2) twee"


def test_nothing_in_a_text_becomes_markup() -> None:
    memo = Memo(
        "nl",
        HOSTILE,
        (line(HOSTILE, 1), Quoted(line(HOSTILE)), Bullets((line(HOSTILE),)), Table("t", ("a",), ((line(HOSTILE),),))),
        (line("n"),),
    )
    text = markdown(memo)
    assert (
        "<" not in text and "\\# kop" in text and "\\- lijst" in text and "2\\) twee" in text and "&amp;amp;" in text and "\\[x\\]" in text
    )
    opened = Document(io.BytesIO(docx(memo, "2026-03-09T00:00:00Z")))
    assert "<script>alert(1)</script> *vet*" in opened.paragraphs[0].text


def test_the_language_of_each_piece_is_set() -> None:
    memo = Memo("en", "t", (Line((Run("own"), Run("ander", language="nl"))),))
    runs = Document(io.BytesIO(docx(memo, "2026-03-09T00:00:00Z"))).paragraphs[1].runs
    found = [r._r.find(f"{W}rPr/{W}lang") for r in runs]
    assert found[0] is None and found[1].get(W + "val") == "nl-NL"


def test_files_have_plain_names_and_known_endings(tmp_path: Path) -> None:
    assert file_name("Memo: Wát? ../x\n", "docx") == "memo-wat-x.docx" and file_name("…", "md") == "memo.md"
    memo = Memo("nl", "t", ())
    with pytest.raises(WijzerError, match=r"x\.pdf"):
        save(memo, tmp_path / "x.pdf", TODAY)
    with pytest.raises(WijzerError):
        save(memo, tmp_path / "no" / "x.md", TODAY)
    save(memo, tmp_path / "x.md", TODAY)
    assert (tmp_path / "x.md").read_text("utf-8").startswith("# t")
