"""How long another theme, and another language, keep one waiting while everything is open."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.bench_account_page import accounts_with_plans
from benchmarks.bench_scroll import let_go
from benchmarks.measure import Result, Target, in_turns, seconds
from benchmarks.workspaces import Bench

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.app import Program

AT_ONCE = 0.3
"""Seconds until the page in front is painted in another theme."""
A_MOMENT = 1.0
"""Seconds until it speaks another language."""
SETTLES = 0.3
"""Seconds in which the window ends what a page began."""


def measure(bench: Bench) -> list[Result]:
    """Open all pages and all tabs of an account, then switch to and fro."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from ui.app import Program

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    program = Program(app, bench.home)
    program.preferences.choose_language("en")
    program.preferences.choose_theme("light")
    program.start(bench.document)
    open_everything(app, program)
    themes, languages = itertools.cycle(("dark", "light")), itertools.cycle(("ja", "en"))

    def changed(choose: Callable[[str], None], names: Iterator[str]) -> float:
        name = next(names)

        def change() -> None:
            choose(name)
            _painted(app)

        taken = seconds(change)
        settle(app)
        return taken

    worn = partial(changed, program.preferences.choose_theme, themes)
    spoken = partial(changed, program.preferences.choose_language, languages)
    (theme_times,) = in_turns(worn, runs=max(bench.runs, 6))
    (language_times,) = in_turns(spoken, runs=bench.runs)
    program.languages.choose("en")
    window = program.window
    let_go(app, window)
    program.stop()
    size = bench.size.name
    return [
        Result("another theme", size, "s", theme_times, (), "", Target(limit=AT_ONCE)),
        Result("another language", size, "s", language_times, (), "", Target(limit=A_MOMENT)),
    ]


def open_everything(app: QApplication, program: Program) -> None:
    """Go to every page once, and leave an account's plan in front."""
    from ui.pages.account.page import AccountPage
    from ui.rooms import rooms

    frame = program.window.frame
    assert frame is not None
    for room in rooms():
        if room.name != "account":
            frame.show_page(room.name)
            settle(app)
    account = frame.desk.read(accounts_with_plans)[0]
    frame.show_item("account", account)
    page = frame.page
    assert isinstance(page, AccountPage)
    for name in (*page.tab_names, "plan"):
        page.open_tab(name)
        settle(app)


def settle(app: QApplication) -> None:
    """Let the window end what it began."""
    end = time.perf_counter() + SETTLES
    while time.perf_counter() < end:
        app.processEvents()


def _painted(app: QApplication) -> None:
    for _turn in range(3):
        app.processEvents()
