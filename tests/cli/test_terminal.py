"""Progress on a terminal, and only there."""

from __future__ import annotations

import io

from csdesk.cli.terminal import Bar, Terminal, bar_line


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_progress_is_one_line_that_goes_away() -> None:
    screen = Screen()
    bar = Bar(screen)
    bar.report(1, 4, "Reading\nrows")
    drawn = screen.getvalue()
    assert drawn.startswith("\r[######··················]  25%  Reading rows")
    assert "\n" not in drawn
    bar.clear()
    assert screen.getvalue().endswith("\r")


def test_progress_is_drawn_a_few_times_a_second_at_most() -> None:
    screen = Screen()
    bar = Bar(screen)
    for done in range(1000):
        bar.report(done, 1000)
    assert screen.getvalue().count("\r") < 50


def test_nothing_is_drawn_where_there_is_no_terminal() -> None:
    stream = io.StringIO()
    bar = Bar(stream)
    bar.report(1, 4)
    bar.clear()
    assert stream.getvalue() == ""


def test_without_a_total_the_count_is_told() -> None:
    assert bar_line(12_345, None, "rows") == "12,345  rows"
    assert bar_line(9, 4, "") == "[########################] 100%"


def test_results_and_notes_go_their_own_ways() -> None:
    out, err = io.StringIO(), io.StringIO()
    terminal = Terminal(out, err)
    terminal.say("result")
    terminal.note("first\nsecond")
    terminal.facts([("Phase", "Adoption"), ("概要", "一行目\n二行目")])
    assert out.getvalue() == "result\nPhase  Adoption\n概要   一行目\n       二行目\n"
    assert err.getvalue() == "first\nsecond\n"
