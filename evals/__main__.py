"""`wijzer eval`: run cases, compare runs, show a run, and stop a build that got worse. A list of commands, no more."""

from __future__ import annotations

import typer

from evals import commands_bench, commands_judge, commands_peers, commands_report, commands_run, commands_share, commands_train, feedback

app = typer.Typer(help="Evaluate: run cases, compare runs, report.", no_args_is_help=True)
COMMANDS = (
    commands_run.run, commands_run.suite, commands_run.score, commands_judge.gate, commands_judge.baseline, commands_report.report,
    commands_share.judge, commands_share.export, commands_bench.bench, commands_peers.peers,
    commands_train.tune, commands_train.adapt, commands_train.translate, commands_train.cards,
)  # fmt: skip
for command in COMMANDS:
    app.command()(command)
app.command("import-feedback")(feedback.import_feedback)
app.command("compare")(commands_judge.compare_runs)


if __name__ == "__main__":
    app()
