"""Reading pages: search in a document, links to a passage that can be mailed, and the pages of a PDF, only of documents we know."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.service import Wijzer
from assistant.settings import Settings
from assistant.web import look, texts
from assistant.web.app import create_app
from evals.typeset import Style, typeset
from ingest.records import Block
from ingest.sync import sync
from tests.assistant.web.browsing import Axe, Open
from tests.assistant.web.conftest import served
from tests.fakes import FakeEmbedder
from tests.ingest.conftest import pdf_bytes

DOCUMENT = "/bronnen/proeftuin-waterdam-2020"
FILLER = [f"Regel {n} gaat over de haven van Polderdam en over de boten die er liggen." for n in range(20)]
PAGES = (
    ["1 Aanleg", *FILLER, "De havenmeester van Polderdam verzon in 2016 een bel die"],
    ["vanzelf luidt bij hoog water. De bel kostte (zonder btw) 900 euro.", *FILLER],
)
QUOTE = "De bel kostte (zonder btw) 900 euro."


def words(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())


def test_search_marks_every_place_and_links_to_it(client: TestClient) -> None:
    page = client.get(DOCUMENT, params={"q": "zuiderkade"}).text
    links = re.findall(r'<a class="found__link" href="#(v-\d+)"', page)
    assert links and all(f'id="{link}"' in page for link in links)
    marks = [m for m in re.findall(r"<mark[^>]*>([^<]*)", page.split('class="document"')[1])]
    assert len(marks) == 2 and set(marks) == {"Zuiderkade"}
    assert texts.text("seek_many", "nl", n=2, query="zuiderkade") in words(page) and 'value="zuiderkade"' in page


def test_search_over_a_line_break_and_for_loose_words(client: TestClient) -> None:
    assert "<mark" in client.get(DOCUMENT, params={"q": "gevraagd. de leverancier"}).text
    loose = client.get(DOCUMENT, params={"q": "lantaarnpalen monteurs"}).text
    assert texts.text("seek_loose", "nl") in words(loose) and loose.count("<mark") >= 2


def test_search_says_when_there_is_nothing(client: TestClient) -> None:
    page = client.get(DOCUMENT, params={"q": '"><script>x', "lang": "en"}).text
    assert "is not in this document" in words(page) and "<script>x" not in page and 'href="/?vraag=%22' in page


def test_search_in_our_summaries_of_an_absent_document(client: TestClient) -> None:
    page = client.get("/bronnen/station10-2019", params={"q": "veertien medewerkers"}).text
    assert re.search(r"<mark[^>]*>veertien medewerkers</mark>", page) and 'href="#v-1"' in page and 'id="v-1"' in page


def test_a_link_to_a_passage_can_be_mailed(client: TestClient, wijzer: Any) -> None:
    passage = wijzer.tools.index.store.passage("proeftuin-waterdam-2020:2:1")
    start = passage.start + passage.text.index("Noor Abspoel")
    page = client.get(f"/passages/{passage.id}?citaat={start}-{start + 12}").text
    address = f"http://testserver/passages/{passage.id}?citaat={start}-{start + 12}"
    assert f'value="{html.escape(address)}"' in page and "<mark" in page and ">Noor Abspoel</mark>" in page
    assert "mailto:?subject=" in page and "body=http%3A//testserver/passages/" in page
    outside = client.get(f"/passages/{passage.id}?citaat=0-5").text
    assert ">Noor Abspoel</mark>" not in outside


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An index of one PDF, one text, and one PDF that was replaced after it was read."""
    folder = tmp_path_factory.mktemp("haven")
    settings = Settings(corpus=folder / "corpus", documents=folder / "documents", data=folder / "data")
    assert settings.documents
    shutil.copytree(look.HERE.parents[1] / "corpus" / "frameworks", settings.corpus / "frameworks")
    shutil.copyfile(look.HERE.parents[1] / "corpus" / "glossary.yaml", settings.corpus / "glossary.yaml")
    settings.documents.mkdir()
    (settings.documents / "haven-2016.pdf").write_bytes(pdf_bytes(PAGES))
    (settings.documents / "veranderd.pdf").write_bytes(pdf_bytes(PAGES[:1]))
    (settings.documents / "tekst.txt").write_text("1 Begin\n\n" + " ".join(FILLER), "utf-8")
    blocks = [Block("paragraph", f"Proef {n} in Polderdam ging over boten en over de bel. " * 12) for n in range(12)]
    (settings.documents / "gelabeld.pdf").write_bytes(typeset(blocks, Style(front=2)).data)
    (settings.documents / "geheim.yaml").write_text("niet voor lezers", "utf-8")
    embedder = FakeEmbedder()
    report = sync(settings.corpus, settings.document_folders, settings.data, embedder.fingerprint, lambda: embedder)
    assert not report.failed
    (settings.documents / "veranderd.pdf").write_bytes(pdf_bytes(PAGES[1:]))
    return settings


