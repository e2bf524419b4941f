"""How long the accounts page keeps one waiting: opened, filtered, sorted and grouped."""

from __future__ import annotations

import datetime as dt
import itertools
import os
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.bench_portfolio import keep, plain_select
from benchmarks.bench_scroll import ROWS, SIZE, accounts_page, let_go
from benchmarks.measure import Result, Target, in_turns, seconds
from benchmarks.workspaces import Bench
from csdesk.queries.portfolio_history import arr_history
from csdesk.queries.recorded_figures import recorded_figures
from csdesk.store.driver import connect
from csdesk.workspace.workspace import Workspace

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.pages.accounts.page import AccountsPage

FRAME = 0.016
"""Seconds between two frames of a screen."""


def measure(bench: Bench) -> list[Result]:
    """Read the page's rows, make it anew, press keys in it, each time until it is painted."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from ui.collecting import Collecting
    from ui.theme import Look

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    collecting = Collecting(app)  # as the program does
    with bench.open() as workspace:
        today = dt.datetime.now().astimezone().date()
        keep(workspace, today)
        page = accounts_page(bench, app, Look(app), workspace)
        results = [
            frame(what, bench, act)
            for what, act in (*keys(page), *keys(page, "owner"), *keys(page, "industry"))
        ]
        results = [*painted(bench, app, page, workspace), *results]
        results += aside(bench, workspace, today)
        page.desk.close()
        let_go(app, page)
    collecting.end()
    return results


def painted(
    bench: Bench, app: QApplication, page: AccountsPage, workspace: Workspace
) -> list[Result]:
    """Show the rows of the file in a window in view: in a page that is there, and in a new one.

    Qt paints what it makes anew when it next looks at its events; that is waited for, too.
    """
    from PySide6.QtWidgets import QVBoxLayout, QWidget

    from ui.pages.accounts.page import AccountsPage

    window = QWidget()
    room = QVBoxLayout(window)
    window.resize(*SIZE)
    window.show()
    app.processEvents()

    def make() -> AccountsPage:
        fresh = AccountsPage(page.desk)
        room.addWidget(fresh)
        fresh.show()
        app.processEvents()
        if not window.windowHandle().isExposed():
            raise RuntimeError("nothing is painted in a window that is not in view")
        return fresh

    there = make()

    def read_again() -> float:
        def read() -> None:
            there.refresh()
            there.repaint()

        taken = seconds(read)
        app.processEvents()
        return taken

    def made_anew() -> float:
        made: list[AccountsPage] = []
        taken = seconds(lambda: made.append(make()))
        let_go(app, made[0])
        app.processEvents()
        return taken

    bare = connect(workspace.replica.database, read_only=True)
    plain = plain_select(bare, bench)
    size, name = bench.size.name, "plain SELECT, as many values"
    results = []
    again, query = in_turns(read_again, plain, runs=bench.runs)
    results.append(Result("accounts page painted", size, "s", again, query, name, Target(2.0)))
    there.hide()
    anew, query = in_turns(made_anew, plain, runs=bench.runs)
    results.append(Result("… made anew, too", size, "s", anew, query, name, Target(2.0)))
    bare.close()
    let_go(app, window)
    return results


def aside(bench: Bench, workspace: Workspace, today: dt.date) -> list[Result]:
    """Work out the past of the figures, as a worker does; all rows are as old as the file.

    What was on record is asked for a year from now: no month had ended when the rows were made.
    """
    later = today + dt.timedelta(days=366)
    asked = (
        ("ARR of 12 months, aside", lambda: workspace.read(arr_history, today=today)),
        ("figures on record, aside", lambda: workspace.read(recorded_figures, today=later)),
    )
    results = []
    for what, read in asked:
        (times,) = in_turns(partial(seconds, read), runs=bench.runs)
        results.append(Result(what, bench.size.name, "s", times, (), "", Target()))
    return results


def keys(page: AccountsPage, group: str = "") -> list[tuple[str, Callable[[], None]]]:
    """Return what one presses in the page, flat or with its rows in groups."""
    words = itertools.cycle(("a", "an", "and", "an", "a", ""))
    orders = itertools.cycle((False, True))
    phases = itertools.cycle((("adoption",), ("adoption", "renewal"), ()))

    def grouped() -> None:
        page.control.group_by(group)

    def type_letter() -> None:
        grouped()
        page.control.bar.field.setText(next(words))

    def sort() -> None:
        grouped()
        page.control.layout.sort("arr", next(orders))

    def tick() -> None:
        grouped()
        page.control.set_filter(page.control.filter.choosing("phase", next(phases)))

    suffix = f", by {group}" if group else ""
    return [
        (f"a letter in the filter{suffix}", type_letter),
        (f"a tick in a chip{suffix}", tick),
        (f"another order{suffix}", sort),
    ]


def frame(what: str, bench: Bench, act: Callable[[], None]) -> Result:
    """Do it over and over, each time until the table is painted."""
    from PySide6.QtWidgets import QApplication

    from ui.pages.accounts.page import AccountsPage

    def painted() -> float:
        (page,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, AccountsPage))

        def act_and_paint() -> None:
            act()
            page.table.viewport().repaint()

        taken = seconds(act_and_paint)
        QApplication.processEvents()
        return taken

    def repainted() -> float:
        (page,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, AccountsPage))
        return seconds(page.table.viewport().repaint)

    times, alone = in_turns(painted, repainted, runs=max(bench.runs, 12))
    name = "painting the rows in view"
    return Result(what, f"{ROWS} rows", "s", times, alone, name, Target(limit=FRAME))
