"""Does a citation name the right page? The known documents are texts, so some of them are set as PDFs and asked about.

The typesetter knows on which sheet every letter came to stand; the product reads the PDFs as it reads anybody's, and is asked the
questions on those documents. A run folder `as-pdf` keeps the answers, and `sheets.jsonl` what stands on each sheet, so that
they can be scored again.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.service import Wijzer
from assistant.settings import Settings
from evals.beside import library_beside
from evals.cases import Case
from evals.metrics.pages import Sheet, pages_exact
from evals.record import read_lines, write_lines
from ingest import structure
from ingest.manifest import entries
from ingest.readers import read

MOST_CHARACTERS = 80_000  # of text that is set: some twenty sheets
FOLDER, SHEETS = "as-pdf", "sheets.jsonl"
_log = logging.getLogger(__name__)


def open_typeset(wijzer: Wijzer, sheets: Path) -> Wijzer | None:
    """Return the same service over the smallest documents, set as PDFs, and write what stands on their sheets to a file.

    None where there is no document to set, or no typesetter: it comes with the tools for development.
    """
    try:
        from evals import typeset
    except ModuleNotFoundError:
        _log.warning("Pages are not measured: reportlab is not installed (`make dev` brings it).")
        return None
    settings = wijzer.settings
    chosen = _smallest(settings)
    if not chosen:
        return None
    # Two columns and Roman numbers in front are where pages go wrong; half of the documents have them.
    styles = [typeset.Style(front=2, columns=2, indent=True), typeset.Style(bookmarks=True)]

    def fill(documents: Path) -> None:
        rows: list[dict[str, Any]] = []
        for number, (name, file) in enumerate(sorted(chosen.items())):
            style = styles[number % len(styles)]
            blocks = [placed.block for placed in structure.build(read(file).blocks, name, name)[2]]
            made = typeset.typeset(blocks, style)
            (documents / f"{name}.pdf").write_bytes(made.data)
            texts = typeset.texts(blocks, made)
            rows += [{"source": name, "sheet": sheet, "label": typeset.label(sheet, style), "text": text} for sheet, text in texts.items()]
        sheets.parent.mkdir(parents=True, exist_ok=True)
        write_lines(sheets, rows)

    absent = [record.parent.name for record in settings.corpus.glob("*/source.yaml") if record.parent.name not in chosen]
    kept, _ = library_beside(settings, FOLDER, absent, fill)
    return Wijzer(kept, wijzer.embedder, wijzer.tools.weights, wijzer.steps)


def _smallest(settings: Settings) -> dict[str, Path]:
    """Return the sources with a text file, the smallest first, as far as MOST_CHARACTERS go."""
    found = [(entry.file.stat().st_size, entry.source.id, entry.file) for entry in entries(settings.corpus, settings.document_folders)
             if entry.file is not None and entry.file.suffix == ".txt"]  # fmt: skip
    chosen: dict[str, Path] = {}
    total = 0
    for size, name, file in sorted(found):
        total += size
        if total <= MOST_CHARACTERS:
            chosen[name] = file
    return chosen


def cases_on(cases: Iterable[Case], wijzer: Wijzer) -> list[Case]:
    """Return the cases all of whose evidence stands in the documents of a service."""
    there = {source.id for source in wijzer.sources()}
    return [case for case in cases if case.evidence and {e.source for e in case.evidence} <= there]


def read_sheets(file: Path) -> dict[str, list[Sheet]]:
    """Return the sheets per source."""
    found: dict[str, list[Sheet]] = defaultdict(list)
    for row in read_lines(file):
        found[row["source"]].append(Sheet(row["sheet"], row["label"], row["text"]))
    return dict(found)


def score_pages(results: Mapping[str, Mapping[str, Any]], sheets: Mapping[str, Sequence[Sheet]]) -> dict[str, dict[str, float]]:
    """Return {case: {"pages_exact": share}} of the answers that cite something whose page is known."""
    scores = {}
    for name, result in results.items():
        right = pages_exact(result["outcome"].get("citations", []), sheets)
        if right is not None:
            scores[name] = {"pages_exact": right}
    return scores
