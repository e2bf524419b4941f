"""Lateness is said in words: that of an item, what it does to others, and what others do to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from csdesk.actions.holidays import choose_country
from csdesk.actions.plan_items import edit_item
from tests.actions.outlines import Outline
from tests.ui.pages.fuji import settle
from tests.ui.pages.plan.timeline.conftest import Fingers
from ui.desk import Desk
from ui.pages.plan.timeline.words import days_words, short_words

Day = Callable[[int], dt.date]


def test_lateness_that_pushes_what_waits_is_critical_in_words_and_colour(
    fingers: Fingers, outline: Outline, day: Day
) -> None:
    outline.do(edit_item, "M1", start_on=None, due_on=day(-4))
    outline.do(edit_item, "M2", start_on=day(-1), due_on=day(20))
    outline.do(edit_item, "A1", due_on=day(-6))
    settle()
    late, waiting, action = (fingers.drawn(title).row for title in ("M1", "M2", "A1"))
    assert short_words(late) == "4 days late, delays what follows"
    assert late.tone == "bad"
    assert short_words(waiting) == "1 day late expected"
    assert waiting.tone == "warning"
    assert short_words(action) == "6 days late, delays what follows"
    assert [link.is_tight for link in fingers.view.rows.links] == [True]
    tip = fingers.view._tip_at(QPointF(fingers.middle("M2")))
    assert "Waits for: M1" in tip
    assert "1 day late expected" in tip


def test_lateness_with_room_behind_it_is_late_and_no_more(
    fingers: Fingers, outline: Outline, day: Day
) -> None:
    outline.do(edit_item, "M1", start_on=None, due_on=day(-2))
    settle()
    late = fingers.drawn("M1").row
    assert short_words(late) == "2 days late"
    assert not late.standing.is_critical
    assert short_words(fingers.drawn("M2").row) == ""
    assert [link.is_tight for link in fingers.view.rows.links] == [False]


def test_a_plan_that_lets_one_begin_too_early_says_so(
    fingers: Fingers, outline: Outline, day: Day
) -> None:
    outline.do(edit_item, "M2", start_on=day(9))
    settle()
    assert short_words(fingers.drawn("M2").row) == "begins before what it waits for is due"
    assert [link.is_tight for link in fingers.view.rows.links] == [True]


def test_a_day_tells_its_holiday(fingers: Fingers, desk: Desk, qtbot: QtBot) -> None:
    desk.write("Country", choose_country, "JP")
    qtbot.waitUntil(lambda: fingers.view.calendar.country == "JP")
    holiday = dt.date(2026, 11, 23)
    fingers.view.go_to(holiday)
    tip = fingers.view._tip_at(QPointF(fingers.view.scale.middle(holiday), 5))
    assert tip == "Nov 23, 2026 (Mon)\nLabor Thanksgiving Day"
    empty = QPointF(fingers.view.scale.middle(holiday), fingers.view.heading_height + 8)
    assert fingers.view.place_at(empty.y()) is not None


def test_days_have_their_sign_and_their_plural() -> None:
    assert [days_words(n) for n in (1, -1, 0, 7)] == ["+1 day", "−1 day", "0 days", "+7 days"]
