"""The frameworks as data: barriers, strategies, relations, and every other file in `corpus/frameworks/`.

References to passages (source, section, anchor) are resolved against the open index, so they follow the documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from ingest.analysis import terms
from ingest.errors import CorpusError
from ingest.index import Index
from ingest.notes import fold
from ingest.records import Passage

JUDGED = ("cards", "alsoCards", "halfCards", "notCards")  # what readers said of relations, per situation


@dataclass(frozen=True)
class Knowledge:
    """Barriers and strategies by id, relations per barrier, other frameworks by file name.

    `fitting`: by barrier, strategy and source, in both languages, situations in which that strategy comes first.
    `situations`: whole ones, each with `text`, `barriers` (main first), `strategies` (best first) and, where a reader chose them,
    the ids of relations in JUDGED: the ones to put on the table (`cards`, best first), the ones that fit as well (`alsoCards`),
    that are about right but general (`halfCards`), and that do not fit (`notCards`).
    """

    barriers: dict[str, dict[str, Any]]
    strategies: dict[str, dict[str, Any]]
    relations: dict[str, list[dict[str, Any]]]
    others: dict[str, dict[str, Any]]
    fitting: dict[str, dict[str, dict[str, dict[str, list[str]]]]] = field(default_factory=dict)
    situations: list[dict[str, Any]] = field(default_factory=list)

    def said(self, relation: dict[str, Any], key: str) -> dict[str, str]:
        """Return a relation's own text in both languages (`advice`, `firstStep`), or what its strategy says everywhere."""
        text: dict[str, str] = relation.get(key) or self.strategies[relation["strategy"]][key]
        return text


def _read(file: Path) -> Any:
    try:
        return yaml.load(file.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise CorpusError(f"{file}: not valid YAML: {error}") from error


def load_knowledge(folder: Path) -> Knowledge:
    """Read all frameworks. Raises CorpusError when a relation names an unknown barrier or strategy."""
    files = {file.stem: _read(file) for file in sorted(folder.glob("*.yaml"))}
    examples = files.pop("examples", None) or {}
    statements = files.pop("statements", None) or {}
    told = {"examples": examples, "statements": statements}
    barriers = {row["id"]: row | {key: of.get(row["id"], {}) for key, of in told.items()} for row in files.pop("barriers", None) or []}
    strategies = {row["id"]: row for row in files.pop("strategies", None) or []}
    relations: dict[str, list[dict[str, Any]]] = {name: [] for name in barriers}
    ids: set[str] = set()
    for row in files.pop("relations", None) or []:
        if row["id"] in ids:
            raise CorpusError(f"relations.yaml: {row['id']} is there twice")
        ids.add(row["id"])
        if row["barrier"] not in barriers or row["strategy"] not in strategies:
            raise CorpusError(f"relations.yaml: {row['strategy']} for {row['barrier']} names something unknown")
        relations[row["barrier"]].append(row)
    fitting = files.pop("fitting", None) or {}
    known = {(r["barrier"], r["strategy"], r["source"]) for rows in relations.values() for r in rows}
    for name in ((b, s, source) for b, strategies in fitting.items() for s, sources in strategies.items() for source in sources):
        if name not in known:
            raise CorpusError(f"fitting.yaml: no relation in relations.yaml is {' / '.join(name)}")
    situations = files.pop("situations", None) or []
    for row in situations:
        if (
            unknown := {*row["barriers"]} - {*barriers}
            | {*row["strategies"]} - {*strategies}
            | {card for key in JUDGED for card in row.get(key, ())} - ids
        ):
            raise CorpusError(f"situations.yaml: {', '.join(sorted(unknown))} is unknown, in: {row['text'][:60]}")
    return Knowledge(barriers, strategies, relations, files, fitting, situations)


def topics(folder: Path) -> frozenset[frozenset[str]]:
    """Return, as sets of index terms, every name by which people call a barrier or a strategy; reads no more than their two files."""
    files = [file for name in ("barriers.yaml", "strategies.yaml") if (file := folder / name).exists()]
    names = {
        (language, name)
        for entry in (row for file in files for row in _read(file) or [])
        for language in ("nl", "en")
        for name in (entry["name"][language], *(entry.get("also") or {}).get(language, []))
    }
    return frozenset(frozenset(found) for language, name in names if (found := terms(name, language, keep_stopwords=False)))


def references(entry: Any) -> Iterator[dict[str, str]]:
    """Yield every passage reference in a framework entry."""
    if isinstance(entry, dict):
        if "at" in entry and "source" in entry:
            yield entry
        else:
            for value in entry.values():
                yield from references(value)
    elif isinstance(entry, list):
        for value in entry:
            yield from references(value)


class Places:
    """Find the passage a reference points at, in one index; remembers what it found."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._folded: dict[str, tuple[str, list[int]]] = {}
        self._passages: dict[str, list[Passage]] = {}

    def find(self, reference: dict[str, str]) -> Passage | None:
        """Return the passage, or None when it is nowhere. Without the document: a note on the same section."""
        source = reference["source"]
        if source not in self._passages:
            self._passages[source] = self._index.store.passages_of(source)
            self._folded[source] = fold(self._index.store.text(source))
        passages = self._passages[source]
        text, offsets = self._folded[source]
        if not text:
            return self._noted(reference, passages)
        at = text.find(fold(reference["at"])[0].strip())
        if at < 0:
            return None
        place = offsets[at]
        return next((p for p in passages if p.start <= place < p.end), None)

    def _noted(self, reference: dict[str, str], passages: list[Passage]) -> Passage | None:
        same = [p for p in passages if p.section == reference.get("section")]
        wanted = set(fold(reference["at"])[0].split())
        return max(same, key=lambda p: len(wanted & set(p.text.lower().split())), default=None)
