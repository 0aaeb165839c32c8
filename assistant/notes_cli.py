"""`wijzer notes check`: are the notes well-formed, true to their passages as far as a program can tell, and complete?

`wijzer notes draft` has a language model make them for a document of one's own (`assistant/notes_draft.py`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from assistant.advise.build import own_texts
from assistant.advise.knowledge import load_knowledge
from assistant.settings import load_settings
from ingest.build import vector_texts
from ingest.cache import cached
from ingest.embed import SentenceTransformerEmbedder, fingerprint
from ingest.errors import CorpusError, ReadError
from ingest.index import Folders, reading
from ingest.manifest import Entry, entries
from ingest.notes import fold, read_notes
from ingest.records import Document, Note, Passage
from ingest.shipped import pack
from ingest.store import Store
from ingest.sync import read_document

RUN = 12  # so many words in a row from a document are a quotation, and notes are our own words
LEAST_QUESTIONS = {"nl": 3, "en": 2}
CONTENT_WORDS = 40  # a passage with fewer words need not have a note
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WRITTEN = dict(
    zip(
        (
            "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien "
            "negentien"
        ).split(),
        range(20),
        strict=True,
    )
) | {"twintig": 20, "dertig": 30, "eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "driekwart": 75, "kwart": 25, "helft": 50}

app = typer.Typer(help="The notes: check them, or have them drafted.", no_args_is_help=True)


@dataclass
class Findings:
    """What is wrong with one document's notes; `uncovered` are passages with content and no note."""

    id: str
    present: bool
    notes: int = 0
    claims: int = 0
    passages: int = 0
    covered: int = 0
    problems: list[str] = field(default_factory=list)
    uncovered: list[str] = field(default_factory=list)


