from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.advise.knowledge import JUDGED, Places, load_knowledge, references, topics
from assistant.service import Wijzer
from ingest.errors import CorpusError
from ingest.notes import fold
from tests.conftest import ROOT

FOLDER = ROOT / "corpus" / "frameworks"
KNOWLEDGE = load_knowledge(FOLDER)
DOCUMENTS = Path(os.environ.get("WIJZER_DOCUMENTS") or ROOT.parent / "shared" / "corpus")
SOURCES = {"verberkt-2015", "innovatiecapaciteit-2021", "mulder-2019", "meijer-vanberlo-2012", "station10-2019"}

BARRIERS = (
    "institutional-context, bureaucracy, silos, accountability, risk-aversion, privacy-ethics, lack-of-competition, ict, time, "
    "finance, resistance, no-vision, political-cycle, procurement, admin-burden, knowledge-sharing, no-learning, scaling, "
    "citizen-participation, inclusion, data-use, skills-hr, no-owner, networks, suppliers"
).split(", ")
STRATEGIES = (
    "ideas-from-other-fields, link-to-power, cooperate-semi-public, informal-network, use-hierarchy, experiment, incremental, "
    "political-support-stories, accountability-agreements, societal-developments, copy-learn-others, practical-problems, "
    "learn-share-internally, contain-risks, take-risks, spread-risks, outsource-ict, invest-own-ict, train-inhouse, "
    "project-leader, convince-by-success, involve-staff, innovation-vision, innovative-climate, knowledge-broker, "
    "strategic-networks, focus-on-learning, functional-procurement, mission-driven, radical-org-change, targeted-reorg, "
    "incentives, create-own-room, niche, smart-following, joint-standards, involve-citizens, living-lab, external-challenge, "
    "hybrid-lab, innovation-function-budget, orientation-sessions, management-support-after-pilot"
).split(", ")


def _everything() -> list[Any]:
    k = KNOWLEDGE
    return [*k.barriers.values(), *k.strategies.values(), *k.relations.values(), *k.others.values()]


