import pytest

from evals.metrics import abstention, advice, answers, retrieval

QUOTE = "een twee drie vier vijf zes zeven acht"  # five 4-grams


@pytest.mark.parametrize(
    ("passage", "carries"),
    [
        (QUOTE, True),
        ("nul een twee drie vier vijf zes negen", True),  # 3 of 5 = 60%
        ("een twee drie vier vijf", False),  # 2 of 5 = 40%
        ("een twee drie x vier vijf zes y zeven acht", False),  # all words, no 4-gram
        ("EEN, twee;\n*drie* ‘vier’ <b>vijf</b> zes zeven acht.", True),
        ("een twee drie vier vijf ze-\nven zes zeven acht", False),
        ("", False),
    ],
)
def test_a_passage_carries_a_quote_at_sixty_percent_of_its_four_grams(passage: str, carries: bool) -> None:
    assert retrieval.carries(passage, QUOTE) is carries


def test_short_quotes_are_compared_whole() -> None:
    assert retrieval.carries("in de raad van mei", "de raad") and not retrieval.carries("raad de", "de raad")
    assert retrieval.carries("de raad", "raad") and not retrieval.carries("raadhuis", "raad")


def test_no_evidence_is_never_carried() -> None:
    assert not retrieval.carries("tekst", "", "") and not retrieval.carries("", "", "")


def test_an_anchor_is_found_when_folded() -> None:
    assert retrieval.carries("Er werken “17.000\n mede-\nwerkers” daar", anchor='"17.000 medewerkers"')
    assert not retrieval.carries("Er werken 17 medewerkers", anchor="17.000 medewerkers")


def test_folding() -> None:
    assert retrieval.fold("  De *Raad*\t<br/>zei:\n‘JA’ be-\nstuur ") == "de raad zei: 'ja' bestuur"


def test_ranks_are_those_of_the_first_passage_per_piece_of_evidence() -> None:
    passages = ["niets", QUOTE, "de raad", QUOTE]
    assert retrieval.ranks(passages, [(QUOTE, ""), ("", "raad"), ("", "absent")]) == [2, 3, None]
    assert retrieval.ranks([], [(QUOTE, "")]) == [None] and retrieval.ranks(passages, []) == []


@pytest.mark.parametrize(
    ("found", "k", "recall", "hit"),
    [
        ([1, 3, None, 6], 5, 0.5, 1.0),
        ([1, 3, None, 6], 10, 0.75, 1.0),
        ([6], 5, 0.0, 0.0),
        ([5], 5, 1.0, 1.0),
        ([None], 5, 0.0, 0.0),
        ([], 5, 0.0, 0.0),
    ],
)
def test_recall_and_hit(found: list[int | None], k: int, recall: float, hit: float) -> None:
    assert retrieval.recall(found, k) == recall and retrieval.hit(found, k) == hit


@pytest.mark.parametrize(("found", "score"), [([4, 2, None], 0.5), ([1], 1.0), ([10], 0.1), ([11], 0.0), ([None], 0.0), ([], 0.0)])
def test_reciprocal_rank(found: list[int | None], score: float) -> None:
    assert retrieval.reciprocal_rank(found) == pytest.approx(score)


@pytest.mark.parametrize(
    ("found", "score"),
    [
        ([1], 1.0),
        ([2], 1 / 1.5849625),  # 1/log2(3)
        ([11], 0.0),
        ([None], 0.0),
        ([], 0.0),
        ([1, None], 1 / (1 + 0.6309298)),
        ([1, 3], (1 + 0.5) / (1 + 0.6309298)),
        ([2, 2], 1 / 1.5849625),  # one passage with both: gain 2 of 2 at rank 2
    ],
)
def test_ndcg(found: list[int | None], score: float) -> None:
    assert retrieval.ndcg(found) == pytest.approx(score)


def test_recall_within_the_first_characters() -> None:
    passages = ["x" * 2000, "y" * 900 + " de raad " + "z" * 500, "het plein"]
    both = [("", "de raad"), ("", "het plein")]
    assert retrieval.recall_within(passages, both) == 0.5
    assert retrieval.recall_within(passages, both, 5000) == 1.0 and retrieval.recall_within(passages, both, 2905) == 0.0
    assert retrieval.recall_within([], both) == 0.0


def test_citation_precision_counts_a_passage_once() -> None:
    assert retrieval.citation_precision(["de raad", "niets", "niets"], [("", "raad")]) == 0.5
    assert retrieval.citation_precision([], [("", "raad")]) == 0.0


def test_overlap_of_rankings() -> None:
    assert retrieval.overlap(list("abcde"), list("edxyz")) == pytest.approx(0.4)
    assert retrieval.overlap(list("abcdef"), list("fghij")) == 0.0
    assert retrieval.overlap(list("abcde"), list("edcba")) == 1.0 and retrieval.overlap([], []) == 0.0


