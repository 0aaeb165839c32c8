"""The pages of the scan, the check and memos as they come from the server: every path without JavaScript."""

from __future__ import annotations

import html
import io
import json
import re
from types import SimpleNamespace
from typing import Any

import pytest
from docx import Document
from fastapi.testclient import TestClient

from assistant.messages import message
from assistant.web import views
from assistant.web.look import Look
from tests.assistant.web.test_pages import Outline, words

SCAN = {
    "a-leadership-strategy": "1", "a-leadership-vision": "5", "a-organisation-risk": "2", "o-leadership-strategy": "Per <b>afdeling</b>",
    "organisatie": "Lindeburg", "datum": "2026-03-09", "startpositie": "no-idea",
}  # fmt: skip
CHECK = {"naam": "Slimme fietsenstalling", "k-values": "no", "t-test": "busy", "w-test": "teamleider", "o-values": "<i>niet</i>"}
QUESTION = "Wat kostte de proeftuin met slimme lantaarnpalen in Waterdam?"


class Fields(Outline):
    """The form fields of a page: hidden values, and what is checked or filled in."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.inputs: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        found = {name: value or "" for name, value in attrs}
        if tag == "input":
            kind = found.get("type")
            if kind != "hidden":
                self.inputs.add(found["id"])
            if kind not in {"radio", "file"} or "checked" in found:
                self.values[found["name"]] = found["value"]


def read(text: str) -> Fields:
    parsed = Fields()
    parsed.feed(text)
    return parsed


def sound(text: str, language: str = "nl") -> Fields:
    page = read(text)
    assert page.lang == language and page.tags.count("h1") == 1 and page.headings[0] == 1
    assert all(after <= before + 1 for before, after in zip(page.headings, page.headings[1:], strict=False)), page.headings
    assert len(page.ids) == len(set(page.ids)), [i for i in page.ids if page.ids.count(i) > 1]
    assert page.fields | page.inputs <= page.labels
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert "<b>" not in text and "<i>" not in text
    return page


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", ["/scan", "/toets"])
def test_the_questions_have_their_bones(client: TestClient, path: str, language: str) -> None:
    response = client.get(path, params={"lang": language})
    assert response.status_code == 200
    page = sound(response.text, language)
    assert page.tags.count("fieldset") == page.tags.count("legend") == (17 if path == "/scan" else 13)
    assert not {name for name in page.values if name[:2] in {"a-", "k-", "t-"}}, "nothing is chosen beforehand"


def test_a_scan_from_questions_to_file_memo_and_back(client: TestClient) -> None:
    response = client.post("/scan", data=SCAN)
    assert response.status_code == 200
    page = sound(response.text)
    said = words(response.text)
    assert "3 van de 15" in said and "9 maart 2026" in said and "We hebben geen idee" in said
    assert 'role="img"' in response.text and "Leiderschap: 3,0 van 5" in said
    kept = {"scan": page.values["scan"], "soort": "scan"}
    file = client.post("/scan/bestand", data=kept)
    assert file.headers["content-disposition"] == 'attachment; filename="scan-lindeburg-9-maart-2026.json"'
    assert file.json()["answers"]["leadership-strategy"] == 1 and file.json()["remarks"] == {"leadership-strategy": "Per <b>afdeling</b>"}
    opened = client.post("/scan/openen", files={"bestand": ("scan.json", file.content, "application/json")})
    again = sound(opened.text).values
    assert opened.status_code == 200 and {k: again[k] for k in SCAN if k[0] == "a"} == {k: v for k, v in SCAN.items() if k[0] == "a"}
    assert again["startpositie"] == "no-idea" and again["organisatie"] == "Lindeburg" and again["datum"] == "2026-03-09"
    assert client.post("/scan/openen", data=kept).text.count("checked") == opened.text.count("checked")
    memo = client.post("/memo", data=kept | {"vorm": "docx"})
    assert "Lindeburg" in Document(io.BytesIO(memo.content)).paragraphs[0].text


def test_two_scans_are_compared_and_go_into_the_memo(client: TestClient) -> None:
    kept = sound(client.post("/scan", data=SCAN).text).values["scan"]
    other = json.dumps({"organisation": "Elders", "answers": {"leadership-strategy": 4, "leadership-vision": 5}})
    response = client.post("/scan/vergelijken", data={"scan": kept}, files={"bestand": ("b.json", other, "application/json")})
    page = sound(response.text)
    assert response.status_code == 200 and "Elders" in words(response.text) and "4,5" in response.text
    memo = client.post("/memo", data={"soort": "scan", "vorm": "md", "scan": page.values["scan"], "andere": page.values["andere"]})
    assert "| Leiderschap | 4,5 | 3,0 | −1,5 |" in memo.text


@pytest.mark.parametrize(("path", "name"), [("/scan/openen", "scan"), ("/toets/openen", "toets"), ("/scan/vergelijken", "scan")])
@pytest.mark.parametrize("raw", [b"{", b"[]", b'{"kind": "x"}', b'{"answers": {"zz": 9}, "criteria": {"zz": "yes"}}', None])
def test_a_bad_file_is_told_in_words(client: TestClient, path: str, name: str, raw: bytes | None) -> None:
    data = {"scan": json.dumps({"answers": {"leadership-strategy": 1}})} if path == "/scan/vergelijken" else {}
    files = {"bestand": ("x.json", raw, "application/json")} if raw is not None else {"bestand": ("", b"", "application/json")}
    response = client.post(path, data=data, files=files)
    assert response.status_code == 400 and 'role="alert"' in response.text
    sound(response.text)


def test_too_large_a_file_is_refused(client: TestClient) -> None:
    response = client.post("/scan/openen", files={"bestand": ("x.json", b" " * 70_000, "application/json")})
    assert response.status_code == 413 and "<h1" in response.text


@pytest.mark.parametrize(("path", "data"), [("/scan", {}), ("/scan", {"organisatie": "x"}), ("/toets", {}), ("/toets", {"naam": "x"})])
def test_nothing_filled_in_asks_to_fill_in(client: TestClient, path: str, data: dict[str, str]) -> None:
    response = client.post(path, data=data)
    assert response.status_code == 400 and "Je hebt nog" in words(response.text) and 'role="alert"' in response.text


def test_a_wrong_value_keeps_the_rest(client: TestClient) -> None:
    response = client.post("/scan", data=SCAN | {"a-leadership-vision": "9", "datum": "gisteren"})
    values = sound(response.text).values
    assert response.status_code == 400 and values["a-leadership-strategy"] == "1" and values["organisatie"] == "Lindeburg"
    assert "ten hoogste 5" in response.text and "2026-03-31" in response.text


@pytest.mark.parametrize("path", ["/scan/bestand", "/toets/bestand", "/scan/vergelijken", "/memo"])
@pytest.mark.parametrize("data", [{}, {"scan": "{", "toets": "{", "soort": "scan"}, {"soort": "toets", "toets": "[]"}, {"soort": "advies"}])
def test_a_form_that_was_tampered_with_is_400(client: TestClient, path: str, data: dict[str, str]) -> None:
    response = client.post(path, data=data)
    assert response.status_code == 400 and "Traceback" not in response.text


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"--x\r\n\r\n", b"a-" + b"x" * 500 + b"=1"])
@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "text/plain"]
)
def test_a_body_that_is_no_form_is_no_failure(client: TestClient, raw: bytes, kind: str) -> None:
    for path in ("/scan", "/toets", "/scan/openen", "/memo"):
        assert client.post(path, content=raw, headers={"content-type": kind}).status_code == 400


def test_a_check_from_questions_to_file_memo_and_back(client: TestClient) -> None:
    response = client.post("/toets", data=CHECK)
    page, said = sound(response.text), words(response.text)
    assert response.status_code == 200 and "0 van de 5" in said and "teamleider" in said and "Pilot weesfietsen" in said
    kept = {"toets": page.values["toets"], "soort": "toets"}
    file = client.post("/toets/bestand", data=kept)
    assert file.json()["tasks"]["test"] == {"status": "busy", "who": "teamleider"}
    again = sound(client.post("/toets/openen", files={"bestand": ("t.json", file.content, "application/json")}).text).values
    assert {k: again[k] for k in ("naam", "k-values", "t-test", "w-test")} == {
        k: CHECK[k] for k in ("naam", "k-values", "t-test", "w-test")
    }
    memo = client.post("/memo?lang=en", data=kept | {"vorm": "md"})
    assert memo.text.startswith("# Memo: check of an initiative, Slimme fietsenstalling")


def test_a_conversation_becomes_the_memo_that_was_shown(client: TestClient, wijzer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    text = client.post("/", data={"vraag": QUESTION}).text
    assert 'form="vraagformulier" formaction="/memo"' in text
    remembered = html.unescape(re.search(r'name="geschiedenis" value="([^"]*)"', text)[1])  # type: ignore[index]
    monkeypatch.setattr(wijzer, "answer", lambda *_: pytest.fail("asked again"))
    memo = client.post("/memo", data={"soort": "antwoord", "geschiedenis": remembered, "vorm": "md"})
    assert memo.headers["content-type"].startswith("text/markdown") and "82.000 euro" in memo.text and "N. Abspoel. (2020)" in memo.text
    assert all(s["text"] in memo.text for s in json.loads(remembered)[0]["statements"])
    assert wijzer.tools.index.fingerprint in memo.text and message("memo_earlier", "nl") not in memo.text
    written = {"mode": "write", "made": {"index": "oud", "model": "klein-model", "prompts": {"answer": "abc"}}}
    older = client.post("/memo", data={"geschiedenis": json.dumps([json.loads(remembered)[0] | written]), "vorm": "md"}).text
    assert message("memo_earlier", "nl") in older and "klein-model" in older and "answer abc" in older


def test_an_advice_becomes_a_memo(client: TestClient) -> None:
    situation = "Mijn afdelingsdirecteur wil eerst garanties. Niemand durft een fout te maken en daarom beginnen we niet."
    assert client.post("/advies", data={"situatie": situation}).text.count('action="/memo"') == 1
    memo = client.post("/memo", data={"soort": "advies", "situatie": situation, "vorm": "md"})
    assert memo.status_code == 200 and situation in memo.text and "Aanpakken" in memo.text


def test_passages_are_folded_under_what_they_carry() -> None:
    page = SimpleNamespace(evidence={"k": (views.blank_citation(),)}, t=lambda key, **_: key)
    shown = Look()._environment.get_template("plan_parts.html").module
    assert 'class="citation"' in shown.evidence(page, "k", "Naam") and "Naam" in shown.evidence(page, "k", "Naam")  # type: ignore[attr-defined]
    assert str(shown.evidence(page, "x")).strip() == ""  # type: ignore[attr-defined]


def switched(client: TestClient, text: str, fields: dict[str, str], files: Any = None) -> Fields:
    """Press the button for the other language: it sends what its form holds."""
    button = re.search(r'form="(\w+)" formaction="([^"]+)" name="toon" value="1"', text)
    assert button, "a link would lose what was filled in"
    assert f'id="{button[1]}"' in text
    response = client.post(html.unescape(button[2]), data=fields | {"toon": "1"})
    assert response.status_code == 200
    client.cookies.clear()
    return sound(response.text, "en")


def test_the_other_language_keeps_what_was_filled_in(client: TestClient) -> None:
    asked = switched(client, client.get("/scan").text, SCAN | {"afdeling": "x" * 200})
    assert {"a-leadership-vision": "5", "organisatie": "Lindeburg", "datum": "2026-03-09"}.items() <= asked.values.items()
    asked = switched(client, client.get("/toets").text, CHECK | {"o-values": "x" * 600})
    assert asked.values["k-values"] == "no" and asked.values["w-test"] == "teamleider" and asked.values["naam"] == CHECK["naam"]


def test_the_other_language_keeps_a_result(client: TestClient) -> None:
    scanned = client.post("/scan", data=SCAN).text
    kept = sound(scanned).values
    other = json.dumps({"organisation": "Elders", "answers": {"leadership-strategy": 4, "leadership-vision": 5}})
    shown = switched(client, scanned, {"scan": kept["scan"], "andere": ""})
    assert shown.values["scan"] == kept["scan"] and "profiel" in shown.ids
    compared = client.post("/scan/vergelijken", data={"scan": kept["scan"]}, files={"bestand": ("b.json", other, "application/json")}).text
    assert "verschil" in switched(client, compared, {name: sound(compared).values[name] for name in ("scan", "andere")}).ids
    checked = client.post("/toets", data=CHECK).text
    shown = switched(client, checked, {"toets": sound(checked).values["toets"]})
    assert "kenmerken" in shown.ids and shown.values["toets"] == sound(checked).values["toets"]


def test_the_other_language_after_an_error_leads_to_a_page(client: TestClient) -> None:
    page = client.post("/memo", data={}).text
    assert 'href="/?lang=en"' in page


def test_memos_are_for_our_own_forms(client: TestClient) -> None:
    assert client.post("/memo", data={}, headers={"sec-fetch-site": "cross-site"}).status_code == 403
