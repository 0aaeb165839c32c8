"""Leave a part of the product out, to see what it is worth and whether the gate notices.

Every switch goes down the product's own ways: other weights, fewer steps, or an index made from a corpus without notes.
"""

from __future__ import annotations

import copy
import shutil
from collections.abc import Collection
from typing import Any

from assistant import library
from assistant.pipeline import STEPS
from assistant.retrieval.search import load_weights
from assistant.service import Wijzer
from assistant.settings import Settings
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
    folder = settings.data / "without-notes"
    kept, real = settings.model_copy(update={"data": folder}), Folders(settings.data)
    corpus, documents = folder / "corpus", folder / "documents"
    for place in (corpus, documents):
        shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(settings.corpus, corpus, ignore=shutil.ignore_patterns("notes.yaml", "documents"))
    documents.mkdir(parents=True)
    for origin in [*settings.document_folders, real.added]:
        if origin.is_dir():
            shutil.copytree(origin, documents, ignore=shutil.ignore_patterns("*.notes.yaml"), dirs_exist_ok=True)
    kept = kept.model_copy(update={"corpus": corpus, "documents": documents})
    cache = Folders(folder).cache
    if real.cache.exists():  # vectors of passages are the same with and without notes
        shutil.copyfile(real.cache, cache)
    report = library.ingest(kept)
    cache.unlink(missing_ok=True)
    if not report.documents:
        raise WijzerError("Without notes and without documents there is nothing to search.", "Set WIJZER_DOCUMENTS.")
    return kept
