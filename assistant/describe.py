"""Ask what a document is that is being added: title, author, year, kind and language, each with a default from the file itself.

The answers become its record, `<name>.source.yaml` beside the copy in the data folder: nobody is asked twice, and an index
made anew has them too.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import typer

from assistant.library import files_under
from assistant.messages import message
from assistant.records import Language
from assistant.retrieval.language import detect
from assistant.settings import Settings
from ingest import clean
from ingest.errors import CorpusError, ReadError
from ingest.index import Folders
from ingest.isolate import read_isolated
from ingest.manifest import SUFFIXES, own_record, read_record
from ingest.readers import Reading
from ingest.sync import completed

FIELDS = ("title", "author", "year", "kind", "language")
FEW = 5  # more documents at once than this are only gone through when the user wants to
_EMPTY = "-"  # what to type for "none", where Enter takes the default
_MOST = 300  # characters of an answer
_START = 20_000  # characters of a document by which its language is told

Records = Mapping[Path, Mapping[str, Any]]  # by the documents' place in the folder of added documents
Ask = Callable[[str, str], str]  # (question, default) to what was typed, or the default


def asked_here(settings: Settings, paths: Sequence[Path], language: str) -> Records:
    """Ask on this terminal; where there is none, nobody is asked. Questions go to standard error, for standard output is the result."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return {}

    def ask(question: str, default: str) -> str:
        return str(typer.prompt(question, default=default, show_default=bool(default), err=True))

    return describe(settings, paths, ask, "en" if language == "en" else "nl")


def without_record(settings: Settings, paths: Sequence[Path]) -> list[tuple[Path, Path]]:
    """Return the documents under `paths` that no record describes, ours, beside it or from an earlier time, with their places."""
    records = [read_record(file) for file in settings.corpus.glob("*/source.yaml")]
    names = {source.filename or f"{source.id}.txt" for source in records}
    ids = {source.id for source in records}
    added = Folders(settings.data).added
    return [
        (file, place) for path in paths for file, place in files_under(path)
        if file.suffix.lower() in SUFFIXES and file.is_file() and file.name not in names and file.stem not in ids
        and not any(f.with_suffix(".source.yaml").exists() for f in (file, added / place))
    ]  # fmt: skip


def describe(settings: Settings, paths: Sequence[Path], ask: Ask, language: Language) -> dict[Path, dict[str, Any]]:
    """Ask for each document without a record what it is; return the records by the documents' place among those added.

    A document that cannot be read is passed over: the ingest reports it.
    """
    wanted = without_record(settings, paths)
    if len(wanted) > FEW and not ask(message("describe_many", language, n=len(wanted)), "n").strip().lower().startswith(("j", "y")):
        return {}
    records = {}
    for file, place in wanted:
        try:
            defaults = suggested(file)
        except (ReadError, CorpusError):
            continue
        records[place] = _asked(file.name, defaults, ask, language)
    return records


def suggested(file: Path) -> dict[str, Any]:
    """Return the fields as the file itself and its name give them. Raises ReadError."""
    reading = read_isolated(file)
    source = completed(own_record(file, set()), reading.metadata)
    return {"title": source.title, "author": source.author, "year": source.year, "kind": source.kind, "language": _language_of(reading)}


def _language_of(reading: Reading) -> Language:
    text = " ".join(block.text for block in reading.blocks[:400] if block.kind in {"paragraph", "item"})
    return detect(text[:_START])


def _asked(name: str, defaults: dict[str, Any], ask: Ask, language: Language) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for field in FIELDS:
        question = message(f"describe_{field}", language)
        if not record:
            question = f"{message('describe', language, name=name)}\n{question}"
        while True:
            said = " ".join(clean.printable(ask(question, str(defaults[field] or "")))[0].split())[:_MOST]
            said = "" if said == _EMPTY else said
            if _allowed(field, said):
                break
            question = message(f"describe_{field}", language)
        record[field] = (int(said) if said else None) if field == "year" else said
    return record


def _allowed(field: str, said: str) -> bool:
    if field == "year":
        return not said or re.fullmatch(r"(1[5-9]|20)\d\d", said) is not None
    if field == "language":
        return said in {"nl", "en"}
    return bool(said) or field == "author"
