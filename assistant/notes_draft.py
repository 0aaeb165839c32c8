"""Notes on a document of one's own, drafted by a language model and held to the rules of `wijzer notes check`.

The model only words claims and questions. Where a note belongs is decided here: one passage at a time, and the anchor is
looked for by the program. A note that breaks a rule is asked for once more and then left out. Each note is written as soon
as it is made, so an interrupted run goes on where it stopped.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from assistant.model import ChatModel, ask, open_model
from assistant.notes_cli import content_passages, note_problems, word_runs
from assistant.prompts import Prompt, load_prompt
from assistant.settings import Settings
from ingest.errors import CorpusError, ModelUnavailable, WijzerError
from ingest.manifest import SUFFIXES, Entry, entries, own_record
from ingest.notes import ANCHOR_WORDS, attach, fold, read_notes
from ingest.records import Document, Note, Passage
from ingest.sync import read_document

ATTEMPTS = 2
MOST_TOKENS = 1500
MOST_FAILURES = 2  # so many passages in a row without any reply: the model is gone, and waiting longer helps nobody
WINDOWS = (6, 8, ANCHOR_WORDS)
Row = dict[str, Any]


@dataclass
class Drafted:
    """What a run did. `skipped` has, per passage without a note, what was wrong with the last attempt."""

    file: Path
    model: str
    prompt: str = ""
    passages: int = 0
    already: int = 0
    made: int = 0
    left: int = 0
    skipped: dict[str, list[str]] = field(default_factory=dict)

    def json_dict(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return {**vars(self), "file": str(self.file)}

    def summary(self) -> str:
        """Return one sentence or two for the command line."""
        counts = f"{self.made} notes made, {self.already} passages had one, {len(self.skipped)} skipped, {self.left} left"
        after = f" Read {self.file} before you use it; `wijzer ingest` takes it in with the document." if self.made else ""
        return f"{counts}, of {self.passages} passages.{after}"


def draft_with_progress(settings: Settings, path: Path, out: Path | None, limit: int | None, force: bool) -> Drafted:
    """Draft with a progress bar on standard error; otherwise as `draft_notes`."""
    columns = (TextColumn("{task.description:10}"), BarColumn(), TextColumn("{task.completed}/{task.total}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task("draft", total=None)
        return draft_notes(settings, path, out, limit, force, lambda done, total: bars.update(bar, completed=done, total=total))


def draft_notes(
    settings: Settings, path: Path, out: Path | None = None, limit: int | None = None, force: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Drafted:  # fmt: skip
    """Draft notes for the passages of the document at `path` that have none, at most `limit`, and write them to `out`.

    Notes that are in the file stay as they are, unless `force`. Raises SettingsError without a model, ModelUnavailable when
    it stops answering (what was made is kept), ReadError when the document cannot be read, CorpusError when the notes that
    are there break their format.
    """
    model = open_model(settings)
    prompt = load_prompt(settings.prompts, "notes")
    target = _target(settings, path, out)
    nothing = target.with_name(f".{target.name}.none")
    document, _ = read_document(Entry(own_record(path, set()), path, nothing if force else target))
    runs = word_runs(document.text)
    content = content_passages(document)
    noted = {note.passage for note in document.notes}
    todo = [p for p in content if p.id not in noted]
    drafted = Drafted(target, model.name, prompt.sha256, len(content), len(content) - len(todo))
    chosen = todo[:limit]
    text = "" if force or not target.exists() else target.read_text("utf-8")
    failures = 0
    for done, passage in enumerate(chosen):
        progress(done, len(chosen))
        try:
            row, problems = _note_on(passage, document, runs, model, prompt, settings.model_seconds)
            failures = 0
        except ModelUnavailable as error:
            row, problems = None, [f"{error} {error.help}".strip()]
            failures += 1
            if failures == min(MOST_FAILURES, len(chosen)):
                kept = f"{drafted.made} notes are kept in {target}; the same command goes on from there. " if drafted.made else ""
                raise ModelUnavailable(str(error), kept + error.help) from error
        if row is None:
            drafted.skipped[passage.id] = problems
            continue
        text = _written(target, text, row, document.source.id)
        drafted.made += 1
    progress(len(chosen), len(chosen))
    drafted.left = len(todo) - drafted.made - len(drafted.skipped)
    return drafted


def _target(settings: Settings, path: Path, out: Path | None) -> Path:
    """Return where the notes go. Raises WijzerError when they cannot be made or would not be found there."""
    if not path.is_file():
        raise WijzerError(f"{path} is not a file.", "Name one document.")
    if path.suffix.lower() not in SUFFIXES:
        raise WijzerError(f"{path.name} is not a kind of document that can be read.", f"Known: {', '.join(SUFFIXES)}.")
    beside = path.with_suffix(".notes.yaml")
    if out is not None:
        if out.resolve() == path.resolve() or not out.parent.is_dir():
            raise WijzerError(f"The notes cannot be written to {out}.", "Name a file in a folder that exists.")
        return out
    for entry in entries(settings.corpus, settings.document_folders):
        if entry.file and entry.file.resolve() == path.resolve() and entry.notes.exists() and entry.notes.resolve() != beside.resolve():
            raise WijzerError(f"{path.name} has notes in {entry.notes}.", "Use --out to draft others elsewhere.")
    return beside


def _note_on(
    passage: Passage, document: Document, runs: set[tuple[str, ...]], model: ChatModel, prompt: Prompt, seconds: float
) -> tuple[Row | None, list[str]]:
    """Return a note that passes the check, or None with what was wrong with the last attempt. Raises ModelUnavailable."""
    anchor = choose_anchor(passage, document)
    if anchor is None:
        return None, ["no words of this passage point at it alone"]
    problems: list[str] = []
    for _ in range(ATTEMPTS):
        asked = prompt.render(
            title=_data(document.source.title), section=_data(passage.title), passage=_data(passage.text),
            problems=_data("\n".join(f"- {p}" for p in problems)) or "-",
        )  # fmt: skip
        reply = found_object(ask(model, [("user", asked)], seconds, MOST_TOKENS))
        if reply is None:
            problems = ["the answer was not the JSON asked for"]
            continue
        row = _row(reply, passage, anchor, model.name)
        try:
            note = _as_note(row, document.source.id)
        except CorpusError as error:
            problems = [str(error).split(": ", 1)[-1]]
            continue
        problems = [p.split(": ", 1)[-1] for p in note_problems(note, passage, document, runs)]
        if not problems:
            return row, []
    return None, problems


def _data(text: str) -> str:
    """Return text that cannot close the tags around it."""
    return re.sub(r"<(?=\s*/?\s*passage)", "‹", text, flags=re.IGNORECASE)


def found_object(reply: str) -> dict[str, Any] | None:
    """Return the first JSON object with `claims` in a reply, whatever stands around it; None when there is none."""
    decoder = json.JSONDecoder(strict=False)
    for text in (reply, re.sub(r",(\s*[}\]])", r"\1", reply)):  # the second reading forgives a comma before a bracket
        for start in (m.start() for m in re.finditer(r"\{", text)):
            try:
                found, _ = decoder.raw_decode(text, start)
            except (ValueError, RecursionError):
                continue
            if isinstance(found, dict) and "claims" in found:
                return found
    return None


def _row(reply: dict[str, Any], passage: Passage, anchor: str, model: str) -> Row:
    """Return the reply as a row of a notes file: the keys that belong there, no more items than fit."""
    claims = reply["claims"]
    if isinstance(claims, list):
        claims = [{k: c.get(k) for k in ("nl", "en")} if isinstance(c, dict) else c for c in claims[:3]]
    questions = reply.get("questions")
    if isinstance(questions, dict):
        questions = {k: v[:5] if isinstance(v, list) else v for k, v in questions.items() if k in ("nl", "en")}
    return {"section": passage.section, "at": anchor, "claims": claims, "questions": questions, "drafted_by": model}


def _as_note(row: Row, source: str) -> Note:
    """Return the note as the reader of notes files reads it. Raises CorpusError."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "notes.yaml"
        file.write_text(_yaml(row), "utf-8")
        return read_notes(file, source)[0]


