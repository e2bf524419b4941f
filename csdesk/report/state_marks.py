"""The marks of a milestone's state: diamonds told apart by what is in them as by their colour."""

from __future__ import annotations

from csdesk.report.pen import Pen
from csdesk.report.theme import BAD, DONE, GOOD, WARNING, WHITE, Tone


def draw_state_mark(pen: Pen, x: float, y: float, tone: Tone, *, radius: float = 4.5) -> None:
    """Draw a diamond around x, y: ticked, half full, with an exclamation mark, crossed or empty."""
    is_full = tone in (DONE, WARNING, BAD)
    pen.diamond(x, y, radius, fill=tone.strong if is_full else WHITE, stroke=tone.strong)
    step = radius * 0.34
    weight = radius * 0.24
    if tone == DONE:
        tick = [(x - step * 1.1, y), (x - step * 0.2, y - step * 0.9), (x + step * 1.2, y + step)]
        pen.polygon(tick, stroke=WHITE, weight=weight, closed=False)
    elif tone == GOOD:
        half = [(x, y + radius), (x - radius, y), (x, y - radius)]
        pen.polygon(half, fill=tone.strong)
    elif tone == WARNING:
        pen.line((x, y + step * 1.5), (x, y - step * 0.3), ink=WHITE, width=weight)
        pen.disc(x, y - step * 1.3, weight * 0.6, fill=WHITE)
    elif tone == BAD:
        pen.line((x - step, y - step), (x + step, y + step), ink=WHITE, width=weight)
        pen.line((x - step, y + step), (x + step, y - step), ink=WHITE, width=weight)
