"""The pages as they come from the server: complete, in both languages, and safe whatever is typed or stored."""

from __future__ import annotations

import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.messages import message
from assistant.web import look, texts
from assistant.web.conversation import recall
from assistant.web.guard import MOST_BYTES
from tests.conftest import HOSTILE_TITLE

QUESTION = "Wat kostte de proeftuin met slimme lantaarnpalen in Waterdam?"
SITUATION = "Mijn afdelingsdirecteur wil eerst garanties. Niemand durft een fout te maken en daarom beginnen we niet."
PAGES = ("/", f"/?vraag={QUESTION}", "/bronnen", "/bronnen/station10-2019", "/bronnen/proeftuin-waterdam-2020", "/advies", "/over", "/weg")
WEB = Path(look.HERE)


class Outline(HTMLParser):
    """What a page is made of, for those who do not see it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.lang = ""
        self.labels: set[str] = set()
        self.fields: set[str] = set()
        self.inside = False

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "label"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        if tag == "html":
            self.lang = found["lang"]
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a":
            self.links.append(found["href"])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "label":
            self.labels.add(found.get("for", ""))
            self.inside = "for" not in found  # then it holds its field
        if tag == "textarea" and not self.inside:
            self.fields.add(found["id"])
        assert not any(name.startswith("on") or name == "style" for name in found), f"inline script or style on {tag}"
        assert tag != "script" or found.get("src", "").startswith("/static/")


def outline(text: str) -> Outline:
    parsed = Outline()
    parsed.feed(text)
    return parsed


def words(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_its_bones(client: TestClient, path: str, language: str) -> None:
    response = client.get(path, params={"lang": language} | ({"vraag": QUESTION} if "vraag" in path else {}))
    page = outline(response.text)
    assert response.status_code == (404 if path == "/weg" else 200)
    assert page.lang == language
    assert page.tags.count("h1") == page.tags.count("main") == page.tags.count("header") == page.tags.count("footer") == 1
    assert page.headings[0] == 1
    assert all(after <= before + 1 for before, after in zip(page.headings, page.headings[1:], strict=False)), page.headings
    assert len(page.ids) == len(set(page.ids))
    assert page.fields <= page.labels
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert page.links[0] == "#inhoud"
    for name, value in {"x-content-type-options": "nosniff", "cache-control": "no-store"}.items():
        assert response.headers[name] == value
    policy = response.headers["content-security-policy"]
    assert "unsafe" not in policy and "default-src 'self'" in policy and "frame-ancestors 'none'" in policy


def test_both_languages_have_every_text() -> None:
    for key, (dutch, english) in texts.TEXTS.items():
        assert key == "dutch_text" or dutch, key
        assert english, key
        assert set(re.findall(r"{(\w+)}", dutch)) <= set(re.findall(r"{(\w+)}", english)), key
        assert "!" not in dutch + english, key


def test_templates_use_texts_that_exist() -> None:
    used = {m for f in (WEB / "templates").glob("*.html") for m in re.findall(r'page\.t\("(\w+)"', f.read_text("utf-8"))}
    assert used - {"about_", "reason_", "mode_"} <= set(texts.TEXTS)


def test_files_stay_small() -> None:
    files = [f for kind in ("*.py", "templates/*.html", "static/*.js", "static/*.css") for f in WEB.glob(kind)]
    assert len(files) > 15
    assert {f.name: n for f in files if (n := len(f.read_text("utf-8").splitlines())) >= 300} == {}


def test_an_answer_shows_its_passages(client: TestClient) -> None:
    text = client.post("/", data={"vraag": QUESTION}).text
    assert "82.000 euro" in words(text)
    assert re.search(r'<mark class="utrecht-mark">[^<]+</mark>', text)
    assert 'href="#c-1-1-t"' in text
    address = html.unescape(re.search(r'href="(/bronnen/proeftuin[^"]+)"', text)[1])  # type: ignore[index]
    read = client.get(address.split("#")[0])
    assert "<mark" in read.text and f'id="{address.split("#")[1]}"' in read.text
    assert "N. Abspoel. (2020). Proeftuin Waterdam." in words(text)


def test_a_quote_keeps_its_language_on_an_english_page(client: TestClient) -> None:
    text = client.post("/?lang=en", data={"vraag": QUESTION}).text
    assert '<html lang="en"' in text
    assert '<blockquote class="passage" data-f="text" lang="nl">' in text


def test_a_conversation_travels_with_the_form(client: TestClient) -> None:
    first = client.post("/", data={"vraag": QUESTION}).text
    history = html.unescape(re.search(r'name="geschiedenis" value="([^"]*)"', first)[1])  # type: ignore[index]
    assert json.loads(history)[0]["question"] == QUESTION
    second = client.post("/", data={"vraag": "Wat ging daar mis?", "geschiedenis": history}).text
    assert second.count('class="turn"') == 2
    assert QUESTION in words(second) and "/passages/proeftuin-waterdam-2020" in second
    assert len(outline(second).ids) == len(set(outline(second).ids))


def test_a_follow_up_is_a_button_of_the_form(client: TestClient) -> None:
    text = client.post("/", data={"vraag": "", "vervolg": QUESTION}).text
    assert "82.000 euro" in words(text)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_typed_is_lost(client: TestClient, language: str) -> None:
    long = "a" * 1001
    response = client.post(f"/?lang={language}", data={"vraag": long, "geschiedenis": '[{"question": "Eerst?", "answer": "Dit."}]'})
    assert response.status_code == 400
    assert f">{long}</textarea>" in response.text
    assert "Eerst?" in response.text
    assert html.escape(message("too_long", language, most=1000)) in response.text
    empty = client.post(f"/?lang={language}", data={"vraag": "  "})
    assert empty.status_code == 400 and message("empty", language) in empty.text


@pytest.mark.parametrize(
    "bad", ["{", "[1]", '{"question": 1}', "[" * 5000, '[{"question": "' + "x" * 2000 + '"}]', '[{"question": "\\ud800"}]']
)
def test_a_broken_conversation_is_left_out(client: TestClient, bad: str) -> None:
    assert recall(bad) == []
    assert client.post("/", data={"vraag": QUESTION, "geschiedenis": bad}).status_code == 200


@pytest.mark.parametrize(
    "hostile", ['"><script>alert(1)</script>', "<img src=x onerror=alert(1)>", "{{ 7*7 }}", "\x00\x1b[31m gemeente", "%ff%00"]
)
def test_what_is_typed_is_only_text(client: TestClient, hostile: str) -> None:
    earlier = json.dumps([{"question": hostile, "answer": hostile, "passages": [hostile]}])
    for response in (
        client.post("/", data={"vraag": hostile}),
        client.get("/", params={"vraag": hostile}),
        client.post("/", data={"vraag": QUESTION, "geschiedenis": earlier}),
        client.get("/bronnen/proeftuin-waterdam-2020", params={"passage": hostile, "citaat": hostile}),
        client.get("/weg", params={"q": hostile, "lang": "en"}),
        client.post("/advies", data={"situatie": hostile}),
    ):
        assert response.status_code < 500
        assert "<script>" not in response.text and "<img" not in response.text and "49" not in words(response.text)[:200]
        outline(response.text)


def test_what_is_stored_is_only_text(client: TestClient) -> None:
    question = "Hoe heet de windwijzer van Haakjesveen?"
    passage = "/passages/vreemd:1:1"
    for path in ("/bronnen", "/bronnen/vreemd", f"/?vraag={question}", passage):
        text = client.get(path).text
        outline(text)
        assert "<script>" not in text and "<img" not in text and "<b>" not in text and "<i>" not in text
        assert HOSTILE_TITLE in html.unescape(text), path


def test_an_absent_document_is_said_to_be(client: TestClient) -> None:
    text = words(client.get("/bronnen/station10-2019").text)
    assert texts.text("absent", "nl") in text
    assert "veertien medewerkers" in text
    english = words(client.get("/bronnen/station10-2019?lang=en").text)
    assert "fourteen employees" in english


def test_the_reader_marks_the_quote_only_inside_the_cited_passage(client: TestClient) -> None:
    path = "/bronnen/proeftuin-waterdam-2020?passage=proeftuin-waterdam-2020:2:1"
    assert client.get(f"{path}&citaat=0-5").text.count("<mark") >= 1
    whole = re.findall(r"<mark[^>]*>([^<]*)", client.get(path).text)
    assert "Noor Abspoel" in " ".join(whole)
    assert "<mark" not in client.get("/bronnen/proeftuin-waterdam-2020?passage=weg").text


def test_the_whole_text_is_in_the_reader(client: TestClient, wijzer: object) -> None:
    stored = wijzer.document("proeftuin-waterdam-2020").text  # type: ignore[attr-defined]
    shown = words(client.get("/bronnen/proeftuin-waterdam-2020").text)
    assert all(" ".join(line.split()) in shown for line in stored.split("\n") if line.strip())


def test_a_passage_stands_between_its_neighbours(client: TestClient) -> None:
    text = words(client.get("/passages/proeftuin-waterdam-2020:2:1").text)
    assert texts.text("before", "nl") in text and texts.text("after", "nl") in text and "Zuiderkade" in text
    assert client.get("/passages/weg:1:1").status_code == 404
    assert client.get("/bronnen/weg").status_code == 404
    assert client.get("/bronnen/").status_code == 404


def test_advice_without_script(client: TestClient) -> None:
    text = client.post("/advies", data={"situatie": SITUATION}).text
    assert html.escape(SITUATION) in text
    assert "answer__message" in text or "card__head" in text
    empty = client.post("/advies?lang=en", data={"situatie": ""})
    assert empty.status_code == 400 and texts.text("situation_empty", "en") in empty.text
    assert client.post("/advies", data={"situatie": "b" * 4001}).status_code == 400


def test_the_language_is_remembered(client: TestClient) -> None:
    assert '<html lang="nl"' in client.get("/", headers={"accept-language": "en"}).text
    switched = client.get("/?lang=en")
    assert "lang=en" in switched.headers["set-cookie"] and "httponly" in switched.headers["set-cookie"].lower()
    assert '<html lang="en"' in client.get("/over").text
    assert '<html lang="en"' in client.get("/weg").text
    client.cookies.clear()
    assert '<html lang="nl"' in client.get("/?lang=xx", headers={"cookie": "lang=klingon"}).text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "cross-site", "origin": "http://testserver"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://testserver"}, 200),
        ({"origin": "https://elders.example"}, 403),
        ({"origin": "null"}, 403),
        ({}, 200),
    ],
)
def test_forms_come_from_our_own_pages(client: TestClient, headers: dict[str, str], status: int) -> None:
    assert client.post("/", data={"vraag": QUESTION}, headers=headers).status_code == status


def test_too_much_is_refused(client: TestClient) -> None:
    response = client.post("/", data={"vraag": "x" * MOST_BYTES})
    assert response.status_code == 413 and texts.text("e413", "nl") in response.text
    pieces = (b"vraag=" + b"x" * 1000 for _ in range(80))  # sent in chunks, so without saying how long
    assert client.post("/", content=pieces, headers={"content-type": "application/x-www-form-urlencoded"}).status_code == 413
    assert client.post("/", data={f"f{i}": "x" for i in range(50)}).status_code == 413
    assert client.request("DELETE", "/").status_code == 405


def test_static_files_are_kept_by_the_browser(client: TestClient) -> None:
    page = client.get("/").text
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(addresses) >= 5
    size = len(page)
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200 and "immutable" in response.headers["cache-control"]
        size += len(response.content)
    assert client.get("/static/app.css").headers["cache-control"] == "no-cache"
    assert size < 150_000  # before compression
    assert not re.search(r"(https?:)?//(?!www\.w3\.org)", " ".join(addresses))


def test_pages_do_without_the_vendor(client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(look, "_STYLES", ("weg/weg.css", "app.css"))
    styles = look.Look().styles
    assert len(styles) == 1 and "app.css" in styles[0]


def test_an_error_is_a_page_too(client: TestClient, wijzer: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("geheim")

    monkeypatch.setattr(wijzer, "answer", fail)
    response = client.get("/", params={"vraag": QUESTION})
    assert response.status_code == 500
    assert texts.text("e500", "nl") in response.text and "geheim" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"
