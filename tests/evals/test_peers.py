"""Peers: the table with numbers worked out by hand, and the contract with a stand-in. No framework, no network."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.settings import Settings
from evals.__main__ import app
from evals.cases import Case, Evidence
from evals.peers import bench, systems
from evals.peers.harness import measure
from evals.peers.systems import HERE, PEERS, Peer, environment, run
from evals.peers.table import markdown, row, scores
from ingest.errors import WijzerError
from tests.test_layers import tops

WORKS = Peer("works", "a stand-in", "tests.evals.standin_peer")
BREAKS = Peer("breaks", "a broken one", "tests.evals.standin_peer", "breaks")
RAAD, PLEIN = Evidence(source="s", anchor="de raad wil"), Evidence(source="s", anchor="een plein")
CASES = [
    Case(id="a-nl", lang="nl", split="test", question="x", evidence=[RAAD, PLEIN]),
    Case(id="a-en", lang="en", split="test", question="x", evidence=[RAAD]),
    Case(id="b-nl", lang="nl", split="dev", question="x", evidence=[PLEIN]),
]
OUTCOME: dict[str, Any] = {
    "chunks": 12, "mean_chars": 1234.5, "ingest_cpu_s": 7.4, "peak_mib": 812.6, "versions": {"python": "3.11", "x": "1"},
    "answers": [
        {"id": "a-nl", "ms": 10.0, "cpu_ms": 5.0, "texts": ["niets"] * 5 + ["de raad wil", "een plein"]},
        {"id": "a-en", "ms": 20.0, "cpu_ms": 6.0, "texts": ["x" * 2990 + "de raad wil"]},
        {"id": "b-nl", "ms": 30.0, "cpu_ms": 7.0, "texts": ["een plein"]},
    ],
}  # fmt: skip


def test_recall_is_of_evidence_by_rank_and_by_size() -> None:
    assert scores(CASES, OUTCOME) == {
        "a-nl": {"recall@5": 0.0, "recall@10": 1.0, "recall@3000c": 1.0},
        "a-en": {"recall@5": 1.0, "recall@10": 1.0, "recall@3000c": 0.0},  # the evidence begins at 2,990 and is cut
        "b-nl": {"recall@5": 1.0, "recall@10": 1.0, "recall@3000c": 1.0},
    }
    assert set(scores(CASES, OUTCOME | {"answers": []})["a-nl"].values()) == {0.0}


def test_a_row_has_every_language_and_what_it_cost() -> None:
    made = row(CASES, OUTCOME)
    assert made["recall@5"].mean == pytest.approx(2 / 3) and made["recall@5 nl"].mean == 0.5 and made["recall@5 en"].mean == 1.0
    assert (made["ms_p50"], made["ms_p95"], made["cpu_ms_p50"], made["chunks"]) == (20.0, 30.0, 6.0, 12)
    assert row(CASES[:1], OUTCOME)["recall@5 en"] is None and row(CASES[:1], OUTCOME)["ms_p50"] == 10.0


def test_one_table_in_which_a_failure_has_its_reason() -> None:
    lines = markdown({"one": row(CASES, OUTCOME), "other": "it stopped"}, CASES).split("\n")
    assert "0.67 (" in lines[2] and "0.50 / 1.00" in lines[2] and "| 12 | 1,234 | 7 | 20 | 30 | 6 | 813 |" in lines[2]
    assert lines[3].startswith("| other | it stopped |") and {line.count("|") for line in lines[:4]} == {lines[0].count("|")}
    assert lines[-1] == "3 questions (2 Dutch, 1 English)."


def _job(tmp_path: Path) -> dict[str, Any]:
    (tmp_path / "s.txt").write_text("de raad wil een plein\nhet regent vandaag\nniemand komt", "utf-8")
    return {"documents": [{"id": "s", "path": str(tmp_path / "s.txt")}], "model": "none", "k": 2,
            "questions": [{"id": "a-nl", "text": "wil de raad dat"}, {"id": "b-nl", "text": "regent het"}]}  # fmt: skip


def test_the_contract_in_a_process_of_its_own(tmp_path: Path) -> None:
    made = run(WORKS, Path(sys.executable), _job(tmp_path), tmp_path / "out")
    assert [a["id"] for a in made["answers"]] == ["a-nl", "b-nl"] and made["answers"][1]["texts"][0] == "het regent vandaag"
    assert (
        made["chunks"] == 3 and made["mean_chars"] == pytest.approx((21 + 18 + 12) / 3) and made["versions"]["pytest"] == pytest.__version__
    )
    assert all(a["ms"] >= 0 and a["cpu_ms"] >= 0 and len(a["texts"]) == 2 for a in made["answers"]) and made["peak_mib"] > 1
    with pytest.raises(WijzerError, match="the stand-in breaks"):
        run(BREAKS, Path(sys.executable), _job(tmp_path), tmp_path / "out")
    assert not (tmp_path / "out" / "outcome.json").exists()  # nothing of before is taken for now


def test_what_is_asked_first_does_not_count(tmp_path: Path) -> None:
    asked: list[str] = []

    class Counts:
        packages, settings = (), ""

        def ingest(self, documents: Any) -> list[str]:
            return ["x"]

        def search(self, question: str, k: int) -> list[str]:
            asked.append(question)
            return []

    made = measure(_job(tmp_path), Counts())
    assert len(asked) == 4 and len(made["answers"]) == 2


def test_one_that_fails_does_not_stop_the_others_and_the_table_is_made_again(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(bench, "suite_cases", lambda limit: {"qa": CASES})
    monkeypatch.setattr(bench, "PEERS", (BREAKS, WORKS))
    asked = [{"id": case.id, "text": "wil de raad een plein"} for case in CASES]
    monkeypatch.setattr(bench, "job", lambda settings, cases: _job(tmp_path) | {"questions": asked})
    bench.measure(settings, tmp_path / "out", (BREAKS, WORKS), 0, said.append)
    table, rows = bench.render(tmp_path / "out", "test")
    assert rows["a broken one"].startswith("a broken one stopped: the stand-in breaks") and rows["a stand-in"]["recall@5 nl"].mean == 1.0
    assert "Split: test" in table and "2 questions" in table and said[-1] == "a stand-in ..."
    assert bench.render(tmp_path / "out")[0].count("3 questions") == 1
    asked.pop()
    bench.measure(settings, tmp_path / "out", (WORKS,), 0, said.append)
    assert isinstance(bench.render(tmp_path / "out", "test")[1]["a stand-in"], dict)  # what is missing is of the other split
    assert str(bench.render(tmp_path / "out")[1]["a stand-in"]).startswith("measured on other questions")
    with pytest.raises(WijzerError, match="no measured peers"):
        bench.render(tmp_path / "nowhere")


def test_everybody_gets_the_same_documents_questions_and_model(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "station10-2019.txt").write_text("tekst", "utf-8")
    (tmp_path / "vreemd.txt").write_text("tekst", "utf-8")  # added by a user: nobody's questions are on it
    given = bench.job(settings.model_copy(update={"documents": tmp_path}), CASES)
    assert [d["id"] for d in given["documents"]] == ["station10-2019"] and [q["id"] for q in given["questions"]] == ["a-nl", "a-en", "b-nl"]
    assert Path(given["model"]).is_dir() and given["k"] == 10
    with pytest.raises(WijzerError, match="no documents"):
        bench.job(settings.model_copy(update={"documents": tmp_path / "none"}), CASES)


def test_an_environment_is_made_once_for_a_lock_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock, folder, ran = tmp_path / "x.lock", tmp_path / "x", []
    lock.write_text("a==1\n")

    def pretend(command: list[str], **more: Any) -> subprocess.CompletedProcess[str]:
        ran.append(command)
        (folder / "bin").mkdir(parents=True, exist_ok=True)
        (folder / "bin" / "python").touch()
        return subprocess.CompletedProcess(command, int("broken" in lock.read_text()), "", "words\nno network\n\n")

    monkeypatch.setattr(systems.subprocess, "run", pretend)
    assert environment(lock, folder, lambda text: None) == environment(lock, folder, lambda text: None) == folder / "bin" / "python"
    assert len(ran) == 2 and ran[1][1].endswith("packages.sh") and ran[1][-1] == str(lock)
    lock.write_text("broken==1\n")
    with pytest.raises(WijzerError, match="no network"):
        environment(lock, folder, lambda text: None)


@pytest.mark.parametrize("lock", sorted({peer.lock for peer in PEERS if peer.lock}))
def test_locks_are_whole_and_bring_no_torch_of_their_own(lock: str) -> None:
    lines = [line for line in (HERE / lock).read_text().splitlines() if not line.startswith("#")]
    assert len(lines) > 30 and all(re.fullmatch(r"[\w.-]+==\S+", line) for line in lines)
    assert not [line for line in lines if line.startswith(("torch==", "nvidia", "triton"))]


def test_only_a_peer_s_own_module_knows_its_framework() -> None:
    frameworks = {"langchain_chroma", "langchain_huggingface", "langchain_text_splitters", "llama_index", "haystack"}
    files = [file for layer in ("ingest", "assistant", "evals") for file in (HERE.parents[1] / layer).rglob("*.py")]
    knowing = {file.name for file in files if tops(file) & frameworks}
    assert knowing == {"langchain_peer.py", "llamaindex_peer.py", "haystack_peer.py"}


def test_the_command_says_what_it_cannot_do(tmp_path: Path) -> None:
    for words in (["--only", "tafel"], ["--split", "half", "--from", str(tmp_path)]):
        assert CliRunner().invoke(app, ["peers", *words]).exit_code == 2
    assert "no measured peers" in str(CliRunner().invoke(app, ["peers", "--from", str(tmp_path)]).exception)
