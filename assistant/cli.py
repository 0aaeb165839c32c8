"""The `wijzer` command. Every subcommand has --json; errors say what to do and leave with status 1."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Sequence
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column, Table

from assistant import library
from assistant.describe import Records, asked_here
from assistant.messages import message
from assistant.models_cli import models
from assistant.notes_cli import app as notes_app
from assistant.plan_cli import MemoFile, register, save_advice, save_answer, writable
from assistant.records import MOST_QUESTION, MOST_SITUATION, Answer, Citation, Turn
from assistant.settings import Settings, load_settings
from ingest.errors import WijzerError
from ingest.sync import Report

app = typer.Typer(
    help="Answers on innovation in municipalities, from the documents, with the passage behind every sentence.", no_args_is_help=True
)
app.add_typer(notes_app, name="notes")
app.command()(models)
out = Console()
err = Console(stderr=True)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def _wijzer(settings: Settings) -> Any:
    from assistant.service import Wijzer

    library.ingest_if_missing(settings, lambda text: err.print(text))
    return Wijzer(settings)


def _print_json(data: Any) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=1))


@app.command()
def ingest(
    paths: Annotated[list[Path] | None, typer.Argument(help="Documents or folders to add; none: bring the index up to date.")] = None,
    rebuild: Annotated[bool, typer.Option(help="Make the index anew, also when nothing changed.")] = False,
    dry_run: Annotated[bool, typer.Option(help="Only say what would be done.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing: title, author and so on are what the file says.")] = False,
    language: Annotated[str, typer.Option(help="nl or en: in which language you are asked what a new document is.")] = "nl",
    as_json: AsJson = False,
) -> None:
    """Read documents into the index; unchanged documents are skipped."""
    _one_of(language, {"nl", "en"}, "--language")
    settings = load_settings()
    records = {} if yes or dry_run or not paths else asked_here(settings, paths, language)
    report = _ingest(settings, rebuild, dry_run, paths or [], records)
    if as_json:
        _print_json(vars(report))
    else:
        table = Table("document", "sections", "passages", "notes", "seconds", "warnings")
        for row in report.documents:
            name = str(row["id"]) + ("" if row["present"] else " (notes only)")
            table.add_row(name, *(str(row[k]) for k in ("sections", "passages", "notes", "seconds")), "; ".join(row["warnings"]))  # type: ignore[arg-type]
        out.print(table)
        counts = {k: len(getattr(report, k)) for k in ("added", "replaced", "removed", "skipped", "failed")}
        out.print(", ".join(f"{n} {k}" for k, n in counts.items()) + f" in {report.seconds:.1f} s" + (" (dry run)" if dry_run else ""))
        for name, reason in report.failed.items():
            err.print(f"[red]{name}[/red]: {reason}")
        for name, lost in report.lost_notes.items():
            err.print(f"[yellow]{name}[/yellow]: {len(lost)} notes found no passage: {', '.join(lost[:3])}")
    if report.failed:
        raise typer.Exit(1)


def _ingest(
    settings: Settings, rebuild: bool = False, dry_run: bool = False, paths: Sequence[Path] = (), records: Records | None = None
) -> Report:
    bars = Progress(
        TextColumn("{task.description:10}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeRemainingColumn(),
        console=err,
        transient=True,
    )
    with bars:
        tasks = cache(lambda name: bars.add_task(name, total=None))
        return library.ingest(
            settings, lambda step, done, total: bars.update(tasks(step), completed=done, total=total), rebuild, dry_run, paths, records
        )


@app.command()
def ask(
    question: str,
    history: Annotated[Path | None, typer.Option(help="JSON file with earlier turns: [{question, answer}].")] = None,
    language: Annotated[str | None, typer.Option(help="nl or en; otherwise the language of the question.")] = None,
    mode: Annotated[str | None, typer.Option(help="quote or write.")] = None,
    memo: MemoFile = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question, with the passage behind every sentence."""
    _one_of(language, {"nl", "en"}, "--language")
    _one_of(mode, {"quote", "write"}, "--mode")
    _length(question, MOST_QUESTION)
    turns = _turns(history)
    writable(memo)
    wijzer = _wijzer(load_settings())
    answer = wijzer.answer(question, turns, language, mode)
    save_answer(memo, question, answer, wijzer)
    _print_json(answer.json_dict()) if as_json else _show(answer)


def _turns(history: Path | None) -> list[Turn]:
    if history is None:
        return []
    try:
        return [Turn.model_validate(turn) for turn in json.loads(history.read_text("utf-8"))]
    except (OSError, ValueError, TypeError) as error:
        raise WijzerError(f"{history} cannot be read as a list of turns.", 'Expected: [{"question": "...", "answer": "..."}]') from error


def _one_of(value: str | None, allowed: set[str], option: str) -> None:
    if value is not None and value not in allowed:
        raise typer.BadParameter(f"one of {', '.join(sorted(allowed))}", param_hint=option)


def _length(text: str, most: int) -> None:
    if len(text) > most:
        raise WijzerError(f"The text is longer than {most} characters.", "Make it shorter.")


def _show(answer: Answer) -> None:
    if answer.message:
        out.print(f"[italic]{answer.message}[/italic]\n")
    for statement in answer.statements:
        out.print(statement.text, " ".join(f"[{n}]" for n in statement.citations), markup=False, highlight=False)
    _show_citations(answer.citations or answer.nearest)


