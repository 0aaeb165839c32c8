"""Two scans side by side: of one organisation over time, or of two departments. Only what both scored counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.messages import listed, message
from assistant.records import Language
from assistant.scan.questionnaire import Questionnaire
from assistant.scan.records import Change, Comparison, Scan


def mean(scores: Sequence[int], asked: int, least_share: float) -> float | None:
    """Return the mean in tenths, or None when fewer than `least_share` of what was asked is scored."""
    if not scores or len(scores) < least_share * asked:
        return None
    return round(sum(scores) / len(scores) + 1e-9, 1)


def compare(questionnaire: Questionnaire, scan: Scan, other: Scan, language: Language, reading: Mapping[str, Any]) -> Comparison:
    """Return `scan` beside `other`, the other one first."""
    elements, indicators = [], []
    for element in questionnaire.capacity["entries"]:
        pairs = [(other.answers.get(i["id"]), scan.answers.get(i["id"])) for i in element["indicators"]]
        for entry, (a, b) in zip(element["indicators"], pairs, strict=True):
            indicators.append(_change(entry["id"], entry["name"][language], a, b))
        both = [(a, b) for a, b in pairs if a is not None and b is not None]
        means = [mean([pair[side] for pair in both], len(pairs), reading["least_share"]) for side in (0, 1)]
        elements.append(_change(element["id"], element["name"][language], *means))
    names = [(one.label(language), message(key, language)) for one, key in ((other, "scan_other"), (scan, "scan_this"))]
    alike = names[0][0] == names[1][0]  # of one department on one day: only the role tells them apart
    before, after = (f"{label} ({role})" if label and alike else label or role for label, role in names)
    return Comparison(
        before=before, after=after,
        text=_text(elements, language, reading["difference"]), elements=tuple(elements), indicators=tuple(indicators),
    )  # fmt: skip


def _change(name: str, shown: str, before: float | None, after: float | None) -> Change:
    change = round(after - before, 1) if before is not None and after is not None else None
    return Change(id=name, name=shown, before=before, after=after, change=change)


def _text(elements: Sequence[Change], language: Language, least: float) -> str:
    if all(e.change is None for e in elements):
        return message("scan_no_common", language)
    said = []
    for key, sign in (("scan_higher", 1), ("scan_lower", -1)):
        names = [e.name.lower() for e in elements if e.change is not None and e.change * sign >= least]
        if names:
            said.append(message(key, language, names=listed(names, language)))
    return " ".join([*(said or [message("scan_same", language)]), message("scan_differences", language)])
