"""A plan with dates around today, and fingers that drag and press on its timeline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from csdesk.actions.plan_items import edit_item, set_dependencies, tick_item
from csdesk.queries.outline import OutlineItem, plan_outline
from tests.actions.outlines import Outline
from tests.ui.front import bring_to_front
from tests.ui.pages.fuji import settle
from ui.desk import Desk
from ui.pages.plan.plan_section import PlanSection
from ui.pages.plan.timeline.bars import Drawn, link_handle
from ui.pages.plan.timeline.card import TimelineCard

Modifier = Qt.KeyboardModifier


class Fingers:
    """Works on the timeline with real mouse and key events; rows go by their titles."""

    def __init__(self, card: TimelineCard, outline: Outline, qtbot: QtBot) -> None:
        self.card, self.view = card, card.view
        self.outline = outline
        self.qtbot = qtbot

    def drawn(self, title: str) -> Drawn:
        """Return where everything of a row stands, scrolled into view."""
        place = next(
            number for number, row in enumerate(self.view.rows.rows) if row.item.title == title
        )
        self.view.reveal(self.view.rows.rows[place].item.ref.id)
        return self.view.drawn(place)

    def spot(self, title: str, x: float) -> QPoint:
        """Return the place at `x` in the middle of a row."""
        drawn = self.drawn(title)
        return QPoint(round(x), drawn.top + drawn.height // 2)

    def middle(self, title: str) -> QPoint:
        """Return the middle of a bar, or of a diamond without one."""
        shape = self.drawn(title).shape
        assert shape is not None
        return self.spot(title, (shape.left + shape.right) / 2)

    def left(self, title: str) -> QPoint:
        """Return the left edge of a bar."""
        shape = self.drawn(title).shape
        assert shape is not None
        return self.spot(title, shape.left + 1)

    def right(self, title: str) -> QPoint:
        """Return the right edge of a bar."""
        shape = self.drawn(title).shape
        assert shape is not None
        return self.spot(title, shape.right - 1)

    def handle(self, title: str) -> QPoint:
        """Return the handle from which a dependency is drawn."""
        shape = self.drawn(title).shape
        assert shape is not None
        return self.spot(title, link_handle(shape))

    def pull(self, start: QPoint, days: int) -> QPoint:
        """Press and drag by some days without letting go; return where one is."""
        return self.pull_to(start, start + QPoint(round(days * self.view.day_width), 0))

    def pull_to(self, start: QPoint, end: QPoint) -> QPoint:
        """Press and drag to a place without letting go."""
        target = self.view.viewport()
        self.qtbot.mousePress(target, Qt.MouseButton.LeftButton, pos=start)
        self.qtbot.mouseMove(target, start + QPoint(6, 0))
        self.qtbot.mouseMove(target, end)
        return end

    def let_go(self, at: QPoint) -> None:
        """Let the mouse go."""
        self.qtbot.mouseRelease(self.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        settle()

    def drag(self, start: QPoint, days: int) -> None:
        """Drag by some days."""
        self.let_go(self.pull(start, days))

    def press(
        self,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Modifier.NoModifier,
        on: QWidget | None = None,
    ) -> None:
        """Press a key on the timeline."""
        self.qtbot.keyClick(on or self.view, key, modifier)
        settle()

    def at(self, title: str) -> None:
        """Put the cursor on an item, the keyboard on the timeline."""
        self.view.setFocus()
        self.view.choose(self.outline.ref(title).id)

    def item(self, title: str) -> OutlineItem:
        """Return an item as it is stored."""
        return self.outline.item(title)


@pytest.fixture
def day(today: dt.date) -> Callable[[int], dt.date]:
    """Return what gives the day so many days from today."""
    return lambda number: today + dt.timedelta(days=number)


def dated(outline: Outline, day: Callable[[int], dt.date]) -> None:
    """Give the items of the plan dates, but for A3 and G2; M2 waits for M1, and A2 is done."""
    dates = {"G1": (0, 40), "M1": (2, 12), "A1": (None, 6), "A2": (1, 4), "M2": (15, 25)}
    refs = {item.title: item.ref for item in outline.all()}

    def fill(session: Session) -> None:
        for title, (start, due) in dates.items():
            start_on = None if start is None else day(start)
            edit_item(session, refs[title], start_on=start_on, due_on=day(due))
        set_dependencies(session, refs["M2"].id, {refs["M1"].id})
        tick_item(session, refs["A2"], True)

    outline.workspace.write("Fill", fill)
    settle()


def looked_at(card: TimelineCard, first: dt.date) -> None:
    """Look at the days from `first` on, 14 pixels each, with the keyboard on the timeline."""
    card.view.set_day_width(14.0)
    card.view.begin_at(float(first.toordinal()))
    card.view.setFocus()
    settle()


@pytest.fixture
def card(qtbot: QtBot, desk: Desk, outline: Outline, today: dt.date) -> Iterator[TimelineCard]:
    """Return the timeline alone, shown, which hears of changes as the plan's tab does."""
    card = TimelineCard(desk)

    def reload(_change: object = None) -> None:
        card.show_plan(desk.read(plan_outline, outline.plan.id, today=today))

    qtbot.addWidget(card)
    card.resize(900, 420)
    card.edited.connect(reload)
    desk.changed.connect(reload)
    bring_to_front(qtbot, card)
    reload()
    yield card
    desk.changed.disconnect(reload)
    card.hide()


@pytest.fixture
def fingers(
    card: TimelineCard, outline: Outline, qtbot: QtBot, day: Callable[[int], dt.date]
) -> Fingers:
    """Return fingers on the timeline of a plan with dates."""
    dated(outline, day)
    looked_at(card, day(-5))
    return Fingers(card, outline, qtbot)


@pytest.fixture
def on_page(
    plan: PlanSection, outline: Outline, qtbot: QtBot, day: Callable[[int], dt.date]
) -> Fingers:
    """Return fingers on the same timeline where it stands in the plan's tab."""
    dated(outline, day)
    plan.window().resize(1300, 1000)
    settle()
    looked_at(plan.timeline, day(-5))
    return Fingers(plan.timeline, outline, qtbot)
