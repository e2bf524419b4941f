"""What every PDF document begins with and ends as, whatever kind it is."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from csdesk.report.archival import check_archival
from csdesk.report.fonts import REGULAR, glyphs
from csdesk.report.metadata import MAKER
from csdesk.report.output import write_whole
from csdesk.report.page_shape import A4, PageShape
from csdesk.report.places import Place
from csdesk.report.tagged_canvas import TaggedCanvas
from csdesk.report.typesetting import clean

LONGEST_TITLE = 300
"""How many characters of a title a title bar shows."""


class Made(NamedTuple):
    """A document in memory."""

    data: bytes
    pages: int
    unshown: int
    """How many characters no font could draw; 〓 stands in their place."""
    places: tuple[Place, ...] = ()
    """Where each item of the plan stands, in the order of the pages."""
    unread_images: int = 0
    """How many logos were left out because they are no pictures."""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of an export."""

    path: Path
    pages: int
    sha256: str
    unshown: int
    """How many characters no font could draw; 〓 stands in their place."""


def begin_canvas(
    *,
    title: str,
    author: str,
    subject: str,
    day: dt.date,
    is_japanese: bool,
    page: PageShape = A4,
    is_archival: bool = False,
) -> TaggedCanvas:
    """Begin a document: its language, title, and a day of its own instead of the clock's.

    The same words and day give the same bytes; no name of a user or computer gets in. The file
    claims PDF/UA-1, or with `is_archival` PDF/A-2b instead.
    """
    glyphs(REGULAR)
    canvas = TaggedCanvas(
        None,
        is_archival=is_archival,
        pagesize=(page.width, page.height),
        pageCompression=1,
        invariant=1,
        initialFontName=REGULAR,
        lang="ja-JP" if is_japanese else "en-US",
        pdfVersion=(1, 7),
    )
    canvas.set_time(dt.datetime.combine(day, dt.time(), dt.UTC))
    canvas.setTitle(title_line(title))
    canvas.setAuthor(title_line(author))
    canvas.setSubject(title_line(subject))
    canvas.setCreator(MAKER)
    canvas.showOutline()
    return canvas


def title_line(text: str) -> str:
    """Cut a title to one line that a title bar shows."""
    text = " ".join(clean(text).split())
    return text if len(text) <= LONGEST_TITLE else text[: LONGEST_TITLE - 1] + "…"


def keep(made: Made, out: Path) -> Written:
    """Write a finished document to `out`, whole or not at all; raises what `write_whole` does.

    A file for archives is checked first, and refused where it does not fulfil what it claims.
    """
    check_archival(made.data)
    write_whole(made.data, out)
    return Written(out, made.pages, hashlib.sha256(made.data).hexdigest(), made.unshown)
