from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.service import Wijzer
from assistant.settings import Settings
from assistant.web.app import create_app
from assistant.web.ports import free_port


@pytest.fixture(scope="session")
def app(settings: Settings, wijzer: Wijzer) -> FastAPI:
    return create_app(settings, wijzer)


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    """A client with no cookies, that is shown error pages instead of exceptions."""
    return TestClient(app, raise_server_exceptions=False, headers={"accept": "text/html"})


@pytest.fixture(scope="session")
def address(app: FastAPI) -> Iterator[str]:
    """The application behind a real socket."""
    port = free_port("127.0.0.1", 18080)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 60
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    assert server.started
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
