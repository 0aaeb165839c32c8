"""Put an Adviser together: read the frameworks, embed what has to be compared, learn the classifiers.

Both are done once: vectors are kept in the cache, and what was learned in a file beside it, until an example changes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np

from assistant.advise.advise import Adviser
from assistant.advise.cards import Cards
from assistant.advise.choose import Chooser, card_examples, strategy_examples
from assistant.advise.classify import Classifier, Example
from assistant.advise.knowledge import Knowledge, Places, load_knowledge
from assistant.advise.recognise import Recogniser, barrier_examples
from assistant.settings import Settings
from ingest.cache import cached
from ingest.embed import Embedder
from ingest.index import Folders, Index

# What is learned, and from what, in the order in which an Adviser is put together.
EXAMPLES: Mapping[str, Callable[[Knowledge], Sequence[Example]]] = {
    "barriers": barrier_examples,
    "strategies": strategy_examples,
    "cards": card_examples,
}


def build_adviser(settings: Settings, index: Index, embedder: Embedder) -> Adviser:
    """Return the Adviser for an index."""
    knowledge = load_knowledge(settings.corpus / "frameworks")
    cards = Cards(knowledge, Places(index))
    barriers, strategies, chosen = (_learned(settings, embedder, name, knowledge) for name in EXAMPLES)
    return Adviser(index, embedder, knowledge, Recogniser(barriers), Chooser(knowledge, chosen, strategies, cards.can_show), cards)


def warm(settings: Settings, embedder: Embedder) -> None:
    """Embed what an Adviser compares with and learn from it, so that the first advice does not have to."""
    knowledge = load_knowledge(settings.corpus / "frameworks")
    for name in EXAMPLES:
        _learned(settings, embedder, name, knowledge)


def own_texts(knowledge: Knowledge) -> list[str]:
    """Return every text that an Adviser compares with."""
    return list(dict.fromkeys(e.text for examples in EXAMPLES.values() for e in examples(knowledge)))


def _learned(settings: Settings, embedder: Embedder, name: str, knowledge: Knowledge) -> Classifier:
    """Return the classifier that learned from the examples of this name: from its file, or made now and kept."""
    examples = EXAMPLES[name](knowledge)
    file = Folders(settings.data).learned / f"{name}.npz"
    learned_from = hashlib.sha256(repr([embedder.fingerprint, *examples]).encode()).hexdigest()
    found = Classifier.load(file, learned_from)
    if found is None:
        found = Classifier.fit(examples, embedded(settings, embedder, [e.text for e in examples]))
        with suppress(OSError):  # a folder that cannot be written costs some seconds each time, no more
            _keep(found, file, learned_from)
    return found


def _keep(classifier: Classifier, file: Path, learned_from: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, delete=False) as stream:
        made = Path(stream.name)
    try:
        classifier.save(made, learned_from)
        os.replace(made, file)
    finally:
        made.unlink(missing_ok=True)


def embedded(settings: Settings, embedder: Embedder, texts: list[str]) -> np.ndarray:
    """Return the vectors of texts that an Adviser compares with, from the cache or the ones that come with the notes."""
    file = Folders(settings.data).cache
    return cached(file, embedder.fingerprint, texts, lambda: embedder, lambda done, total: None, settings.corpus / "vectors.npz")
