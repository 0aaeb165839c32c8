"""From the drawing operators of a PDF page to words with their place on the paper, and what is hidden among them.

Knows the PDF drawing model (ISO 32000-1, chapters 8 and 9) but no PDF library: `pdf` hands over operators and fonts.
Coordinates are points with the origin at the bottom left of the page as it is shown.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from ingest.drawing import Matrix, decoded, multiply, rgb

MOST_FORMS = 500  # drawn on one page, one within another counted apart
MOST_SHAPES = 20_000
_DEEPEST = 12
_SAME_WORD = 0.15  # a wider gap, in parts of the letter size, separates words
_SMALLEST = 1.6  # points; smaller letters cannot be read on paper
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_COLOURS = {b"g": 1, b"rg": 3, b"k": 4}
_NUMBERS = {b"Tc": "spacing", b"Tw": "word_spacing", b"TL": "leading", b"Ts": "rise"}
_PAINTS = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"}
_STROKES = {b"S", b"s", b"B", b"B*", b"b", b"b*"}

Operations = Iterable[tuple[Any, Any]]
Form = tuple[Operations, dict[str, Any], Callable[[str], Any], Matrix]


class Word(NamedTuple):
    """Letters without a blank between them: from `x0` to `x1` on the line at `y`, `size` points high.

    `spaced`: a blank was drawn before it. `hidden` says how a reader is kept from seeing it, or is empty. `artifact`:
    the file itself marks it as a running head or foot.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    spaced: bool = False
    hidden: str = ""
    artifact: bool = False


class Rule(NamedTuple):
    """A horizontal line."""

    x0: float
    x1: float
    y: float


class _Shape(NamedTuple):
    x0: float
    y0: float
    x1: float
    y1: float
    colour: tuple[float, ...] | None  # red, green, blue from 0 to 1; None: a picture or a pattern


@dataclass
class _State:
    """The part of the graphics state that matters for text."""

    matrix: Matrix
    font: Any = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    colour: tuple[float, ...] | None = (0.0, 0.0, 0.0)


@dataclass
class Drawing:
    """What was found on a page."""

    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


def draw(operations: Operations, fonts: dict[str, Any], form: Callable[[str], Any], matrix: Matrix, size: tuple[float, float]) -> Drawing:
    """Return the words and lines of a page of `size` (width, height).

    `fonts` are by name, each with `encoding`, `character_map`, `space_char`, `space_width` and `get_text_width`.
    `form(name)` gives "image", None, or the operators, fonts, form function and matrix of a drawing inside the page.
    """
    pen = _Pen(size)
    pen.run(operations, fonts, form, _State(matrix), 0)
    pen.flush()
    return pen.drawing


