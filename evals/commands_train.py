"""`wijzer eval tune`, `adapt`, `translate` and `cards`: choose numbers on the development split, learn from the notes and situations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
import yaml

from assistant.service import Wijzer
from assistant.settings import load_settings
from evals.cases import read_cases
from ingest.index import Folders, open_index


def tune(
    questions: Annotated[list[Path], typer.Option(help="Answerable development cases (qa, multiturn).", exists=True)],
    unanswerable: Annotated[list[Path], typer.Option(help="Unanswerable development cases.", exists=True)],
    out: Annotated[Path, typer.Option(help="Where the new weights are written, to be read and copied by hand.")] = Path("weights.new.yaml"),
    search: Annotated[bool, typer.Option(help="Tune the search too, not only the confidence.")] = True,
) -> None:
    """Choose weights and thresholds on the development split."""
    from evals.tune import tune_confidence, tune_search

    if any("test" in f.name or "check" in f.name for f in [*questions, *unanswerable]):
        raise typer.BadParameter("the test split and the check set are not for tuning")
    wijzer = Wijzer(load_settings())
    answerable = [read_cases(f) for f in questions]
    weights = dict(wijzer.tools.weights)
    if search:
        weights = tune_search(wijzer, [c for cases in answerable for c in cases if not c.turns and c.keys], typer.echo)
        wijzer = Wijzer(load_settings(), wijzer.embedder, weights)
    weights |= tune_confidence(wijzer, answerable, [read_cases(f) for f in unanswerable], typer.echo)
    out.write_text(yaml.safe_dump(weights, sort_keys=False))
    typer.echo(f"written to {out}")


def adapt(
    out: Annotated[Path, typer.Option(help="File for the adapter.")] = Path("adapter.npz"),
    steps: Annotated[int, typer.Option(min=1)] = 900,
    dimension: Annotated[int, typer.Option(min=8)] = 128,
    seed: Annotated[int, typer.Option()] = 1,
) -> None:
    """Adapt the embedded encoder on the notes; put the file at corpus/adapter.npz to use it, then ingest."""
    from evals.adapt import adapt as train

    settings = load_settings()
    cache = Folders(settings.data).cache
    index = open_index(settings.data, None, settings.chroma)  # the notes in it matter, not the vectors
    train(index, settings.corpus / "glossary.yaml", settings.embedding_model, cache, out, steps, dimension, seed, typer.echo)


def translate(out: Annotated[Path, typer.Option(help="File for the table.")] = Path("translations.json")) -> None:
    """Learn from the notes which words translate which; put the file at corpus/translations.json to use it."""
    from evals.translate import translations

    settings = load_settings()
    index = open_index(settings.data, None, settings.chroma)
    translations(index, settings.corpus / "glossary.yaml", out, typer.echo)


def cards() -> None:
    """Say how well the cards of an advice fit, in folds over the situations that readers judged."""
    from assistant.advise.build import EXAMPLES, embedded
    from assistant.advise.knowledge import load_knowledge
    from evals.cards import report, shown_cards

    settings = load_settings()
    embedder = Wijzer(settings).embedder
    knowledge = load_knowledge(settings.corpus / "frameworks")
    for line in report(shown_cards(knowledge, lambda texts: embedded(settings, embedder, texts), dict(EXAMPLES))):
        typer.echo(line)
