"""Adapt the embedded encoder to Dutch and to how people ask, on the notes alone.

Learns the table and projection of `ingest/adapter.py` by contrast: a reader's question belongs with the claims of its
note, a Dutch text with its English twin, a term with its translations in the glossary. No evaluation case is used; the
number of steps was judged on the development split. Three minutes on two cores; the same seed gives the same file.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
import yaml
from torch import nn

from evals.translate import twins
from ingest.adapter import text_terms
from ingest.cache import cached
from ingest.embed import SentenceTransformerEmbedder, windows
from ingest.index import Index
from ingest.records import Note

TEMPERATURE = 0.07
DROPPED = 0.35  # share of a text's terms left out at random, so that no single word decides
RARE = 2  # terms that occur less often get no row


class _Addition(nn.Module):
    """The addition while it is learned; `forward` gives unit vectors."""

    def __init__(self, frequency: Counter[str], total: int, width: int, dimension: int) -> None:
        super().__init__()
        self.rows = {term: i for i, term in enumerate(sorted(t for t, n in frequency.items() if n >= RARE))}
        rarity = np.array([np.log(total / (frequency[t] + 1)) for t in self.rows], dtype=np.float32)
        kind = np.array([0.35 if t[0] == "c" else 1.0 for t in self.rows], dtype=np.float32)
        self.table = nn.EmbeddingBag(len(self.rows), dimension, mode="sum")
        self.weight = nn.Parameter(torch.from_numpy(rarity / rarity.mean() * kind))
        self.projection = nn.Parameter(torch.randn(width, dimension) * 0.05)
        nn.init.normal_(self.table.weight, std=0.1)

    def forward(self, terms: Sequence[Sequence[str]], base: torch.Tensor, dropped: float, rng: random.Random) -> torch.Tensor:
        ids: list[int] = []
        starts: list[int] = []
        for own in terms:
            starts.append(len(ids))
            known = [self.rows[t] for t in own if t in self.rows]
            ids += [i for i in known if rng.random() >= dropped] or known or [0]
        flat = torch.tensor(ids)
        summed = self.table(flat, torch.tensor(starts), per_sample_weights=self.weight[flat])
        return F.normalize(summed + base @ self.projection, dim=-1)


def _pair(note: Note, texts: Sequence[str], twins: Sequence[tuple[str, str]], rng: random.Random) -> tuple[str, str]:
    """Return two texts that belong together, drawn from one note and its passage."""
    claims = [t for c in note.claims for t in (c.nl, c.en)]
    draw = rng.random()
    if draw < 0.42:
        return rng.choice(note.questions_nl if rng.random() < 0.6 else note.questions_en), rng.choice(claims)
    if draw < 0.52:
        claim = rng.choice(note.claims)
        return claim.nl, claim.en
    if draw < 0.77 and twins:
        return rng.choice(twins)
    if draw < 0.86:
        one, other = rng.sample(note.questions_nl, 2)
        return one, other
    return rng.choice(note.questions_nl + note.questions_en), rng.choice(list(texts) or claims)


def adapt(
    index: Index, glossary: Path, model: str, cache: Path, out: Path, steps: int, dimension: int, seed: int, say: Callable[[str], None]
) -> None:
    """Train on the index's notes and write the adapter to `out`."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    embedder = SentenceTransformerEmbedder(model)
    documents = [d for d in map(index.store.document, index.store.sources()) if d]
    passages = {p.id: windows(p.text) for d in documents for p in d.passages if p.basis == "document"}
    notes = [n for d in documents for n in d.notes if n.passage and len(n.questions_nl) > 1 and n.questions_en]
    rows = [r for r in yaml.safe_load(glossary.read_text("utf-8")) if r.get("nl") and r.get("en")] if glossary.exists() else []
    same = twins(notes, glossary)
    texts = [t for n in notes for t in (*n.questions_nl, *n.questions_en, *(c.nl for c in n.claims), *(c.en for c in n.claims))]
    texts += [t for own in passages.values() for t in own] + [t for r in rows for t in (*r["nl"], *r["en"])]
    texts = list(dict.fromkeys(texts))
    vectors = torch.from_numpy(
        cached(cache, embedder.fingerprint, texts, lambda: embedder, lambda done, total: say(f"embedded {done}/{total}"))
    )
    place = {text: i for i, text in enumerate(texts)}
    terms = {text: text_terms(text) for text in texts}
    frequency = Counter(term for own in terms.values() for term in set(own))
    addition = _Addition(frequency, len(texts), vectors.shape[1], dimension)
    optimizer = torch.optim.Adam(addition.parameters(), lr=5e-3)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: max(0.05, 1 - s / steps))

    def encode(batch: Sequence[str]) -> torch.Tensor:
        unit: torch.Tensor = addition([terms[t] for t in batch], vectors[[place[t] for t in batch]], DROPPED, rng)
        return unit

    for step in range(1, steps + 1):
        chosen: dict[str, Note] = {}  # one note per passage, so that no pair is a wrong negative of another
        for note in rng.sample(notes, len(notes)):
            chosen.setdefault(str(note.passage), note)
        pairs = [_pair(note, passages.get(passage, ()), same[note.id], rng) for passage, note in chosen.items()]
        pairs += [(rng.choice(r["nl"]), rng.choice(r["en"])) for r in rng.sample(rows, min(len(rows), 80))]
        similarity = encode([a for a, _ in pairs]) @ encode([b for _, b in pairs]).T / TEMPERATURE
        target = torch.arange(len(pairs))
        loss = (F.cross_entropy(similarity, target) + F.cross_entropy(similarity.T, target)) / 2
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
        if step % 30 == 0 or step == steps:
            say(f"step {step}/{steps}, loss {loss.item():.3f}")
    table = (addition.table.weight * addition.weight[:, None]).detach().numpy().astype(np.float16)
    with out.open("wb") as stream:
        np.savez_compressed(
            stream, terms=np.array(list(addition.rows)), table=table, projection=addition.projection.detach().numpy().astype(np.float16)
        )
