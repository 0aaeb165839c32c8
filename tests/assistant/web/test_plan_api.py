from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document
from fastapi.testclient import TestClient

QUESTION = "Wat kostte de proeftuin met slimme lantaarnpalen in Waterdam?"
ANSWERS = {"leadership-strategy": 1, "leadership-vision": 5, "learning-openness": None}


@pytest.fixture
def api(client: TestClient) -> TestClient:
    client.headers["accept"] = "application/json"
    return client


def test_a_scan_keeps_to_the_contract(api: TestClient) -> None:
    asked = api.get("/v1/scans/questions", params={"language": "en"}).json()
    assert sum(len(g["questions"]) for g in asked["groups"]) == 15 and asked["startingPositions"] and asked["scale"][0]["id"] == "1"
    response = api.post("/v1/scans", json={"answers": ANSWERS, "previous": {"answers": ANSWERS}, "language": "en"})
    result = response.json()
    assert response.status_code == 200 and {"profile", "strengths", "weakest", "advice", "limits", "citations", "receipt"} <= set(result)
    assert result["profile"][0]["score"] == 3.0 and result["weakest"][0]["id"] == "leadership-strategy" and result["comparison"]
    assert result["scan"]["answers"] == ANSWERS and "previous" not in result["scan"]


def test_a_check_keeps_to_the_contract(api: TestClient) -> None:
    asked = api.get("/v1/checks/questions").json()
    assert len(asked["criteria"]) == 5 and len(asked["tasks"]) == 8
    result = api.post("/v1/checks", json={"criteria": {"values": "no"}, "tasks": {"test": {"status": "busy"}}}).json()
    assert result["status"] == "partial" and result["nextTask"] == "conceive" and result["language"] == "nl"


@pytest.mark.parametrize(
    ("path", "body", "places"),
    [
        (
            "/v1/scans",
            {"answers": {"leadership-strategy": 6, "leadership-vision": "5"}},
            {"answers.leadership-strategy", "answers.leadership-vision"},
        ),
        ("/v1/scans", {"answers": {"leadership": 3}}, {"answers.leadership"}),
        ("/v1/scans", {"previous": {"answers": {"zz": 3}}}, {"answers.zz"}),
        ("/v1/scans", {"extra": 1}, {"extra"}),
        ("/v1/checks", {"criteria": {"values": "perhaps"}}, {"criteria.values"}),
        ("/v1/checks", {"tasks": {"zz": {}}}, {"tasks.zz"}),
        ("/v1/memos", {}, {""}),
        ("/v1/memos", {"question": "a", "situation": "b"}, {""}),
        ("/v1/memos", {"question": "a", "format": "pdf"}, {"format"}),
    ],
)
def test_errors_are_400_with_the_places_in_words(api: TestClient, path: str, body: dict[str, Any], places: set[str]) -> None:
    response = api.post(path, json=body)
    problem = response.json()
    assert response.status_code == 400 and response.headers["content-type"] == "application/problem+json"
    assert {e["name"] for e in problem["errors"]} == places
    assert not any("Input" in e["reason"] for e in problem["errors"])
    english = api.post(path, json={**body, "language": "en"}).json()
    assert english["errors"][0]["reason"] != problem["errors"][0]["reason"] or path == "/v1/memos"


def test_a_memo_of_each_kind(api: TestClient) -> None:
    answer = api.post("/v1/answers", json={"question": QUESTION}).json()
    bodies: list[dict[str, Any]] = [
        {"question": QUESTION}, {"question": QUESTION, "answer": answer}, {"scan": {"answers": ANSWERS}},
        {"check": {"criteria": {"values": "no"}}},
        {"situation": "Mijn afdelingshoofd durft niets te proberen. Hij is bang dat het mislukt en in de krant komt."},
    ]  # fmt: skip
    for body in bodies:
        made = api.post("/v1/memos", json=body)
        assert made.status_code == 200 and made.headers["content-disposition"].endswith('.docx"')
        assert len(Document(io.BytesIO(made.content)).paragraphs) > 5
    text = api.post("/v1/memos", json={"question": QUESTION, "format": "md"}).text
    assert "82.000 euro" in text and text == api.post("/v1/memos", json={"question": QUESTION, "answer": answer, "format": "md"}).text


def test_a_memo_of_an_answer_with_changed_quotes_is_refused(api: TestClient) -> None:
    answer = api.post("/v1/answers", json={"question": QUESTION}).json()
    answer["citations"][0]["quote"] = "Dit stond er niet."
    response = api.post("/v1/memos", json={"question": QUESTION, "answer": answer})
    assert response.status_code == 400 and response.json()["errors"][0]["name"] == "answer.citations"


def test_the_description_has_the_plan(api: TestClient) -> None:
    paths = api.get("/v1/openapi.json").json()["paths"]
    assert {"/v1/scans", "/v1/scans/questions", "/v1/checks", "/v1/checks/questions", "/v1/memos"} <= set(paths)
    kinds = set(paths["/v1/memos"]["post"]["responses"]["200"]["content"])
    assert "text/markdown" in kinds and any("wordprocessingml" in kind for kind in kinds)
