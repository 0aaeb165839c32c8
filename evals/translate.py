"""Learn from the notes which word of one language becomes which in the other (IBM model 1, Brown et al. 1993).

Claims stand in the notes in both languages and so do terms in the glossary. Questions of a note do too, but in no order:
those that translate each other best, by what claims and glossary teach, are taken as pairs and everything is learned again.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import yaml

from ingest.analysis import words
from ingest.index import Index
from ingest.records import Note

ROUNDS = 5
LEAST = 0.12  # probability below which a translation is not kept
MOST = 3  # translations kept per word
ALIKE = 0.25  # mean probability from which two questions may be a pair
_NONE = ""  # what a word comes from that has no counterpart

Pair = tuple[list[str], list[str]]
Table = dict[str, dict[str, float]]


def learn(pairs: Sequence[Pair], rounds: int = ROUNDS) -> Table:
    """Return {word: {word of the other language: probability}} by expectation maximisation over pairs of sentences."""
    table: Table = {}
    for round_ in range(rounds + 1):
        counts: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        for source, target in pairs:
            for word in target:
                shares = [(s, table[s].get(word, 0.0) if round_ else 1.0) for s in (*source, _NONE)]
                total = sum(share for _, share in shares)
                for s, share in shares:
                    if share > 1e-6 * total:
                        counts[s][word] += share / total
        table = {}
        for s, row in counts.items():
            whole = sum(row.values())
            table[s] = {word: n / whole for word, n in row.items() if n > 0.005 * whole}
    return table


def _alike(source: Iterable[str], target: Sequence[str], table: Table) -> float:
    """Return how well a text translates another: the mean over its words of the likeliest one that stands there."""
    best = [max((table.get(s, {}).get(t, 0.0) for t in target), default=0.0) for s in source]
    return sum(best) / len(best) if best else 0.0


def question_pairs(note: Note, there: Table, back: Table) -> list[tuple[str, str]]:
    """Return the questions of a note that are each other's best translation, Dutch first."""
    dutch, english = [words(q) for q in note.questions_nl], [words(q) for q in note.questions_en]
    score = [[_alike(d, e, there) + _alike(e, d, back) for e in english] for d in dutch]
    pairs = []
    for row, scores in enumerate(score):
        best = max(range(len(english)), key=scores.__getitem__, default=None)
        if best is not None and scores[best] >= 2 * ALIKE and scores[best] == max(other[best] for other in score):
            pairs.append((note.questions_nl[row], note.questions_en[best]))
    return pairs


def _known(notes: Sequence[Note], glossary: Path) -> list[Pair]:
    rows: Sequence[Mapping[str, list[str]]] = yaml.safe_load(glossary.read_text("utf-8")) if glossary.exists() else []
    known = [(words(c.nl), words(c.en)) for n in notes for c in n.claims]
    return known + [(words(nl), words(en)) for r in rows for nl in r.get("nl", []) for en in r.get("en", [])] * 2


def twins(notes: Sequence[Note], glossary: Path) -> dict[str, list[tuple[str, str]]]:
    """Return, per note, its questions that are the same in both languages, as claims and glossary teach."""
    known = _known(notes, glossary)
    there, back = learn(known), learn([(en, nl) for nl, en in known])
    return {n.id: question_pairs(n, there, back) for n in notes}


def kept(table: Table) -> dict[str, list[list[str | float]]]:
    """Return the likeliest translations per word, as they stand in the file."""
    rows: dict[str, list[list[str | float]]] = {}
    for word in sorted(table):
        best = sorted(((p, t) for t, p in table[word].items() if p >= LEAST), reverse=True)[:MOST]
        if word != _NONE and best:
            rows[word] = [[t, round(p, 2)] for p, t in best]
    return rows


def translations(index: Index, glossary: Path, out: Path, say: Callable[[str], None]) -> None:
    """Learn both directions from the index's notes and the glossary; write them to `out` as JSON."""
    notes = [n for d in map(index.store.document, index.store.sources()) if d for n in d.notes]
    known = _known(notes, glossary)
    asked = [(words(nl), words(en)) for pairs in twins(notes, glossary).values() for nl, en in pairs]
    say(f"{len(known)} pairs of claims and terms, {len(asked)} pairs of questions")
    both = known + asked
    table = {"nl": kept(learn(both)), "en": kept(learn([(en, nl) for nl, en in both]))}
    # A word a line, so that a change can be read.
    parts = [
        f'"{la}": {{\n' + ",\n".join(f"{json.dumps(w)}: {json.dumps(t)}" for w, t in rows.items()) + "\n}" for la, rows in table.items()
    ]
    out.write_text("{" + ",\n".join(parts) + "}\n", "utf-8")
    say(f"{len(table['nl'])} Dutch and {len(table['en'])} English words written to {out}")
