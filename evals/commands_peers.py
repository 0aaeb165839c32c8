"""`wijzer eval peers`: other frameworks beside the product, on the same documents and questions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from assistant.settings import load_settings

Names = Annotated[list[str] | None, typer.Option("--only", help="Only this system; may be repeated.")]


def peers(
    out: Annotated[Path, typer.Option(help="Folder for jobs and outcomes.")] = Path("runs/peers"),
    only: Names = None,
    source: Annotated[Path | None, typer.Option("--from", help="Make the table from an earlier folder, without measuring.")] = None,
    split: Annotated[str, typer.Option(help="test, dev, or all: of which questions the table is.")] = "test",
    limit: Annotated[int, typer.Option(min=0, help="Only the first N questions of each split; 0 = all.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the rows as JSON.")] = False,
) -> None:
    """Measure LangChain, LlamaIndex, Haystack and the product on the same questions (evals/peers/README.md)."""
    from evals.peers.bench import measure, render
    from evals.peers.systems import PEERS

    names = [peer.name for peer in PEERS]
    for name in only or ():
        if name not in names:
            raise typer.BadParameter(f"choose from {', '.join(names)}", param_hint="--only")
    if split not in {"test", "dev", "all"}:
        raise typer.BadParameter("test, dev or all", param_hint="--split")
    if source is None:
        chosen = [peer for peer in PEERS if not only or peer.name in only]
        measure(load_settings(), out, chosen, limit, lambda text: typer.echo(text, err=True))
    table, rows = render(source or out, "" if split == "all" else split)
    (source or out).joinpath(f"table-{split}.json").write_text(json.dumps(rows, indent=1))
    typer.echo(json.dumps(rows) if as_json else table)