def _yaml(row: Row) -> str:
    return yaml.safe_dump([row], allow_unicode=True, sort_keys=False, width=120)


def choose_anchor(passage: Passage, document: Document) -> str | None:
    """Return the first six words in a row that stand in this passage only, or more where six are not enough.

    When nothing in it is unique the anchor may stand elsewhere too, as long as the note ends up here; None when it never does.
    """
    folded = fold(document.text)[0]
    words = passage.text.split()
    several: list[str] = []
    for size in WINDOWS:
        for start in range(max(1, len(words) - size + 1)):
            anchor = " ".join(words[start : start + size])
            if len(re.findall(r"\w+", anchor)) > ANCHOR_WORDS or not re.search(r"\w", anchor):
                continue
            count = folded.count(fold(anchor)[0].strip())
            if count == 1 and _leads_to(passage, anchor, document):
                return anchor
            if count > 1 and len(several) < 20:
                several.append(anchor)
    return next((anchor for anchor in several if _leads_to(passage, anchor, document)), None)


def _leads_to(passage: Passage, anchor: str, document: Document) -> bool:
    note = Note("", passage.source, passage.section, anchor, (), (), ())
    attached, _ = attach([note], document.text, list(document.sections), list(document.passages))
    return attached[0].passage == passage.id


def _written(target: Path, text: str, row: Row, source: str) -> str:
    """Add a note after `text`, as it is, and put the whole in place at once. Return the whole."""
    whole = text + ("" if not text or text.endswith("\n") else "\n") + _yaml(row)
    aside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        aside.write_text(whole, "utf-8")
        try:
            read_notes(aside, source)
        except CorpusError as error:
            raise CorpusError(
                f"Nothing can be added after the notes in {target}.", "Write them as a list in block style, or use --out."
            ) from error
        os.replace(aside, target)
    except OSError as error:
        raise WijzerError(f"{target} cannot be written: {error.strerror}.", "Use --out for another place.") from error
    finally:
        aside.unlink(missing_ok=True)
    return whole
