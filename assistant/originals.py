"""The file a document was read from, so that its own pages can be shown: only files the index knows, unchanged since."""

from __future__ import annotations

import threading
from pathlib import Path

from assistant.settings import Settings
from ingest.errors import CorpusError
from ingest.index import Folders
from ingest.manifest import entries, file_sha256
from ingest.records import Document

_State = tuple[int, int]  # size in bytes, time of change in nanoseconds


class Originals:
    """Find originals. What a caller names is looked up among the documents' ids; it never becomes part of a path."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._known: dict[tuple[Path, _State], str] = {}
        self._lock = threading.Lock()

    def pdf(self, document: Document | None) -> Path | None:
        """Return the PDF of a document; None when it is another kind of file, is gone, or is not the one that was read."""
        if document is None or not document.present:
            return None
        try:
            found = entries(self._settings.corpus, [*self._settings.document_folders, Folders(self._settings.data).added])
        except (CorpusError, OSError):
            return None
        file = next((e.file for e in found if e.source.id == document.source.id), None)
        if file is None or file.suffix.lower() != ".pdf":
            return None
        try:
            return file if self._digest(file) == document.sha256 else None
        except OSError:
            return None

    def _digest(self, file: Path) -> str:
        seen = file.stat()
        key = (file, (seen.st_size, seen.st_mtime_ns))
        with self._lock:
            if key not in self._known:
                if len(self._known) > 1000:
                    self._known.clear()
                self._known[key] = file_sha256(file)
            return self._known[key]
