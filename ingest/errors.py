"""Errors that a user can do something about.

WijzerError
├── SettingsError        a setting is unknown or impossible
├── CorpusError          a file in corpus/ (record, notes, framework) breaks its format
├── ReadError            a document could not be read; the others go on
├── IndexMissing         there is no index yet
├── IndexStale           the index was made with other settings, models or readers
├── IndexDamaged         files of the index are missing or altered
├── IndexLocked          another ingest is running
├── IndexNotWritable     the disk is full, or the folder may not be written
├── IndexUnavailable     the Chroma server that holds the vectors does not answer
└── ModelUnavailable     a model is not installed or does not answer

Each carries `help`: the next thing to do, in one sentence. Messages are keys' worth of plain English for the command
line; what a page shows comes from `assistant/messages.py`.
"""

from __future__ import annotations


class WijzerError(Exception):
    """Base of all errors with a remedy. `help` says what the user can do."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.help = help


class SettingsError(WijzerError):
    """A setting is unknown or cannot be used."""


class CorpusError(WijzerError):
    """A file that belongs to the project (record, notes, framework, glossary) breaks its format."""


class ReadError(WijzerError):
    """A document could not be read. `args[0]` is the reason."""


class IndexMissing(WijzerError):
    """No index has been made yet."""


class IndexStale(WijzerError):
    """The index does not fit the present settings."""


class IndexDamaged(WijzerError):
    """The files of the index are not what was written."""


class IndexLocked(WijzerError):
    """Another process is writing the index."""


class IndexNotWritable(WijzerError):
    """The index cannot be written: no space, no permission."""


class IndexUnavailable(WijzerError):
    """A server that holds a part of the index does not answer."""


class ModelUnavailable(WijzerError):
    """An embedding or language model cannot be loaded or reached.

    `reason` is one word for what went wrong, for a caller that tells it in the user's language: settings, unreachable, failed,
    busy, slow, cut, long, empty, refused or stopped.
    """

    def __init__(self, message: str, help: str = "", reason: str = "failed") -> None:
        super().__init__(message, help)
        self.reason = reason
