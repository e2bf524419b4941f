"""Days off of our team, and whose country's holidays count."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account
from csdesk.actions.holidays import (
    NO_COUNTRY,
    add_holiday,
    choose_country,
    delete_holidays,
    edit_holiday,
)
from csdesk.errors import UserError
from csdesk.i18n import use_language
from csdesk.model.records import Holiday
from csdesk.model.vocabulary import DocumentLanguage
from csdesk.queries.calendar import (
    HolidayRow,
    days_off,
    holiday_country,
    own_holidays,
    work_calendar,
)
from csdesk.workspace.workspace import Workspace

FIRST, LAST = dt.date(2026, 12, 29), dt.date(2027, 1, 3)


def test_days_off_are_added_changed_and_taken_away(workspace: Workspace) -> None:
    off = workspace.write("Add", add_holiday, "Year-end break", FIRST, LAST).result
    day = workspace.write("Add", add_holiday, "Foundation day", dt.date(2026, 6, 1)).result
    assert workspace.read(own_holidays) == (
        HolidayRow(day, "Foundation day", dt.date(2026, 6, 1), dt.date(2026, 6, 1)),
        HolidayRow(off, "Year-end break", FIRST, LAST),
    )
    workspace.write("Edit", edit_holiday, off, last_on=dt.date(2027, 1, 5))
    assert workspace.read(work_calendar).is_off(dt.date(2027, 1, 5))
    workspace.write("Delete", delete_holidays, [off])
    assert [row.id for row in workspace.read(own_holidays)] == [day]
    workspace.undo()
    assert len(workspace.read(own_holidays)) == 2


def test_days_off_that_end_before_they_begin_are_refused(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="before it begins"):
        workspace.write("Add", add_holiday, "Break", LAST, FIRST)
    off = workspace.write("Add", add_holiday, "Break", FIRST, LAST).result
    with pytest.raises(UserError, match="before it begins"):
        workspace.write("Edit", edit_holiday, off, first_on=dt.date(2027, 2, 1))
    with pytest.raises(UserError, match="first day"):
        workspace.write("Edit", edit_holiday, off, first_on=None)
    with pytest.raises(UserError):
        workspace.write("Edit", edit_holiday, off, name=" ")


def end_too_early(session: Session, holiday_id: str) -> None:
    """Write what no action of ours would, as a merge may."""
    session.get_one(Holiday, holiday_id).last_on = dt.date(2020, 1, 1)


def begin_nowhere(session: Session, holiday_id: str) -> None:
    """Write what no action of ours would, as a merge may."""
    session.get_one(Holiday, holiday_id).first_on = None


def test_days_off_in_disorder_from_elsewhere_do_no_harm(workspace: Workspace) -> None:
    off = workspace.write("Add", add_holiday, "Break", FIRST, LAST).result
    workspace.write("Edit", end_too_early, off)
    assert workspace.read(work_calendar).own == ()
    workspace.write("Edit", begin_nowhere, off)
    assert workspace.read(work_calendar).names(dt.date(2020, 1, 1)) == ("Break",)


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        ("ja", None, "JP"),
        ("en", None, ""),
        ("en", DocumentLanguage.JA, "JP"),
        ("en", DocumentLanguage.EN, ""),
    ],
)
def test_japan_counts_until_somebody_chooses_where_japanese_is_spoken(
    workspace: Workspace, language: str, written: DocumentLanguage | None, expected: str
) -> None:
    account = workspace.write("Add", add_account, "Fuji", document_language=written).result
    use_language(language)
    assert workspace.read(holiday_country, account) == expected
    workspace.write("Choose", choose_country, "DE")
    assert workspace.read(holiday_country, account) == "DE"
    workspace.write("Choose", choose_country, NO_COUNTRY)
    assert workspace.read(holiday_country, account) == ""
    workspace.undo()
    assert workspace.read(holiday_country, account) == "DE"


def test_a_country_without_known_holidays_is_refused(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="Atlantis"):
        workspace.write("Choose", choose_country, "Atlantis")


def test_days_off_are_listed_in_the_language_of_the_interface(workspace: Workspace) -> None:
    workspace.write("Choose", choose_country, "JP")
    workspace.write("Add", add_holiday, "Year-end break", FIRST, LAST)
    span = (dt.date(2026, 12, 31), dt.date(2027, 1, 1))
    assert [one.name for one in workspace.read(days_off, *span)] == [
        "Year-end break",
        "Year-end break",
        "New Year's Day",
    ]
    use_language("ja")
    assert workspace.read(days_off, *span)[-1].name == "元日"
