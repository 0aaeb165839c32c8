import json
from pathlib import Path
from typing import Any

import pytest

from evals.cases import Case, read_cases
from ingest.errors import CorpusError


def write(folder: Path, *rows: Any) -> Path:
    path = folder / "cases.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows) + "\n", "utf-8")
    return path


def test_the_four_kinds_of_the_contract(tmp_path: Path) -> None:
    qa = {"id": "q1", "lang": "en", "type": "fact", "style": "plain", "question": "Hoeveel ideeën?", "points": ["p"], "keys": [["a", "b"]],
          "evidence": [{"source": "s", "quote": "één"}, {"source": "s", "anchor": "17.000"}]}  # fmt: skip
    cases = read_cases(
        write(
            tmp_path,
            qa,
            "",
            {"id": "u1", "lang": "nl", "kind": "near_miss", "question": "x", "why": "y"},
            {"id": "s1", "lang": "nl", "situation": "Mijn chef ...", "barriers": ["ict"], "strategies": ["niche"], "evidence": []},
            {"id": "m1", "lang": "nl", "turns": ["eerst", "en dan?"], "keys": []},
        )
    )
    assert [c.id for c in cases] == ["q1", "u1", "s1", "m1"]
    assert [c.asked for c in cases] == ["Hoeveel ideeën?", "x", "Mijn chef ...", "en dan?"]
    assert cases[0].evidence[0].quote == "één" and cases[0].evidence[1].anchor == "17.000" and cases[0].keys == [["a", "b"]]
    assert cases[1].model_extra == {"why": "y"}


@pytest.mark.parametrize(
    "row",
    [
        "{geen json",
        "[]",
        "3",
        {"lang": "nl"},
        {"id": "x", "lang": "de"},
        {"id": "x", "keys": ["a"]},
        {"id": "x", "evidence": [{"quote": "q"}]},
    ],
)
def test_a_malformed_case_is_named_by_its_line(tmp_path: Path, row: Any) -> None:
    with pytest.raises(CorpusError, match="line 2"):
        read_cases(write(tmp_path, {"id": "goed"}, row))


def test_an_id_stands_once(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"line 3.*twice"):
        read_cases(write(tmp_path, {"id": "a"}, {"id": "b"}, {"id": "a"}))


def test_an_empty_file_holds_no_cases(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no cases"):
        read_cases(write(tmp_path, "", ""))


def test_windows_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes(b'{"id": "a"}\r\n{"id": "b"}\r\n')
    assert [c.id for c in read_cases(path)] == ["a", "b"]


def test_a_case_does_not_change() -> None:
    with pytest.raises(ValueError):
        Case(id="a").id = "b"  # type: ignore[misc]
