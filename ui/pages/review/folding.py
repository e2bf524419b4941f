"""Very long texts folded: the lines that differ and some around them, so that a card stays low."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ui.widgets.tinted_text import Run

MOST_LINES = 12
"""More lines than these are folded."""

AROUND = 2
"""Lines shown before and after a difference."""

WIDE = 120
"""Characters after which a line without an end counts as another one, for it wraps."""

LEFT_OUT = "…"


def folded_runs(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Leave out of long runs what is far from every difference, and what would be too much.

    Runs that are short enough come back as they are.
    """
    lines = list(_lines(runs))
    if len(lines) <= MOST_LINES:
        return tuple(runs)
    near = {
        place
        for at, line in enumerate(lines)
        if any(run.tint for run in line)
        for place in range(max(at - AROUND, 0), min(at + AROUND + 1, len(lines)))
    }
    shown = sorted(near or range(len(lines)))[:MOST_LINES]
    kept: list[Run] = []
    next_place = 0
    for place in shown:
        if place > next_place:
            kept.append(Run(f"{LEFT_OUT}\n"))
        kept += lines[place]
        next_place = place + 1
    if next_place < len(lines):
        kept.append(Run(LEFT_OUT))
    return tuple(kept)


def folded_texts(texts: Sequence[str]) -> tuple[str, ...]:
    """Fold several texts around the place where they differ; one alone, behind its first lines."""
    compared = sorted({text for text in texts if text})
    if len(compared) < 2:
        return tuple("".join(run.text for run in folded_runs([Run(text)])) for text in texts)
    start = _common(compared)
    end = _common([text[start:][::-1] for text in compared])
    return tuple(
        "".join(run.text for run in folded_runs(_parts(text, start, end))) for text in texts
    )


def _common(texts: Sequence[str]) -> int:
    """Count the characters with which all of some texts begin."""
    first, last = min(texts, default=""), max(texts, default="")
    shorter = min(len(first), len(last))
    return next((at for at in range(shorter) if first[at] != last[at]), shorter)


def _parts(text: str, start: int, end: int) -> tuple[Run, ...]:
    """Split a text into what all begin with, what only this one says, and what all end with."""
    # Where others say more, at least the place is marked.
    start = max(min(start, len(text) - 1), 0)
    until = max(len(text) - end, start + 1)
    return Run(text[:start]), Run(text[start:until], "accent"), Run(text[until:])


def _lines(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """Cut runs into lines; what ends a line belongs to it."""
    line: list[Run] = []
    width = 0
    for run in runs:
        for part in run.text.splitlines(keepends=True):
            while part:
                piece, part = part[: WIDE - width], part[WIDE - width :]
                line.append(replace(run, text=piece))
                width += len(piece)
                if width == WIDE or piece.endswith("\n"):
                    yield line
                    line, width = [], 0
    if line:
        yield line
