"""What a reader of pages and a client of the API are told when something goes wrong."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from assistant.messages import message
from assistant.service import Wijzer
from ingest.errors import IndexMissing, IndexUnavailable
from tests.assistant.web.test_pages import words


@pytest.mark.parametrize(
    ("error", "status", "key"),
    [(IndexUnavailable("a", "b"), 503, "no_vectors"), (IndexMissing("a", "b"), 503, "no_index"), (ValueError("a"), 500, "error")],
)
def test_what_went_wrong_is_told_on_the_page_as_in_the_api(
    client: TestClient, wijzer: Wijzer, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, key: str
) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr(wijzer, "sources", fail)
    page = client.get("/bronnen?lang=en", headers={"accept-language": "nl"})
    assert page.status_code == status and message(key, "en") in words(page.text)
    client.cookies.clear()
    told = client.get("/v1/sources", headers={"accept": "application/json", "accept-language": "nl"})
    assert told.status_code == status and told.json()["detail"] == message(key, "nl")


@pytest.mark.parametrize(("path", "fields"), [("/", {"vraag": "Wat?", "geschiedenis": '[{"question": "Wat?"}]', "wijzig": "9" * 5000}),
                                              ("/scan", {"a-leadership-vision": "9" * 5000})])  # fmt: skip
def test_a_number_without_end_is_no_error_of_ours(client: TestClient, path: str, fields: dict[str, str]) -> None:
    assert client.post(path, data=fields).status_code < 500
