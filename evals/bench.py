"""How ingest and questions behave at 1,000, 10,000 and 100,000 passages, on synthetic documents that are the same on every run.

The documents go the whole way: files, readers, passages, lexical index, vectors. Per size a process ingests and a fresh
one asks, so that peak memory is each one's own. The stand-in embedder costs next to nothing and makes vectors of the length
that the product's have; with `model` the real one is used.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import random
import re
import resource
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from assistant.service import Wijzer
from assistant.settings import Settings
from ingest.embed import Embedder, SentenceTransformerEmbedder
from ingest.sync import sync

PER_DOCUMENT = 100  # passages
NOTED = 20  # one passage in so many has a note
DIMENSION = 512  # as the embedded encoder with its adapter
_COMMON = (
    "de het een van in op voor met dat die is was niet ook om aan bij uit door over naar als maar gemeente project mensen werk "
    "tijd nieuwe manier team jaar organisatie proces plan stad bewoners samen beleid leren probleem ruimte"
).split()
_PARTS = "ba be bo da de do fa ga go ha ka ke ko la le lo ma me mo na ne no pa po ra re ro sa se so ta te to va ve vo wa we za".split()


class HashedEmbedder:
    """Words to a unit vector by their hashes, quickly: texts that share words are near."""

    fingerprint, dimension, base_dimension = "hashed-2", DIMENSION, DIMENSION

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        """Embed questions, shape (n, 512)."""
        return np.stack([_hashed(text) for text in texts])

    passages = base = queries

    def extend(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """Return the vectors as they are."""
        return vectors


def _hashed(text: str) -> np.ndarray:
    vector: np.ndarray = np.sum([_word(w) for w in set(re.findall(r"\w+", text.lower()))], axis=0)
    unit: np.ndarray = vector / np.linalg.norm(vector)
    return unit.astype(np.float32)


@lru_cache(maxsize=20_000)
def _word(word: str) -> np.ndarray:
    """A word's vector: words that begin alike are near, for an encoder's vectors lie in clusters and a graph of neighbours counts on it.

    Of vectors that are all as far from each other, 1.3% of 10,000 could not be found again; of the encoder's own, none of 19,659.
    """
    weight = 0.1 if word in _COMMON else 1.0
    vector: np.ndarray = weight * (_direction(word[:2]) + _direction(word[:4]) + _direction(word))
    return vector.astype(np.float32)


@lru_cache(maxsize=40_000)
def _direction(text: str) -> np.ndarray:
    vector = np.random.default_rng(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])).standard_normal(DIMENSION)
    unit: np.ndarray = vector / np.linalg.norm(vector)
    return unit


class Writer:
    """Writes synthetic documents: common words in Zipf's proportions, and a subject's own words in each passage."""

    def __init__(self, seed: int = 1) -> None:
        self._chance = random.Random(seed)
        draw = random.Random(7)
        self._words = ["".join(draw.choice(_PARTS) for _ in range(draw.randint(3, 5))) for _ in range(15_000)]
        self._subjects = [draw.sample(self._words, 60) for _ in range(400)]
        self._weights = [1 / rank for rank in range(1, len(self._words) + 1)]
        self._cumulative = np.cumsum(self._weights).tolist()

    def passage(self) -> tuple[str, list[str]]:
        """Return a passage of 80-90 words and a few words that it is about."""
        chance = self._chance
        subject = chance.choice(self._subjects)
        sentences, about = [], []
        for _ in range(7):
            words = chance.choices(_COMMON, k=6) + chance.choices(self._words, cum_weights=self._cumulative, k=3)
            own = chance.sample(subject, 3)
            about += own
            words += own
            chance.shuffle(words)
            sentences.append(" ".join(words).capitalize() + ".")
        return " ".join(sentences), about

    def documents(self, folder: Path, passages: int, questions: int) -> list[str]:
        """Write documents with so many passages into `folder`; return questions on passages drawn from all of them."""
        folder.mkdir(parents=True)
        asked: list[str] = []
        every = max(1, passages // questions)
        for first in range(0, passages, PER_DOCUMENT):
            sections, notes = [], []
            for n in range(first, min(first + PER_DOCUMENT, passages)):
                text, about = self.passage()
                number = n - first + 1
                sections.append(f"{number} Over {about[0]}\n\n{text}")
                if n % every == 0 and len(asked) < questions:
                    asked.append(f"Hoe gaat de gemeente om met {about[0]} en {about[4]} bij {about[8]}?")
                if n % NOTED == 0:
                    claim = f"Bij {about[0]} hielp {about[5]} tegen {about[9]}."
                    rows = {"nl": [f"Wat hielp bij {about[0]}?", f"Waarom {about[9]}?"], "en": [f"What helped {about[0]}?"]}
                    notes.append({"section": str(number), "claims": [{"nl": claim, "en": claim}], "questions": rows})
            name = f"stuk-{first // PER_DOCUMENT:05}"
            (folder / f"{name}.txt").write_text("\n\n".join(sections), "utf-8")
            (folder / f"{name}.notes.yaml").write_text(yaml.safe_dump(notes), "utf-8")
        return asked


def _embedder(name: str) -> Embedder:
    return HashedEmbedder() if name == "hashed" else SentenceTransformerEmbedder()


def _peak() -> float:
    """Return the peak memory of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _ingest(settings: Settings, name: str, send: Any) -> None:
    embedder = _embedder(name)
    embedder.base(["warm"])
    before, began, cpu = _peak(), time.perf_counter(), time.process_time()
    said = [began]

    def progress(step: str, done: int, total: int) -> None:
        now = time.perf_counter()
        if now - said[0] > 15:
            said[0] = now
            sys.stderr.write(f"  {step}: {done}/{total} after {now - began:.0f} s\n")

    report = sync(
        settings.corpus, settings.document_folders, settings.data, embedder.fingerprint, lambda: embedder, progress, server=settings.chroma
    )
    passages = sum(int(str(row["passages"])) for row in report.documents)
    send.send({"passages": passages, "ingest_s": time.perf_counter() - began, "ingest_cpu_s": time.process_time() - cpu,
               "ingest_mib": _peak() - before})  # fmt: skip


