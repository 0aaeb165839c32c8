"""How much of a document survives on the way through a PDF: sentences letter for letter, and the page of each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evals.typeset import Style, Typeset, typeset
from evals.typeset import label as printed_label
from ingest import chunk, structure
from ingest.pages import page_at
from ingest.pdf import read_pdf
from ingest.records import Block, Passage
from ingest.sentences import sentences


@dataclass
class Fidelity:
    """Letters in all and letters of sentences that came out the same; sentences found and with the right sheet and label."""

    letters: int = 0
    same: int = 0
    found: int = 0
    right: int = 0
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    sheets: int = 0
    broken: int = 0

    @property
    def share(self) -> float:
        return self.same / self.letters

    @property
    def pages(self) -> float:
        return self.right / self.found


def passages_of(blocks: Sequence[Block], labels: dict[int, str] | None = None) -> tuple[list[Passage], list[structure.Placed]]:
    text, sections, placed = structure.build(list(blocks), "Titel", "stuk")
    return chunk.passages(text, sections, placed, "stuk", labels or {}), placed


def fold(text: str) -> str:
    return " ".join(text.split())


def measure(blocks: Sequence[Block], folder: Path, style: Style) -> Fidelity:
    """Set `blocks` as a PDF, read it, and compare the sentences of the passages and their pages."""
    expected, placed = passages_of(blocks)
    made = typeset([item.block for item in placed], style)
    (folder / "stuk.pdf").write_bytes(made.data)
    reading = read_pdf(folder / "stuk.pdf")
    found, _ = passages_of(reading.blocks, reading.labels)
    places = _places(placed, made)
    starts = [start for start, _ in places]
    result = Fidelity(sheets=made.sheets, broken=made.broken)
    texts = [fold(p.text) for p in found]
    own: dict[str, list[tuple[Passage, int]]] = {}
    for p in found:
        for a, b in sentences(p.text):
            own.setdefault(fold(p.text[a:b]), []).append((p, p.start + a))
    for passage in expected:
        for a, b in sentences(passage.text):
            sentence = fold(passage.text[a:b])
            if len(sentence) < 15:
                continue
            result.letters += len(sentence)
            if sentence not in own:  # perhaps not a sentence of its own there
                own[sentence] = [(p, p.start + _offset(p.text, sentence)) for p, text in zip(found, texts, strict=True) if sentence in text]
            if not own[sentence]:
                result.lost.append(sentence)
                continue
            result.same += len(sentence)
            if passage.kind == "footnote":
                continue  # set apart; its page is that of its mark
            result.found += 1
            at = (passage.start + a) / expected[-1].end  # where the same is said more than once, what stands about as far is meant
            where, offset = min(own[sentence], key=lambda found_at: abs(found_at[1] / found[-1].end - at))
            _, label, sheet = page_at(where, offset)
            wanted = places[bisect_right(starts, passage.start + a) - 1][1]
            printed = printed_label(wanted, style)
            if sheet == wanted and label in {printed, ""}:
                result.right += 1
            else:
                result.wrong.append(f"{sheet} ({label}) for {wanted} ({printed}): {sentence}")
    return result


def _places(placed: Sequence[structure.Placed], made: Typeset) -> list[tuple[int, int]]:
    return sorted((item.start + at, sheet) for item, own in zip(placed, made.places, strict=True) for at, sheet in own)


def _offset(text: str, folded: str) -> int:
    """Return where the folded sentence begins in the text, whose blanks were not folded."""
    match = re.search(r"\s+".join(map(re.escape, folded.split())), text)
    return match.start() if match else 0
