"""Our own copy of documents, passages and notes in SQLite, beside the lexical index in the same file.

The store can rebuild everything else; a generation's store is written once and then opened read-only.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from ingest.errors import IndexDamaged
from ingest.generations import REBUILD
from ingest.records import Claim, Document, Note, Passage, Section, Source

CACHED = 4096  # passages, and their notes, that stay in memory: reading them anew took a fifth of a question

_SCHEMA = """
CREATE TABLE documents (id TEXT PRIMARY KEY, position INTEGER, source TEXT, text TEXT, sha256 TEXT, warnings TEXT, key TEXT);
CREATE TABLE sections (source TEXT, position INTEGER, data TEXT, id TEXT, PRIMARY KEY (source, id));
CREATE TABLE passages (id TEXT PRIMARY KEY, source TEXT, position INTEGER, data TEXT);
CREATE INDEX passages_source ON passages (source, position);
CREATE TABLE notes (id TEXT PRIMARY KEY, source TEXT, passage TEXT, position INTEGER, data TEXT);
CREATE INDEX notes_passage ON notes (passage);
"""


class Store:
    """Read and write one generation's documents. Reading is safe from several threads."""

    def __init__(self, file: Path, create: bool = False) -> None:
        if create:
            self.connection = sqlite3.connect(file, check_same_thread=False)
            self.connection.executescript(_SCHEMA)
        else:
            self.connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True, check_same_thread=False)
        self._lock = threading.Lock()
        keep = lru_cache(maxsize=0 if create else CACHED)  # what is read only never changes
        self._passage, self._notes_of = keep(self._read_passage), keep(self._read_notes_of)

    def rows(self, query: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a query and return all rows. Raises IndexDamaged."""
        with self._lock:
            try:
                return self.connection.execute(query, tuple(values)).fetchall()
            except sqlite3.DatabaseError as error:
                raise IndexDamaged("The store of the index cannot be read.", REBUILD) from error

    def add(self, document: Document, position: int, key: str) -> None:
        """Write a document with all its parts. `key` says what it was made from."""
        source = json.dumps(asdict(document.source), ensure_ascii=False)
        self.connection.execute(
            "INSERT INTO documents VALUES (?,?,?,?,?,?,?)",
            (document.source.id, position, source, document.text, document.sha256, json.dumps(document.warnings), key),
        )
        name = document.source.id
        self.connection.executemany(
            "INSERT INTO sections VALUES (?,?,?,?)", [(name, i, _dump(s), s.id) for i, s in enumerate(document.sections)]
        )
        self.connection.executemany(
            "INSERT INTO passages VALUES (?,?,?,?)", [(p.id, name, i, _dump(p)) for i, p in enumerate(document.passages)]
        )
        self.connection.executemany(
            "INSERT INTO notes VALUES (?,?,?,?,?)",
            [(n.id, name, n.passage, i, _dump(n)) for i, n in enumerate(document.notes)],
        )

    def sources(self) -> list[str]:
        """Return the ids of the documents, in order."""
        return [row[0] for row in self.rows("SELECT id FROM documents ORDER BY position")]

    def keys(self) -> dict[str, str]:
        """Return, per document id, what it was made from."""
        return dict(self.rows("SELECT id, key FROM documents"))

    def document(self, name: str) -> Document | None:
        """Return a document with everything in it, or None."""
        found = self.rows("SELECT source, text, sha256, warnings FROM documents WHERE id=?", (name,))
        if not found:
            return None
        source, text, sha256, warnings = found[0]
        return Document(
            _source(source), text, sha256, tuple(self.sections(name)), tuple(self.passages_of(name)),
            tuple(_note(d) for (d,) in self.rows("SELECT data FROM notes WHERE source=? ORDER BY position", (name,))),
            tuple(json.loads(warnings)),
        )  # fmt: skip

    def source(self, name: str) -> Source | None:
        """Return the record of a document, or None."""
        found = self.rows("SELECT source FROM documents WHERE id=?", (name,))
        return _source(found[0][0]) if found else None

    def text(self, name: str, start: int = 0, end: int | None = None) -> str:
        """Return the stored text of a document, or a slice of it."""
        length = 1 << 30 if end is None else max(end - start, 0)
        found = self.rows("SELECT substr(text, ?, ?) FROM documents WHERE id=?", (start + 1, length, name))
        return str(found[0][0]) if found else ""

    def sections(self, name: str) -> list[Section]:
        """Return the sections of a document, in order."""
        rows = self.rows("SELECT data FROM sections WHERE source=? ORDER BY position", (name,))
        return [Section(**_tuples(json.loads(data))) for (data,) in rows]

    def passage(self, name: str) -> Passage | None:
        """Return one passage, or None."""
        return self._passage(name)

    def _read_passage(self, name: str) -> Passage | None:
        found = self.rows("SELECT data FROM passages WHERE id=?", (name,))
        return Passage(**_tuples(json.loads(found[0][0]))) if found else None

    def passages_of(self, source: str) -> list[Passage]:
        """Return the passages of a document, in order."""
        rows = self.rows("SELECT data FROM passages WHERE source=? ORDER BY position", (source,))
        return [Passage(**_tuples(json.loads(data))) for (data,) in rows]

    def note(self, name: str) -> Note | None:
        """Return one note, or None."""
        found = self.rows("SELECT data FROM notes WHERE id=?", (name,))
        return _note(found[0][0]) if found else None

    def notes_of(self, passage: str) -> list[Note]:
        """Return the notes attached to a passage, in order."""
        return list(self._notes_of(passage))

    def _read_notes_of(self, passage: str) -> tuple[Note, ...]:
        rows = self.rows("SELECT data FROM notes WHERE passage=? ORDER BY position", (passage,))
        return tuple(_note(data) for (data,) in rows)

    def close(self) -> None:
        """Close the file."""
        self.connection.close()


def _dump(record: Section | Passage | Note) -> str:
    return json.dumps(asdict(record), ensure_ascii=False)


def _source(data: str) -> Source:
    fields = json.loads(data)
    return Source(**fields | {"about": tuple(fields.get("about", ()))})


def _tuples(data: dict[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}


def _note(data: str) -> Note:
    fields = json.loads(data)
    fields["claims"] = tuple(Claim(**claim) for claim in fields["claims"])
    return Note(**_tuples(fields))
