"""The product: one ordered list of steps from a question to an Answer.

Every step takes the State and returns the next State, or a final Answer (a refusal is a result, not an exception).
`rephrase` and `write` do something in writing mode only.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from assistant.records import Answer
from assistant.state import State, Tools
from assistant.steps.compose import compose
from assistant.steps.rephrase import rephrase
from assistant.steps.retrieve import retrieve
from assistant.steps.screen import screen
from assistant.steps.understand import understand
from assistant.steps.verify import verify
from assistant.steps.write import write

Step = Callable[[State, Tools], State | Answer]

STEPS: tuple[Step, ...] = (screen, rephrase, understand, retrieve, compose, write, verify)


def run(state: State, tools: Tools, steps: Sequence[Step] = STEPS) -> Answer:
    """Run the steps in order and return the Answer, with its receipt filled in."""
    timings: dict[str, float] = {}
    answer: Answer | None = None
    for step in steps:
        began = time.perf_counter()
        outcome = step(state, tools)
        timings[step.__name__] = round((time.perf_counter() - began) * 1000, 1)
        if isinstance(outcome, Answer):
            answer = outcome
            break
        state = outcome
    answer = answer or state.answer
    if answer is None:
        raise ValueError("the last step must leave an answer")
    receipt = answer.receipt.model_copy(update={"index": tools.index.fingerprint, "timings_ms": timings})
    return answer.model_copy(update={"receipt": receipt})
