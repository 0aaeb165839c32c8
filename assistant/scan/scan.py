"""From a filled-in scan to its result: profile, strengths, weak points, what would help, differences, and limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

import yaml

from assistant.advise.cards import Cards
from assistant.advise.knowledge import Knowledge, Places
from assistant.advise.records import Strategy
from assistant.citations import Citer
from assistant.messages import listed, message
from assistant.records import Language, Receipt
from assistant.scan.compare import compare, mean
from assistant.scan.questionnaire import Questionnaire
from assistant.scan.records import ElementScore, Finding, IndicatorScore, Level, Limit, Position, Questions, Scan, ScanResult
from ingest.index import Index

READING: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("reading.yaml").read_text("utf-8"))


class Scanner:
    """Scans over one index."""

    def __init__(self, index: Index, knowledge: Knowledge) -> None:
        self.index = index
        self.questionnaire = Questionnaire(knowledge)
        self._cards = Cards(knowledge, Places(index))

    def questions(self, language: Language) -> Questions:
        """Return the questionnaire."""
        return self.questionnaire.questions(language, self._cards, Citer(self.index, language))

    def result(self, scan: Scan, language: Language, previous: Scan | None = None) -> ScanResult:
        """Return what a scan shows, beside another one when given. Raises Invalid for unknown questions."""
        self.questionnaire.check(scan, language)
        if previous is not None:
            self.questionnaire.check(previous, language)
        citer = Citer(self.index, language)
        profile = self._profile(scan, language)
        status, said = _status(profile, language)
        strengths = self._strengths(profile, language, citer)
        weakest, weak_said = self._weakest(profile, language, citer)
        advice, weakest = self._advice(weakest, language, citer)
        return ScanResult(
            status=status, language=language, message=said, scan=scan, profile=profile, strengths=strengths, weakest=weakest,
            weakest_message=weak_said if status != "empty" else "", advice=advice,
            advice_message=message("scan_chosen", language) if advice else "",
            position=self._position(scan, language, citer),
            comparison=compare(self.questionnaire, scan, previous, language, READING) if previous is not None else None,
            limits=limits(self.questionnaire.capacity, self._cards, citer, language), citations=citer.citations,
            receipt=Receipt(index=self.index.fingerprint),
        )  # fmt: skip

    def _profile(self, scan: Scan, language: Language) -> tuple[ElementScore, ...]:
        rows = []
        for element in self.questionnaire.capacity["entries"]:
            scores = [scan.answers.get(i["id"]) for i in element["indicators"]]
            given = [s for s in scores if s is not None]
            indicators = tuple(
                IndicatorScore(
                    id=i["id"], name=i["name"][language], statement=i["statement"][language], score=score, level=_level(score),
                    remark=scan.remarks.get(i["id"], ""),
                )
                for i, score in zip(element["indicators"], scores, strict=True)
            )  # fmt: skip
            rows.append(
                ElementScore(
                    id=element["id"], name=element["name"][language], explanation=element["explanation"][language],
                    score=mean(given, len(scores), READING["least_share"]), answered=len(given), asked=len(scores), indicators=indicators,
                )
            )  # fmt: skip
        return tuple(rows)

    def _strengths(self, profile: Sequence[ElementScore], language: Language, citer: Citer) -> tuple[Finding, ...]:
        found = sorted(_scored(profile, "strong"), key=lambda pair: -(pair[1].score or 0))[: READING["most_findings"]]
        return tuple(self._finding(element, row, "why", language, citer) for element, row in found)

    def _weakest(self, profile: Sequence[ElementScore], language: Language, citer: Citer) -> tuple[tuple[Finding, ...], str]:
        """Return weak points, worst first; else the statements with a middle score, and what to say of that."""
        found = _scored(profile, "weak")
        said = ""
        most = READING["most_findings"]
        if not found:
            found, most = _scored(profile, "middle"), READING["most_room"]
            said = message("scan_no_weak" if found else "scan_all_strong", language)
        found.sort(key=lambda pair: (pair[1].score or 0, pair[0].score or 5.0))
        return tuple(self._finding(element, row, "helps", language, citer) for element, row in found[:most]), said

    def _finding(self, element: ElementScore, row: IndicatorScore, part: str, language: Language, citer: Citer) -> Finding:
        entry = next(i for _, i in self.questionnaire.indicators() if i["id"] == row.id)
        passages = entry["passages" if part == "why" else "helpsPassages"]
        return Finding(
            id=row.id, name=row.name, element=element.id, score=row.score or 0, text=entry[part][language],
            citations=self._cards.cite(passages, citer, 2),
        )  # fmt: skip

    def _advice(self, weakest: tuple[Finding, ...], language: Language, citer: Citer) -> tuple[tuple[Strategy, ...], tuple[Finding, ...]]:
        """Return cards, the best of each weak point before the second of any, and the weak points with their cards."""
        wanted = [[(f.id, relation) for relation in self.questionnaire.relations[f.id]] for f in weakest]
        cards: dict[str, Strategy] = {}
        for _, relation in (pair for rank in zip_longest(*wanted) for pair in rank if pair):
            if relation["strategy"] not in cards and len(cards) < READING["most_cards"]:
                card = self._cards.card(relation, language, citer)
                if card is not None:
                    cards[card.id] = card
        named = {f.id: [r["strategy"] for r in self.questionnaire.relations[f.id] if r["strategy"] in cards] for f in weakest}
        return tuple(cards.values()), tuple(f.model_copy(update={"strategies": tuple(named[f.id])}) for f in weakest)

    def _position(self, scan: Scan, language: Language, citer: Citer) -> Position | None:
        entry = next((p for p in self.questionnaire.positions["entries"] if p["id"] == scan.starting_position), None)
        if entry is None:
            return None
        return Position(
            id=entry["id"], name=entry["name"][language], explanation=entry["explanation"][language], advice=entry["advice"][language],
            citations=self._cards.cite(entry["passages"], citer, 2),
        )  # fmt: skip


def limits(framework: dict[str, Any], cards: Cards, citer: Citer, language: Language) -> tuple[Limit, ...]:
    """Return what a framework cannot say, each point with its passages."""
    points = framework.get("validity") or [{"text": framework["limits"], "passages": framework["passages"]}]
    return tuple(Limit(text=p["text"][language], citations=cards.cite(p["passages"], citer, 2)) for p in points)


def _scored(profile: Sequence[ElementScore], level: Level) -> list[tuple[ElementScore, IndicatorScore]]:
    return [(element, row) for element in profile for row in element.indicators if row.level == level]


def _level(score: int | None) -> Level:
    if score is None:
        return "open"
    return "weak" if score <= READING["weak"] else "strong" if score >= READING["strong"] else "middle"


def _status(profile: Sequence[ElementScore], language: Language) -> tuple[Any, str]:
    """Return the status, and in words how far the answers go."""
    answered, asked = sum(e.answered for e in profile), sum(e.asked for e in profile)
    silent = [e.name.lower() for e in profile if e.score is None]
    status = "empty" if not answered else "few" if len(silent) > len(profile) / 2 else "partial" if silent else "complete"
    return status, message(f"scan_{status}", language, answered=answered, asked=asked, names=listed(silent, language))
