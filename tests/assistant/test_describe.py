from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from assistant import cli, describe, library
from assistant.messages import message
from ingest.index import open_index
from ingest.sync import Report
from tests.assistant.conftest import Small

ROOT = Path(__file__).resolve().parents[2]
PAGE = "<title>Fietsen in Sluisveld</title><p>De gemeente telt elk jaar alle fietsen op het plein en schrijft dat in een boek.</p>"


class Asked:
    """Types the answers given, in order, and then takes every default; remembers the questions."""

    def __init__(self, *answers: str) -> None:
        self.answers, self.questions, self.defaults = list(answers), list[str](), list[str]()

    def __call__(self, question: str, default: str) -> str:
        self.questions.append(question)
        self.defaults.append(default)
        return (self.answers.pop(0) if self.answers else "") or default


def page(folder: Path, name: str = "fietsen_2019.html", text: str = PAGE) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return folder / name


def test_enter_takes_what_the_file_says_of_itself(small: Small, tmp_path: Path) -> None:
    asked = Asked()
    records = describe.describe(small.settings, [page(tmp_path / "mijn")], asked, "nl")
    told = {"title": "Fietsen in Sluisveld", "author": "", "year": 2019, "kind": "document", "language": "nl"}
    assert records == {Path("fietsen_2019.html"): told}
    assert asked.defaults == ["Fietsen in Sluisveld", "", "2019", "document", "nl"]
    assert asked.questions[0].startswith("fietsen_2019.html: wat is dit") and asked.questions[1] == message("describe_author", "nl")


def test_an_english_document_is_taken_for_one_and_questions_can_be_english(small: Small, tmp_path: Path) -> None:
    file = page(
        tmp_path / "mine", text="<p>The municipality counts all the bicycles on the square every year, and writes that in a book.</p>"
    )
    asked = Asked()
    assert describe.describe(small.settings, [file], asked, "en")[Path(file.name)]["language"] == "en"
    assert "what is this document?" in asked.questions[0] and asked.questions[2] == "Year (four digits)"


def test_what_cannot_be_is_asked_again_and_a_dash_is_nothing(small: Small, tmp_path: Path) -> None:
    asked = Asked("-", "  Een\tboek ", "N. Abspoel", "vorig jaar", "-", "rapport", "duits", "en")
    records = describe.describe(small.settings, [page(tmp_path / "mijn")], asked, "nl")
    assert list(records.values()) == [{"title": "Een boek", "author": "N. Abspoel", "year": None, "kind": "rapport", "language": "en"}]


def test_the_answers_are_kept_asked_once_and_stand_in_an_index_made_anew(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "SentenceTransformerEmbedder", lambda *_: small.embedder)
    monkeypatch.setattr(library, "fingerprint", lambda *_: small.embedder.fingerprint)
    monkeypatch.setattr(library, "warm", lambda *_: None)
    file = page(tmp_path / "mijn")
    records = describe.describe(small.settings, [file], Asked("Het boek", "", "-", "rapport"), "nl")
    for rebuild in (False, True):
        library.ingest(small.settings, rebuild=rebuild, paths=[file], records=records if not rebuild else None)
        index = open_index(small.settings.data, small.embedder.fingerprint)
        source = index.store.source("fietsen-2019")
        index.close()
        assert source and (source.title, source.author, source.year, source.kind) == ("Het boek", "", None, "rapport")
    assert describe.describe(small.settings, [file], Asked(), "nl") == {}
    kept = yaml.safe_load((small.settings.data / "added" / "fietsen_2019.source.yaml").read_text("utf-8"))
    assert kept == records[Path("fietsen_2019.html")]


def test_who_has_a_record_or_cannot_be_read_is_not_asked_about(small: Small, tmp_path: Path) -> None:
    folder = tmp_path / "mijn"
    page(folder, "a.html")
    (folder / "a.source.yaml").write_text("title: Zelf gezegd")
    (small.settings.corpus / "ons").mkdir()
    (small.settings.corpus / "ons" / "source.yaml").write_text("{id: ons, title: t, author: a, filename: Ons stuk.txt}")
    for name in ("ons.md", "Ons stuk.txt", "foto.bmp", "kapot.pdf"):
        (folder / name).write_text("# Iets\n\nEen zin.")
    asked = Asked()
    assert describe.describe(small.settings, [folder, tmp_path / "weg.txt"], asked, "nl") == {} and not asked.questions


@pytest.mark.parametrize(("answer", "asked_about"), [("", 0), ("n", 0), ("j", 6), (" Yes", 6)])
def test_many_at_once_are_gone_through_when_one_wants_to(small: Small, tmp_path: Path, answer: str, asked_about: int) -> None:
    for number in range(6):
        page(tmp_path / "mijn", f"stuk{number}.html")
    asked = Asked(answer)
    records = describe.describe(small.settings, [tmp_path / "mijn"], asked, "nl")
    assert asked.questions[0].startswith("6 nieuwe documenten") and len(records) == asked_about


@pytest.mark.parametrize("options", [[], ["--yes"], ["--dry-run"]])
def test_the_command_asks_on_a_terminal_only(
    small: Small, tmp_path: Path, clean_environment: pytest.MonkeyPatch, options: list[str]
) -> None:
    """CliRunner is no terminal; with --yes and --dry-run a terminal makes no difference."""
    got: list[object] = []
    clean_environment.setattr(cli, "load_settings", lambda: small.settings)
    clean_environment.setattr(library, "ingest", lambda *values: got.append(values[-1]) or Report())
    if options:
        clean_environment.setattr(describe, "sys", type("Terminal", (), {"stdin": Tty(), "stderr": Tty()}))
    result = CliRunner().invoke(cli.app, ["ingest", str(page(tmp_path / "mijn")), *options], input="Nee\n" * 9)
    assert result.exit_code == 0 and got == [{}]


class Tty:
    def isatty(self) -> bool:
        return True


def test_a_real_terminal(small: Small, tmp_path: Path) -> None:
    """Typed on a pseudo-terminal: one answer, then Enter; the result on standard output stays JSON."""
    script = (
        "import json, sys\nfrom pathlib import Path\nfrom assistant.describe import asked_here\nfrom assistant.settings import Settings\n"
        f"s = Settings(corpus=Path({str(small.settings.corpus)!r}), data=Path({str(small.settings.data)!r}))\n"
        "print(json.dumps(list(asked_here(s, [Path(sys.argv[1])], 'en').values())))"
    )
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", script, str(page(tmp_path / "mijn"))]
    with subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, cwd=ROOT, text=True) as process:
        os.close(theirs)
        for line in ("Another title", "", "", "", ""):
            shown = ""
            while not shown.rstrip().endswith(":"):  # a question has been asked
                assert select.select([ours], [], [], 60)[0], shown
                shown += os.read(ours, 4096).decode()
            os.write(ours, (line + "\n").encode())
        out = process.communicate(timeout=60)[0]
    os.close(ours)
    told = {"title": "Another title", "author": "", "year": 2019, "kind": "document", "language": "nl"}
    assert json.loads(out) == [told]
