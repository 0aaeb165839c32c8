"""Read `notes.yaml`, check its format, and attach each note to the passage its anchor points at."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from ingest.errors import CorpusError
from ingest.records import Claim, Note, Passage, Section

ANCHOR_WORDS = 11
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"'})


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads 4.10 as it is written: a section's number, not the decimal fraction 4.1."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if tag != "tag:yaml.org,2002:float"]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_notes(path: Path, source: str) -> list[Note]:
    """Return the notes of one document. Raises CorpusError naming the note and what is wrong with it."""
    if not path.exists():
        return []
    try:
        rows = yaml.load(path.read_text("utf-8"), Loader=_Loader) or []
    except yaml.YAMLError as error:
        raise CorpusError(f"{path}: not valid YAML: {error}", "Mend the line named and try again.") from error
    if not isinstance(rows, list):
        raise CorpusError(f"{path}: a list of notes is expected")
    return [_note(row, f"{path.parent.name}/{path.name}, note {n}", source, n) for n, row in enumerate(rows, 1)]


def _note(row: Any, where: str, source: str, number: int) -> Note:
    if not isinstance(row, dict) or not row.get("section"):
        raise CorpusError(f"{where}: needs at least `section` and `claims`")
    unknown = set(row) - {"section", "at", "claims", "questions", "drafted_by"}
    if unknown:
        raise CorpusError(f"{where}: unknown keys {sorted(unknown)}")
    anchor = str(row.get("at") or "")
    if len(re.findall(r"\w+", anchor)) > ANCHOR_WORDS:
        raise CorpusError(f"{where}: the anchor is longer than {ANCHOR_WORDS} words")
    claims = row.get("claims") or []
    whole = isinstance(claims, list) and all(isinstance(c, dict) and c.get("nl") and _texts([c["nl"], c.get("en")]) for c in claims)
    if not whole or not 1 <= len(claims) <= 3:
        raise CorpusError(f"{where}: 1 to 3 claims, each with `nl` and `en`")
    questions = row.get("questions") or {}
    if not isinstance(questions, dict) or set(questions) - {"nl", "en"} or not all(_texts(q) for q in questions.values()):
        raise CorpusError(f"{where}: questions are lists of text under `nl` and `en`")
    return Note(
        id=f"{source}#{number}",
        source=source,
        section=str(row["section"]),
        anchor=anchor,
        claims=tuple(Claim(" ".join(c["nl"].split()), " ".join(c["en"].split())) for c in claims),
        questions_nl=tuple(questions.get("nl") or ()),
        questions_en=tuple(questions.get("en") or ()),
        drafted_by=row.get("drafted_by"),
    )


def _texts(values: Any) -> bool:
    return values is None or (isinstance(values, list) and all(isinstance(v, str) and v.strip() for v in values))


def fold(text: str) -> tuple[str, list[int]]:
    """Return the text folded for finding anchors, with the offset of each folded character in the original.

    Folded: lower case, one kind of quote marks, no asterisks or tags, all white space one space, hyphens at line
    ends already mended by the reader.
    """
    out: list[str] = []
    offsets: list[int] = []
    tag = 0
    for position, char in enumerate(text.translate(_QUOTES)):
        if char == "<" and re.match(r"</?\w+/?>", text[position : position + 12]):
            tag = position + 1
        if tag:
            tag = 0 if char == ">" else tag
            char = " "
        if char == "*":
            continue
        if char.isspace():
            if out and out[-1] == " ":
                continue
            char = " "
        for low in char.lower():
            out.append(low)
            offsets.append(position)
    return "".join(out), offsets


def attach(notes: list[Note], text: str, sections: list[Section], passages: list[Passage]) -> tuple[list[Note], list[Note]]:
    """Return (notes with their passage id, notes that found none).

    The anchor is looked for in the named section first, then in the whole text; without an anchor the passage of the
    section that shares most words with the claims is taken.
    """
    folded, offsets = fold(text)
    spans = {section.id: (section.start, section.end) for section in sections}
    attached, lost = [], []
    for note in notes:
        places = _anchor_places(note, folded, offsets, spans)
        passage = next((p for p in (_passage_at(place, passages) for place in places) if p), None)
        if passage is None and not note.anchor:
            passage = _best_by_words(note, [p for p in passages if p.section == note.section])
        if passage is None:
            lost.append(note)
        attached.append(replace(note, passage=passage.id if passage else None))
    return attached, lost


def _anchor_places(note: Note, folded: str, offsets: list[int], spans: dict[str, tuple[int, int]]) -> list[int]:
    """Return where the anchor stands, the named section first. A table of contents repeats headings, hence several."""
    anchor = fold(note.anchor)[0].strip()
    if not anchor:
        return []
    places = [offsets[m.start()] for m in re.finditer(re.escape(anchor), folded)]
    start, end = spans.get(note.section, (0, 0))
    return sorted(places, key=lambda p: not start <= p < end)


def _passage_at(place: int, passages: list[Passage]) -> Passage | None:
    return next((p for p in passages if p.start <= place < p.end), None)


def _best_by_words(note: Note, candidates: list[Passage]) -> Passage | None:
    claimed = {w for c in note.claims for w in re.findall(r"\w{4,}", c.nl.lower())}

    def shared(passage: Passage) -> int:
        return len(claimed & set(re.findall(r"\w{4,}", passage.text.lower())))

    return max(candidates, key=shared, default=None)


def note_passages(notes: list[Note], titles: dict[str, str], language: str = "nl") -> tuple[list[Passage], list[Note]]:
    """Return passages made of the notes themselves, for a document that is absent: one per note, text = its claims."""
    made, attached = [], []
    counts: dict[str, int] = {}
    for note in notes:
        counts[note.section] = counts.get(note.section, 0) + 1
        title = titles.get(note.section) or (f"§{note.section}" if note.section[:1].isdigit() else note.section.replace("-", " "))
        text = " ".join(claim.in_language(language) for claim in note.claims)
        passage = Passage(
            f"{note.source}:{note.section}:n{counts[note.section]}", note.source, note.section, title, (title,),
            0, 0, text, kind="note", basis="notes",
        )  # fmt: skip
        made.append(passage)
        attached.append(replace(note, passage=passage.id))
    return made, attached
