"""The API over the real application: what the NL GOV API Design Rules ask, and errors that say what is wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

QUESTION = "Wat kostte de proeftuin met slimme lantaarnpalen in Waterdam?"


@pytest.fixture
def api(client: TestClient) -> TestClient:
    client.headers["accept"] = "application/json"
    return client


def test_an_answer_keeps_to_the_contract(api: TestClient, wijzer: Any) -> None:
    response = api.post("/v1/answers", json={"question": QUESTION})
    answer = response.json()
    assert response.status_code == 200 and response.headers["api-version"] == "1.0.0"
    assert {"status", "language", "mode", "statements", "citations", "nearest", "followUps", "receipt"} <= set(answer)
    assert answer["status"] in {"answered", "partial"} and answer["mode"] == "quote" and answer["language"] == "nl"
    assert "timingsMs" in answer["receipt"]
    for citation in answer["citations"]:
        if citation["quote"]:
            stored = wijzer.document(citation["source"]).text
            assert stored[citation["start"] : citation["end"]] == citation["quote"]
    numbers = {c["n"] for c in answer["citations"]}
    assert all(set(s["citations"]) <= numbers and s["citations"] for s in answer["statements"])


def test_a_stream_has_the_same_statements(api: TestClient) -> None:
    whole = api.post("/v1/answers", json={"question": QUESTION}).json()
    response = api.post("/v1/answers", json={"question": QUESTION}, headers={"accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store" and "content-encoding" not in response.headers
    events = [dict(line.split(": ", 1) for line in block.split("\n")) for block in response.text.strip().split("\n\n")]
    said = [json.loads(e["data"])["text"] for e in events if e["event"] == "statement"]
    assert said == [s["text"] for s in whole["statements"]]
    assert events[-1]["event"] == "answer"


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"question": ""}, "question"),
        ({}, "question"),
        ({"question": "a" * 1000}, None),
        ({"question": "a" * 1001}, "question"),
        ({"question": "Wat?", "mode": "dicht"}, "mode"),
        ({"question": "Wat?", "history": [{"question": "a"}] * 21}, "history"),
        ({"question": 7}, "question"),
    ],
)
def test_invalid_input_is_400_with_the_place(api: TestClient, body: dict[str, Any], name: str | None) -> None:
    response = api.post("/v1/answers", json=body)
    if name is None:
        assert response.status_code == 200
        return
    problem = response.json()
    assert response.status_code == 400 and response.headers["content-type"] == "application/problem+json"
    assert problem["status"] == 400 and problem["title"] and problem["detail"]
    assert name in {error["name"] for error in problem["errors"]}


def test_all_errors_come_together(api: TestClient) -> None:
    problem = api.post("/v1/search", json={"query": "", "k": 0}).json()
    assert {error["name"] for error in problem["errors"]} == {"query", "k"}


@pytest.mark.parametrize("raw", [b"{", b"", b"\xff\xfe", b'{"question": "\\ud800"}', b"[" * 3000])
def test_what_is_no_json_is_refused(api: TestClient, raw: bytes) -> None:
    response = api.post("/v1/answers", content=raw, headers={"content-type": "application/json"})
    assert response.status_code == 400 and response.headers["content-type"] == "application/problem+json"


def test_too_much_is_refused(api: TestClient) -> None:
    response = api.post("/v1/answers", json={"question": "a" * 100_000})
    assert response.status_code == 413 and response.headers["content-type"] == "application/problem+json"
    assert response.headers["api-version"] == "1.0.0"


def test_search_gives_ranked_passages(api: TestClient) -> None:
    found = api.post("/v1/search", json={"query": QUESTION, "k": 3}).json()
    assert found["hits"][0]["source"] == "proeftuin-waterdam-2020"
    assert len(found["hits"]) == 3 and found["hits"][0]["scores"]
    assert [hit["score"] for hit in found["hits"]] == sorted((hit["score"] for hit in found["hits"]), reverse=True)


def test_sources_and_passages(api: TestClient) -> None:
    sources = {s["id"]: s for s in api.get("/v1/sources").json()}
    assert sources["proeftuin-waterdam-2020"]["present"] and not sources["station10-2019"]["present"]
    one = api.get("/v1/sources/proeftuin-waterdam-2020").json()
    assert [s["id"] for s in one["sections"]][-1] == "3.2"
    passage = api.get("/v1/passages/proeftuin-waterdam-2020:2:1").json()
    assert passage["previous"] and passage["next"] and passage["citation"]["quote"] in passage["text"]


@pytest.mark.parametrize("path", ["/v1/passages/weg:1:1", "/v1/sources/weg", "/v1/weg", "/v1/sources/", "/docs", "/redoc"])
def test_what_is_not_there_is_404(api: TestClient, path: str) -> None:
    response = api.get(path)
    assert response.status_code == 404 and response.headers["content-type"] == "application/problem+json"


def test_the_description(api: TestClient) -> None:
    response = api.get("/v1/openapi.json", headers={"origin": "https://elders.example"})
    described = response.json()
    assert response.headers["access-control-allow-origin"] == "*" and response.headers["api-version"] == "1.0.0"
    assert "access-control-allow-origin" not in api.get("/v1/sources", headers={"origin": "https://elders.example"}).headers
    assert {"name", "url", "email"} <= set(described["info"]["contact"]) and described["servers"]
    assert all(path.startswith("/v1/") for path in described["paths"])
    operations = [o for p in described["paths"].values() for o in p.values()]
    assert all(o["operationId"] and "400" in o["responses"] and "422" not in o["responses"] for o in operations)
    assert "ValidationError" not in described["components"]["schemas"]


def test_health(api: TestClient) -> None:
    assert api.get("/health/live").json() == {"status": "ok"}
    assert api.get("/health/ready").json()["documents"] == 4


def test_a_failure_is_a_problem_without_details(api: TestClient, wijzer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("geheim")

    monkeypatch.setattr(wijzer, "answer", fail)
    response = api.post("/v1/answers", json={"question": QUESTION})
    assert response.status_code == 500 and response.headers["content-type"] == "application/problem+json"
    assert "geheim" not in response.text and response.headers["api-version"] == "1.0.0"


def test_control_characters_are_a_400_in_the_users_language(api: TestClient) -> None:
    for path, body, word in (
        ("/v1/answers", {"question": "wat is dit\x00 hier"}, "stuurtekens"),
        ("/v1/search", {"query": "the\x07 bell"}, "control"),
    ):
        response = api.post(path, json=body)
        assert response.status_code == 400 and response.headers["content-type"] == "application/problem+json"
        assert word in response.json()["detail"]
