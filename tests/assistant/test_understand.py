import pytest

from assistant.messages import message
from assistant.records import Answer, Query, Turn
from assistant.retrieval.understand import kind_of
from assistant.service import Wijzer
from assistant.state import State
from assistant.steps.understand import understand


def _query(wijzer: Wijzer, text: str) -> Query:
    return wijzer.tools.understanding.query(text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Wat deed de projectlieder?", "projectleider"),
        ("Wie waren de bewonres?", "bewoners"),
    ],
)
def test_a_typo_is_mended(wijzer: Wijzer, typed: str, meant: str) -> None:
    query = _query(wijzer, typed)
    assert meant in query.text and not query.unknown
    assert query.asked == typed


def test_a_typo_that_the_stemmer_undoes_still_finds(wijzer: Wijzer) -> None:
    assert wijzer.search("Hoeveel kostten de lantarnpalen?")[0][0].source == "proeftuin-waterdam-2020"


@pytest.mark.parametrize("text", ["Wat deed de gemeente Waterdam?", "De proeftuinen en de leveranciers", "Hoe heet de windwijzer?"])
def test_words_that_are_known_stay(wijzer: Wijzer, text: str) -> None:
    assert _query(wijzer, text).text == text


@pytest.mark.parametrize("word", ["griep", "boter", "groet", "planten", "koken"])
def test_a_common_word_that_no_document_has_is_no_typo(wijzer: Wijzer, word: str) -> None:
    """Each is a letter away from a word of the documents: "grip", "beter", "groot", "plannen", "komen"."""
    query = _query(wijzer, f"Wat vindt de gemeente van {word}?")
    assert word in query.text and query.unknown == (word,)


def test_a_word_that_nobody_knows_is_kept_and_named(wijzer: Wijzer) -> None:
    query = _query(wijzer, "Wat vindt de gemeente van kwantumxylofonie?")
    assert query.unknown == ("kwantumxylofonie",) and "kwantumxylofonie" in query.text


def test_a_name_is_not_mended_into_another(wijzer: Wijzer) -> None:
    assert "Waterdorp" in _query(wijzer, "Wat gebeurde er in Waterdorp?").text


def test_terms_in_both_languages(wijzer: Wijzer) -> None:
    query = _query(wijzer, "Wat vond de wethouder?")
    own, other = dict(query.terms["nl"]), dict(query.terms["en"])
    assert query.language == "nl" and 1.0 in own.values()
    # The likeliest translation weighs most; what only the glossary says, less.
    assert other["alderman"] == 1.0 > max(weight for term, weight in other.items() if term != "alderman") > 0
    assert query.gloss.split()[-1] == "alderman"


def test_numbers_and_names_count_fully_in_both_languages(wijzer: Wijzer) -> None:
    assert dict(_query(wijzer, "What happened in 2018?").terms["nl"])["2018"] == 1.0


def test_the_language_follows_the_conversation_when_a_question_has_none(wijzer: Wijzer) -> None:
    history = [Turn(question="What did the municipality of Waterdam try with the lampposts?")]
    assert wijzer.tools.understanding.query("Waterdam?", history).language == "en"
    assert wijzer.tools.understanding.query("Waterdam?", history, "nl").language == "nl"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hoeveel medewerkers heeft Utrecht?", "number"), ("How many people work there?", "number"),
        ("Wie leidde het project?", "who"), ("Who led it?", "who"),
        ("Waarom mislukte het?", "why"), ("Why did it fail?", "why"),
        ("Welke belemmeringen zijn er?", "list"), ("Name three barriers, list them", "list"),
        ("Wat is innovatiecapaciteit?", "definition"), ("What does niche mean?", "definition"),
        ("Wat is het verschil tussen Amsterdam en Rotterdam?", "comparison"),
        ("Wanneer begon het?", "when"), ("Hoe begon het?", "how"), ("Vertel over Utrecht", "open"),
    ],
)  # fmt: skip
def test_the_kind_of_answer_asked_for(text: str, kind: str) -> None:
    assert kind_of(text, "nl") == kind


@pytest.mark.parametrize(("text", "language"), [("Hoe is dat?", "nl"), ("What is that?", "en")])
def test_nothing_but_function_words_is_unclear(wijzer: Wijzer, text: str, language: str) -> None:
    answer = understand(State(text), wijzer.tools)
    assert isinstance(answer, Answer)
    assert answer.status == "unclear" and answer.message == message("unclear", language)
