"""`wijzer scan`, `wijzer check` and `wijzer memo`: fill in, look at the result, keep it as a file."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from assistant.advise.records import Advice
from assistant.check.records import Check, CheckResult, OwnTask
from assistant.citations import is_verbatim
from assistant.fields import MOST_FILE, parse
from assistant.memo.build import Find
from assistant.memo.files import format_of, save
from assistant.memo.records import Memo
from assistant.memo.results import memo_of_advice, memo_of_answers, memo_of_check, memo_of_scan
from assistant.messages import message
from assistant.plan_show import show_check, show_check_questions, show_questions, show_scan
from assistant.records import Answer, Language, Record
from assistant.scan.records import Questions, Scan, ScanResult
from ingest.errors import WijzerError

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
InLanguage = Annotated[str, typer.Option("--language", help="nl or en.")]
MemoFile = Annotated[Path | None, typer.Option("--memo", help="Write a memo too: a name that ends in .docx or .md.")]
OutFile = Annotated[Path | None, typer.Option("--out", help="Keep the answers in this JSON file; open it again later.")]
QuestionsOnly = Annotated[bool, typer.Option("--questions", help="Only show the questions, with their ids.")]
out = Console()


def register(app: typer.Typer, wijzer: Callable[[], Any], show_citations: Callable[[Sequence[Any]], None]) -> None:
    """Add the commands to the application; `wijzer` opens the service."""

    def finish(result: ScanResult | CheckResult, service: Any, memo: Path | None, as_json: bool) -> None:
        if memo:
            save(_memo(result, service.tools.index.store.source), memo, datetime.date.today())
        if _print(result, as_json):
            return
        show_scan(result) if isinstance(result, ScanResult) else show_check(result)
        show_citations(result.citations)

    @app.command()
    def scan(
        file: Annotated[Path | None, typer.Argument(help="Answers in JSON; none: you are asked here.")] = None,
        compare: Annotated[Path | None, typer.Option(help="Another filled-in scan, to show the differences.")] = None,
        questions: QuestionsOnly = False,
        keep: OutFile = None,
        memo: MemoFile = None,
        language: InLanguage = "nl",
        as_json: AsJson = False,
    ) -> None:
        """Score your organisation's innovation capacity: strengths, weak points, what would help, with passages."""
        spoken = _language(language)
        writable(memo)
        service = wijzer()
        scanner = service.plans[0]
        asked = scanner.questions(spoken)
        if questions:
            if not _print(asked, as_json):
                show_questions(asked)
            return
        other = scanner.questionnaire.read(_bytes(compare), spoken) if compare else None
        filled = scanner.questionnaire.read(_bytes(file), spoken) if file else _ask_scan(asked)
        _keep(filled, keep)
        finish(scanner.result(filled, spoken, other), service, memo, as_json)

    @app.command()
    def check(
        file: Annotated[Path | None, typer.Argument(help="Answers in JSON; none: you are asked here.")] = None,
        questions: QuestionsOnly = False,
        keep: OutFile = None,
        memo: MemoFile = None,
        language: InLanguage = "nl",
        as_json: AsJson = False,
    ) -> None:
        """Check your initiative: five features of institutional innovation, and the tasks with who and pitfalls."""
        spoken = _language(language)
        writable(memo)
        service = wijzer()
        checker = service.plans[1]
        asked = checker.questions(spoken)
        if questions:
            if not _print(asked, as_json):
                show_check_questions(asked)
            return
        filled = checker.read(_bytes(file), spoken) if file else _ask_check(asked)
        _keep(filled, keep)
        finish(checker.result(filled, spoken), service, memo, as_json)

    @app.command()
    def memo(
        file: Annotated[Path, typer.Argument(help="A result in JSON, as --json gives it.")],
        target: Annotated[Path, typer.Argument(help="The memo: a name that ends in .docx or .md.")],
        question: Annotated[str, typer.Option(help="The question or situation it was about.")] = "",
    ) -> None:
        """Make a memo of an answer, advice, scan or check that you kept as JSON; its quotes are checked again."""
        format_of(target)
        index = wijzer().tools.index
        try:
            result = _result(json.loads(_bytes(file, 16 * MOST_FILE)))
        except (ValueError, RecursionError) as error:
            raise WijzerError(
                f"{file} cannot be read as a result.", "Make it with `wijzer ask ... --json`, or advise, scan, check."
            ) from error
        wrong = [c.n for c in result.citations if not is_verbatim(c, index)]
        if wrong:
            raise WijzerError(
                f"Quotes {', '.join(map(str, wrong))} are not in the documents as they are now.", "Make the result again, then the memo."
            )
        today, find = datetime.date.today(), index.store.source
        if isinstance(result, Answer):
            made = memo_of_answers([(question or file.stem, result)], today, find)
        else:
            made = memo_of_advice(question or "-", result, today, find) if isinstance(result, Advice) else _memo(result, find)
        save(made, target, today)


def save_answer(target: Path | None, question: str, answer: Answer, wijzer: Any) -> None:
    """Write the memo of an answer, if one was asked for."""
    if target:
        save(memo_of_answers([(question, answer)], datetime.date.today(), wijzer.tools.index.store.source), target, datetime.date.today())