@pytest.fixture(scope="module")
def haven(harbour: Settings) -> Any:
    return create_app(harbour, Wijzer(harbour, FakeEmbedder()))


def cited(haven: Any, quote: str) -> str:
    store = haven.state.site.wijzer.tools.index.store
    document = store.document("haven-2016")
    start = document.text.index(quote)
    passage = next(p for p in document.passages if p.start <= start < p.end)
    return f"passage={passage.id}&citaat={start}-{start + len(quote)}"


def test_the_file_itself_is_given_only_for_a_pdf_we_read(haven: Any, harbour: Settings) -> None:
    client = TestClient(haven, follow_redirects=False)
    given = client.get("/bronnen/haven-2016/bestand")
    assert given.status_code == 200 and given.headers["content-type"] == "application/pdf" and given.content.startswith(b"%PDF")
    assert given.headers["content-disposition"].startswith("inline") and given.headers["x-content-type-options"] == "nosniff"
    for name in ("tekst", "veranderd", "geheim", "weg", "..%2Fgeheim.yaml", "%2e%2e%2fgeheim.yaml", "haven-2016.pdf", "%00"):
        assert client.get(f"/bronnen/{name}/bestand").status_code == 404, name
    assert client.get("/bronnen/veranderd/pdf").headers["location"].startswith("/bronnen/veranderd?")


def test_the_page_of_a_pdf_without_script(haven: Any) -> None:
    client = TestClient(haven)
    where = cited(haven, "De havenmeester van Polderdam")
    reader = client.get(f"/bronnen/haven-2016?{where}").text
    assert "/bronnen/haven-2016/pdf?passage=" in reader
    page = client.get(f"/bronnen/haven-2016/pdf?{where}").text
    assert 'href="/bronnen/haven-2016/bestand#page=1"' in page and ">De havenmeester van Polderdam</mark>" in page
    assert "/pdf" not in client.get("/bronnen/tekst").text
    assert (
        'data-page="7"' in client.get("/bronnen/haven-2016/pdf?pagina=7").text
        or "#page=7" in client.get("/bronnen/haven-2016/pdf?pagina=7").text
    )


def test_a_page_is_called_by_its_sheet_and_by_what_is_printed_on_it(haven: Any) -> None:
    store = haven.state.site.wijzer.tools.index.store
    labelled = next(p for p in store.passages_of("gelabeld") if p.sheets)
    assert (labelled.sheets[0], labelled.labels[0]) == (1, "i")
    page = TestClient(haven).get("/bronnen/gelabeld/pdf").text
    assert "Blad 1 (pagina i)" in words(page)
    assert 'id="pdf"' not in page or "{&#34;1&#34;: &#34;i&#34;" in page  # without the viewer's files the page links to the PDF
    shown = words(TestClient(haven).get(f"/passages/{labelled.id}").text)
    assert "pagina i (blad 1 van het bestand)" in shown


def test_pdfjs_is_loaded_on_its_own_page_only(haven: Any) -> None:
    client = TestClient(haven)
    for path in ("/", "/bronnen", "/bronnen/haven-2016", "/advies", "/over"):
        assert "pdf.js" not in client.get(path).text and "pdfjs" not in client.get(path).text


@pytest.fixture
def harbour_address(haven: Any) -> Iterator[str]:
    with served(haven) as found:
        yield found


@pytest.mark.browser
@pytest.mark.skipif(not (look.STATIC / "vendor/pdfjs").is_dir(), reason="pdf.js is not installed (scripts/assets.sh)")
def test_the_quote_is_marked_in_the_page_itself(haven: Any, harbour_address: str, visit: Open, axe: Axe) -> None:
    page = visit("/over", base=harbour_address)
    for quote, number in ((QUOTE, 2), ("verzon in 2016 een bel die", 1)):
        page.goto(f"/bronnen/haven-2016/pdf?{cited(haven, quote)}")
        page.locator("#pdf[data-ready]").wait_for()
        shown = "".join(page.locator(".textLayer mark").all_inner_texts())
        assert re.sub(r"\W", "", shown) == re.sub(r"\W", "", quote)
        assert "gemarkeerd" in page.locator("#pdf [role=status]").inner_text()
        assert page.locator("h1").inner_text().endswith(f"Pagina {number}")
    axe.check(page, "a page of a PDF")
    assert axe.found == {}
    page.get_by_role("button", name="Volgende").press("Enter")
    page.locator("#pdf [role=status]", has_text="Pagina 2 van 2").wait_for()
    dark = "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((v, i) => i % 4 < 3 && v < 128)"
    assert page.locator(".pdf canvas").evaluate(dark), "something is painted"
