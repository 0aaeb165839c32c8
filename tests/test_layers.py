"""The shape of the project: imports go one way, one module per outside library, modules stay short."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ("ingest", "assistant", "evals")
MODULES = [path for layer in LAYERS for path in sorted((ROOT / layer).rglob("*.py"))]


def imported(path: Path) -> set[str]:
    """Full names of the modules a file imports, wherever in the file; relative ones made absolute."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = path.relative_to(ROOT).parts[: -node.level] if node.level else ()
            names.add(".".join([*package, *([node.module] if node.module else [])]))
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in {"import_module", "__import__"}:
            names.update(arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant) and isinstance(arg.value, str))
    return names


def tops(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imported(path)}


def test_there_are_modules_to_look_at() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in MODULES} == set(LAYERS)


@pytest.mark.parametrize(("layer", "above"), [("ingest", {"assistant", "evals"}), ("assistant", {"evals"})])
def test_imports_go_one_way(layer: str, above: set[str]) -> None:
    assert [str(path.relative_to(ROOT)) for path in MODULES if path.is_relative_to(ROOT / layer) and tops(path) & above] == []


def test_the_program_does_not_import_its_tests() -> None:
    assert [str(path) for path in MODULES if tops(path) & {"tests", "pytest"}] == []


@pytest.mark.parametrize("library", ["pypdf", "sentence_transformers", "chromadb", "docx", "sklearn.metrics", "sklearn.feature_extraction"])
def test_an_outside_library_is_known_to_one_module(library: str) -> None:
    assert len([path for path in MODULES if any(f"{name}.".startswith(f"{library}.") for name in imported(path))]) == 1


@pytest.mark.parametrize("folder", ["prompts", "corpus"])
def test_prompts_and_corpus_hold_no_code(folder: str) -> None:
    assert (ROOT / folder).is_dir() and list((ROOT / folder).rglob("*.py")) == []


def test_modules_are_short() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: lines for name, lines in lengths.items() if lines >= 300} == {}


def test_every_module_says_what_it_is_for() -> None:
    assert [
        str(p.relative_to(ROOT)) for p in MODULES if p.read_text("utf-8").strip() and not ast.get_docstring(ast.parse(p.read_text("utf-8")))
    ] == []


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("import a.b", {"a.b"}),
        ("from a.b import c", {"a.b"}),
        ("def f():\n    import a", {"a"}),
        ("import importlib\nimportlib.import_module('a')", {"importlib", "a"}),
    ],
)
def test_imports_are_seen(tmp_path: Path, code: str, names: set[str]) -> None:
    (tmp_path / "x.py").write_text(code)
    assert imported(tmp_path / "x.py") == names
