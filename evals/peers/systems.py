"""The systems that are measured, the environments of those that are not ours, and running one of them."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.record import ROOT
from ingest.errors import WijzerError

HERE = Path(__file__).parent
OFFLINE = {  # nothing is fetched and nobody is told
    "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false", "ANONYMIZED_TELEMETRY": "False",
    "HAYSTACK_TELEMETRY_ENABLED": "False", "LANGSMITH_TRACING": "false", "PYTHONWARNINGS": "ignore",
}  # fmt: skip


@dataclass(frozen=True)
class Peer:
    """A system: the module that runs it, its `variant`, and the lock file of its environment; ours has none."""

    name: str
    label: str
    module: str
    variant: str = ""
    lock: str = ""


PEERS = (
    Peer("langchain", "LangChain: Chroma", "evals.peers.langchain_peer", lock="langchain.lock"),
    Peer("llamaindex", "LlamaIndex: VectorStoreIndex", "evals.peers.llamaindex_peer", lock="llamaindex.lock"),
    Peer("haystack", "Haystack: dense", "evals.peers.haystack_peer", "dense", "haystack.lock"),
    Peer("haystack-hybrid", "Haystack: BM25 + dense", "evals.peers.haystack_peer", "hybrid", "haystack.lock"),
    Peer("ours-bare", "ours, no notes, no adapter", "evals.peers.ours_peer", "bare"),
    Peer("ours-no-notes", "ours, no notes", "evals.peers.ours_peer", "no-notes"),
    Peer("ours", "ours, with notes", "evals.peers.ours_peer", "notes"),
)


def environment(lock: Path, folder: Path, say: Callable[[str], None]) -> Path:
    """Return the Python of an environment with the packages of a lock file, made anew when the lock changed.

    Raises WijzerError when it cannot be made: this needs a checkout, `sh`, and a package index.
    """
    python, stamp = folder / "bin" / "python", folder / "lock.sha256"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return python
    script = ROOT / "scripts" / "packages.sh"
    if not script.exists():
        raise WijzerError("The peers are measured from a checkout.", "Clone the repository and run `make peers` there.")
    say(f"Making {folder} from {lock.name}; this takes some minutes.")
    for command in ([sys.executable, "-m", "venv", "--clear", str(folder)], ["sh", str(script), str(folder), str(lock)]):
        done = subprocess.run(command, cwd=ROOT, env=os.environ | {"WIJZER_TORCH": "cpu"}, capture_output=True, text=True, check=False)
        if done.returncode:
            raise WijzerError(f"{folder} could not be made: {last_line(done.stderr)}", "Check the network, then run it again.")
    stamp.write_text(wanted)
    return python


def run(peer: Peer, python: Path, job: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Run one system in a process of its own; job and outcome stay in `folder`. Raises WijzerError with its last words."""
    folder.mkdir(parents=True, exist_ok=True)
    asked, outcome = folder / "job.json", folder / "outcome.json"
    outcome.unlink(missing_ok=True)
    asked.write_text(json.dumps(job | {"variant": peer.variant}, ensure_ascii=False), "utf-8")
    told = {name: value for name, value in os.environ.items() if not peer.lock or not name.startswith(("PYTHON", "WIJZER_"))}
    command = [str(python), "-m", peer.module, str(asked), str(outcome)]
    done = subprocess.run(command, cwd=ROOT, env=told | OFFLINE | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False)
    if done.returncode or not outcome.exists():
        raise WijzerError(f"{peer.label} stopped: {last_line(done.stderr)}", f"See {' '.join(command)}")
    made: dict[str, Any] = json.loads(outcome.read_text("utf-8"))
    return made


def last_line(text: str) -> str:
    """Return the last line that says something."""
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "it said nothing")
