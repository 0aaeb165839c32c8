"""Small charts as SVG: no script, no colour needed to read them, and the figures themselves stand in a table beside them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from evals.metrics.abstention import Point
from evals.stats import Interval

WIDTH, HEIGHT, MARGIN = 560, 240, 44


def bar(now: Interval, before: float | None = None) -> str:
    """Return a line from 0 to 1 with the interval as a bar, the mean as a dot, and a tick at the earlier mean."""

    def x(value: float) -> float:
        return round(4 + 152 * min(max(value, 0.0), 1.0), 1)

    tick = f'<path class="before" d="M{x(before)} 2V18"/>' if before is not None else ""
    return (
        f'<svg class="bar" viewBox="0 0 160 20" width="160" height="20" aria-hidden="true"><path class="axis" d="M4 10H156"/>{tick}'
        f'<rect class="interval" x="{x(now.low)}" y="7" width="{max(1.0, x(now.high) - x(now.low)):.1f}" height="6" rx="3"/>'
        f'<circle class="dot" cx="{x(now.mean)}" cy="10" r="4"/></svg>'
    )


def errors(points: Sequence[Point], threshold: float | None) -> str:
    """Return both kinds of error over the threshold: false answers as a solid line, false refusals dashed."""
    low, high = points[0].threshold, points[-1].threshold

    def x(value: float) -> float:
        return MARGIN + (value - low) / ((high - low) or 1) * (WIDTH - 2 * MARGIN)

    def path(values: Sequence[float]) -> str:
        places = zip((p.threshold for p in points), values, strict=True)
        return "M" + " L".join(f"{x(t):.1f} {_y(v):.1f}" for t, v in places)

    marker = ""
    if threshold is not None and low <= threshold <= high:
        marker = f'<path class="before" d="M{x(threshold):.1f} {_y(1):.1f}V{_y(0):.1f}"/>'
        marker += f'<text x="{x(threshold) + 4:.1f}" y="{_y(1) + 12:.1f}">threshold {threshold:.2f}</text>'
    wrong, refused = [p.false_answers for p in points], [p.false_refusals for p in points]
    names = "".join(  # where the lines begin they are furthest apart
        f'<text x="{x(low) + 6:.1f}" y="{max(_y(at) - 9, 11):.1f}">{name}</text>'
        for at, name in ((wrong[0], "unanswerable, answered"), (refused[0], "answerable, refused"))
    )
    ticks = [(x(p.threshold), f"{p.threshold:.1f}") for p in points if abs(p.threshold * 5 - round(p.threshold * 5)) < 1e-6]
    body = f'{marker}<path class="solid" d="{path(wrong)}"/><path class="dashed" d="{path(refused)}"/>{names}'
    return _frame("Errors per confidence threshold", body, ticks, "confidence threshold")


def histogram(values: Sequence[float], bins: int = 20) -> str:
    """Return how many answers took how many milliseconds; the last bin holds the slowest percent and more."""
    ordered = sorted(values)
    most = ordered[min(len(ordered) - 1, math.ceil(0.99 * len(ordered)) - 1)] or 1.0
    counts = [0] * bins
    for value in ordered:
        counts[min(bins - 1, int(value / most * bins))] += 1
    step = (WIDTH - 2 * MARGIN) / bins
    top = max(counts)
    columns = [(MARGIN + i * step + 1, _y(n / top), _y(0) - _y(n / top)) for i, n in enumerate(counts)]
    body = "".join(f'<rect class="column" x="{x:.1f}" y="{y:.1f}" width="{step - 2:.1f}" height="{h:.1f}"/>' for x, y, h in columns)
    ticks = [(MARGIN + i / 4 * (WIDTH - 2 * MARGIN), f"{i / 4 * most:.0f}") for i in range(5)]
    return _frame("Answers by time taken", body, ticks, "milliseconds", f"{top}")


def _y(share: float) -> float:
    return HEIGHT - MARGIN + 8 - share * (HEIGHT - MARGIN - 8)


def _frame(title: str, body: str, ticks: Sequence[tuple[float, str]], axis: str, top: str = "100%") -> str:
    marks = "".join(f'<text x="{x:.1f}" y="{_y(0) + 16:.1f}" text-anchor="middle">{escape(text)}</text>' for x, text in ticks)
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}; the figures stand in the table below">'
        f'<path class="axis" d="M{MARGIN} {_y(1):.1f}V{_y(0):.1f}H{WIDTH - MARGIN}"/>{body}{marks}'
        f'<text x="{MARGIN - 6}" y="{_y(1) + 6:.1f}" text-anchor="end">{escape(top)}</text>'
        f'<text x="{MARGIN - 6}" y="{_y(0):.1f}" text-anchor="end">0</text>'
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 4}" text-anchor="middle">{escape(axis)}</text></svg>'
    )
