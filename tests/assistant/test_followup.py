import pytest

from assistant.records import Turn
from assistant.retrieval.followup import readings, stand_alone

AMSTERDAM = Turn(question="Hoe organiseert de gemeente Amsterdam innovatie?")
ENGLISH = Turn(question="How does the municipality of Amsterdam organise innovation?")


def test_a_first_question_stays_as_it_is() -> None:
    assert stand_alone("En in Rotterdam?", [], "nl") == "En in Rotterdam?"


@pytest.mark.parametrize("question", ["En in Rotterdam?", "en Rotterdam", "Hoe zit het met Rotterdam?", "Maar in Rotterdam dan?"])
def test_another_name_takes_the_place_of_the_old_one(question: str) -> None:
    text = stand_alone(question, [AMSTERDAM], "nl")
    assert "Rotterdam" in text and "Amsterdam" not in text and "innovatie" in text


@pytest.mark.parametrize("question", ["And in Rotterdam?", "What about Rotterdam?", "How about Rotterdam?"])
def test_the_same_in_english(question: str) -> None:
    text = stand_alone(question, [ENGLISH], "en")
    assert "Rotterdam" in text and "Amsterdam" not in text and "innovation" in text


@pytest.mark.parametrize("question", ["Waarom?", "Wie zei dat?", "En daarna?", "Hoeveel kostte het?", "Wat was de tweede?"])
def test_a_question_that_refers_back_keeps_the_earlier_one(question: str) -> None:
    text = stand_alone(question, [AMSTERDAM], "nl")
    assert "Amsterdam" in text and "innovatie" in text


@pytest.mark.parametrize("question", ["Why?", "Who said that?", "How much did it cost?"])
def test_a_question_that_refers_back_in_english(question: str) -> None:
    assert "Amsterdam" in stand_alone(question, [ENGLISH], "en")


@pytest.mark.parametrize(
    "question",
    [
        "Welke rol speelde de gemeentesecretaris van Utrecht bij sturing op gegevens?",
        "Welke belemmeringen noemen innovatieve ambtenaren in Nederland?",
    ],
)
def test_a_full_question_on_something_else_stands_alone(question: str) -> None:
    assert stand_alone(question, [AMSTERDAM], "nl") == question


def test_a_chain_of_short_questions_reaches_back_to_the_first() -> None:
    text = stand_alone("Waarom?", [AMSTERDAM, Turn(question="En in Rotterdam?")], "nl")
    assert "innovatie" in text and "Rotterdam" in text


def test_another_place_without_a_name_takes_the_place_of_the_old_one() -> None:
    before = Turn(question="Hoe gaat vernieuwen er meestal aan toe bij bedrijven, volgens het stuk?")
    assert stand_alone("En bij de overheid?", [before], "nl") == "Hoe gaat vernieuwen er meestal aan toe bij de overheid, volgens het stuk?"
    before = Turn(question="Wie leidde de proef met de fietsen?")
    assert stand_alone("en die met de inbraken?", [before], "nl") == "Wie leidde de proef met de inbraken?"


def test_an_article_is_no_reference() -> None:
    question = "Hoeveel slimme oplossingen komen er in het Rotterdamse Hart van Zuid?"
    assert stand_alone(question, [Turn(question="Wat is Hillevoort?")], "nl") == question
    assert stand_alone("Hoe lang duurde het?", [AMSTERDAM], "nl") != "Hoe lang duurde het?"


def test_a_follow_up_with_words_of_its_own_is_read_in_two_ways() -> None:
    assert readings("Waarom?", [AMSTERDAM], "nl")[1] == ""
    assert readings("Hoe verliep dat bij de brandweer?", [AMSTERDAM], "nl")[1] == "Hoe verliep dat bij de brandweer?"
    assert readings("Hoe organiseert Amsterdam innovatie?", [], "nl")[1] == ""


def test_an_item_of_the_answer_is_asked_with_the_earlier_question_and_alone() -> None:
    turn = Turn(question="Welke drie rollen ziet het stuk?", answer="Het stuk ziet drie rollen: bewaken, beleid maken en vernieuwen.")
    assert readings("Leg de tweede eens uit", [turn], "nl") == ("Welke drie rollen ziet het stuk? beleid maken", "beleid maken")
