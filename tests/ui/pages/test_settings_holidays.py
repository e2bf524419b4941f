"""Which days are off is chosen in the settings: a country, and days of our own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from csdesk.actions.holidays import NO_COUNTRY, add_holiday, delete_holidays
from csdesk.insight.working_days import countries
from csdesk.queries.calendar import chosen_country, own_holidays, work_calendar
from tests.ui.front import bring_to_front
from tests.ui.pages.fuji import settle, undone
from ui.desk import Desk
from ui.pages.settings_holidays import Holidays

Key = Qt.Key


@pytest.fixture
def holidays(qtbot: QtBot, desk: Desk) -> Iterator[Holidays]:
    """Return the days off, shown with all countries."""
    holidays = Holidays(desk)
    qtbot.addWidget(holidays)
    holidays.resize(600, 400)
    bring_to_front(qtbot, holidays)
    qtbot.waitUntil(lambda: holidays.country.count() > 200)
    yield holidays
    holidays.hide()


def add(holidays: Holidays, qtbot: QtBot, name: str, first: str, last: str = "") -> None:
    """Type days off and press Enter."""
    for line, text in ((holidays.name, name), (holidays.first, first), (holidays.last, last)):
        line.setFocus()
        line.selectAll()
        qtbot.keyClicks(line, text)
    qtbot.keyClick(holidays.last, Key.Key_Return)
    settle()


def test_a_country_is_chosen_by_name_and_undone(
    holidays: Holidays, desk: Desk, qtbot: QtBot
) -> None:
    box = holidays.country
    codes = {box.itemData(place) for place in range(box.count())} - {None}
    assert codes == {NO_COUNTRY, *countries()}
    assert box.currentData() == NO_COUNTRY  # English, and nobody chose
    place = box.findText("Japan")
    box.setCurrentIndex(place)
    box.activated.emit(place)
    settle()
    assert desk.read(chosen_country) == "JP"
    assert desk.read(work_calendar).names(dt.date(2026, 5, 6)) == ("Substitute Holiday",)
    undone(desk, qtbot)
    assert box.currentData() == NO_COUNTRY


def test_days_off_are_added_changed_and_removed_by_keys(
    holidays: Holidays, desk: Desk, qtbot: QtBot
) -> None:
    QAbstractItemModelTester(
        holidays.table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal, holidays
    )
    add(holidays, qtbot, "Year-end break", "2026-12-29", "2027-01-03")
    add(holidays, qtbot, "Foundation day", "2027-06-01")
    rows = desk.read(own_holidays)
    assert [(row.name, row.first_on, row.last_on) for row in rows] == [
        ("Year-end break", dt.date(2026, 12, 29), dt.date(2027, 1, 3)),
        ("Foundation day", dt.date(2027, 6, 1), dt.date(2027, 6, 1)),
    ]
    assert holidays.name.hasFocus()  # ready for the next
    assert holidays.name.text() == ""
    model = holidays.table.model()
    assert model.setData(model.index(0, 2), dt.date(2027, 1, 5))
    settle()
    assert desk.read(own_holidays)[0].last_on == dt.date(2027, 1, 5)
    holidays.table.choose(rows[0].id)
    holidays.table.setFocus()
    with qtbot.waitSignal(desk.messages.said) as said:
        qtbot.keyClick(holidays.table, Key.Key_Delete)
    assert [row.name for row in desk.read(own_holidays)] == ["Foundation day"]
    undone(desk, qtbot, said.args[0].act)
    assert len(desk.read(own_holidays)) == 2


@pytest.mark.parametrize(("first", "last"), [("soon", ""), ("2027-01-03", "2026-12-29")])
def test_days_that_make_no_sense_are_told_and_stay_typed(
    holidays: Holidays, desk: Desk, qtbot: QtBot, first: str, last: str
) -> None:
    with qtbot.waitSignal(desk.messages.said):
        add(holidays, qtbot, "Break", first, last)
    assert desk.read(own_holidays) == ()
    assert holidays.name.text() == "Break"


def test_what_others_write_is_shown_and_what_is_typed_stays(
    holidays: Holidays, desk: Desk, qtbot: QtBot
) -> None:
    qtbot.keyClicks(holidays.name, "Half typed")
    day = dt.date(2027, 6, 1)
    made = desk.workspace.write("Elsewhere", add_holiday, "Foundation day", day).result
    settle()
    assert holidays.table.model().rowCount() == 1
    assert holidays.table.isVisible()
    assert holidays.name.text() == "Half typed"
    desk.workspace.write("Elsewhere", delete_holidays, [made])
    settle()
    assert not holidays.table.isVisible()
