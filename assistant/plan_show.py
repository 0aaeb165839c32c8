"""Results of a scan and a check on the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.console import Console
from rich.table import Table

from assistant.advise.records import Strategy
from assistant.check.records import CheckResult
from assistant.messages import decimal, message
from assistant.records import Language
from assistant.scan.records import Questions, ScanResult

out = Console()


def show_questions(asked: Questions) -> None:
    """Print the questionnaire of the scan, with the ids."""
    for group in asked.groups:
        out.print(f"\n{group.name}", style="bold", markup=False)
        for question in group.questions:
            out.print(f"  {question.id}: {question.statement}", markup=False, highlight=False)
    out.print(f"\n{message('position', asked.language)}", style="bold")
    for choice in asked.starting_positions:
        out.print(f"  {choice.id}: {choice.name}", markup=False, highlight=False)


def show_check_questions(asked: CheckResult) -> None:
    """Print the questions of the check, with their ids."""
    say = _teller(asked.language)
    out.print(say("criteria"), style="bold")
    for c in asked.criteria:
        out.print(f"  {c.id}: {c.question} [yes, potential, no]", markup=False, highlight=False)
    out.print("\n" + say("tasks"), style="bold")
    for t in asked.tasks:
        out.print(f"  {t.id}: {t.name} [done, busy, todo, none]", markup=False, highlight=False)


def show_scan(result: ScanResult) -> None:
    """Print the result of a scan, without its citations."""
    say = _teller(result.language)
    out.print(result.message + "\n", markup=False, highlight=False)
    table = Table(say("element"), say("score"), say("scored"))
    for e in result.profile:
        table.add_row(e.name, decimal(e.score, result.language) or say("too_few"), f"{e.answered}/{e.asked}")
    out.print(table)
    for key, findings, said in (("strengths", result.strengths, ""), ("weakest", result.weakest, result.weakest_message)):
        out.print(f"\n{say(key)}", style="bold")
        for text in (said, *(f"- {f.name} ({f.score}): {f.text} {list(f.citations)}" for f in findings)):
            if text:
                out.print(text, markup=False, highlight=False)
    _show_cards(result.advice, say("approaches"), result.advice_message)
    if result.position:
        out.print(f"\n{result.position.name}: {result.position.advice} {list(result.position.citations)}", markup=False, highlight=False)
    if result.comparison:
        out.print(f"\n{say('difference')}: {result.comparison.before} -> {result.comparison.after}", style="bold", markup=False)
        out.print(result.comparison.text, markup=False, highlight=False)
    out.print(f"\n{say('scan_limits')}", style="bold")
    for limit in result.limits:
        out.print(f"- {limit.text} {list(limit.citations)}", markup=False, highlight=False)


def show_check(result: CheckResult) -> None:
    """Print the result of a check, without its citations."""
    say = _teller(result.language)
    out.print(result.message + "\n", markup=False, highlight=False)
    names = [case.name for case in result.criteria[0].cases] if result.criteria else []
    table = Table(say("feature"), say("own_initiative"), *names)
    for c in result.criteria:
        table.add_row(c.name, say(f"verdict_{c.answer or 'open'}"), *(case.value for case in c.cases))
    out.print(table)
    out.print("\n" + " ".join([say("tasks") + ".", result.tasks_message]), markup=False, highlight=False)
    for t in result.tasks:
        out.print(f"- {t.name} ({say('progress_' + (t.status or 'open'))}) {t.own}", markup=False, highlight=False)
        out.print(f"    {t.who} {say('pitfall')}: {t.pitfalls} {list(t.citations)}", style="dim", markup=False, highlight=False)
    _show_cards(result.advice, say("approaches"), result.advice_message)
    for limit in result.limits:
        out.print(f"- {limit.text} {list(limit.citations)}", markup=False, highlight=False)


def _show_cards(cards: Sequence[Strategy], title: str, said: str) -> None:
    if cards:
        out.print(f"\n{title}", style="bold")
        out.print(said, markup=False, highlight=False)
    for card in cards:
        out.print(f"\n{card.name} {list(card.citations)}", markup=False, highlight=False, style="bold")
        for text in (card.advice, card.where, card.limits, card.first_step):
            out.print("  " + text, markup=False, highlight=False)


def _teller(language: Language) -> Callable[[str], str]:
    return lambda key: message(key, language)
