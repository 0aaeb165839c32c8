"""A library beside the real one, made from part of the corpus or from other files; reused while those stay the same."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant import library
from assistant.settings import Settings
from ingest.index import Folders
from ingest.sync import Report


def library_beside(settings: Settings, name: str, left_out: Sequence[str], fill: Callable[[Path], None]) -> tuple[Settings, Report]:
    """Ingest the corpus less the files and folders named, with the documents that `fill` puts in a folder, into <data>/<name>.

    Return the settings to open it with, and what the ingest says. Vectors there are already are not made again.
    """
    data = settings.data / name
    kept = settings.model_copy(update={"data": data, "corpus": data / "corpus", "documents": data / "documents"})
    for place in (kept.corpus, data / "documents"):
        shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(settings.corpus, kept.corpus, ignore=shutil.ignore_patterns("documents", *left_out))
    (data / "documents").mkdir(parents=True)
    fill(data / "documents")
    real, cache = Folders(settings.data).cache, Folders(data).cache
    if real.exists():
        shutil.copyfile(real, cache)
    report = library.ingest(kept)
    cache.unlink(missing_ok=True)
    return kept, report
