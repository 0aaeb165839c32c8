"""`wijzer eval`: run cases, compare runs, show a run, and stop a build that got worse. A list of commands, no more."""

from __future__ import annotations

import typer

from evals import commands_bench, commands_run, commands_train, feedback

app = typer.Typer(help="Evaluate: run cases, compare runs, report.", no_args_is_help=True)
for command in (commands_run.run, commands_run.suite, commands_run.score, commands_train.tune, commands_train.adapt, commands_bench.bench):
    app.command()(command)
app.command("import-feedback")(feedback.import_feedback)


if __name__ == "__main__":
    app()
