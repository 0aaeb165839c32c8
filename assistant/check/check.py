"""From a filled-in check to its result. Criteria and tasks are read from the frameworks: another one needs no code."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from assistant.advise.cards import Cards
from assistant.advise.knowledge import Knowledge, Places
from assistant.advise.records import Strategy
from assistant.check.records import Case, Check, CheckResult, Criterion, OwnTask, Task, Verdict
from assistant.citations import Citer
from assistant.fields import Invalid, checked_kind, load, parse
from assistant.messages import listed, message
from assistant.records import Language, Receipt
from assistant.scan.questionnaire import framework, related, unknown
from assistant.scan.records import Limit
from assistant.scan.scan import limits
from ingest.errors import CorpusError
from ingest.index import Index

CRITERIA, TASKS = "criteria", "tasks"
MOST_CARDS = 6
_VERDICTS: dict[str, Verdict] = {"Yes": "yes", "Potential": "potential", "No": "no"}


class Checker:
    """Checks of initiatives over one index."""

    def __init__(self, index: Index, knowledge: Knowledge) -> None:
        self.index = index
        self._criteria = framework(knowledge, CRITERIA)
        self._tasks = framework(knowledge, TASKS)
        entries = (*self._criteria["entries"], *self._tasks["entries"])
        self._relations = related(knowledge, entries)
        self._cards = Cards(knowledge, Places(index))

    def questions(self, language: Language) -> CheckResult:
        """Return the criteria and tasks with nothing filled in."""
        return self.result(Check(), language)

    def read(self, raw: bytes, language: Language) -> Check:
        """Return the check in a JSON file that was kept, or in the JSON of a result. Raises Invalid."""
        check = parse(Check, checked_kind(load(raw, language), "check", Check, language), language)
        self.verify(check, language)
        return check

    def verify(self, check: Check, language: Language) -> None:
        """Raise Invalid when the check answers questions that do not exist."""
        criteria = [e["id"] for e in self._criteria["entries"]]
        errors = [*unknown("criteria", check.criteria, criteria, language), *unknown("remarks", check.remarks, criteria, language)]
        errors += unknown("tasks", check.tasks, [e["id"] for e in self._tasks["entries"]], language)
        if errors:
            raise Invalid(errors, language)

    def result(self, check: Check, language: Language) -> CheckResult:
        """Return what a check shows. Raises Invalid for unknown questions."""
        self.verify(check, language)
        citer = Citer(self.index, language)
        criteria = tuple(self._criterion(e, check, language, citer) for e in self._criteria["entries"])
        tasks = tuple(self._task(e, check, language, citer) for e in self._tasks["entries"])
        started = any(c.answer for c in criteria) or any(t.status or t.own for t in tasks)
        waiting = [t for t in tasks if t.status in {None, "todo", "busy"}] if any(t.status for t in tasks) else []
        wanted = [c.id for c in criteria if c.answer in {"no", "potential"}] + [t.id for t in waiting[:2]]
        advice = self._advice(wanted, language, citer)
        shown = {card.id for card in advice}
        own = (Limit(text=message("check_own", language)),) if started else ()
        return CheckResult(
            status="empty" if not started else "partial" if any(c.answer is None for c in criteria) else "answered",
            language=language, message=self._message(criteria, language, started), check=check,
            criteria=tuple(c.model_copy(update={"strategies": self._named(c.id, shown, wanted)}) for c in criteria),
            tasks=tuple(t.model_copy(update={"strategies": self._named(t.id, shown, wanted)}) for t in tasks),
            next_task=waiting[0].id if waiting else None, tasks_message=_tasks_message(tasks, waiting, language), advice=advice,
            advice_message=message("check_chosen", language) if advice else "",
            limits=own + limits(self._criteria, self._cards, citer, language) + limits(self._tasks, self._cards, citer, language),
            citations=citer.citations, receipt=Receipt(index=self.index.fingerprint),
        )  # fmt: skip

    def _criterion(self, entry: dict[str, Any], check: Check, language: Language, citer: Citer) -> Criterion:
        numbers = self._cards.cite(entry["passages"], citer, 2)
        cases = []
        for part in self._criteria["cases"]:
            judged = entry["pilots"][part["id"]]
            if judged["value"]["en"] not in _VERDICTS:
                raise CorpusError(f"criteria.yaml: {entry['id']}: {judged['value']['en']} is none of {', '.join(_VERDICTS)}")
            cases.append(
                Case(
                    id=part["id"], name=part["name"][language], verdict=_VERDICTS[judged["value"]["en"]], value=judged["value"][language],
                    why=judged["why"][language], citations=self._cards.cite(judged["passages"], citer, 1),
                )
            )  # fmt: skip
        return Criterion(
            id=entry["id"], name=entry["name"][language], explanation=entry["explanation"][language],
            question=entry["question"][language], citations=numbers, cases=tuple(cases), answer=check.criteria.get(entry["id"]),
            remark=check.remarks.get(entry["id"], ""),
        )  # fmt: skip

    def _task(self, entry: dict[str, Any], check: Check, language: Language, citer: Citer) -> Task:
        own = check.tasks.get(entry["id"], OwnTask())
        return Task(
            id=entry["id"], name=entry["name"][language], explanation=entry["explanation"][language], who=entry["who"][language],
            pitfalls=entry["pitfalls"][language], citations=self._cards.cite(entry["passages"], citer, 4), status=own.status,
            own=own.who.strip(),
        )  # fmt: skip

    def _advice(self, wanted: list[str], language: Language, citer: Citer) -> tuple[Strategy, ...]:
        """Return the first card of each open point before the second of any."""
        cards: dict[str, Strategy] = {}
        for relation in (r for rank in zip_longest(*(self._relations[w] for w in wanted)) for r in rank if r):
            if relation["strategy"] not in cards and len(cards) < MOST_CARDS:
                card = self._cards.card(relation, language, citer)
                if card is not None:
                    cards[card.id] = card
        return tuple(cards.values())

    def _named(self, entry: str, shown: set[str], wanted: list[str]) -> tuple[str, ...]:
        return tuple(r["strategy"] for r in self._relations[entry] if r["strategy"] in shown) if entry in wanted else ()

    @staticmethod
    def _message(criteria: tuple[Criterion, ...], language: Language, started: bool) -> str:
        if not started:
            return message("check_empty", language)
        given = [c.answer for c in criteria]
        said = [message("check_count", language, yes=given.count("yes"), all=len(given))]
        for key, answer in (("check_potential", "potential"), ("check_open", None)):
            if number := given.count(answer):  # type: ignore[arg-type]
                said.append(message(key, language, number=number))
        return " ".join(said)


def _tasks_message(tasks: tuple[Task, ...], waiting: list[Task], language: Language) -> str:
    """Say which task comes first, and for which nobody is named yet; nothing when no task was filled in."""
    if not any(t.status for t in tasks):
        return ""
    said = [message("check_next", language, name=waiting[0].name.lower())] if waiting else []
    nobody = [t.name.lower() for t in waiting if t.status and not t.own]
    if nobody:
        said.append(message("check_nobody", language, names=listed(nobody, language)))
    return " ".join(said)