def _show_citations(cited: Sequence[Citation]) -> None:
    if cited:
        out.print()
    for c in cited:
        where = ", ".join(filter(None, [c.author, str(c.year or ""), c.title, c.section, f"p. {c.printed}" if c.printed else ""]))
        out.print(f"[{c.n}] {where}", markup=False, highlight=False)
        out.print(f"    “{c.quote}”" if c.quote else f"    {c.text}", markup=False, highlight=False, style="dim")


@app.command()
def advise(
    situation: str,
    language: Annotated[str | None, typer.Option(help="nl or en.")] = None,
    mode: Annotated[str | None, typer.Option(help="quote or write.")] = None,
    memo: MemoFile = None,
    as_json: AsJson = False,
) -> None:
    """Advise on a situation at work: barriers, and strategies with their evidence."""
    _one_of(language, {"nl", "en"}, "--language")
    _one_of(mode, {"quote", "write"}, "--mode")
    _length(situation, MOST_SITUATION)
    writable(memo)
    wijzer = _wijzer(load_settings())
    advice = wijzer.advise(situation, language, mode)
    save_advice(memo, situation, advice, wijzer)
    if as_json:
        _print_json(advice.json_dict())
        return
    if advice.message:
        out.print(advice.message, markup=False)
    for barrier in advice.barriers:
        out.print(
            f"- {barrier.name} ({barrier.confidence:.2f}): {' / '.join(barrier.signals)} {list(barrier.citations)}",
            markup=False,
            highlight=False,
        )
    for card in advice.strategies:
        fit = f" ({message(card.fit, advice.language)})" if card.fit else ""
        out.print(f"\n{card.name}{fit} {list(card.citations)}", markup=False, highlight=False, style="bold")
        for text in (card.advice, card.why, card.where, card.limits, card.first_step):
            out.print("  " + text, markup=False, highlight=False)
    if advice.question_back or advice.not_covered:
        out.print("\n" + "\n".join(filter(None, [advice.question_back, advice.not_covered])), markup=False, highlight=False)
    _show_citations(advice.citations)


@app.command()
def search(
    query: str, k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many passages.")] = 10, as_json: AsJson = False
) -> None:
    """Show ranked passages with their scores."""
    _length(query, MOST_QUESTION)
    hits, rejected = _wijzer(load_settings()).search(query, k)
    if as_json:
        _print_json({"hits": [h.json_dict() for h in hits], "rejected": [h.json_dict() for h in rejected]})
        return
    for rank, hit in enumerate(hits, 1):
        legs = " ".join(f"{name}={value:.2f}" for name, value in hit.scores.items())
        out.print(f"{rank:2} {hit.score:.3f} {hit.passage} ({legs})", markup=False, highlight=False)
        out.print("   " + " ".join(hit.text.split())[:240], style="dim", markup=False, highlight=False)


@app.command()
def sources(
    remove: Annotated[str | None, typer.Option(help="Remove a document that was added, by its id.")] = None, as_json: AsJson = False
) -> None:
    """List the documents that are in, with counts and warnings."""
    settings = load_settings()
    if remove:
        library.remove(settings, remove)
    rows = library.overview(settings)
    if as_json:
        _print_json(rows)
        return
    table = Table(*(Column(name, no_wrap=name != "document") for name in ("id", "document", "from", "passages", "notes")))
    for row in rows:
        told = ", ".join(str(row[key]) for key in ("title", "author", "year") if row[key])
        table.add_row(row["id"], told, "document" if row["present"] else "our notes", str(row["passages"]), str(row["notes"]))
    out.print(table)
    for row in rows:
        for warning in row["warnings"]:
            out.print(f"{row['id']}: {warning}", markup=False)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port; when it is taken the next free one is used.")] = None,
) -> None:
    """Bring the index up to date, then serve the pages and the API."""
    import uvicorn

    from assistant.web.app import create_app
    from assistant.web.ports import free_port

    settings = load_settings(host=host, port=port)
    report = _ingest(settings)
    for name, reason in report.failed.items():
        err.print(f"[yellow]{name} could not be read[/yellow]: {reason}")
    wijzer = _wijzer(settings)
    wijzer.ready()
    chosen = free_port(settings.host, settings.port)
    if chosen != settings.port:
        err.print(f"Port {settings.port} is taken; using {chosen}.")
    shown = "localhost" if settings.host in {"0.0.0.0", "127.0.0.1"} else settings.host
    err.print(f"Innovatiewijzer: [bold]http://{shown}:{chosen}/[/bold]  (stop with Ctrl-C)")
    uvicorn.run(create_app(settings, wijzer), host=settings.host, port=chosen, log_level="warning", timeout_graceful_shutdown=5)


register(app, lambda: _wijzer(load_settings()), _show_citations)


def main() -> None:
    """Run the command; a WijzerError becomes one sentence and what to do, never a traceback."""
    os.environ.setdefault("LANGSMITH_TRACING", "false")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    logging.getLogger("transformers").setLevel(logging.ERROR)
    for extra in entry_points(group="innovatiewijzer.commands"):
        app.add_typer(extra.load(), name=extra.name)
    try:
        app()
    except WijzerError as error:
        err.print(f"[red]{error}[/red] {error.help}".strip())
        sys.exit(1)
