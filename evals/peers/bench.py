"""Measure every system on the same documents and questions; keep what came back, and make the table from what is kept."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from evals.cases import Case, read_cases
from evals.peers.systems import HERE, PEERS, Peer, environment, run
from evals.peers.table import markdown, row
from evals.record import environment as made_with
from evals.record import write_lines
from evals.suite import suite_cases
from ingest.embed import EMBEDDED, model_folder
from ingest.errors import WijzerError

K = 10


def job(settings: Settings, cases: Sequence[Case]) -> dict[str, Any]:
    """Return what every system is given. Raises WijzerError when no known document is there as text."""
    known = {record.parent.name for record in settings.corpus.glob("*/source.yaml")}
    files = sorted(f for folder in settings.document_folders for f in folder.glob("*.txt") if f.stem in known)
    if not files:
        raise WijzerError("There are no documents to measure on.", "Set WIJZER_DOCUMENTS to the folder with the texts.")
    return {
        "documents": [{"id": file.stem, "path": str(file.resolve())} for file in files],
        "model": str(model_folder(EMBEDDED)),
        "questions": [{"id": case.id, "text": case.asked} for case in cases],
        "k": K,
    }


def measure(settings: Settings, out: Path, peers: Sequence[Peer], limit: int, say: Callable[[str], None]) -> None:
    """Run the systems one after the other into `out`; one that fails leaves `failed.txt` and the others go on."""
    cases = suite_cases(limit=limit)["qa"]
    given = job(settings, cases)
    out.mkdir(parents=True, exist_ok=True)
    write_lines(out / "cases.jsonl", (case.model_dump() for case in cases))
    (out / "config.json").write_text(json.dumps(made_with() | {"documents": [d["id"] for d in given["documents"]]}, indent=1))
    for peer in peers:
        folder = out / peer.name
        folder.mkdir(exist_ok=True)
        (folder / "failed.txt").unlink(missing_ok=True)
        try:
            lock = HERE / peer.lock
            python = environment(lock, settings.data / "peers" / lock.stem, say) if peer.lock else Path(sys.executable)
            say(f"{peer.label} ...")
            run(peer, python, given, folder)
        except WijzerError as error:
            say(f"{error}")
            (folder / "failed.txt").write_text(str(error))


def render(out: Path, split: str = "") -> tuple[str, dict[str, Any]]:
    """Return the table of what lies in `out` and its rows by system, of one split or of all. Raises WijzerError for nothing."""
    if not (out / "cases.jsonl").exists():
        raise WijzerError(f"{out} holds no measured peers.", "Run `make peers`, which takes some ten minutes.")
    cases = [c for c in read_cases(out / "cases.jsonl") if split in ("", c.split)]
    rows: dict[str, Any] = {}
    versions: dict[str, str] = {}
    for peer in PEERS:
        outcome, failed = out / peer.name / "outcome.json", out / peer.name / "failed.txt"
        if failed.exists():
            rows[peer.label] = failed.read_text()
        elif outcome.exists():
            made = json.loads(outcome.read_text("utf-8"))
            if {case.id for case in cases} - {answer["id"] for answer in made["answers"]}:
                rows[peer.label] = f"measured on other questions: run `wijzer eval peers --only {peer.name}`"
                continue
            rows[peer.label] = row(cases, made)
            versions |= made["versions"] if peer.lock else {}
    shown = ", ".join(f"{name} {version}" for name, version in versions.items())
    return f"{markdown(rows, cases)} Split: {split or 'all'}. Versions: {shown}.", rows
