"""Prompts are checked when they are loaded."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from assistant.prompts import load_prompt, load_prompts
from assistant.settings import load_settings
from ingest.errors import CorpusError


def written(folder: Path, text: str) -> Path:
    (folder / "proef.md").write_text(text, "utf-8")
    return folder


def test_the_projects_prompts_load() -> None:
    prompts = load_prompts(load_settings().prompts)
    assert "notes" in prompts and "README" not in prompts
    assert all(p.version >= 1 and len(p.sha256) == 64 for p in prompts.values())


def test_render_fills_in_once(tmp_path: Path) -> None:
    prompt = load_prompt(written(tmp_path, "---\nversion: 2\nvariables: [a, b]\n---\n{{a}} en {{ b }} en {x}\n"), "proef")
    assert prompt.render(a="{{b}}", b="\\1") == "{{b}} en \\1 en {x}\n"
    assert prompt.version == 2
    assert prompt.sha256 == hashlib.sha256((tmp_path / "proef.md").read_bytes()).hexdigest()


@pytest.mark.parametrize("values", [{"a": "1"}, {"a": "1", "b": "2", "c": "3"}])
def test_render_wants_exactly_its_variables(tmp_path: Path, values: dict[str, str]) -> None:
    prompt = load_prompt(written(tmp_path, "---\nversion: 1\nvariables: [a, b]\n---\n{{a}}{{b}}"), "proef")
    with pytest.raises(CorpusError):
        prompt.render(**values)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("geen kop", "header"),
        ("---\nversion: 1\n---\nx", "header"),
        ("---\nversion: 1\nvariables: []\nmodel: x\n---\nx", "header"),
        ("---\nversion: een\nvariables: []\n---\nx", "whole number"),
        ("---\nversion: 1\nvariables: a\n---\n{{a}}", "list"),
        ("---\nversion: [\n---\nx", "cannot be read"),
        ("---\nversion: 1\nvariables: []\n---\n{{a}}", r"unknown variables \['a'\]"),
        ("---\nversion: 1\nvariables: [a]\n---\nx", r"missing variables \['a'\]"),
    ],
)
def test_a_broken_prompt_is_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(CorpusError, match=words):
        load_prompt(written(tmp_path, text), "proef")


def test_an_absent_prompt(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="cannot be read"):
        load_prompt(tmp_path, "nergens")
