"""How long the page of an account keeps one waiting: opened, ticked in, edited."""

from __future__ import annotations

import itertools
import os
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks.bench_scroll import SIZE, let_go
from benchmarks.measure import Result, Target, in_turns, seconds
from benchmarks.workspaces import Bench
from csdesk.settings import load_settings
from csdesk.workspace.workspace import Workspace

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.pages.account.page import AccountPage
    from ui.theme import Look

OPENED = 0.1
"""Seconds in which an account is there at once."""
REPAINTED = 0.05
"""Seconds in which a tick or an edit is seen."""
ACCOUNTS = 12
TABS = ("overview", "plan", "touchpoints", "stakeholders", "history")


def measure(bench: Bench) -> list[Result]:
    """Go from account to account in several tabs, then tick and edit in a plan."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from ui.theme import Look

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with bench.open() as workspace:
        page = account_page(bench, app, Look(app), workspace)
        accounts = workspace.read(accounts_with_plans)
        results = [open_in(tab, bench, app, page, accounts) for tab in TABS]
        page.show_item("account", accounts[0])
        results += worked_in(bench, app, page)
        page.desk.close()
        let_go(app, page)
    return results


def account_page(bench: Bench, app: QApplication, look: Look, workspace: Workspace) -> AccountPage:
    """Show the page of an account, of none yet."""
    from ui.desk import Desk
    from ui.languages import Languages
    from ui.pages.account.page import AccountPage
    from ui.preferences import Preferences
    from ui.prompts import Messages
    from ui.tasks import Tasks

    messages, home = Messages(), bench.home
    preferences = Preferences(load_settings(home), home, look, Languages(app), messages)
    page = AccountPage(Desk(workspace, look, Tasks(), messages, preferences))
    page.resize(*SIZE)
    page.show()
    app.processEvents()
    return page


def accounts_with_plans(session: Session) -> list[str]:
    """Return some accounts that have a plan in force."""
    found = session.execute(
        text(
            "SELECT DISTINCT account_id FROM plan WHERE deleted_at IS NULL AND status = 'active'"
            " ORDER BY account_id LIMIT :most"
        ),
        {"most": ACCOUNTS},
    )
    return [row[0] for row in found]


def open_in(
    tab: str, bench: Bench, app: QApplication, page: AccountPage, accounts: list[str]
) -> Result:
    """Open one account after the other while a tab is in front, each until it is painted."""
    following = itertools.cycle(accounts)
    page.show_item("account", next(following))
    page.open_tab(tab)

    def opened() -> float:
        account = next(following)

        def show() -> None:
            page.show_item("account", account)
            page.repaint()

        taken = seconds(show)
        app.processEvents()
        return taken

    (times,) = in_turns(opened, runs=max(bench.runs, ACCOUNTS))
    what = f"open an account, tab “{tab}”"
    return Result(what, bench.size.name, "s", times, (), "", Target(limit=OPENED))


def worked_in(bench: Bench, app: QApplication, page: AccountPage) -> list[Result]:
    """Tick an item off, edit a title and delete a row, each time until the page shows it."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from csdesk.actions.plan_items import ItemKind, edit_item
    from ui.pages.plan.plan_section import PlanSection

    page.open_tab("plan")
    section = page.section("plan")
    assert isinstance(section, PlanSection)
    outline = section.model.outline
    assert outline is not None
    queue, actions = list(outline.items), []
    while queue:
        item = queue.pop()
        queue.extend(item.children)
        if item.ref.kind is ItemKind.ACTION:
            actions.append(item)
    section.view.choose(actions[0].ref.id)
    section.view.setFocus()
    app.processEvents()
    titles = itertools.count()

    def ticked() -> float:
        return seconds(
            lambda: (QTest.keyClick(section.view, Qt.Key.Key_Space), app.processEvents())
        )

    def edited() -> float:
        title = f"Edited {next(titles)}"

        def edit() -> None:
            page.desk.write("Edit", edit_item, actions[1].ref, title=title)
            while section.model.outline is None or not _has(section, title):
                app.processEvents()
            page.repaint()

        return seconds(edit)

    places = itertools.cycle(one.ref.id for one in actions[2:14])

    def deleted() -> float:
        section.view.choose(next(places))
        app.processEvents()
        taken = seconds(
            lambda: (QTest.keyClick(section.view, Qt.Key.Key_Delete), app.processEvents())
        )
        page.desk.undo()
        while page.desk.tasks.busy:
            app.processEvents()
        app.processEvents()
        return taken

    ticks, edits, deletions = in_turns(ticked, edited, deleted, runs=max(bench.runs, 12))
    size, target = bench.size.name, Target(limit=REPAINTED)
    return [
        Result("a tick in a plan, repainted", size, "s", ticks, (), "", target),
        Result("an edit from elsewhere, repainted", size, "s", edits, (), "", target),
        Result("a deletion in a plan, repainted", size, "s", deletions, (), "", target),
    ]


def _has(section: object, title: str) -> bool:
    """Tell whether the outline in view knows a title."""
    outline = section.model.outline  # type: ignore[attr-defined]
    queue = list(outline.items)
    while queue:
        item = queue.pop()
        if item.title == title:
            return True
        queue.extend(item.children)
    return False
