"""How well cards fit, in folds over the situations that readers judged: nothing was learned from these or their neighbours.

Neighbours in the file are one writer's, and a writer's habits of speech give away the barrier to a classifier that reads pairs of words; so
whole blocks of them are held out.

Situations without `alsoCards` or `halfCards` are left out: there readers only named the best ones. Each is read as a whole, its barriers
are recognised and its cards chosen as in an advice. A card shown is what readers said of it there (JUDGED); one that no reader
judged on that situation counts as not fitting.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from assistant.advise.advise import shown_barriers
from assistant.advise.choose import Chooser
from assistant.advise.classify import Classifier
from assistant.advise.knowledge import JUDGED, Knowledge
from assistant.advise.recognise import Recogniser, Told

FOLDS = 4
BLOCK = 90  # neighbours that are held out together; fewer where there are few
FITS = ("cards", "alsoCards")
Examples = Callable[[Knowledge], Sequence[Any]]


def shown_cards(
    knowledge: Knowledge, embed: Callable[[list[str]], np.ndarray], examples: dict[str, Examples], seed: int = 5
) -> list[list[tuple[str, float]]]:
    """Return, per judged situation, what readers said of each card shown ("" = nothing) and how likely it was told to fit."""
    judged = [row for row in knowledge.situations if row.get("cards") and (row.get("alsoCards") or row.get("halfCards"))]
    size = max(1, min(BLOCK, len(judged) // (4 * FOLDS)))
    blocks = [judged[at : at + size] for at in range(0, len(judged), size)]
    random.Random(seed).shuffle(blocks)
    shown: list[list[tuple[str, float]]] = []
    for fold in range(FOLDS):
        held = [row for block in blocks[fold::FOLDS] for row in block]
        texts = {row["text"] for row in held}
        rest = replace(knowledge, situations=[row for row in knowledge.situations if row["text"] not in texts])
        learned = {}
        for name, made in examples.items():
            rows = [e for e in made(rest) if e.text not in texts]
            learned[name] = Classifier.fit(rows, embed([e.text for e in rows]))
        recogniser = Recogniser(learned["barriers"])
        chooser = Chooser(rest, learned["cards"], learned["strategies"], lambda relation: True)
        for row, vector in zip(held, embed([row["text"] for row in held]), strict=True):
            told = Told((row["text"],), (row["text"], row["text"]), np.stack([vector, vector]))
            said = {card: key for key in JUDGED for card in row.get(key, ())}
            chosen = chooser.choose(told, shown_barriers(recogniser.recognise(told)))
            shown.append([(said.get(relation["id"], ""), confidence) for relation, confidence in chosen])
    return shown


def report(shown: Sequence[Sequence[tuple[str, float]]]) -> list[str]:
    """Return lines: what the cards shown are, how many fit by rank, and by how likely they were told to."""
    said = Counter(key for cards in shown for key, _ in cards)
    total = sum(said.values())
    by_rank: defaultdict[int, list[bool]] = defaultdict(list)
    by_band: defaultdict[int, list[bool]] = defaultdict(list)
    for cards in shown:
        for rank, (key, confidence) in enumerate(cards, 1):
            by_rank[rank].append(key in FITS)
            by_band[min(4, int(confidence * 5))].append(key in FITS)
    lines = [
        f"{len(shown)} situations, {total / len(shown):.2f} cards each",
        f"fit {sum(said[key] for key in FITS) / total:.2f} (chosen {said['cards'] / total:.2f}), half {said['halfCards'] / total:.2f}, "
        f"not {said['notCards'] / total:.2f}, not judged {said[''] / total:.2f}",
    ]
    lines += [f"place {rank}: {np.mean(fit):.2f} fit" for rank, fit in sorted(by_rank.items())]
    lines += [f"told {band / 5:.1f} to {(band + 1) / 5:.1f}: {np.mean(fit):.2f} of {len(fit)} fit" for band, fit in sorted(by_band.items())]
    return lines