@app.command()
def check(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Check all notes; status 1 when something is wrong."""
    settings = load_settings()
    found = [check_entry(entry) for entry in entries(settings.corpus, settings.document_folders) if entry.notes.exists()]
    if as_json:
        typer.echo(json.dumps([vars(f) for f in found], ensure_ascii=False, indent=1))
    else:
        _print(found)
    if any(f.problems or f.uncovered for f in found):
        raise typer.Exit(1)


@app.command()
def draft(
    path: Annotated[Path, typer.Argument(help="A document of your own.")],
    out: Annotated[Path | None, typer.Option(help="Where the notes go; otherwise <name>.notes.yaml beside the document.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Draft for so many passages at most.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Begin anew instead of adding to the notes that are there.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Have the configured language model draft notes; a passage that has one is left alone. Status 1 when nothing came of it."""
    from assistant.notes_draft import draft_with_progress

    drafted = draft_with_progress(load_settings(), path, out, limit, force)
    if as_json:
        typer.echo(json.dumps(drafted.json_dict(), ensure_ascii=False, indent=1))
    else:
        console = Console()
        for passage, problems in drafted.skipped.items():
            console.print(f"skipped {passage}: {'; '.join(problems)}", markup=False, highlight=False)
        console.print(drafted.summary(), markup=False, highlight=False)
    if drafted.skipped and not drafted.made:
        raise typer.Exit(1)


@app.command()
def vectors() -> None:
    """Write corpus/vectors.npz anew, after the notes or frameworks changed; the index must be up to date."""
    settings = load_settings()
    model = fingerprint(settings.embedding_model, settings.used_adapter).partition("+")[0]
    with reading(settings.data) as (folder, _):
        store = Store(folder / "store.sqlite")
        documents = [d for d in map(store.document, store.sources()) if d and (settings.corpus / d.source.id).is_dir()]
        store.close()
    rows = vector_texts(documents)
    texts = [row[3] for name in ("claims", "questions") for row in rows[name]] + own_texts(load_knowledge(settings.corpus / "frameworks"))
    texts = list(dict.fromkeys(texts))
    load = cache(lambda: SentenceTransformerEmbedder(settings.embedding_model))
    made = cached(Folders(settings.data).cache, model, texts, load, lambda done, total: None)
    pack(settings.corpus / "vectors.npz", model, texts, made)
    typer.echo(f"{len(texts)} vectors written")


def _print(found: list[Findings]) -> None:
    console = Console()
    table = Table("document", "notes", "claims", "content passages", "covered", "problems")
    for f in found:
        passages = str(f.passages) if f.present else "absent"
        table.add_row(f.id, str(f.notes), str(f.claims), passages, str(f.covered), str(len(f.problems)))
    console.print(table)
    for f in found:
        for problem in f.problems:
            console.print(f"{f.id}: {problem}", markup=False)
        for passage in f.uncovered:
            console.print(f"no note on {passage}", markup=False)


def check_entry(entry: Entry) -> Findings:
    """Return the findings on one document; without the document only the format can be checked."""
    findings = Findings(entry.source.id, entry.file is not None)
    try:
        notes = read_notes(entry.notes, entry.source.id)
        document, lost = read_document(entry)
    except (CorpusError, ReadError) as error:
        findings.problems.append(str(error))
        return findings
    findings.notes, findings.claims = len(notes), sum(len(n.claims) for n in notes)
    findings.problems += [f"{name}: its anchor stands in no passage" for name in lost]
    for note in document.notes:
        findings.problems += _format(note)
    if document.present:
        _against_text(document, findings)
    return findings


def _format(note: Note) -> list[str]:
    problems = [f"{note.id}: fewer than {n} questions in {la}" for la, n in LEAST_QUESTIONS.items() if len(_questions(note, la)) < n]
    return problems + [f"{note.id}: a claim is longer than 70 words" for c in note.claims if max(len(c.nl.split()), len(c.en.split())) > 70]


def _questions(note: Note, language: str) -> tuple[str, ...]:
    return note.questions_en if language == "en" else note.questions_nl


def _against_text(document: Document, findings: Findings) -> None:
    by_id = {p.id: position for position, p in enumerate(document.passages)}
    runs = word_runs(document.text)
    for note in document.notes:
        findings.problems += _copied(note, runs)
        if note.passage in by_id:
            at = by_id[note.passage]
            near = document.passages[max(0, at - 3) : at + 4]
            findings.problems += _numbers(note, near, document)
    noted = {n.passage for n in document.notes}
    content = content_passages(document)
    findings.passages = len(content)
    findings.uncovered = [p.id for p in content if p.id not in noted]
    findings.covered = len(content) - len(findings.uncovered)


def content_passages(document: Document) -> list[Passage]:
    """Return the passages that need a note."""
    return [p for p in document.passages if p.kind != "footnote" and len(p.text.split()) >= CONTENT_WORDS]


def note_problems(note: Note, passage: Passage, document: Document, runs: set[tuple[str, ...]]) -> list[str]:
    """Return what is wrong with one note on `passage`; `runs` are the `word_runs` of the document.

    Stricter than the check of a whole file: who made the note saw this passage only, so its figures stand here.
    """
    return _format(note) + _copied(note, runs) + _numbers(note, [passage], document)


def _copied(note: Note, runs: set[tuple[str, ...]]) -> list[str]:
    texts = [t for c in note.claims for t in (c.nl, c.en)] + [*note.questions_nl, *note.questions_en]
    return [f"{note.id}: {RUN} or more words in a row from the document: {text[:60]}" for text in texts if word_runs(text) & runs]


def word_runs(text: str) -> set[tuple[str, ...]]:
    """Return every run of `RUN` words in `text`, lower case."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def _figures(text: str) -> set[str]:
    figures = {re.sub(r"[.,]", "", n) for n in _NUMBER.findall(text)}
    return figures | {str(_WRITTEN[w]) for w in re.findall(r"\w+", text.lower()) if w in _WRITTEN}


def _numbers(note: Note, near: Sequence[Passage], document: Document) -> list[str]:
    """Every figure in a claim stands in its passage or close by, or names a section, table, chapter or year of the document."""
    section = " ".join(" ".join(p.path) for p in near)
    allowed = _figures(fold(" ".join(p.text for p in near) + " " + section)[0]) | {str(document.source.year)}
    problems = []
    for claim in note.claims:
        for text in (claim.nl, claim.en):
            bare = re.sub(
                r"(?i)\b(tabel|table|figuur|figure|hoofdstuk|chapter|paragraaf|section|bijlage|appendix|§|r)\s*[\d.]+(?:\s*(?:en|and|tot|to|,|-|–)\s*[\d.]+)*",
                " ",
                text,
            )
            missing = {re.sub(r"[.,]", "", n) for n in _NUMBER.findall(bare)} - allowed
            problems += [f"{note.id}: {n} is not in the passage: {text[:70]}" for n in sorted(missing)]
    return problems
