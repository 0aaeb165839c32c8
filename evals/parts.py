"""Leave a part of the product out, to see what it is worth and whether the gate notices.

Every switch goes down the product's own ways: other weights, fewer steps, or an index made from a corpus without notes.
"""

from __future__ import annotations

import copy
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Any

from assistant.pipeline import STEPS
from assistant.retrieval.search import load_weights
from assistant.service import Wijzer
from assistant.settings import Settings
from evals.beside import library_beside
from ingest.embed import Embedder
from ingest.errors import WijzerError
from ingest.index import Folders

PARTS = {
    "notes": "an index of the documents alone, as if nobody had made notes on them",
    "lexical": "no legs over the lexical index",
    "verify": "no step that checks statements, labels and quotes",
    "threshold": "no question is refused for lack of confidence",
}


def open_wijzer(
    settings: Settings, without: Collection[str] = (), threshold: float | None = None, embedder: Embedder | None = None
) -> Wijzer:
    """Return the service over the current index, less the parts named. Raises WijzerError for an unknown part.

    `threshold` replaces the confidence (0-1) below which the answer is no.
    """
    unknown = sorted(set(without) - set(PARTS))
    if unknown:
        raise WijzerError(f"{', '.join(unknown)} cannot be left out.", f"Choose from {', '.join(PARTS)}.")
    weights: dict[str, Any] = copy.deepcopy(dict(load_weights()))
    if "lexical" in without:
        weights["legs"] |= {leg: 0.0 for leg in weights["legs"] if leg.startswith("lexical")}
    if "threshold" in without:
        threshold = 0.0
    if threshold is not None:
        weights["threshold"] = threshold
        weights["partial"] = max(threshold, float(weights["partial"]))
    steps = [s for s in STEPS if s.__name__ not in without]
    return Wijzer(_without_notes(settings) if "notes" in without else settings, embedder, weights, steps)


def _without_notes(settings: Settings) -> Settings:
    """Return settings for an index without notes, beside the real one; made when the documents changed, else reused."""

    def fill(documents: Path) -> None:
        for origin in [*settings.document_folders, Folders(settings.data).added]:
            if origin.is_dir():
                shutil.copytree(origin, documents, ignore=shutil.ignore_patterns("*.notes.yaml"), dirs_exist_ok=True)

    kept, report = library_beside(settings, "without-notes", ["notes.yaml"], fill)
    if not report.documents:
        raise WijzerError("Without notes and without documents there is nothing to search.", "Set WIJZER_DOCUMENTS.")
    return kept
