"""The figures that quality is judged by: what each is called, which way is better, and how far it may drop unnoticed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Scores = Mapping[str, Mapping[str, Mapping[str, float]]]  # kind -> case -> metric -> value
GATED_SLICES = ("all", "lang=nl", "lang=en")
ON_QUESTIONS = ("faults", "pages")  # kinds that are measured on cases of qa
SLICE_FACTOR = 1.5  # half of the cases: their mean moves more by chance


@dataclass(frozen=True)
class Figure:
    """One metric of one kind. `tolerance` is how far the mean over all cases may fall before a build stops; None: not gated.

    `decides`: a case on which it falls by half or more has turned bad.
    """

    kind: str
    metric: str
    label: str
    tolerance: float | None = None
    lower_is_better: bool = False
    decides: bool = False

    @property
    def name(self) -> str:
        """Name in a baseline and in messages."""
        return f"{self.kind} {self.metric}"

    @property
    def sign(self) -> int:
        """1 when more is better, else -1."""
        return -1 if self.lower_is_better else 1


FIGURES = (
    Figure("qa", "recall@5", "evidence in the first 5 passages", 0.02, decides=True),
    Figure("qa", "recall@10", "evidence in the first 10 passages", 0.02),
    Figure("qa", "recall@3000c", "evidence in the first 3,000 characters", 0.03),
    Figure("qa", "ndcg@10", "nDCG of the first 10 passages", 0.02),
    Figure("qa", "mrr@10", "reciprocal rank of the first evidence"),
    Figure("qa", "complete", "answer complete within 180 words", 0.025, decides=True),
    Figure("qa", "citation_recall", "evidence among the passages cited", 0.03),
    Figure("qa", "citation_precision", "cited passages that carry evidence", 0.03),
    Figure("qa", "answered", "answerable questions answered", 0.02, decides=True),
    Figure("qa", "in_language", "statements in the language of the question", 0.02),
    Figure("qa", "quotes_exact", "answers with every quote letter for letter", 0.0, decides=True),
    Figure("qa", "parity@5", "first 5 passages shared by both languages", 0.03),
    Figure("multiturn", "recall@5", "last turn: evidence in the first 5 passages", 0.09, decides=True),
    Figure("multiturn", "complete", "last turn: answer complete", 0.09, decides=True),
    Figure("multiturn", "quotes_exact", "last turn: every quote letter for letter", 0.0, decides=True),
    Figure("unanswerable", "answered", "unanswerable questions answered", 0.04, lower_is_better=True, decides=True),
    Figure("situations", "main_barrier@2", "main barrier among the first two", 0.04, decides=True),
    Figure("situations", "barrier_f1", "barriers recognised (F1)", 0.03),
    Figure("situations", "strategy@3", "expected strategy among the first three", 0.04, decides=True),
    Figure("situations", "strategy_ndcg@5", "nDCG of the first 5 strategies", 0.03),
    Figure("situations", "evidence", "expected passage among those cited", 0.05, decides=True),
    Figure("situations", "grounded", "every strategy with a passage", 0.0, decides=True),
    Figure("situations", "quotes_exact", "every quote letter for letter", 0.0, decides=True),
    Figure("pages", "pages_exact", "citations that name the right page of a PDF", 0.02, decides=True),
    Figure("faults", "caught", "answers spoiled on purpose that are caught", 0.0, decides=True),
)


def figures_of(kind: str) -> list[Figure]:
    """Return the figures of one kind, in order."""
    return [f for f in FIGURES if f.kind == kind]
