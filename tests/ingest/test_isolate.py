import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.isolate import read_isolated
from ingest.readers import read
from tests.ingest.conftest import ROOT


def test_the_reading_is_the_same_as_without_isolation(make_pdf: Callable[..., Path], tmp_path: Path) -> None:
    pdf = make_pdf(["1 Inleiding", "Een regel met tekst die lang genoeg is om niet voor een scan te gelden."])
    (tmp_path / "a.md").write_text("# Kop\n\nTekst.")
    (tmp_path / "a.txt").write_text("Tekst.")
    for path in (pdf, tmp_path / "a.md", tmp_path / "a.txt"):
        assert read_isolated(path) == read(path)


def test_the_reason_and_remedy_come_back(tmp_path: Path) -> None:
    (tmp_path / "leeg.html").write_text("<p></p>")
    with pytest.raises(ReadError, match="no text was found") as caught:
        read_isolated(tmp_path / "leeg.html")
    assert "OCR" in caught.value.help


def test_whatever_a_parser_raises_is_a_read_error(tmp_path: Path) -> None:
    (tmp_path / "geen.pdf").write_bytes(b"dit is geen pdf")
    with pytest.raises(ReadError, match="damaged or not what its name says"):
        read_isolated(tmp_path / "geen.pdf")


def test_time_is_limited_and_no_process_stays_behind(tmp_path: Path) -> None:
    (tmp_path / "traag.html").write_text("<p>x" * 400_000)
    began = time.perf_counter()
    with pytest.raises(ReadError, match="longer than"):
        read_isolated(tmp_path / "traag.html", seconds=0.05)
    assert time.perf_counter() - began < 30
    assert multiprocessing.active_children() == []


def test_memory_is_limited(tmp_path: Path) -> None:
    (tmp_path / "groot.html").write_text("<p>" + "woord " * 1_000_000)
    with pytest.raises(ReadError, match="memory"):
        read_isolated(tmp_path / "groot.html", memory=64 << 20)


def test_a_child_loads_the_readers_and_not_the_program(tmp_path: Path) -> None:
    """A program that takes long to load, as ours does with its models, would do so again for each file."""
    (tmp_path / "a.txt").write_text("Tekst.")
    script = tmp_path / "programma.py"
    script.write_text(
        "from pathlib import Path\nfrom ingest.isolate import read_isolated\nprint('loaded', flush=True)\n"
        "if __name__ == '__main__':\n    for _ in range(2):\n        print(read_isolated(Path('a.txt')).blocks[0].text)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["loaded", "Tekst.", "Tekst."]
