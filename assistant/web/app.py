"""Put the API, the pages and the static files together into one application; nothing is global."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from fastapi import FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response

from assistant.retrieval.spelling import common_words
from assistant.service import Wijzer
from assistant.settings import Settings
from assistant.web import api, problems
from assistant.web.guard import API_VERSION, Guard
from assistant.web.look import STATIC, Look
from assistant.web.memo_pages import memo_pages
from assistant.web.pages import error_page, pages
from assistant.web.plan_api import plan_router
from assistant.web.plan_pages import plan_pages
from assistant.web.site import Site
from ingest.errors import WijzerError

_CONTACT = {"name": "Innovatiewijzer", "url": "https://example.org/innovatiewijzer", "email": "innovatiewijzer@example.org"}


def _first_use(service: Wijzer) -> None:
    with suppress(WijzerError):  # without an index there is nothing to warm
        service.search("innovatie", 1)
    common_words()


def create_app(settings: Settings, wijzer: Wijzer | None = None) -> FastAPI:
    """Return the application over one service; `wijzer` is made from the settings when it is not given."""
    service = wijzer or Wijzer(settings)

    @asynccontextmanager
    async def warm(app: FastAPI) -> AsyncIterator[None]:
        # The first use of the model is slow: let that be ours, beside the first visitor's reading, not before it.
        task = asyncio.create_task(run_in_threadpool(_first_use, service))
        stop = threading.Event()
        follower = threading.Thread(target=service.follow, args=(stop,), name="index", daemon=True)
        follower.start()
        yield
        stop.set()
        await task

    app = FastAPI(
        title="Innovatiewijzer", version=API_VERSION, openapi_url="/v1/openapi.json", docs_url=None, redoc_url=None,
        redirect_slashes=False, lifespan=warm,
    )  # fmt: skip
    app.state.site = Site(service, Look(), settings)
    problems.install(app)
    app.include_router(api.router(service))
    app.include_router(plan_router(service))
    app.include_router(api.health(service))
    app.include_router(pages(app.state.site))
    app.include_router(plan_pages(app.state.site))
    app.include_router(memo_pages(app.state.site))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(GZipMiddleware, minimum_size=800)
    app.add_middleware(Guard, failed=_failed, refuse=_refuse)
    app.openapi = lambda: _description(app)  # type: ignore[method-assign]
    return app


async def _failed(request: Request, error: Exception) -> Response:
    handler = request.app.exception_handlers[Exception]
    response: Response = await handler(request, error)
    return response


def _refuse(request: Request, status: int) -> Response:
    return error_page(request, status)


def _description(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI description. Invalid input is 400 here (`problems`), never FastAPI's own 422."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title, version=app.version, routes=app.routes, contact=_CONTACT, servers=[{"url": "/"}],
            description="Answers on innovation in municipalities, each sentence with its passage.",
            license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        )  # fmt: skip
        for path in made["paths"].values():
            for operation in path.values():
                operation.get("responses", {}).pop("422", None)
        for name in ("HTTPValidationError", "ValidationError"):
            made.get("components", {}).get("schemas", {}).pop(name, None)
        app.openapi_schema = made
    return app.openapi_schema
