"""A run folder: what was asked, what came back, how it scored, and with what it was made."""

from __future__ import annotations

import importlib.metadata
import json
import platform
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

PACKAGES = ("torch", "sentence-transformers", "chromadb", "langchain", "fastapi", "pypdf")


def write_lines(file: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object per line."""
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def read_lines(file: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSON lines file; a last line cut off by a crash is left out."""
    rows: list[dict[str, Any]] = []
    for line in file.read_text("utf-8").split("\n") if file.exists() else []:
        try:
            rows.append(json.loads(line))
        except ValueError:
            continue
    return rows


def environment() -> dict[str, Any]:
    """Return commit, dirty flag, versions: what a figure can be traced with."""

    def git(*words: str) -> str:
        done = subprocess.run(["git", *words], capture_output=True, text=True, cwd=Path(__file__).parent, check=False)
        return done.stdout.strip() if done.returncode == 0 else ""

    versions = {}
    for name in PACKAGES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            versions[name] = "absent"
    return {
        "commit": git("rev-parse", "HEAD"),
        "dirty": bool(git("status", "--porcelain")),
        "python": platform.python_version(),
        "packages": versions,
    }
