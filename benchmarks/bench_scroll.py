"""How long the frames take while one scrolls through 5,000 accounts."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from benchmarks.measure import Result, Target, in_turns, percentile, seconds
from benchmarks.workspaces import Bench
from csdesk.settings import load_settings
from csdesk.workspace.workspace import Workspace

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QTableView, QWidget

    from ui.pages.accounts.page import AccountsPage
    from ui.theme import Look

ROWS = 5_000
FRAMES = 60
SIZE = (1230, 800)
"""What the page has of a window of 1440 × 900."""

SLOWEST = 0.032
"""Seconds of a frame that one would see as a hitch."""


def measure(bench: Bench) -> list[Result]:
    """Jump through the table, painting all of it each time, ours and one of Qt's own cells."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication, QTableView

    from ui.theme import Look

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    look = Look(app)
    with bench.open() as workspace:
        page = accounts_page(bench, app, look, workspace)
        plain = QTableView()
        plain.setModel(page.model)
        plain.setFont(page.font())
        plain.verticalHeader().setDefaultSectionSize(page.table.rowHeight(0))
        plain.resize(page.table.size())
        plain.show()
        app.processEvents()
        slowest: list[float] = []

        def ours() -> float:
            frames = scroll(page.table)
            slowest.append(percentile(frames, 95))
            return percentile(frames, 50)

        times, plain_times = in_turns(ours, lambda: percentile(scroll(plain), 50), runs=bench.runs)
        page.desk.close()
        for window in (plain, page):
            let_go(app, window)
    size = f"{ROWS} rows"
    return [
        Result(
            "scrolling: a frame", size, "s", times, plain_times, "Qt's own cells",
            Target(limit=SLOWEST / 2),
        ),
        Result(
            "… 95 of 100 frames", size, "s", tuple(slowest[1:]), (), "", Target(limit=SLOWEST)
        ),
    ]  # fmt: skip


def accounts_page(
    bench: Bench, app: QApplication, look: Look, workspace: Workspace
) -> AccountsPage:
    """Show the accounts page with the rows of the workspace, over and over up to `ROWS`."""
    from ui.desk import Desk
    from ui.languages import Languages
    from ui.pages.accounts.page import AccountsPage
    from ui.preferences import Preferences
    from ui.prompts import Messages
    from ui.tasks import Tasks

    messages, home = Messages(), bench.home
    preferences = Preferences(load_settings(home), home, look, Languages(app), messages)
    page = AccountsPage(Desk(workspace, look, Tasks(), messages, preferences))
    known = page.model.all_rows()
    again = (known[number % len(known)] for number in range(ROWS))
    page.model.set_rows(
        row._replace(
            id=f"row-{number}", name=f"{row.name} {number}", reading=f"{row.reading} {number}"
        )
        for number, row in enumerate(again)
    )
    page.resize(*SIZE)
    page.show()
    app.processEvents()
    if page.model.rowCount() != ROWS:
        raise RuntimeError(f"{page.model.rowCount()} rows are shown")
    return page


def let_go(app: QApplication, window: QWidget) -> None:
    """Close a window and delete it here: Python might do so later, while a worker is at work."""
    from PySide6.QtCore import QEvent

    window.close()
    window.deleteLater()
    app.sendPostedEvents(window, QEvent.Type.DeferredDelete)


def scroll(table: QTableView) -> list[float]:
    """Jump through a table from the top; return the seconds of each frame."""
    bar = table.verticalScrollBar()
    bar.setValue(0)

    def frame(number: int) -> None:
        bar.setValue(bar.maximum() * number // FRAMES)
        table.viewport().repaint()

    return [seconds(lambda number=number: frame(number)) for number in range(FRAMES)]
