"""A run folder: what was asked, what came back, how it scored, and with what it was made."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import platform
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.prompts import load_prompts
from assistant.service import Wijzer
from evals.cases import Case

PACKAGES = ("torch", "sentence-transformers", "chromadb", "langchain", "fastapi", "pypdf", "numpy", "scikit-learn")
# What decides on an answer: the code of the product with its data files.
CODE = ("ingest/**/*.py", "assistant/**/*.py", "assistant/**/*.yaml", "prompts/*.md")
ROOT = Path(__file__).resolve().parent.parent


def write_lines(file: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object per line, aside first, so that a crash leaves the old file or the new one."""
    aside = file.with_name(file.name + ".new")
    aside.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    aside.replace(file)


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
        try:
            done = subprocess.run(["git", *words], capture_output=True, text=True, cwd=ROOT, check=False)
        except FileNotFoundError:  # an installation without git
            return ""
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
        "code": code_hash(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "packages": versions,
    }


def code_hash(root: Path = ROOT) -> str:
    """Return a hash over the files that decide on an answer; also tells two uncommitted states apart."""
    total = hashlib.sha256()
    for file in sorted(f for pattern in CODE for f in root.glob(pattern) if f.is_file()):
        total.update(f"{file.relative_to(root)}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()[:16]


def case_hash(case: Case) -> str:
    """Return a short hash of what a case asks and expects; its split does not count."""
    content = case.model_dump(exclude={"split"}, exclude_defaults=True)
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:8]


def served(wijzer: Wijzer) -> dict[str, Any]:
    """Return what a service answers with: index, documents (and whether their text is here), weights, prompts, model."""
    store = wijzer.tools.index.store
    documents = {d.source.id: d.present for d in map(store.document, store.sources()) if d}
    return {
        "index": wijzer.ready()["index"],
        "documents": documents,
        "embedding": wijzer.embedder.fingerprint,
        "model": wijzer.settings.model,
        "steps": [step.__name__ for step in wijzer.steps],
        "weights": dict(wijzer.tools.weights),
        "prompts": {name: prompt.sha256 for name, prompt in load_prompts(wijzer.settings.prompts).items()},
    }


def cases_hash(cases: Sequence[Case]) -> str:
    """Return one hash for a list of cases, in order."""
    return hashlib.sha256("".join(f"{c.id}{case_hash(c)}" for c in cases).encode()).hexdigest()[:16]