@pytest.mark.parametrize(
    ("texts", "keys", "score"),
    [
        (["Utrecht telt", "3.500 fietsen"], [["utrecht", "amsterdam"], ["3.500", "3500"]], 1.0),
        (["Utrecht telt fietsen"], [["utrecht"], ["3.500", "3500"]], 0.0),
        (["CREËREN"], [["creëren"]], 1.0),
        (["iets"], [], 1.0),
        ([], [], 0.0),
        ([""], [["x"]], 0.0),
        (["de eerste", "stap"], [["eerste stap"]], 1.0),
    ],
)
def test_complete(texts: list[str], keys: list[list[str]], score: float) -> None:
    assert answers.complete(texts, keys) == score


def test_only_the_first_words_count() -> None:
    text = "woord " * 179 + "sleutel"
    assert answers.complete([text], [["sleutel"]]) == 1.0
    assert answers.complete(["nog een " + text], [["sleutel"]]) == 0.0
    assert answers.complete([text], [["sleutel"]], most_words=10) == 0.0


def test_words_and_mean() -> None:
    assert answers.words(["een twee", "", " drie\nvier "]) == 4 and answers.words([]) == 0
    assert answers.mean([1, 2, 6]) == 3 and answers.mean([]) is None


@pytest.mark.parametrize(
    ("share", "value"),
    [(0.5, 5), (0.95, 10), (0.9, 9), (0.1, 1), (0.0, 1), (1.0, 10)],
)
def test_percentile_by_nearest_rank(share: float, value: float) -> None:
    assert answers.percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], share) == value


def test_percentile_of_few() -> None:
    assert answers.percentile([], 0.5) is None and answers.percentile([7], 0.95) == 7
    assert answers.percentile([1, 2, 3], 0.5) == 2


def test_quotes_letter_for_letter() -> None:
    right, altered = {"quote": "de raad", "text": "in de raad"}, {"quote": "De raad", "text": "in de raad"}
    assert answers.exact_quotes([right]) == 1.0 == answers.exact_quotes([]) and answers.exact_quotes([right, altered]) == 0.0
    assert answers.exact_quotes([{"quote": "", "text": "x", "basis": "notes"}]) == 1.0
    assert answers.exact_quotes([{"quote": "x", "text": "x", "basis": "notes"}]) == 0.0


def test_share_in_the_language() -> None:
    assert answers.in_language(["Het is van de gemeente", "The council is not here"], "nl") == 0.5
    assert answers.in_language([], "nl") is None and answers.in_language(["ATELIER"], "en") == 1.0


def test_advice_by_hand() -> None:
    assert advice.main_barrier(["a", "b"], ["x", "a"]) == 1.0 and advice.main_barrier(["a"], ["x", "y", "a"]) == 0.0
    assert advice.main_barrier([], ["x"]) == 0.0
    assert advice.set_f1(["a", "b"], ["b", "c", "d"]) == pytest.approx(2 / 5) and advice.set_f1([], []) == 0.0
    assert advice.strategy_hit(["a", "b", "c"], ["x", "y", "b"]) == 1.0 and advice.strategy_hit(["a", "b", "c"], ["c"]) == 0.0
    assert advice.strategy_ndcg(["a"], ["x", "a"]) == pytest.approx(1 / 1.5849625) and advice.strategy_ndcg([], ["x"]) == 0.0


def test_the_curve_of_errors_over_the_threshold() -> None:
    points = {p.threshold: p for p in abstention.curve([0.9, 0.5, 0.3], [0.0, 0.4])}
    assert min(points) == 0.2 and max(points) == 1.0 and len(points) == 17
    assert points[0.2] == (0.2, 0.5, 0.0) and points[0.4] == (0.4, 0.5, pytest.approx(1 / 3)) and points[1.0] == (1.0, 0.0, 1.0)
    assert abstention.curve([], [])[0] == (0.2, 0.0, 0.0)


def test_how_often_the_answerable_question_is_the_surer() -> None:
    assert abstention.ranked_right([0.9, 0.5], [0.5, 0.1]) == pytest.approx(3.5 / 4)
    assert abstention.ranked_right([], [0.5]) is None


def test_f1_is_micro_averaged() -> None:
    assert answers.f1([{"a", "b"}, {"c"}], [{"a"}, {"c", "d"}]) == pytest.approx(4 / 6)
    assert answers.f1([{"a"}], [{"b"}]) == 0.0 and answers.f1([set()], [set()]) is None and answers.f1([], []) is None
    with pytest.raises(ValueError):
        answers.f1([{"a"}], [])