class _Pen:
    def __init__(self, size: tuple[float, float]) -> None:
        self.drawing = Drawing()
        self._size = size
        self._shapes: list[_Shape] = []
        self._forms = 0
        self._path: list[_Shape] = []
        self._point = (0.0, 0.0)
        self._word: list[Any] | None = None  # text, x0, x1, y, size, bold, spaced, hidden
        self._spaced = False
        self._artifacts: list[bool] = []

    def run(self, operations: Operations, fonts: dict[str, Any], form: Callable[[str], Any], state: _State, depth: int) -> None:
        stack: list[_State] = []
        line: Matrix = _IDENTITY
        text: Matrix = _IDENTITY
        for operands, operator in operations:
            try:
                if operator in (b"Tj", b"TJ", b"'", b'"'):
                    if operator in (b"'", b'"'):
                        if operator == b'"':
                            state.word_spacing, state.spacing = float(operands[0]), float(operands[1])
                        line = text = multiply((1, 0, 0, 1, 0, -state.leading), line)
                    shown = operands[-1] if operator != b"TJ" else operands[0]
                    text = self._show(shown if isinstance(shown, list) else [shown], state, text)
                elif operator == b"BT":
                    line = text = _IDENTITY
                elif operator in (b"Td", b"TD"):
                    if operator == b"TD":
                        state.leading = -float(operands[1])
                    line = text = multiply((1, 0, 0, 1, float(operands[0]), float(operands[1])), line)
                elif operator == b"Tm":
                    line = text = tuple(float(v) for v in operands[:6])
                elif operator == b"T*":
                    line = text = multiply((1, 0, 0, 1, 0, -state.leading), line)
                elif operator == b"Tf":
                    state.font, state.size = fonts.get(operands[0]), float(operands[1])
                elif operator == b"q":
                    if len(stack) < 500:
                        stack.append(replace(state))
                elif operator == b"Q":
                    state = stack.pop() if stack else state
                elif operator == b"cm":
                    state.matrix = multiply(tuple(float(v) for v in operands[:6]), state.matrix)
                elif operator == b"Do":
                    self._draw_form(form(operands[0]), state, depth)
                elif operator == b"INLINE IMAGE":
                    self._picture(state.matrix)
                elif operator in (b"BMC", b"BDC"):
                    self._artifacts.append(operands[0] == "/Artifact")
                elif operator == b"EMC":
                    self._artifacts.pop()
                else:
                    self._set(operator, operands, state)
            except (IndexError, TypeError, ValueError, KeyError, AttributeError, OverflowError):
                continue  # a malformed operator says nothing; the rest of the page may

    def _set(self, operator: bytes, operands: Sequence[Any], state: _State) -> None:
        """Set a value of the state, or add to the path and paint it."""
        if operator in _NUMBERS:
            setattr(state, _NUMBERS[operator], float(operands[0]))
        elif operator == b"Tz":
            state.stretch = float(operands[0]) / 100
        elif operator == b"Tr":
            state.mode = int(operands[0])
        elif operator in _COLOURS:
            state.colour = rgb([float(v) for v in operands[: _COLOURS[operator]]])
        elif operator in (b"sc", b"scn"):
            state.colour = rgb([float(v) for v in operands]) if all(isinstance(v, (int, float)) for v in operands) else None
        elif operator == b"cs":
            state.colour = None if operands[0] == "/Pattern" else (0.0, 0.0, 0.0)
        elif operator == b"re":
            x, y, width, height = (float(v) for v in operands[:4])
            self._add(state.matrix, [(x, y), (x + width, y), (x, y + height), (x + width, y + height)])
        elif operator == b"m":
            self._point = (float(operands[0]), float(operands[1]))
        elif operator == b"l":
            to = (float(operands[0]), float(operands[1]))
            self._add(state.matrix, [self._point, to])
            self._point = to
        elif operator in _PAINTS or operator in _STROKES:
            self._paint(operator, state.colour)
        elif operator == b"n":
            self._path.clear()

    def _add(self, matrix: Matrix, points: list[tuple[float, float]]) -> None:
        placed = [(x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5]) for x, y in points]
        xs, ys = [p[0] for p in placed], [p[1] for p in placed]
        if len(self._path) < MOST_SHAPES:
            self._path.append(_Shape(min(xs), min(ys), max(xs), max(ys), None))

    def _paint(self, operator: bytes, colour: tuple[float, ...] | None) -> None:
        for shape in self._path:
            if len(self._shapes) + len(self.drawing.rules) > MOST_SHAPES:
                break
            if shape.x1 - shape.x0 > 8:
                if shape.y1 - shape.y0 < 2.5:
                    self.drawing.rules.append(Rule(shape.x0, shape.x1, (shape.y0 + shape.y1) / 2))
                elif operator in _STROKES:
                    self.drawing.rules += [Rule(shape.x0, shape.x1, shape.y0), Rule(shape.x0, shape.x1, shape.y1)]
            if operator in _PAINTS:
                self._shapes.append(shape._replace(colour=colour))
        self._path.clear()

    def _picture(self, matrix: Matrix) -> None:
        self._add(matrix, [(0, 0), (1, 0), (0, 1), (1, 1)])
        if self._path and len(self._shapes) < MOST_SHAPES:
            self._shapes.append(self._path.pop())

    def _draw_form(self, form: Any, state: _State, depth: int) -> None:
        if form == "image":
            self._picture(state.matrix)
        elif form is not None and depth < _DEEPEST and self._forms < MOST_FORMS:
            self._forms += 1
            operations, fonts, inner, matrix = form
            self.flush()
            self.run(operations, fonts, inner, replace(state, matrix=multiply(matrix, state.matrix)), depth + 1)

    def _show(self, parts: Sequence[Any], state: _State, text: Matrix) -> Matrix:
        """Draw strings, with shifts between them, and return the text matrix after them."""
        font, stretch = state.font, state.stretch
        if font is None or not getattr(font, "interpretable", True):
            return text
        placed = multiply(text, state.matrix)
        across = math.hypot(placed[0], placed[1])
        height = state.size * math.hypot(placed[2], placed[3])
        upright = abs(placed[1]) <= 0.2 * abs(placed[0]) and placed[0] > 0
        x = 0.0
        for part in parts:
            if isinstance(part, (int, float)):
                x -= part / 1000 * state.size * stretch
                continue
            for raw, shown in decoded(part, font):
                width = font.space_width if raw == font.space_char else font.get_text_width(raw)
                step = (width / 1000 * state.size + state.spacing + (state.word_spacing if raw == " " else 0.0)) * stretch
                if upright:
                    at = placed[4] + x * placed[0] + state.rise * placed[2]
                    y = placed[5] + x * placed[1] + state.rise * placed[3]
                    self._glyph(shown, at, at + (step - state.spacing * stretch) * across, y, abs(height), state)
                x += step
        return multiply((1, 0, 0, 1, x, 0), text)

    def _glyph(self, shown: str, x0: float, x1: float, y: float, size: float, state: _State) -> None:
        if not shown.strip():
            self.flush()
            self._spaced = True
            return
        word = self._word
        if word is not None:
            gap = x0 - word[2] - max(state.spacing, 0.0)
            if abs(y - word[3]) > 0.1 * size or not -0.6 * size < gap <= _SAME_WORD * size or abs(size - word[4]) > 0.1 * size:
                self.flush()
                word = None
        if word is None:
            bold = any(mark in str(getattr(state.font, "name", "")).lower() for mark in ("bold", "black", "heavy", "demi"))
            self._word = [shown, x0, x1, y, size, bold, self._spaced, self._hidden(x0, y, size, state)]
            self._spaced = False
        else:
            word[0] += shown
            word[2] = x1

    def flush(self) -> None:
        """End the word that is being drawn."""
        if self._word is not None:
            text, x0, x1, y, size, bold, spaced, hidden = self._word
            self.drawing.words.append(Word(text, x0, x1, y, size, bold, spaced, hidden, any(self._artifacts)))
            self._word = None

    def _hidden(self, x: float, y: float, size: float, state: _State) -> str:
        """Say how the letter at (x, y) is hidden from a reader's eye, if it is."""
        if size < _SMALLEST:
            return "too small to read"
        if not (-size <= x <= self._size[0] and -size <= y <= self._size[1]):
            return "outside the page"
        middle = y + 0.3 * size
        below = next((s for s in reversed(self._shapes) if s.x0 <= x + 0.2 * size <= s.x1 and s.y0 <= middle <= s.y1), None)
        if state.mode in (3, 7):
            return "" if below is not None and below.colour is None else "invisible"  # over a scan it is the text of OCR
        ground = (1.0, 1.0, 1.0) if below is None else below.colour
        if state.mode in (0, 2) and state.colour is not None and ground is not None:
            same = max(abs(a - b) for a, b in zip(state.colour, ground, strict=True)) < 0.04
            return "in the colour of the paper" if same else ""
        return ""