def _ask(settings: Settings, name: str, questions: list[str], send: Any) -> None:
    wijzer = Wijzer(settings, _embedder(name))
    began = time.perf_counter()
    wijzer.ready()
    result = {"open_s": time.perf_counter() - began}
    kinds: tuple[tuple[str, Callable[[str], object]], ...] = (("search", wijzer.search), ("answer", wijzer.answer))
    for kind, ask in kinds:
        for question in questions[:20]:
            ask(question)
        taken = []
        for question in questions:
            began = time.process_time()
            ask(question)
            taken.append(1000 * (time.process_time() - began))
        result |= {f"{kind}_p50": float(np.percentile(taken, 50)), f"{kind}_p95": float(np.percentile(taken, 95))}
    send.send(result | {"serve_mib": _peak()})


def _apart(work: Callable[..., None], *values: Any) -> dict[str, float]:
    """Run in a fresh process and return what it sends. Raises RuntimeError when it ends without."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(*values, theirs))
    process.start()
    theirs.close()
    try:
        found: dict[str, float] = ours.recv()
        return found
    except EOFError:
        raise RuntimeError("the measured process ended early; its error stands above") from None
    finally:
        process.join()


def bench(settings: Settings, size: int, folder: Path, embedder: str = "hashed", questions: int = 200) -> dict[str, float]:
    """Measure one size in `folder`, which is emptied first; times in seconds (ingest) and milliseconds of CPU (questions)."""
    shutil.rmtree(folder, ignore_errors=True)
    corpus = folder / "corpus"
    corpus.mkdir(parents=True)
    shutil.copytree(settings.corpus / "frameworks", corpus / "frameworks")
    shutil.copyfile(settings.corpus / "glossary.yaml", corpus / "glossary.yaml")
    asked = Writer().documents(folder / "documents", size, questions)
    here = settings.model_copy(update={"corpus": corpus, "documents": folder / "documents", "data": folder / "data"})
    measured = _apart(_ingest, here, embedder) | _apart(_ask, here, embedder, asked)
    disk = sum(f.stat().st_size for f in (folder / "data" / "generations").rglob("*") if f.is_file())
    return measured | {"size": size, "disk_mib": disk / (1 << 20)}
