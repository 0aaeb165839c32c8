import pytest

from evals.cases import Case
from evals.perturb import CHANGES, aside, keywords, lower, perturbed, sample, translated, typo

QUESTION = "Waarom werd de proeftuin in Utrecht zo snel afgesloten?"


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_always_the_same_and_changes_something(change: str) -> None:
    assert CHANGES[change](QUESTION, "nl") == CHANGES[change](QUESTION, "nl") != QUESTION


def test_a_typo_swaps_two_letters_of_a_long_word() -> None:
    made = typo(QUESTION, "nl")
    assert sorted(made) == sorted(QUESTION)
    changed = [(a, b) for a, b in zip(QUESTION.split(), made.split(), strict=True) if a != b]
    assert len(changed) == 1 and changed[0][0] in {"proeftuin", "afgesloten?"}
    assert sum(a != b for a, b in zip(*changed[0], strict=True)) == 2 and changed[0][0][0] == changed[0][1][0]
    assert typo("Wat is dat?", "nl") == "Wat is dat?"


def test_keywords_drop_what_carries_no_meaning() -> None:
    assert keywords("Wat kostte de proeftuin van 17.000 euro?", "nl") == "kostte proeftuin 17.000 euro"
    assert keywords("Wie is dat?", "nl") in {"Wie is dat?", "Wie", "dat"}


def test_lower_case_without_a_question_mark() -> None:
    assert lower("Wie is THOR?", "nl") == "wie is thor"


def test_an_aside_stands_before_the_question_in_its_language() -> None:
    assert aside("Why?", "en").endswith(" Why?") and "k" in aside("Why?", "en")
    assert aside(QUESTION, "nl") != aside(QUESTION, "en")


def test_only_the_last_turn_of_a_conversation_changes() -> None:
    cases = [Case(id="t", turns=["Eerst", "En DAN?"]), Case(id="q", question="HOE?")]
    made = perturbed(cases, "lower")
    assert made[0].turns == ["Eerst", "en dan"] and made[1].question == "hoe" and cases[1].question == "HOE?"


def test_a_sample_keeps_pairs_together() -> None:
    cases = [Case(id=f"q{i}-{la}") for i in range(50) for la in ("nl", "en")]
    kept = [c.id for c in sample(cases, 20)]
    assert len(kept) == 20 and {n[:-3] + "-en" for n in kept} <= set(kept) and len(sample(cases, 500)) == 100


def test_the_translation_is_the_same_question_put_otherwise() -> None:
    scores = {"a-nl": {"m": 1.0}, "a-en": {"m": 0.0}, "b-nl": {"m": 1.0}, "c-nl": {"other": 1.0}, "c-en": {"m": 1.0}}
    own, other = translated(scores, "m")
    assert own == {"a-nl": 1.0, "a-en": 0.0} and other == {"a-nl": 0.0, "a-en": 1.0}
