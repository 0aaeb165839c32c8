from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from assistant.settings import Settings
from evals.bench import HashedEmbedder, Writer, bench
from evals.commands_bench import COLUMNS, table


def test_documents_are_the_same_on_every_run(tmp_path: Path) -> None:
    asked = [Writer().documents(tmp_path / name, 250, 20) for name in ("a", "b")]
    files = [{f.name: f.read_text() for f in (tmp_path / name).iterdir()} for name in ("a", "b")]
    assert asked[0] == asked[1] and len(asked[0]) == 20 and files[0] == files[1] and len(files[0]) == 6


def test_texts_that_share_words_are_near() -> None:
    one, same, other = HashedEmbedder().queries(["bakola over fagoti", "Fagoti bakola", "ladema nakoni"])
    assert one @ same > 0.8 > 0.3 > one @ other and np.linalg.norm(one) == pytest.approx(1, abs=1e-5)


def test_a_small_size_is_measured_whole(tmp_path: Path) -> None:
    row = bench(Settings(), 60, tmp_path / "bench", questions=20)
    assert row["passages"] == 60 and row["size"] == 60
    assert all(row[name] > 0 for name in ("ingest_s", "ingest_cpu_s", "open_s", "search_p95", "answer_p95", "disk_mib", "serve_mib"))
    console = Console(width=200, record=True)
    console.print(table([row, row], "hashed"))
    shown = console.export_text()
    assert "search 1.0x" in shown and all(name in shown for name, _ in COLUMNS)
