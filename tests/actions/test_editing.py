"""What may be stored: names are trimmed, unacceptable texts refused, rows deleted as a whole."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account, delete_accounts, edit_account
from csdesk.actions.editing import MAX_NAME, MAX_TEXT, clean, delete, edit
from csdesk.actions.kpis import add_kpi, set_kpi_value
from csdesk.actions.people import add_contact, edit_contact
from csdesk.errors import UserError
from csdesk.model.base import columns_of, entity_records
from csdesk.model.identity import kpi_value_id
from csdesk.model.records import Account, Contact, KpiValue, Opportunity
from csdesk.model.vocabulary import Phase
from csdesk.workspace.workspace import Workspace


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Aoba   Logistics ", "Aoba Logistics"),
        ("\u3000青葉\u3000物流\u3000", "青葉 物流"),
        ("two\nlines\tand a tab", "two lines and a tab"),
        ("𠮷野家 髙島屋", "𠮷野家 髙島屋"),
        ("Family 👨‍👩‍👧‍👦 ☕️", "Family 👨‍👩‍👧‍👦 ☕️"),
        ("شركة النور", "شركة النور"),
        ("bell\x07 and NUL\x00", "bell and NUL"),
        ("unit\x1fseparator", "unit separator"),
        ("half \ud842", "half \N{REPLACEMENT CHARACTER}"),
        ("two halves \ud842\udfb7", "two halves 𠮷"),
        ("é", "é"),
    ],
)
def test_a_name_is_kept_as_one_line_that_can_be_read(typed: str, stored: str) -> None:
    assert clean("name", typed) == stored


@pytest.mark.parametrize("empty", ["", "   ", "\n\t", "\u3000", "\x00", "\u200b\u200d", "\ufeff"])
def test_a_name_that_nobody_could_see_is_refused(empty: str) -> None:
    with pytest.raises(UserError, match="A name is needed"):
        clean("name", empty)


@pytest.mark.parametrize("length", [MAX_NAME + 1, 10_000])
def test_a_name_of_ten_thousand_characters_is_refused_with_the_limit(length: int) -> None:
    with pytest.raises(UserError) as caught:
        clean("title", "長" * length)
    assert str(length) in caught.value.message
    assert str(MAX_NAME) in caught.value.advice


def test_the_longest_name_fits() -> None:
    assert clean("name", "長" * MAX_NAME) == "長" * MAX_NAME


def test_a_text_keeps_its_line_breaks_and_tabs_and_nothing_else_that_is_invisible() -> None:
    assert clean("background", "one\r\ntwo\rthree\vfour\tfive\x1b[0m\x00") == (
        "one\ntwo\nthree\nfour\tfive[0m"
    )


def test_a_text_may_be_long_but_not_endless() -> None:
    assert clean("background", "x" * MAX_TEXT) == "x" * MAX_TEXT
    with pytest.raises(UserError):
        clean("background", "x" * (MAX_TEXT + 1))


def test_an_empty_text_is_no_value() -> None:
    assert clean("industry", "") is None


@pytest.mark.parametrize(
    "value", [None, 0, False, Decimal("1.50"), dt.date(2026, 3, 31), Phase.ADOPTION]
)
def test_what_is_no_text_stays_as_it_is(value: object) -> None:
    assert clean("industry", value) is value


@given(st.text(st.characters(codec=None), max_size=600))
def test_whatever_is_typed_can_be_stored_and_is_not_cleaned_twice(text: str) -> None:
    try:
        stored = clean("name", text)
    except UserError:
        return
    assert stored.encode("utf-8")
    assert stored.isprintable() or "\n" not in stored
    assert clean("name", stored) == stored


def test_an_account_keeps_its_name_when_a_nameless_edit_is_refused(
    workspace: Workspace, account: str
) -> None:
    for nothing in ("", " ", None):
        with pytest.raises(UserError):
            workspace.write("Rename", edit_account, account, name=nothing)
    assert workspace.read(lambda session: session.get_one(Account, account).name) == "青葉物流"
    assert workspace.undo_label == "Add"


def test_a_contact_may_lose_the_job_title_but_not_the_name(
    workspace: Workspace, account: str
) -> None:
    contact = workspace.write("Add", add_contact, account, "佐藤 花子", title="部長").result
    workspace.write("Clear", edit_contact, contact, title="")
    assert workspace.read(lambda session: session.get_one(Contact, contact).title) is None
    with pytest.raises(UserError):
        workspace.write("Clear", edit_contact, contact, name="")


def test_a_contact_can_be_added_without_a_job_title(workspace: Workspace, account: str) -> None:
    contact = workspace.write("Add", add_contact, account, "佐藤", title=" ").result
    assert workspace.read(lambda session: session.get_one(Contact, contact).title) is None


def test_an_opportunity_may_go_without_a_title() -> None:
    assert clean("title", "", Opportunity) is None


def test_a_field_that_the_entity_does_not_have_is_a_bug(workspace: Workspace, account: str) -> None:
    with pytest.raises(AttributeError, match="colour"):
        workspace.write("Paint", edit, Account, account, {"colour": "red"})


def test_a_deleted_row_cannot_be_edited(workspace: Workspace, account: str) -> None:
    workspace.write("Delete", delete_accounts, [account])
    with pytest.raises(UserError, match="deleted"):
        workspace.write("Rename", edit_account, account, name="Late")


def test_deleting_what_is_gone_already_deletes_nothing(workspace: Workspace, account: str) -> None:
    workspace.write("Delete", delete_accounts, [account])
    again = workspace.write("Delete", delete_accounts, [account])
    assert again.result == 0
    assert again.change is None


def test_deleting_an_account_takes_every_entity_of_it_along_and_undo_brings_all_back(
    workspace: Workspace,
) -> None:
    workspace.write("One of each", add_one_of_each)
    before = living(workspace)
    assert set(before.values()) == {1}
    gone = workspace.write("Delete", delete_accounts, ["account"])
    assert {name for name, count in living(workspace).items() if count} == SHARED
    assert gone.change is not None
    assert gone.change.rows.keys() == before.keys() - SHARED
    workspace.undo()
    assert living(workspace) == before


SHARED = {
    *("health_measure", "holiday", "kpi", "member", "playbook", "playbook_step", "saved_view"),
    *("segment", "settlement", "template", "workspace_setting"),
}
"""Entities that belong to no account."""


def add_one_of_each(session: Session) -> None:
    """Add a row of every entity, each called after its entity and tied to the others."""
    for entity, record in entity_records().items():
        fields: dict[str, Any] = {
            column.name: column.info["entity"]
            for column in columns_of(entity)
            if "entity" in column.info
        }
        row_id = entity
        if entity == "milestone_dependency":
            fields["after_id"] = "another milestone"
        if entity == "kpi_value":
            fields["period"] = dt.date(2026, 1, 1)
            row_id = kpi_value_id("account", "kpi", fields["period"])
        session.add(record(id=row_id, **fields))


def living(workspace: Workspace) -> dict[str, int]:
    """Count the rows of every entity that are not deleted."""

    def counted(session: Session) -> dict[str, int]:
        return {
            name: session.execute(
                select(func.count()).select_from(record).where(record.deleted_at.is_(None))
            ).scalar_one()
            for name, record in entity_records().items()
        }

    return workspace.read(counted)


def test_rows_that_are_deleted_in_several_batches_all_go_and_all_come_back(
    workspace: Workspace, account: str
) -> None:
    kpi = workspace.write("KPI", add_kpi, "Usage", frequency="weekly").result
    first, count = dt.date(1990, 1, 1), 12_001

    def fill(session: Session) -> None:
        session.add_all(
            KpiValue(
                id=kpi_value_id(account, kpi, day),
                account_id=account,
                kpi_id=kpi,
                period=day,
                value=Decimal(number),
            )
            for number in range(count)
            for day in [first + dt.timedelta(days=number)]
        )

    workspace.write("Fill", fill)
    gone = workspace.write("Delete", delete, "account", [account]).result
    assert len(gone["kpi_value"]) == count
    assert living(workspace)["kpi_value"] == 0
    workspace.undo()
    assert living(workspace)["kpi_value"] == count


def test_an_action_that_fails_half_way_changes_nothing(workspace: Workspace, account: str) -> None:
    def half(session: Session) -> None:
        add_account(session, "New")
        set_kpi_value(session, account, "gone", dt.date(2026, 1, 1), Decimal(1))

    before = living(workspace)
    with pytest.raises(UserError):
        workspace.write("Half", half)
    assert living(workspace) == before
    assert workspace.undo_label == "Add"
