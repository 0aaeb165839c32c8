"""A small set of cases over the small library of tests/conftest.py, of every kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evals.record import write_lines

WATERDAM = "proeftuin-waterdam-2020"


def _qa(name: str, nl: str, en: str, keys: list[list[str]], anchor: str) -> list[dict[str, Any]]:
    rest = {"type": "fact", "style": "natural", "keys": keys, "points": [anchor], "evidence": [{"source": WATERDAM, "anchor": anchor}]}
    return [{"id": f"{name}-nl", "lang": "nl", "question": nl} | rest, {"id": f"{name}-en", "lang": "en", "question": en} | rest]


QA = [
    *_qa("w-01", "Wat kostte de proeftuin met slimme lantaarnpalen?", "What did the trial with smart lampposts cost?",
         [["82.000", "82,000"]], "kostte 82.000 euro"),
    *_qa("w-02", "Wat ging er mis met de slimme lantaarnpalen?", "What went wrong with the smart lampposts?", [["inkoop", "purchasing"]],
         "afdeling inkoop pas in de negende maand"),
    *_qa("w-03", "Wat zei Noor Abspoel over inkoop?", "What did Noor Abspoel say about purchasing?", [["negende", "ninth"]],
         "Noor Abspoel strandde"),
    *_qa("w-04", "Hoe lang duurde de proeftuin in Waterdam?", "How long did the trial in Waterdam last?", [["veertien", "fourteen"]],
         "duurde\nveertien maanden"),
    *_qa("w-05", "half A4 Waterdam", "half A4 Waterdam", [["half A4"]], "zolang er een half A4"),
    *_qa("w-06", "klachten bewoners Zuiderkade", "klachten bewoners Zuiderkade", [["zesendertig"]], "Daardoor kwamen er zesendertig"),
]  # fmt: skip
UNANSWERABLE = [
    {"id": f"n-{i}", "lang": "nl", "kind": kind, "question": question, "why": "staat er niet"}
    for i, (kind, question) in enumerate(
        [
            ("out_of_domain", "Hoe bak ik een brood zonder gist?"),
            ("out_of_domain", "Hoe laat vertrekt de trein naar Parijs?"),
            ("near_miss", "Hoeveel lantaarnpalen gingen er later kapot door de storm?"),
            ("near_miss", "Welk salaris kreeg de projectleider voor dit werk?"),
            ("out_of_domain", "Wat is een goede naam voor een kat?"),
            ("chitchat", "hallo"),
        ]
    )
]
SITUATIONS = [
    {"id": "s-1", "lang": "nl", "barriers": ["risk-aversion"], "strategies": ["contain-risks", "experiment"],
     "situation": "Mijn directeur wil eerst garanties. Niemand durft een fout te maken en daarom beginnen we niet."},
    {"id": "s-2", "lang": "en", "barriers": ["silos"], "strategies": ["mission-driven", "cooperate-semi-public"],
     "situation": "Every department has its own plan and nobody talks to the people across the hall. We do everything twice."},
]  # fmt: skip
MULTITURN = [
    {"id": "m-1", "lang": "nl", "turns": ["Wat kostte de proeftuin in Waterdam?", "En hoe lang duurde die?"], "keys": [["veertien"]],
     "points": [], "evidence": [{"source": WATERDAM, "anchor": "duurde\nveertien maanden"}]},
]  # fmt: skip


def write_cases(folder: Path) -> Path:
    """Write the case files, half of the questions as dev, half as test."""
    folder.mkdir(parents=True, exist_ok=True)
    write_lines(folder / "qa.dev.jsonl", QA[:6])
    write_lines(folder / "qa.test.jsonl", QA[6:])
    write_lines(folder / "unanswerable.dev.jsonl", UNANSWERABLE)
    write_lines(folder / "situations.dev.jsonl", SITUATIONS)
    write_lines(folder / "multiturn.dev.jsonl", MULTITURN)
    return folder
