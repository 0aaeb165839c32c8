from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from assistant.records import Turn
from assistant.retrieval.features import FEATURES, SIGNS
from assistant.retrieval.kin import Kin
from assistant.retrieval.search import Searcher, load_weights
from assistant.service import Wijzer
from ingest.errors import IndexUnavailable

WEIGHTS = load_weights()
LEGS = {"lexical_passages", "lexical_notes", "dense_passages", "dense_claims", "dense_questions"}


def test_the_weights_are_complete() -> None:
    assert set(WEIGHTS) == {
        "fields", "legs", "bare", "named", "floor", "synonym", "translation", "depth", "threshold", "partial", "confidence", "claims",
        "rerank", "by_words", "beside", "cut", "note_legs", "translated", "other_language", "gloss", "kin",
    }  # fmt: skip
    assert set(WEIGHTS["note_legs"]) == {"lexical_notes", "dense_claims", "dense_questions"}
    assert set(WEIGHTS["legs"]) == LEGS and set(WEIGHTS["bare"]) == {"dense", "cover"}
    assert set(WEIGHTS["confidence"]) == {"bias", *FEATURES}
    assert set(WEIGHTS["claims"]) == {"passage", "note", "cosine", "overlap", "number"}
    assert set(WEIGHTS["cut"]) == {"second", "claim", "quote"} and all(0 < share < 1 for share in WEIGHTS["cut"].values())
    assert [len(WEIGHTS["fields"][t]) for t in ("passages", "notes")] == [4, 2]


def test_the_weights_are_sane() -> None:
    for key in ("legs", "bare", "claims"):
        assert all(w >= 0 for w in WEIGHTS[key].values()) and sum(WEIGHTS[key].values()) > 0, key
    assert all(w >= 0 for fields in WEIGHTS["fields"].values() for w in fields)
    assert 0 <= WEIGHTS["floor"] < 1 and 0 < WEIGHTS["synonym"] <= 1 and 0 < WEIGHTS["translation"] <= 1
    assert WEIGHTS["rerank"]["depth"] >= 10 and 0 < WEIGHTS["rerank"]["weight"] <= 1
    assert 0 < WEIGHTS["threshold"] < WEIGHTS["partial"] < 1 and WEIGHTS["depth"] >= 10
    for name, sign in SIGNS.items():
        assert sign * WEIGHTS["confidence"][name] >= 0, name


@pytest.fixture(scope="module")
def searcher(wijzer: Wijzer) -> Searcher:
    return wijzer.tools.searcher


def _search(wijzer: Wijzer, text: str, k: int = 10, **more: Any) -> Any:
    tools = wijzer.tools
    return tools.searcher.search(tools.understanding.query(text).model_copy(update=more), k)


@pytest.mark.parametrize(
    "question",
    [
        "Wat ging er mis in Waterdam met de slimme lantaarnpalen?",
        "What went wrong in Waterdam with the smart lampposts?",
        "Waarom hield de afdeling inkoop de proeftuin op?",
    ],
)
def test_the_right_passage_comes_first_or_second(wijzer: Wijzer, question: str) -> None:
    first, second = _search(wijzer, question).hits[:2]
    assert first.source == "proeftuin-waterdam-2020" and ("negende maand" in first.text or "negende maand" in second.text)


def test_hits_are_ranked_unique_and_k_long(wijzer: Wijzer) -> None:
    found = _search(wijzer, "innovatie in gemeenten", 4)
    names = [h.passage for h in found.hits + found.rejected]
    scores = [h.score for h in found.hits + found.rejected]
    assert len(found.hits) == 4 and 0 < len(found.rejected) <= 4
    assert len(set(names)) == len(names) and scores == sorted(scores, reverse=True)
    assert all(0 <= s <= 1 for s in scores)


def test_a_hit_says_which_legs_found_it(wijzer: Wijzer) -> None:
    hit = _search(wijzer, "Hoeveel geld ging er naar de lantaarnpalen van Waterdam?").hits[0]
    assert set(hit.scores) <= LEGS | {"kin"} and "lexical_passages" in hit.scores and "dense_questions" in hit.scores
    assert max(hit.scores.values()) <= 1.0001


def test_a_passage_without_notes_is_found_too(wijzer: Wijzer) -> None:
    first = _search(wijzer, "Op welke avond liepen bewoners van de Zuiderkade met de monteurs mee?").hits[0]
    assert "dinsdag" in first.text and "dense_claims" not in first.scores


def test_passages_of_a_named_document_come_first_among_equals(wijzer: Wijzer) -> None:
    without, named = _search(wijzer, "innovatie", 10), _search(wijzer, "innovatie", 10, sources=(("station10-2019", 1.0),))
    gained = {h.passage: h.score for h in named.hits if h.source == "station10-2019"}
    before = {h.passage: h.score for h in without.hits + without.rejected}
    assert gained and all(score > before[name] for name, score in gained.items() if name in before)


