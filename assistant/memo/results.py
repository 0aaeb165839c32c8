"""From a result to a memo: an answer or conversation, advice, a scan, a check."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from assistant.advise.records import Advice, Strategy
from assistant.check.records import CheckResult
from assistant.memo.build import Draft, Find
from assistant.memo.records import Bullets, Heading, Line, Memo, Quoted, Run, Table, labelled, line
from assistant.messages import decimal, message
from assistant.records import Answer, Citation, Language
from assistant.scan.records import Comparison, Limit, ScanResult

MOST_TITLE = 110


def memo_of_answers(turns: Sequence[tuple[str, Answer]], today: datetime.date, find: Find, notices: Sequence[str] = ()) -> Memo:
    """Return the memo of one answer or of a conversation; `notices`, one per turn, are said before the answer ("" for none)."""
    language = turns[-1][1].language
    one = turns[0][0] if len(turns) == 1 else message("memo_talk", language)
    draft = Draft(language, _short(one), today, find)
    for at, (question, answer) in enumerate(turns):
        if len(turns) > 1 or len(question) > MOST_TITLE:
            draft.add(Heading(question))
        for said in (notices[at] if notices else "", answer.message):
            draft.add(line(said) if said else None)
        languages = {c.n: source.language for c in answer.citations if (source := find(c.source))}
        for s in answer.statements:
            spoken = languages.get(s.citations[0], "nl") if s.kind == "quote" and s.citations else answer.language
            text = f"“{s.text}”" if s.kind == "quote" else s.text
            draft.add(line(text, *draft.notes(s.citations, answer.citations), language="" if spoken == language else spoken))
        if not answer.statements and answer.nearest:
            names = (f"{c.title}, {c.section}" for c in answer.nearest)
            pairs = zip(names, answer.nearest, strict=True)
            draft.add(line(message("memo_nearest", language)))
            draft.add(Bullets(tuple(line(name, *draft.notes([c.n], answer.nearest)) for name, c in pairs)))
    return draft.finish(turns[-1][1].receipt, turns[-1][1].mode)


def memo_of_advice(situation: str, advice: Advice, today: datetime.date, find: Find) -> Memo:
    """Return the memo of an advice."""
    language = advice.language
    draft = Draft(language, message("memo_advice", language), today, find)
    draft.heading("memo_situation")
    draft.add(Quoted(line(situation)), line(advice.message) if advice.message else None)
    if advice.barriers:
        draft.heading("barriers")
    for barrier in advice.barriers:
        draft.add(Heading(barrier.name, 2), line(barrier.explanation, *draft.notes(barrier.citations, advice.citations)))
        if barrier.signals:
            draft.add(labelled(message("signals", language), "; ".join(f"“{signal}”" for signal in barrier.signals)))
    _cards(draft, advice.strategies, advice.citations)
    if advice.question_back:
        draft.add(line(advice.question_back))
    if advice.not_covered:
        draft.heading("not_covered")
        draft.add(line(advice.not_covered))
    return draft.finish(advice.receipt, advice.mode)


def memo_of_scan(result: ScanResult, today: datetime.date, find: Find) -> Memo:
    """Return the memo of a scan."""
    language, scan = result.language, result.scan
    draft = Draft(language, ", ".join(filter(None, [message("memo_scan", language), scan.label(language)])), today, find)
    draft.add(line(result.message))
    draft.heading("profile")
    rows = tuple(
        (line(e.name), line(_number(e.score, language)), line(message("of", language, a=e.answered, b=e.asked))) for e in result.profile
    )
    draft.add(Table(message("profile_caption", language), _names(language, "element", "score", "scored"), rows))
    for key, findings, otherwise in (("strengths", result.strengths, message("no_strengths", language)), ("weakest", result.weakest, "")):
        draft.heading(key)
        said = result.weakest_message if key == "weakest" else "" if findings else otherwise
        draft.add(line(said) if said else None)
        draft.add(
            Bullets(
                tuple(
                    Line((Run(f"{f.name} ({f.score}): ", True), Run(f.text)), draft.notes(f.citations, result.citations)) for f in findings
                )
            )
            if findings
            else None
        )
    _cards(draft, result.advice, result.citations, result.advice_message)
    if result.position:
        draft.heading("position")
        draft.add(labelled(result.position.name, result.position.explanation))
        draft.add(line(result.position.advice, *draft.notes(result.position.citations, result.citations)))
    if result.comparison:
        _comparison(draft, result.comparison, language)
    _limits(draft, "scan_limits", result.limits, result.citations)
    draft.heading("all_answers")
    answers = tuple(
        (line(i.statement), line(str(i.score or message("dont_know", language))), line(i.remark))
        for e in result.profile
        for i in e.indicators
    )
    draft.add(Table(message("all_answers", language), _names(language, "statement", "score", "remark"), answers))
    return draft.finish(result.receipt)


def memo_of_check(result: CheckResult, today: datetime.date, find: Find) -> Memo:
    """Return the memo of a check of an initiative."""
    language, check = result.language, result.check
    draft = Draft(language, ", ".join(filter(None, [message("memo_check", language), check.name])), today, find)
    draft.add(line(result.message))
    draft.heading("criteria")
    cases = result.criteria[0].cases if result.criteria else ()
    head = (message("feature", language), message("own_initiative", language), *(c.name for c in cases))
    rows = tuple(
        (line(c.name), line(message(f"verdict_{c.answer or 'open'}", language)), *(line(case.value) for case in c.cases))
        for c in result.criteria
    )
    draft.add(Table(message("criteria_caption", language), head, rows))
    for c in result.criteria:
        draft.add(Heading(c.name, 2), line(c.explanation, *draft.notes(c.citations, result.citations)))
        draft.add(labelled(message("remark", language), c.remark) if c.remark else None)
        draft.add(Bullets(tuple(labelled(f"{k.name} ({k.value})", k.why, *draft.notes(k.citations, result.citations)) for k in c.cases)))
    draft.heading("tasks")
    draft.add(line(result.tasks_message) if result.tasks_message else None)
    progress = tuple((line(t.name), line(message(f"progress_{t.status or 'open'}", language)), line(t.own or "-")) for t in result.tasks)
    draft.add(Table(message("tasks_caption", language), _names(language, "task", "progress", "who"), progress))
    for t in result.tasks:
        draft.add(Heading(t.name, 2), line(t.explanation))
        draft.add(labelled(message("who_source", language), t.who), labelled(message("pitfall", language), t.pitfalls))
        draft.add(_behind(draft, t.citations, result.citations))
    _cards(draft, result.advice, result.citations, result.advice_message)
    _limits(draft, "check_limits", result.limits, result.citations)
    return draft.finish(result.receipt)


def _behind(draft: Draft, numbers: Sequence[int], citations: Sequence[Citation]) -> Line | None:
    """Return a line with the footnotes of a part that has several paragraphs."""
    notes = draft.notes(numbers, citations)
    return Line((Run(message("passages", draft.language)),), notes) if notes else None


def _cards(draft: Draft, cards: Sequence[Strategy], citations: Sequence[Citation], said: str = "") -> None:
    if not cards:
        return
    language = draft.language
    draft.heading("approaches")
    draft.add(line(said) if said else None)
    for card in cards:
        name = f"{card.name} ({message(card.fit, language)})" if card.fit else card.name
        draft.add(Heading(name, 2), line(card.advice))
        for key, text in (("why", card.why), ("where", card.where), ("bounds", card.limits), ("first_step", card.first_step)):
            notes = draft.notes(card.citations, citations) if key == "where" else ()
            draft.add(labelled(message(key, language), text, *notes) if text else None)


def _comparison(draft: Draft, found: Comparison, language: Language) -> None:
    draft.heading("difference")
    draft.add(line(found.text))
    head = (message("element", language), found.before, found.after, message("change", language))
    rows = tuple(
        (line(e.name), line(_number(e.before, language)), line(_number(e.after, language)), line(_number(e.change, language, True)))
        for e in found.elements
    )
    draft.add(Table(message("difference", language), head, rows))


def _limits(draft: Draft, key: str, limits: Sequence[Limit], citations: Sequence[Citation]) -> None:
    draft.heading(key)
    draft.add(Bullets(tuple(line(limit.text, *draft.notes(limit.citations, citations)) for limit in limits)))


def _names(language: Language, *keys: str) -> tuple[str, ...]:
    return tuple(message(key, language) for key in keys)


def _number(value: float | None, language: Language, signed: bool = False) -> str:
    return decimal(value, language, signed) or message("too_few", language)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= MOST_TITLE else flat[: MOST_TITLE - 1].rsplit(" ", 1)[0] + "…"
