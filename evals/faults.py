"""Does the verifier work? In quote mode a healthy composer gives it nothing to catch, so we spoil answers on purpose.

Between composing and verifying, an answer gets a quote with a letter changed, a statement with a label that does not
exist, and one without any label. None of it may reach the reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.citations import is_verbatim
from assistant.pipeline import run
from assistant.records import Answer, Statement
from assistant.service import Wijzer
from assistant.state import State, Tools
from evals.cases import Case

MARK = "Dit staat nergens."


def spoil(state: State, tools: Tools) -> State | Answer:
    """A step that spoils the answer made so far; an honest no passes unchanged."""
    answer = state.answer
    if answer is None or not answer.citations:
        return state
    first, *others = answer.citations
    quote = first.quote[:1].swapcase() + first.quote[1:] + "x"
    statements = (*answer.statements, Statement(text=MARK, citations=(99,)), Statement(text=MARK, citations=()))
    spoiled = answer.model_copy(update={"citations": (first.model_copy(update={"quote": quote}), *others), "statements": statements})
    return replace(state, answer=spoiled)


def sound(answer: Answer, tools: Tools) -> bool:
    """True when every statement rests on labels that exist, and every quote stands letter for letter in the stored text."""
    labels = {c.n for c in answer.citations}
    return all(s.citations and labels.issuperset(s.citations) for s in answer.statements) and all(
        is_verbatim(c, tools.index) for c in answer.citations
    )


class _Spoiler:
    """`spoil` as a step that remembers whether there was an answer to spoil."""

    __name__ = "spoil"
    reached = False

    def __call__(self, state: State, tools: Tools) -> State | Answer:
        self.reached = state.answer is not None and bool(state.answer.citations)
        return spoil(state, tools)


def faults(wijzer: Wijzer, cases: Sequence[Case], most: int = 30) -> dict[str, dict[str, float]]:
    """Return {case: {"caught": 1 or 0}} for cases, spread over all, that got as far as an answer."""
    scores: dict[str, dict[str, float]] = {}
    alone = [c for c in cases if not c.turns]
    for case in alone[:: max(1, len(alone) // most) | 1][:most]:  # an odd step: questions and translations take turns
        spoiler = _Spoiler()
        names = [step.__name__ for step in wijzer.steps]
        at = names.index("verify") if "verify" in names else len(names)
        answer = run(State(case.asked), wijzer.tools, [*wijzer.steps[:at], spoiler, *wijzer.steps[at:]])
        if spoiler.reached:
            scores[case.id] = {"caught": float(sound(answer, wijzer.tools))}
    return scores
