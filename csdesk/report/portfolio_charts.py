"""The charts of the portfolio report: shares as bars, renewals by month.

Every bar carries its word and its number, so that no state is told by colour alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from csdesk.model.vocabulary import CsmView, GoalStatus, ProgressRag
from csdesk.report.blocks import Block
from csdesk.report.pen import Pen
from csdesk.report.theme import (
    ACCENT,
    BAD,
    DONE,
    GOOD,
    INK,
    LINE,
    MUTED,
    TRACK,
    WARNING,
    Tone,
)

TONES: dict[str, Tone] = {
    ProgressRag.ON_TRACK: GOOD,
    ProgressRag.AT_RISK: WARNING,
    ProgressRag.OFF_TRACK: BAD,
    CsmView.GREEN: GOOD,
    CsmView.AMBER: WARNING,
    CsmView.RED: BAD,
    GoalStatus.ACHIEVED: DONE,
    GoalStatus.PARTIALLY: DONE,
    GoalStatus.MISSED: BAD,
}
_LABEL = 7.8
_ROW = 16.5
_BAR = 6.4


@dataclass(frozen=True, slots=True)
class Share:
    """One bar: a word, how many, and what is said behind the number."""

    label: str
    count: int
    tone: Tone
    note: str = ""


class ShareBars(Block):
    """Counts as bars under each other, each with its word before and its number behind it."""

    def __init__(self, shares: Sequence[Share], title: str) -> None:
        self._shares = list(shares)
        self._title = title

    def height(self, width: float) -> float:
        """Return a row for each bar."""
        return _ROW * len(self._shares)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the bars; the largest count has all the room."""
        said = ", ".join(f"{share.label} {share.count}" for share in self._shares)
        most = max((share.count for share in self._shares), default=0) or 1
        measure = pen.typesetter.width
        words = max(measure(share.label, _LABEL) for share in self._shares)
        words = min(words + 8, width * 0.45)
        numbers = max(measure(_behind(share), _LABEL, bold=True) for share in self._shares) + 8
        room = max(width - words - numbers, 20.0)
        box = (x, top - self.height(width), x + width, top)
        with pen.canvas.content("Figure", alternative=f"{self._title}: {said}", box=box):
            for index, share in enumerate(self._shares):
                line = top - _ROW * index - 11
                label = pen.typesetter.shortened(share.label, _LABEL, words - 6)
                pen.text(x, line, label, _LABEL, ink=INK)
                bar = room * share.count / most
                pen.box(x + words, line - 0.6, room, _BAR, fill=TRACK, radius=_BAR / 2)
                if share.count:
                    ink = share.tone.strong
                    pen.box(x + words, line - 0.6, max(bar, _BAR), _BAR, fill=ink, radius=_BAR / 2)
                behind = x + words + room + 6
                pen.text(behind, line, _behind(share), _LABEL, ink=INK, bold=True)


def _behind(share: Share) -> str:
    return f"{share.count}  {share.note}".rstrip()


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the outlook: how many accounts renew in it, and what they pay in words."""

    first: dt.date
    name: str
    count: int
    amount: str = ""


class MonthBars(Block):
    """How many accounts renew in each of the next months."""

    def __init__(self, months: Sequence[Month], title: str, *, height: float = 84.0) -> None:
        self._months = list(months)
        self._title = title
        self._height = height

    def height(self, width: float) -> float:
        """Return the height chosen."""
        return self._height

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw a bar for each month, its number above and its name below it."""
        said = [
            " ".join(part for part in (month.name, str(month.count), month.amount) if part)
            for month in self._months
            if month.count
        ]
        floor = top - self._height + 14
        most = max((month.count for month in self._months), default=0) or 1
        step = width / max(len(self._months), 1)
        bar = min(step * 0.56, 22.0)
        room = self._height - 14 - 12
        skip = self._skipped(pen, step)
        alternative = f"{self._title}: {', '.join(said) or 0}"
        box = (x, top - self._height, x + width, top)
        with pen.canvas.content("Figure", alternative=alternative, box=box):
            pen.line((x, floor), (x + width, floor), ink=LINE, width=0.8)
            for index, month in enumerate(self._months):
                middle = x + step * (index + 0.5)
                if month.count:
                    high = max(room * month.count / most, 2.0)
                    pen.box(middle - bar / 2, floor, bar, high, fill=ACCENT, radius=1.5)
                    count = str(month.count)
                    pen.text(
                        middle, floor + high + 3, count, 7.2, ink=INK, bold=True, align="center"
                    )
                if index % skip == 0:
                    pen.text(middle, floor - 10, month.name, 6.8, ink=MUTED, align="center")

    def _skipped(self, pen: Pen, step: float) -> int:
        """Return how many months to go on for each name, so that names do not touch."""
        widest = max((pen.typesetter.width(month.name, 6.8) for month in self._months), default=1)
        skip = 1
        while step * skip < widest + 3:
            skip += 1
        return skip
