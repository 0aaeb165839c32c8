"""`wijzer models`: which models are configured, whether each answers, and how long it takes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from assistant.model import open_model, stream
from assistant.settings import Settings, load_settings
from ingest.embed import CrossEncoderReranker, SentenceTransformerEmbedder, fingerprint
from ingest.errors import WijzerError
from ingest.index import current_manifest

_QUESTION = "Wat houdt innovatie bij gemeenten tegen?"
_TEXTS = ("Innovatie stokt door gebrek aan tijd.", "De kat ligt op de mat.")


@dataclass
class Checked:
    """One model. `state`: "ok", "failed", or "none" when there is none and none is needed; `seconds` is for one use, once loaded."""

    role: str
    name: str
    state: str
    seconds: float | None = None
    said: str = ""
    help: str = ""


def models(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Say which models are configured, check that each answers, and time it. Status 1 when one that is configured does not."""
    settings = load_settings()
    found = [_checked(settings, *part) for part in (("embedder", embedder), ("adapter", adapter), ("reranker", reranker), ("chat", chat))]
    if as_json:
        typer.echo(json.dumps([asdict(c) for c in found], ensure_ascii=False, indent=1))
    else:
        table = Table("model", "name", "state", "seconds", "")
        for c in found:
            table.add_row(c.role, c.name, c.state, "" if c.seconds is None else f"{c.seconds:.2f}", f"{c.said} {c.help}".strip())
        Console().print(table)
    if any(c.state == "failed" for c in found):
        raise typer.Exit(1)


def _checked(settings: Settings, role: str, check: Callable[[Settings], Checked]) -> Checked:
    try:
        return check(settings)
    except WijzerError as error:
        name = {"embedder": settings.embedding_model, "reranker": settings.reranker, "chat": settings.model}.get(role)
        return Checked(role, name or "", "failed", said=str(error), help=error.help)


def embedder(settings: Settings) -> Checked:
    """Embed a question; say whether the index was made with this model. Raises ModelUnavailable."""
    model = SentenceTransformerEmbedder(settings.embedding_model, settings.used_adapter)
    model.queries([_QUESTION])
    began = time.perf_counter()
    model.queries([_QUESTION])
    seconds = time.perf_counter() - began
    said = f"{model.base_dimension} dimensions"
    try:
        fits = current_manifest(settings.data)[1].get("recipe", {}).get("embedding") == model.fingerprint
    except WijzerError as error:
        return Checked("embedder", settings.embedding_model, "ok", seconds, f"{said}; {error}", error.help)
    help = "" if fits else "The index was made with another model: run `wijzer ingest`."
    return Checked("embedder", settings.embedding_model, "ok", seconds, said, help)


def adapter(settings: Settings) -> Checked:
    """Say whether the adapter of the embedded model is used."""
    file = settings.used_adapter
    if file is None:
        return Checked("adapter", "", "none", said="it belongs to the embedded model only")
    if not file.exists():
        return Checked("adapter", file.name, "none", said="the file is not there; search works without, less well")
    return Checked("adapter", file.name, "ok", said=fingerprint(settings.embedding_model, file).partition("+")[2])


def reranker(settings: Settings) -> Checked:
    """Score two texts for a question; a model that prefers the wrong one is told of. Raises ModelUnavailable."""
    if not settings.reranker:
        return Checked("reranker", "", "none", said="WIJZER_RERANKER is not set")
    model = CrossEncoderReranker(settings.reranker)
    model.scores(_QUESTION, _TEXTS)
    began = time.perf_counter()
    good, bad = model.scores(_QUESTION, _TEXTS * 10)[:2]
    seconds = time.perf_counter() - began
    said = "for twenty short texts" if good > bad else "for twenty short texts; it prefers a text that has nothing to do with the question"
    return Checked("reranker", settings.reranker, "ok", seconds, said)


def chat(settings: Settings) -> Checked:
    """Ask the chat model for one word. Raises SettingsError or ModelUnavailable."""
    if not settings.model:
        return Checked("chat", "", "none", said="WIJZER_MODEL is not set: quote mode only", help="See docs/models.md.")
    model = open_model(settings)
    began = time.perf_counter()
    first = 0.0
    said = ""
    for piece in stream(model, [("user", "Antwoord met het woord: ja")], settings.model_seconds, 300):
        first = first or time.perf_counter() - began
        said += piece
    seconds = time.perf_counter() - began
    return Checked("chat", settings.model, "ok", seconds, f"first words after {first:.2f} s: {' '.join(said.split())[:40]}")
