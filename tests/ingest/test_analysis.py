from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from ingest.analysis import fold_word, split_compound, stem, terms, vocabulary, words


@pytest.mark.parametrize(
    ("word", "folded"),
    [("Creëren", "creeren"), ("foto’s", "foto"), ("foto's", "foto"), ("ICT", "ict"), ("café", "cafe"), ("中文", ""), ("", "")],
)
def test_fold_word(word: str, folded: str) -> None:
    assert fold_word(word) == folded


def test_words_are_letters_and_digits() -> None:
    assert words("De wet-Openbaarheid (2012): 3.500 e-mails_x!") == ["de", "wet", "openbaarheid", "2012", "3", "500", "e", "mails", "x"]
    assert words(" … ") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gemeente", "gemeenten"),
        ("ambtenaar", "ambtenaren"),
        ("innovatie", "innovaties"),
        ("innovatief", "innovatieve"),
        ("belemmering", "belemmeringen"),
    ],
)
def test_dutch_forms_meet_in_one_term(one: str, other: str) -> None:
    assert stem(one, "nl") == stem(other, "nl")


def test_ge_words_stay_recognisable_and_numbers_whole() -> None:
    assert stem("gemeente", "nl").startswith("gem")
    assert stem("gemeente", "nl") != stem("mening", "nl")
    assert stem("2015", "nl") == "2015"
    assert stem("barriers", "en") == stem("barrier", "en")


def test_stopwords_are_kept_or_left_out() -> None:
    assert terms("de raad", "nl")[0] == "de"
    assert terms("de raad", "nl", keep_stopwords=False) == [stem("raad", "nl")]
    assert terms("the the", "en", keep_stopwords=False) == []
    assert terms("", "nl") == []


def test_compounds_are_split_by_known_words() -> None:
    known = frozenset({"innovatie", "proces", "beleid", "beleids", "ambtenaar", "overheid", "dienst"})
    assert split_compound("innovatieproces", known) == ["innovatie", "proces"]
    assert split_compound("overheidsdienst", known) == ["overheid", "dienst"]
    assert split_compound("innovatie", known) == []
    assert split_compound("fietsenpilot", known) == []
    assert split_compound("beleid", known) == []


def test_the_parts_of_a_compound_are_added_after_it_in_dutch_only() -> None:
    known = frozenset({"innovatie", "proces"})
    whole, *parts = terms("innovatieproces", "nl", known)
    assert whole == stem("innovatieproces", "nl") and parts == [stem("innovatie", "nl"), stem("proces", "nl")]
    assert len(terms("innovatieproces", "en", known)) == 1


def test_vocabulary_counts_and_leaves_numbers_out() -> None:
    assert vocabulary(Counter("raad Raad 2012 2012 op op Bestuur".split())) == {"raad"}
    assert vocabulary(Counter("raad op Bestuur".split()), least=1, shortest=2) == {"raad", "op", "bestuur"}
    assert vocabulary({}) == frozenset()


def test_threads_do_not_disturb_each_other() -> None:
    text = "gemeenten belemmeringen innovatieve ambtenaren " * 50
    with ThreadPoolExecutor(4) as pool:
        assert len({tuple(t) for t in pool.map(lambda _: terms(text, "nl"), range(8))}) == 1
