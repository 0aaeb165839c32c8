"""The bar of writing mode: no sentence without support is shown as supported, and the check does not just drop everything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from assistant.records import Language
from assistant.service import Wijzer
from assistant.writing.evidence import Evidence, gather, known_names
from assistant.writing.reply import Reply, read
from assistant.writing.support import Checker
from assistant.writing.tokens import Unit
from tests.assistant.writing.replies import BAD, GOOD

Shown = Callable[[str, str], list[str]]


@pytest.fixture(scope="module")
def shown(wijzer: Wijzer) -> Shown:
    """Return what of a reply on the trial of Waterdam would be shown, in a language."""
    index, glossary = wijzer.tools.index, wijzer.tools.glossary
    names = known_names(index)
    given: dict[str, dict[int, Evidence]] = {}
    checkers: dict[str, Checker] = {}
    languages: tuple[Language, ...] = ("nl", "en")
    for language in languages:
        passages = [p for p in index.store.passages_of("proeftuin-waterdam-2020")]
        passages += [p for p in index.store.passages_of("station10-2019")][:4]
        given[language] = {
            n: gather(n, index, p, index.store.notes_of(p.id), language, glossary) for n, p in enumerate(passages, 1)
        }  # fmt: skip
        checkers[language] = Checker(language, glossary, index.lexical, names)

    def answered(language: str, reply: str) -> list[str]:
        taken = Reply()
        sentences = [*taken.feed(reply), *taken.finish()]
        return [w.text for w in sentences if not checkers[language].check(w, given[language]).problem]

    return answered


def test_there_are_enough_replies() -> None:
    assert len(BAD) >= 60 and len(GOOD) >= 20
    assert len({reply for _, _, reply, _ in BAD}) == len(BAD)


@pytest.mark.parametrize(("kind", "language", "reply", "allowed"), BAD)
def test_nothing_without_support_is_shown(shown: Shown, kind: str, language: str, reply: str, allowed: list[str]) -> None:
    assert shown(language, reply) == allowed


def test_what_the_passages_say_is_shown(shown: Shown) -> None:
    dropped = [reply for language, reply in GOOD if len(shown(language, reply)) != 1]
    assert len(dropped) <= 1, dropped  # one that concludes ("too late") is lost to caution


def test_labels_that_carry_nothing_are_left_out(wijzer: Wijzer) -> None:
    index, glossary = wijzer.tools.index, wijzer.tools.glossary
    passages = index.store.passages_of("proeftuin-waterdam-2020")
    given = {n: gather(n, index, p, index.store.notes_of(p.id), "nl", glossary) for n, p in enumerate(passages, 1)}
    verdict = Checker("nl", glossary, index.lexical).check(read("De proeftuin kostte 82.000 euro [1][4][9]."), given)
    assert not verdict.problem and verdict.labels == (1,) and "82.000" in verdict.own[0]


def test_what_the_reader_told_proves_nothing(wijzer: Wijzer) -> None:
    index, glossary = wijzer.tools.index, wijzer.tools.glossary
    passages = index.store.passages_of("proeftuin-waterdam-2020")
    given = {n: gather(n, index, p, index.store.notes_of(p.id), "nl", glossary) for n, p in enumerate(passages, 1)}
    told = Unit("Mijn afdelingshoofd wil geen lantaarnpalen meer, want de vorige leverancier liep weg.", "nl")
    said = read("Je afdelingshoofd wil geen lantaarnpalen van de vorige leverancier [2].")
    assert not Checker("nl", glossary, index.lexical).check(said, given).problem
    assert Checker("nl", glossary, index.lexical, told=told).check(said, given).problem == "content"


def test_the_checks_are_what_drops_them(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each kind of check is needed: without it something bad would be shown."""
    import assistant.writing.support as support

    def dropped() -> int:
        return sum(shown(language, reply) != allowed for _, language, reply, allowed in BAD)

    nothing: Any = lambda *_: ""  # noqa: E731
    for name in ("_quotes", "_figures", "_strong_words", "_form"):
        with monkeypatch.context() as without:
            without.setattr(support, name, nothing)
            assert dropped() > 0, name
    for name in ("_tongue", "_names", "_content"):
        with monkeypatch.context() as without:
            without.setattr(Checker, name, nothing)
            assert dropped() > 0, name
