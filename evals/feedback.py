"""From what readers said of answers to draft cases: a maintainer completes them before they measure anything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.feedback import Feedback, read_feedback
from assistant.service import Wijzer
from assistant.settings import load_settings
from evals.record import write_lines

MOST_ANCHOR = 11  # words: longer runs of other people's texts do not enter the repository
Read = Callable[[str, int, int], str]


def drafts(feedback: Sequence[Feedback], read: Read) -> list[dict[str, Any]]:
    """Return a draft case per question, in the order of first asking; those whose answer did not help come first.

    `read(source, start, end)` gives the stored text. A helpful answer suggests its passages as evidence, by an anchor of at
    most eleven words. Nothing else is filled in: what the right answer is, only a person can say.
    """
    by_question: dict[tuple[str, str], list[Feedback]] = {}
    for one in feedback:
        by_question.setdefault((one.language, " ".join(one.question.lower().split())), []).append(one)
    groups = sorted(by_question.values(), key=lambda group: all(one.helpful for one in group))
    return [_draft(number, group, read) for number, group in enumerate(groups, 1)]


def _draft(number: int, group: Sequence[Feedback], read: Read) -> dict[str, Any]:
    last = group[-1]
    helpful = [one for one in group if one.helpful]
    reasons = sorted({reason for one in group for reason in one.reasons})
    return {
        "id": f"draft-{number:04d}",
        "lang": last.language,
        "type": "feedback",
        "style": "reader",
        "question": last.question,
        "points": [],
        "keys": [],
        "evidence": _evidence(helpful[-1], read) if helpful else [],
        "draft": {
            "helpful": len(helpful),
            "unhelpful": len(group) - len(helpful),
            "reasons": reasons,
            "remarks": [one.remark for one in group if one.remark],
            "answer": last.answer,
            "status": last.status,
            "mode": last.mode,
            "passages": [passage for passage, _, _ in last.passages],
            "index": last.index,
            "last": last.day,
        },
    }


def _evidence(helpful: Feedback, read: Read) -> list[dict[str, str]]:
    found = []
    for passage, start, end in helpful.passages:
        source = passage.partition(":")[0]
        words = read(source, start, end).split() if end > start else []
        if words:
            found.append({"source": source, "anchor": " ".join(words[:MOST_ANCHOR])})
    return [dict(pair) for pair in dict.fromkeys(tuple(row.items()) for row in found)]


def import_feedback(
    file: Annotated[Path, typer.Argument(help="The file of WIJZER_FEEDBACK.", exists=True, dir_okay=False)],
    out: Annotated[Path, typer.Option(help="File for the draft cases; it may not exist yet.")] = Path("drafts.jsonl"),
) -> None:
    """Make draft cases from what readers said of answers. Complete them by hand before they measure anything."""
    if out.exists():
        raise typer.BadParameter(f"{out} is there already; name another file", param_hint="--out")
    made = drafts(read_feedback(file), Wijzer(load_settings()).tools.index.store.text)
    write_lines(out, made)
    typer.echo(f"{len(made)} draft cases in {out}: fill in points, keys and evidence, and remove `draft`.")
