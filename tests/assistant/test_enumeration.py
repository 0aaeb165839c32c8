import pytest

from assistant.records import Turn
from assistant.retrieval.enumeration import items_of, picked

ROLES = Turn(
    question="Welke drie rollen heeft de stad volgens het stuk?",
    answer="Het stuk is van 2019. De stad heeft drie rollen: waarden bewaken, beleid maken en zelf vernieuwen. Dat staat vooraan.",
)
MODELS = Turn(question="Which models are there?", answer="The book has four: from inside, from outside, mixed, and none at all.")


@pytest.mark.parametrize(
    ("sentence", "items"),
    [
        ("Drie rollen: waarden bewaken, beleid maken en zelf vernieuwen.", ["waarden bewaken", "beleid maken", "zelf vernieuwen"]),
        ("The themes are: inclusion, data; and money.", ["inclusion", "data", "money"]),
        ("Het is een mengsel van niet weten, niet willen en niet kunnen.", ["niet weten", "niet willen", "niet kunnen"]),
        ("In Utrecht, waar de proef begon, kwamen ambtenaren samen en dat beviel iedereen die meedeed heel goed.", []),
        ("Een zin zonder opsomming.", []),
    ],
)
def test_what_a_sentence_lists(sentence: str, items: list[str]) -> None:
    assert items_of(sentence) == items


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("Leg de tweede eens uit.", "beleid maken"),
        ("wat houdt het derde in?", "zelf vernieuwen"),
        ("Vertel meer over nummer 1", "waarden bewaken"),
        ("En de laatste?", "zelf vernieuwen"),
        ("Tell me more about the third one", "zelf vernieuwen"),
    ],
)
def test_a_place_in_a_list_becomes_what_stands_there(question: str, item: str) -> None:
    assert picked(question, [ROLES]) == (item, "")


def test_what_else_is_asked_stays() -> None:
    assert picked("The fourth, what's the problem there?", [MODELS]) == ("none at all", "what's the problem there")


@pytest.mark.parametrize(
    "question",
    [
        "Leg de vijfde eens uit.",  # there are three
        "Leg punt 0 eens uit.",
        "Hoe verliep de eerste proef?",  # a thing with a name of its own
        "Terug naar de eerste: wat kostte dat?",  # the first question, not the first item
        "Waarom is dat zo?",
    ],
)
def test_no_item_is_invented(question: str) -> None:
    assert picked(question, [ROLES]) == ("", question)


def test_the_nearest_answer_with_a_list_of_the_asked_length_counts() -> None:
    assert picked("and the second one?", [ROLES, MODELS])[0] == "from outside"
    assert picked("en de tweede?", [ROLES, Turn(question="Werkt dat?", answer="Soms wel.")])[0] == "beleid maken"


def test_nothing_is_picked_without_a_conversation() -> None:
    assert picked("Leg de tweede eens uit.", []) == ("", "Leg de tweede eens uit.")
