"""Documents begin without a trace of this computer, and end whole, with what can be told."""

from __future__ import annotations

import datetime as dt
import getpass
import hashlib
import socket
from pathlib import Path

from csdesk.report.document import LONGEST_TITLE, Made, begin_canvas, keep, title_line
from csdesk.report.page_shape import A4


def begun(day: dt.date) -> bytes:
    canvas = begin_canvas(
        title="Plan\n<b>A</b>\x00",
        author="North",
        subject="Plan",
        day=day,
        is_japanese=False,
    )
    canvas.bookmark("Plan", A4.height)
    canvas.showPage()
    return bytes(canvas.finished())


def test_a_title_is_one_line_that_a_title_bar_shows() -> None:
    assert title_line("One\n  two\tthree ") == "One two three"
    long = title_line("長" * 1000)
    assert len(long) == LONGEST_TITLE
    assert long.endswith("…")
    assert title_line("\x00\u202e") == ""


def test_a_document_is_dated_by_its_own_day_and_says_nothing_of_the_computer() -> None:
    first, again = begun(dt.date(2026, 11, 22)), begun(dt.date(2026, 11, 22))
    assert first == again
    assert begun(dt.date(2026, 11, 23)) != first
    for name in (getpass.getuser(), socket.gethostname(), str(Path.home())):
        assert name.encode() not in first or len(name) < 5


def test_what_was_written_is_told_with_its_checksum(tmp_path: Path) -> None:
    written = keep(Made(b"%PDF-", 3, 1), tmp_path / "plan.pdf")
    assert written.path.read_bytes() == b"%PDF-"
    assert written.sha256 == hashlib.sha256(b"%PDF-").hexdigest()
    assert (written.pages, written.unshown) == (3, 1)