def test_a_search_repeats(wijzer: Wijzer) -> None:
    one, two = (_search(wijzer, "Wat doen ambtenaren met nieuwe ideeën?") for _ in range(2))
    assert [(h.passage, h.score) for h in one.hits] == [(h.passage, h.score) for h in two.hits]


def test_fusion_is_the_weighted_mean_of_the_legs(searcher: Searcher) -> None:
    noted = sorted(searcher._noted)[0]
    total = sum(WEIGHTS["legs"].values())
    fused = searcher.fuse({"dense_claims": {noted: 0.5, "bare:1:1": 0.5}, "dense_passages": {noted: 1.0, "bare:1:1": 1.0}})
    assert fused[noted] == pytest.approx((0.5 * WEIGHTS["legs"]["dense_claims"] + WEIGHTS["legs"]["dense_passages"]) / total)
    assert fused["bare:1:1"] == pytest.approx(WEIGHTS["bare"]["dense"])  # without a question nothing of it can stand in the text
    everything = searcher.fuse({leg: {noted: 1.0} for leg in LEGS})
    assert everything[noted] == pytest.approx(1.0)


@pytest.mark.parametrize("text", ["", "?", "日本語 は", "x" * 1000, "' OR 1=1 --", 'NEAR("a" b*) AND title:^c'])
def test_odd_queries_do_not_break_the_search(wijzer: Wijzer, text: str) -> None:
    assert isinstance(wijzer.search(text, 3)[0], list)


def test_a_reranker_has_its_share_of_the_order(wijzer: Wijzer) -> None:
    tools = wijzer.tools
    query = tools.understanding.query("Wat ging er mis in Waterdam met de slimme lantaarnpalen?")
    plain = tools.searcher.search(query, 8)

    class Backwards:
        """Likes best what was found last."""

        def scores(self, question: str, texts: list[str]) -> Any:
            assert question == query.text and "negende maand" in " ".join(texts)
            return (np.arange(len(texts)) + 1) / len(texts)

    found = Searcher(tools.index, wijzer.embedder, dict(WEIGHTS) | {"rerank": {"depth": 5, "weight": 1.0}}, Backwards()).search(query, 8)  # type: ignore[arg-type]
    assert [h.passage for h in found.direct[:5]] == [h.passage for h in reversed(plain.direct[:5])]
    assert found.hits[0].scores["rerank"] == 1.0 and "rerank" not in plain.hits[0].scores


def test_passages_near_the_first_one_come_forward(wijzer: Wijzer, searcher: Searcher) -> None:
    tools = wijzer.tools
    query = tools.understanding.query("Wat ging er mis in Waterdam met de slimme lantaarnpalen?")
    without = Searcher(tools.index, wijzer.embedder, dict(WEIGHTS) | {"kin": 0.0}).search(query, 8)
    much = Searcher(tools.index, wijzer.embedder, dict(WEIGHTS) | {"kin": 1000.0}).search(query, 8)
    first = without.hits[0].passage
    kin = Kin(tools.index.vectors, searcher._owner).of(first)
    assert first not in kin and all(-1.001 <= cosine <= 1.001 for cosine in kin.values())
    assert much.hits[0].passage == first and much.hits[1].passage == max(kin, key=lambda name: kin[name])
    assert [h.passage for h in without.hits] == [h.passage for h in without.direct] == [h.passage for h in much.direct]
    assert much.hits[0].score == pytest.approx(without.hits[0].score, abs=1e-3)
    assert kin.keys() <= set(searcher._owner.values()) and Kin(tools.index.vectors, searcher._owner).of("bare:1:1") == {}


def test_the_order_stays_when_the_claims_cannot_be_read(wijzer: Wijzer, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(collection: str) -> None:
        raise IndexUnavailable("The Chroma server does not answer.", "Start it.")

    tools = wijzer.tools
    monkeypatch.setattr(tools.index.vectors, "everything", silent)
    found = Searcher(tools.index, wijzer.embedder, WEIGHTS).search(tools.understanding.query("Wat ging er mis met de lantaarnpalen?"), 5)
    assert found.hits == found.direct and found.hits and not found.by_words


def test_a_follow_up_is_searched_by_itself_too(wijzer: Wijzer, searcher: Searcher) -> None:
    earlier = Turn(question="Wat ging er mis in Waterdam met de slimme lantaarnpalen?", answer="Er ging iets mis.")
    query = wijzer.tools.understanding.query("En hoe heet de windwijzer van Haakjesveen?", [earlier])
    assert query.leans and query.beside is not None and "lantaarnpalen" in query.text and "lantaarnpalen" not in query.beside.text
    wanted = searcher.search(query.beside).hits[0].passage
    both, first = searcher.search(query), searcher.search(query.model_copy(update={"beside": None}))
    score = {hit.passage: hit.score for hit in (*both.hits, *both.rejected)}
    before = {hit.passage: hit.score for hit in (*first.hits, *first.rejected)}
    assert score[wanted] > before.get(wanted, 0.0)