def save_advice(target: Path | None, situation: str, advice: Advice, wijzer: Any) -> None:
    """Write the memo of an advice, if one was asked for."""
    if target:
        save(memo_of_advice(situation, advice, datetime.date.today(), wijzer.tools.index.store.source), target, datetime.date.today())


def _memo(result: ScanResult | CheckResult, find: Find) -> Memo:
    today = datetime.date.today()
    return memo_of_scan(result, today, find) if isinstance(result, ScanResult) else memo_of_check(result, today, find)


def _result(data: Any) -> Answer | Advice | ScanResult | CheckResult:
    """Return a result of whichever kind its fields say it is. Raises ValueError."""
    kinds: dict[str, type[Answer | Advice | ScanResult | CheckResult]] = {
        "statements": Answer, "strategies": Advice, "profile": ScanResult, "criteria": CheckResult,
    }  # fmt: skip
    kind = next((k for name, k in kinds.items() if isinstance(data, dict) and name in data and "receipt" in data), None)
    if kind is None:
        raise ValueError("not a result")
    return parse(kind, data, "en")


def _language(value: str) -> Language:
    if value not in {"nl", "en"}:
        raise typer.BadParameter("one of en, nl", param_hint="--language")
    return "en" if value == "en" else "nl"


def writable(memo: Path | None) -> None:
    """Raise WijzerError, before the work is done, when a memo cannot get this name."""
    if memo:
        format_of(memo)


def _bytes(path: Path, most: int = MOST_FILE) -> bytes:
    try:
        with path.open("rb") as opened:
            return opened.read(most + 1)
    except OSError as error:
        raise WijzerError(f"{path} cannot be read: {error.strerror}.", "Check the name.") from error


def _keep(filled: Scan | Check, path: Path | None) -> None:
    if path:
        try:
            path.write_text(json.dumps(filled.json_dict(), ensure_ascii=False, indent=1), "utf-8")
        except OSError as error:
            raise WijzerError(f"{path} cannot be written: {error.strerror}.", "Choose another place.") from error


def _print(result: Record, as_json: bool) -> bool:
    if as_json:
        typer.echo(json.dumps(result.json_dict(), ensure_ascii=False, indent=1))
    return as_json


def _terminal(command: str) -> None:
    if not sys.stdin.isatty():
        raise WijzerError(
            "There is nobody here to ask.", f"Give a JSON file with the answers; `wijzer {command} --questions --json` has the ids."
        )


def _ask(prompt: str, allowed: Sequence[str]) -> str:
    """Ask until the answer is one of those allowed, or empty."""
    while True:
        said = str(typer.prompt(prompt, default="", show_default=False)).strip()
        if not said or said in allowed:
            return said


def _ask_scan(asked: Questions) -> Scan:
    _terminal("scan")
    language = asked.language
    values = [step.id for step in asked.scale]
    out.print("; ".join(f"{step.id} = {step.name.lower()}" for step in asked.scale) + f"; Enter = {message('dont_know', language)}")
    answers: dict[str, int | None] = {}
    for group in asked.groups:
        out.print(f"\n{group.name}", style="bold", markup=False)
        for question in group.questions:
            said = _ask(f"{question.statement} [{values[0]}-{values[-1]}]", values)
            answers[question.id] = int(said) if said else None
    for number, choice in enumerate(asked.starting_positions, 1):
        out.print(f"{number}  {choice.name}: {choice.explanation}", markup=False, highlight=False)
    numbers = [str(n) for n in range(1, len(asked.starting_positions) + 1)]
    said = _ask(f"{message('position', language)} [{', '.join(numbers)}]", numbers)
    position = asked.starting_positions[int(said) - 1].id if said else None
    data = {"answers": answers, "startingPosition": position, "date": datetime.date.today()}
    for name in ("organisation", "department"):
        data[name] = typer.prompt(message(name, language), default="", show_default=False)
    return parse(Scan, data, language)


def _ask_check(asked: CheckResult) -> Check:
    _terminal("check")
    language = asked.language
    verdicts = {"j" if language == "nl" else "y": "yes", "m": "potential", "n": "no"}
    progress = {"k" if language == "nl" else "d": "done", "b": "busy", "t": "todo", "x": "none"}

    def legend(names: dict[str, str], family: str) -> str:
        return "; ".join(f"{letter} = {message(f'{family}_{name}', language).lower()}" for letter, name in names.items())

    data: dict[str, Any] = {
        "name": typer.prompt(message("initiative", language), default="", show_default=False),
        "date": datetime.date.today(),
    }
    out.print(legend(verdicts, "verdict"))
    data["criteria"] = {c.id: verdicts.get(_ask(c.question, list(verdicts))) for c in asked.criteria}
    out.print(legend(progress, "progress"))
    data["tasks"] = {}
    for task in asked.tasks:
        status = progress.get(_ask(f"{task.name}. {task.explanation}", list(progress)))
        who = typer.prompt(f"  {message('who', language)}", default="", show_default=False) if status else ""
        data["tasks"][task.id] = OwnTask.model_validate({"status": status, "who": who[:120]})
    return parse(Check, data, language)
