"""Running text in which addresses of the web lead there.

Only https addresses that stand whole on a line become links: whoever reads on paper reads them,
whoever reads on a screen may follow them, and nothing else in a text can ask for anything.
"""

from __future__ import annotations

import re

from csdesk.report.blocks import Block, Wrapped
from csdesk.report.links import link_address
from csdesk.report.paragraph import Paragraph, Span
from csdesk.report.pen import Pen
from csdesk.report.theme import ACCENT, TextStyle
from csdesk.report.typesetting import Typesetter

_ADDRESS = re.compile('https://[^\\s"()<>\x80-\U0010ffff]+')
_TRAILING = ".,;:!?'"
_LONGEST = 60_000
"""A text longer than this is set without links: nobody reads it to follow one."""


def running_text(
    text: str, style: TextStyle, typesetter: Typesetter, *, space_before: float = 0.0
) -> Block:
    """Make a paragraph of user text whose https addresses are links."""
    spans = _spans(text) if "https://" in text and len(text) <= _LONGEST else []
    if len(spans) < 2 and not any(span.ink for span in spans):
        return Paragraph(text, style, typesetter, space_before=space_before)
    inside = Paragraph(spans, style, typesetter, space_before=space_before)
    addresses = frozenset(span.text for span in spans if span.ink)
    return _Linked(inside, style, typesetter, addresses)


def _spans(text: str) -> list[Span]:
    """Cut a text into plain stretches and addresses; those have a colour."""
    spans: list[Span] = []
    end = 0
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(_TRAILING)
        if not link_address(address):
            continue
        if found.start() > end:
            spans.append(Span(text[end : found.start()]))
        spans.append(Span(address, ink=ACCENT))
        end = found.start() + len(address)
    return [*spans, Span(text[end:])] if end < len(text) else spans


class _Linked(Wrapped):
    """A paragraph with the addresses in it."""

    def __init__(
        self,
        inside: Block,
        style: TextStyle,
        typesetter: Typesetter,
        addresses: frozenset[str],
    ) -> None:
        super().__init__(inside)
        self._style = style
        self._typesetter = typesetter
        self._addresses = addresses

    def around(self, part: Block) -> _Linked:
        """Let each part keep its own links."""
        return _Linked(part, self._style, self._typesetter, self._addresses)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the paragraph, then lay the links over their words."""
        self._inside.draw(pen, x, top, width)
        if not isinstance(self._inside, Paragraph):
            return
        size, leading = self._style.size, self._style.leading
        for number, line in enumerate(self._inside.lines(width)):
            upper = top - number * leading
            for found in _ADDRESS.finditer(line):
                address = found[0].rstrip(_TRAILING)
                if address not in self._addresses:
                    continue
                left = x + self._typesetter.width(line[: found.start()], size)
                right = left + self._typesetter.width(address, size)
                box = (left, upper - leading, right, upper)
                with pen.canvas.content("P"), pen.canvas.link(link_address(address), box, address):
                    pass
