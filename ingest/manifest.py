"""Which documents there are: our records in `corpus/`, the files beside them, and files a user added."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from ingest.errors import CorpusError
from ingest.records import Source
from ingest.structure import slug

SUFFIXES = (".txt", ".md", ".markdown", ".pdf", ".docx", ".html", ".htm")
_KEYS = {"id", "title", "author", "year", "kind", "method", "language", "sha256", "filename", "origin", "citation", "about"}


@dataclass(frozen=True)
class Entry:
    """A source with the file it is read from (None: absent) and its notes file (may not exist)."""

    source: Source
    file: Path | None
    notes: Path


def read_record(path: Path) -> Source:
    """Return the record in a `source.yaml`. Raises CorpusError on unknown or missing keys."""
    data = _fields(path)
    unknown, missing = set(data) - _KEYS, {"id", "title", "author"} - set(data)
    if unknown or missing:
        raise CorpusError(f"{path}: unknown keys {sorted(unknown)}, missing keys {sorted(missing)}")
    if data["id"] != path.parent.name:
        raise CorpusError(f"{path}: id {data['id']!r} differs from the folder's name")
    return Source(**data | {"about": tuple(data.get("about", ()))})


def _fields(path: Path) -> dict[str, Any]:
    try:
        data = yaml.safe_load(path.read_text("utf-8")) or {}
    except yaml.YAMLError as error:
        raise CorpusError(f"{path}: not valid YAML: {error}", "Mend the line named and try again.") from error
    if not isinstance(data, dict):
        raise CorpusError(f"{path}: keys with values are expected")
    return data


def file_sha256(path: Path) -> str:
    """Return the hex sha256 of a file, read in blocks."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def own_record(path: Path, taken: set[str]) -> Source:
    """Return a record for a user's own file: a `<name>.source.yaml` beside it, else made from its name."""
    beside = path.with_suffix(".source.yaml")
    name = slug(path.stem)
    while name in taken:
        name += "-2"
    year = re.search(r"(?<!\d)(19|20)\d\d(?!\d)", path.stem)
    source = Source(name, path.stem.replace("_", " "), "", int(year.group()) if year else None, filename=path.name)
    if beside.exists():
        data = _fields(beside)
        unknown = set(data) - _KEYS
        if unknown:
            raise CorpusError(f"{beside}: unknown keys {sorted(unknown)}")
        source = replace(source, **data)
        if source.id in taken:
            raise CorpusError(f"{beside}: id {source.id!r} is another document's", "Choose another id.")
    return source


def given(file: Path) -> frozenset[str]:
    """Return which fields the record beside a user's own file gives. Raises CorpusError."""
    beside = file.with_suffix(".source.yaml")
    return frozenset(_fields(beside)) if beside.exists() else frozenset()


def entries(corpus: Path, folders: list[Path]) -> list[Entry]:
    """Return every source known: the records in `corpus`, matched to files in `folders` by name, then other files there.

    A link that leads outside its folder is left out: file names cannot leave the folder.
    """
    files = [f for folder in folders for f in _files(folder)]
    by_name = {f.name: f for f in reversed(files)}
    found: list[Entry] = []
    used: set[Path] = set()
    for record in sorted(corpus.glob("*/source.yaml")):
        source = read_record(record)
        file = by_name.get(source.filename or f"{source.id}.txt")
        if file is None:
            file = next((f for f in files if f.stem == source.id), None)
        if file is not None:
            used.add(file)
        found.append(Entry(source, file, record.parent / "notes.yaml"))
    taken = {entry.source.id for entry in found}
    for file in files:
        if file not in used:
            source = own_record(file, taken)
            taken.add(source.id)
            found.append(Entry(source, file, file.with_suffix(".notes.yaml")))
    return found


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    root = folder.resolve()
    return [
        f for f in sorted(folder.rglob("*"))
        if f.suffix.lower() in SUFFIXES and f.is_file() and f.resolve().is_relative_to(root) and not f.name.startswith((".", "~$"))
    ]  # fmt: skip
