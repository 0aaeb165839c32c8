import numpy as np

from assistant.advise.build import EXAMPLES
from assistant.advise.knowledge import Knowledge
from evals.cards import report, shown_cards
from tests.fakes import FakeEmbedder


def _row(text: str, barrier: str) -> dict[str, object]:
    card, other = (f"{barrier}/{strategy}" for strategy in ("leader", "hours"))
    return {"lang": "en", "text": text, "barriers": [barrier], "strategies": ["leader", "hours"], "cards": [card], "halfCards": [other]}


def test_every_situation_is_read_by_what_never_saw_it() -> None:
    names = ("time", "finance")
    entry = {"name": {"nl": "x", "en": "x"}, "explanation": {"nl": "x", "en": "x"}}
    relations = {b: [{"id": f"{b}/{s}", "strategy": s, "barrier": b, "source": "one"} for s in ("leader", "hours")] for b in names}
    rows = [_row(f"{word} {n}", b) for b, word in (("time", "calendar is full"), ("finance", "purse is empty")) for n in range(8)]
    knowledge = Knowledge(dict.fromkeys(names, entry), {}, relations, {}, situations=rows)
    seen: list[str] = []

    def embed(texts: list[str]) -> np.ndarray:
        seen.extend(texts)
        return FakeEmbedder().queries(texts)

    shown = shown_cards(knowledge, embed, dict(EXAMPLES))
    assert len(shown) == len(rows) and all(cards for cards in shown)
    assert {said for cards in shown for said, _ in cards} <= {"cards", "halfCards", ""}
    assert all(0 <= odds <= 1 for cards in shown for _, odds in cards)
    assert shown[0][0][0] == "cards"  # the story of the other seven like it
    # Three classifiers learn from a row in three of four folds, and it is embedded once more where it is held out.
    assert seen.count(rows[0]["text"]) == 3 * 3 + 1


def test_the_report_says_what_fits_by_place_and_by_how_likely_it_was_told_to() -> None:
    lines = report([[("cards", 0.9), ("notCards", 0.3)], [("alsoCards", 0.9), ("", 0.3)]])
    assert lines[0] == "2 situations, 2.00 cards each"
    assert lines[1] == "fit 0.50 (chosen 0.25), half 0.00, not 0.25, not judged 0.25"
    assert lines[2:4] == ["place 1: 1.00 fit", "place 2: 0.00 fit"]
    assert lines[4:] == ["told 0.2 to 0.4: 0.00 of 2 fit", "told 0.8 to 1.0: 1.00 of 2 fit"]
