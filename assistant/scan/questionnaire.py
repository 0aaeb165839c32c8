"""The questions of the scan, read from the frameworks: another element or indicator needs no code."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Any

from assistant.advise.cards import Cards
from assistant.advise.knowledge import Knowledge
from assistant.citations import Citer
from assistant.fields import Invalid, checked_kind, load, parse
from assistant.messages import message
from assistant.records import Language
from assistant.scan.records import Choice, Question, QuestionGroup, Questions, Scan
from ingest.errors import CorpusError

CAPACITY, POSITIONS = "capacity", "starting-positions"


class Questionnaire:
    """The frameworks behind the scan. Raises CorpusError when one is missing or names an unknown relation."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.capacity = framework(knowledge, CAPACITY)
        self.positions = framework(knowledge, POSITIONS)
        self.relations = related(knowledge, (indicator for _, indicator in self.indicators()))

    def indicators(self) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        """Yield (element, indicator) in their order."""
        for element in self.capacity["entries"]:
            for indicator in element["indicators"]:
                yield element, indicator

    def questions(self, language: Language, cards: Cards, citer: Citer) -> Questions:
        """Return the questionnaire, with per question the passages that say why it matters."""
        groups = tuple(
            QuestionGroup(
                id=element["id"], name=element["name"][language], explanation=element["explanation"][language],
                questions=tuple(
                    Question(
                        id=i["id"], name=i["name"][language], statement=i["statement"][language], why=i["why"][language],
                        citations=cards.cite(i["passages"], citer, 2),
                    )
                    for i in element["indicators"]
                ),
            )
            for element in self.capacity["entries"]
        )  # fmt: skip
        positions = tuple(
            Choice(
                id=p["id"], name=p["name"][language], explanation=p["explanation"][language], citations=cards.cite(p["passages"], citer, 1)
            )
            for p in self.positions["entries"]
        )
        return Questions(
            language=language, name=self.capacity["name"][language], explanation=self.capacity["explanation"][language], groups=groups,
            scale=tuple(Choice(id=str(step["value"]), name=step["label"][language]) for step in self.capacity["scale"]),
            starting_positions=positions, citations=citer.citations,
        )  # fmt: skip

    def check(self, scan: Scan, language: Language) -> None:
        """Raise Invalid when the scan answers questions that do not exist."""
        known = [indicator["id"] for _, indicator in self.indicators()]
        errors = [*unknown("answers", scan.answers, known, language), *unknown("remarks", scan.remarks, known, language)]
        if scan.starting_position is not None:
            errors += unknown("startingPosition", [scan.starting_position], [p["id"] for p in self.positions["entries"]], language)
        if errors:
            raise Invalid(errors, language)

    def read(self, raw: bytes, language: Language) -> Scan:
        """Return the scan in a JSON file that was kept, or in the JSON of a result. Raises Invalid."""
        scan = parse(Scan, checked_kind(load(raw, language), "scan", Scan, language), language)
        self.check(scan, language)
        return scan


def framework(knowledge: Knowledge, name: str) -> dict[str, Any]:
    """Return a framework by its file's name. Raises CorpusError when it is not there."""
    if name not in knowledge.others:
        raise CorpusError(f"corpus/frameworks/{name}.yaml is missing.", "Put it back, or set WIJZER_CORPUS.")
    return knowledge.others[name]


def related(knowledge: Knowledge, entries: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return per entry the relations (barrier, strategy) it names. Raises CorpusError for one that is nowhere."""
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        rows = found.setdefault(entry["id"], [])
        for named in entry.get("relations", ()):
            row = next((r for r in knowledge.relations.get(named["barrier"], ()) if r["strategy"] == named["strategy"]), None)
            if row is None:
                raise CorpusError(f"{entry['id']}: {named['strategy']} for {named['barrier']} is no relation in relations.yaml")
            rows.append(row)
    return found


def unknown(place: str, given: Iterable[str], known: list[str], language: Language) -> list[tuple[str, str]]:
    """Return an error per id that is not known, with the one that was probably meant."""
    errors = []
    for name in given:
        if name not in known:
            close = difflib.get_close_matches(name, known, 1)
            said = message("reason_meant", language, close=close[0]) if close else message("reason_unknown", language)
            errors.append((f"{place}.{name[:60]}", said))
    return errors
