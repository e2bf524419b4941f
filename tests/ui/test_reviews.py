"""What waits for review is counted in the background, once for many changes, in one place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import add_account, edit_account
from csdesk.queries.review import open_review_count
from csdesk.workspace.workspace import Workspace
from tests.ui.pages.apart import Apart
from ui.desk import Desk
from ui.pages.review.page import ReviewPage
from ui.reviews import Reviews
from ui.tasks import Tasks


@pytest.fixture
def apart(workspace: Workspace, tmp_path: Path) -> Apart:
    """Return the workspace with a colleague's copy of it."""
    return Apart(workspace, tmp_path)


@pytest.fixture
def counts(desk: Desk) -> list[int]:
    """Return what is told each time it was counted."""
    told: list[int] = []
    desk.reviews.counted.connect(told.append)
    return told


@pytest.fixture
def quiet(qtbot: QtBot, desk: Desk) -> Callable[[], None]:
    """Return what waits until nobody counts any more."""

    def wait() -> None:
        for _turn in range(5):
            QCoreApplication.processEvents()
        qtbot.waitUntil(lambda: not desk.reviews.is_counting)

    return wait


def worker_of(reviews: Reviews) -> Tasks:
    worker = reviews.findChild(Tasks)
    assert isinstance(worker, Tasks)
    return worker


def test_a_burst_of_changes_is_counted_once_and_by_the_worker(
    qtbot: QtBot, desk: Desk, apart: Apart, counts: list[int], quiet: Callable[[], None]
) -> None:
    quiet()
    counts.clear()
    apart.move_milestone()
    apart.both_add("Hanami Hotels")
    apart.meet()
    with qtbot.waitSignal(worker_of(desk.reviews).ended):
        quiet()
    assert counts == [2]
    assert not desk.tasks.busy, "undo and the rest go on while it is counted"


def test_edits_that_touch_no_name_leave_the_number_right(
    desk: Desk, apart: Apart, counts: list[int], quiet: Callable[[], None]
) -> None:
    _theirs, mine = apart.both_add("Hanami Hotels")
    apart.meet()
    quiet()
    desk.write("Industry", edit_account, mine, industry="Hotel")
    quiet()
    assert desk.reviews.number == 1
    desk.write("Name", edit_account, mine, name="Hanami Inns")
    quiet()
    assert desk.reviews.number == 0
    desk.workspace.undo()
    quiet()
    assert counts[-1] == desk.reviews.number == desk.read(open_review_count) == 1


def test_what_the_page_reads_is_the_count(
    qtbot: QtBot, desk: Desk, apart: Apart, counts: list[int], quiet: Callable[[], None]
) -> None:
    page = ReviewPage(desk)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    quiet()
    counts.clear()
    apart.move_milestone()
    with qtbot.assertNotEmitted(worker_of(desk.reviews).ended):
        apart.meet()
        quiet()
    assert counts[-1] == len(page.cards.cards()) == 1


def test_a_change_that_the_worker_has_just_begun_to_count_is_in_what_the_page_reads(
    qtbot: QtBot, desk: Desk, apart: Apart, quiet: Callable[[], None]
) -> None:
    quiet()
    apart.both_add("Hanami Hotels")
    apart.meet()
    with qtbot.waitSignal(worker_of(desk.reviews).began):
        QCoreApplication.processEvents()
    assert len(desk.reviews.read(100)) == desk.reviews.number == 1
    quiet()
    assert desk.reviews.number == 1


def test_who_closes_it_hears_of_no_count_any_more(desk: Desk, counts: list[int]) -> None:
    desk.write("Add", add_account, "Hanami Hotels")
    QCoreApplication.processEvents()
    assert desk.reviews.is_counting
    assert desk.reviews.close()
    assert not desk.reviews.is_counting
    assert counts == []
