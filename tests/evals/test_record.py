import json
from pathlib import Path

import pytest

from evals.cases import Case
from evals.record import PACKAGES, case_hash, cases_hash, code_hash, environment, read_lines, write_lines


def test_lines_come_back_as_they_were_written(tmp_path: Path) -> None:
    rows = [{"id": "a", "text": "één\nregel “met” tekens"}, {"id": "b", "n": 1.5, "none": None}]
    write_lines(tmp_path / "r.jsonl", rows)
    assert read_lines(tmp_path / "r.jsonl") == rows
    assert (tmp_path / "r.jsonl").read_bytes().count(b"\n") == 2 and "één" in (tmp_path / "r.jsonl").read_text("utf-8")


@pytest.mark.parametrize("character", ["\u2028", "\u0085"])
def test_only_a_newline_ends_a_line(tmp_path: Path, character: str) -> None:
    write_lines(tmp_path / "r.jsonl", [{"text": f"a{character}b"}])
    assert read_lines(tmp_path / "r.jsonl") == [{"text": f"a{character}b"}]


def test_a_line_cut_off_by_a_crash_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    file.write_text(json.dumps({"id": "a"}) + "\n" + '{"id": "b", "te', "utf-8")
    assert read_lines(file) == [{"id": "a"}]


def test_no_file_is_no_rows(tmp_path: Path) -> None:
    assert read_lines(tmp_path / "none.jsonl") == []
    write_lines(tmp_path / "empty.jsonl", [])
    assert read_lines(tmp_path / "empty.jsonl") == []


def test_a_run_can_be_traced() -> None:
    found = environment()
    assert set(found) == {"commit", "dirty", "code", "python", "cores", "packages"} and set(found["packages"]) == set(PACKAGES)
    assert found["packages"]["chromadb"] != "absent" and isinstance(found["dirty"], bool)


def test_the_hash_of_the_code_follows_what_decides_on_an_answer(tmp_path: Path) -> None:
    (tmp_path / "assistant").mkdir()
    (tmp_path / "assistant" / "weights.yaml").write_text("a: 1")
    before = code_hash(tmp_path)
    (tmp_path / "README.md").write_text("anders")
    assert code_hash(tmp_path) == before
    (tmp_path / "assistant" / "weights.yaml").write_text("a: 2")
    assert code_hash(tmp_path) != before


def test_the_hash_of_a_case_follows_its_content_and_not_its_split() -> None:
    case = Case(id="a", question="Wie?", keys=[["x"]])
    assert case_hash(case) == case_hash(case.model_copy(update={"split": "dev"})) != case_hash(case.model_copy(update={"keys": [["y"]]}))
    assert cases_hash([case, Case(id="b")]) != cases_hash([Case(id="b"), case])