def _bilingual(value: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        if set(value) & {"nl", "en"}:
            yield where, value
        for key, inner in value.items():
            yield from _bilingual(inner, f"{where}/{value.get('id', '')}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from _bilingual(inner, where)


def test_the_barriers_are_those_of_the_contract() -> None:
    assert len(BARRIERS) == 25 and sorted(KNOWLEDGE.barriers) == sorted(BARRIERS)


def test_the_strategies_are_those_of_the_contract() -> None:
    assert len(STRATEGIES) == 43 and sorted(KNOWLEDGE.strategies) == sorted(STRATEGIES)


def test_relations_name_known_things_once() -> None:
    pairs = Counter((r["barrier"], r["strategy"], r["where"]["nl"]) for rows in KNOWLEDGE.relations.values() for r in rows)
    assert pairs and {b for b, _, _ in pairs} <= set(BARRIERS) and {s for _, s, _ in pairs} <= set(STRATEGIES)
    assert [pair for pair, times in pairs.items() if times > 1] == []


def test_relations_say_how_close_and_of_what_kind_their_evidence_is() -> None:
    for rows in KNOWLEDGE.relations.values():
        for r in rows:
            assert r["fit"] in (1, 2, 3) and r["basis"] in ("practice", "advice", "theory") and r["source"] in SOURCES and r["passages"]
            if r.get("notWhen"):
                assert r["notWhen"]["nl"].startswith("Niet ") and r["notWhen"]["en"].startswith("Not "), r["id"]


def test_every_relation_was_judged_on_situations() -> None:
    judged = Counter(card for row in KNOWLEDGE.situations for key in JUDGED for card in row.get(key, ()))
    for rows in KNOWLEDGE.relations.values():
        for r in rows:
            texts = KNOWLEDGE.fitting.get(r["barrier"], {}).get(r["strategy"], {}).get(r["source"], {})
            assert judged[r["id"]] >= 3 or all(len(texts.get(language, ())) >= 5 for language in ("nl", "en")), r["id"]
    told = Counter(
        t for strategies in KNOWLEDGE.fitting.values() for sources in strategies.values() for texts in sources.values()
        for own in texts.values() for t in own
    )  # fmt: skip
    assert told.total() > 2000 and [t for t, times in told.items() if times > 1] == []


def test_readers_chose_cards_for_many_situations() -> None:
    read = [row for row in KNOWLEDGE.situations if row.get("cards")]
    assert len(read) > 1000 and all(len(row["cards"]) <= 6 for row in read)
    for row in read:  # nobody says two things of one card
        said = Counter(card for key in JUDGED for card in row.get(key, ()))
        assert max(said.values()) == 1, row["text"][:60]


def test_every_barrier_is_the_main_one_of_whole_situations_in_both_languages() -> None:
    main = Counter((row["lang"], row["barriers"][0]) for row in KNOWLEDGE.situations)
    assert not [(language, b) for language in ("nl", "en") for b in BARRIERS if main[language, b] < 10]
    assert all(len(row["barriers"]) <= 3 and 2 <= len(row["strategies"]) <= 4 for row in KNOWLEDGE.situations)
    assert len({row["text"] for row in KNOWLEDGE.situations}) == len(KNOWLEDGE.situations)


def test_every_strategy_is_used_and_every_barrier_has_one() -> None:
    assert not [b for b, rows in KNOWLEDGE.relations.items() if not rows]
    used = {r["strategy"] for rows in KNOWLEDGE.relations.values() for r in rows}
    assert not set(STRATEGIES) - used


def test_barriers_say_how_they_sound_in_both_languages() -> None:
    for name, entry in KNOWLEDGE.barriers.items():
        for language in ("nl", "en"):
            assert len(entry["signals"][language]) >= 3 and entry["examples"][language], (name, language)
            assert len(entry["statements"][language]) >= 20, (name, language)


def test_everything_is_said_in_both_languages() -> None:
    found = [pair for entry in _everything() for pair in _bilingual(entry)]
    assert len(found) > 500
    assert not [where for where, value in found if set(value) != {"nl", "en"} or not value["nl"] or not value["en"]]


def test_references_are_short_and_name_a_document() -> None:
    found = [r for entry in _everything() for r in references(entry)]
    assert len(found) > 300
    for r in found:
        assert set(r) <= {"source", "section", "at"} and r["source"] in SOURCES and 1 <= len(r["at"].split()) <= 11, r


@pytest.mark.skipif(not all((DOCUMENTS / f"{s}.txt").is_file() for s in SOURCES), reason=f"the five documents are not in {DOCUMENTS}")
def test_every_reference_is_found_in_its_document() -> None:
    texts = {source: fold((DOCUMENTS / f"{source}.txt").read_text("utf-8"))[0] for source in SOURCES}
    found = [r for entry in _everything() for r in references(entry)]
    lost = [f"{r['source']} {r['section']}: {r['at']}" for r in found if fold(r["at"])[0].strip() not in texts[r["source"]]]
    assert not lost


def test_a_relation_to_something_unknown_is_refused(tmp_path: Path) -> None:
    (tmp_path / "barriers.yaml").write_text("- {id: ict}", "utf-8")
    (tmp_path / "strategies.yaml").write_text("- {id: niche}", "utf-8")
    (tmp_path / "relations.yaml").write_text("- {id: a, barrier: ict, strategy: nich}", "utf-8")
    with pytest.raises(CorpusError, match=r"nich for ict"):
        load_knowledge(tmp_path)


def test_a_relation_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "barriers.yaml").write_text("- {id: ict}", "utf-8")
    (tmp_path / "strategies.yaml").write_text("- {id: niche}", "utf-8")
    (tmp_path / "relations.yaml").write_text("- {id: a, barrier: ict, strategy: niche}\n" * 2, "utf-8")
    with pytest.raises(CorpusError, match=r"a is there twice"):
        load_knowledge(tmp_path)


def test_situations_for_an_unknown_relation_are_refused(tmp_path: Path) -> None:
    (tmp_path / "fitting.yaml").write_text("ict: {niche: {some-source: {nl: [een], en: [one]}}}", "utf-8")
    with pytest.raises(CorpusError, match=r"ict / niche / some-source"):
        load_knowledge(tmp_path)


def test_a_situation_with_an_unknown_barrier_is_refused(tmp_path: Path) -> None:
    (tmp_path / "situations.yaml").write_text("- {lang: nl, text: Er was eens, barriers: [icd], strategies: []}", "utf-8")
    with pytest.raises(CorpusError, match=r"icd is unknown, in: Er was eens"):
        load_knowledge(tmp_path)
    (tmp_path / "situations.yaml").write_text("- {lang: nl, text: Er was eens, barriers: [], strategies: [], notCards: [a/b]}", "utf-8")
    with pytest.raises(CorpusError, match=r"a/b is unknown"):
        load_knowledge(tmp_path)


def test_broken_yaml_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "themes.yaml").write_text("a: [", "utf-8")
    with pytest.raises(CorpusError, match=r"themes\.yaml"):
        load_knowledge(tmp_path)


def test_no_frameworks_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "barriers.yaml").write_text("", "utf-8")
    assert load_knowledge(tmp_path).barriers == {} and topics(tmp_path) == frozenset()


def test_references_are_found_at_any_depth() -> None:
    place = {"source": "a", "section": "1", "at": "b"}
    assert list(references({"x": [{"y": place}], "z": "a", "p": [place]})) == [place, place]


def test_places_without_the_document_are_notes_on_the_section(wijzer: Wijzer) -> None:
    places = Places(wijzer.tools.index)
    found = [r for entry in _everything() for r in references(entry) if r["source"] in {"station10-2019", "meijer-vanberlo-2012"}]
    passages = [(r, places.find(r)) for r in found]
    assert sum(p is not None for _, p in passages) > 0.9 * len(passages)
    assert all(p.source == r["source"] and p.section == r["section"] for r, p in passages if p)
    assert places.find({"source": "verberkt-2015", "section": "1", "at": "iets"}) is None


def test_places_with_the_document_are_the_passage_that_holds_the_words(wijzer: Wijzer) -> None:
    places = Places(wijzer.tools.index)
    found = places.find({"source": "proeftuin-waterdam-2020", "section": "3.2", "at": "TIEN procent van  het budget"})
    assert found and "tien procent" in found.text
    assert places.find({"source": "proeftuin-waterdam-2020", "section": "3.2", "at": "staat er niet"}) is None
