"""Who undoes what a colleague did as well, not knowing of her, takes back only his own."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions import review
from csdesk.actions.accounts import add_account, edit_account, tag_account, untag_accounts
from csdesk.actions.kpis import add_kpi, set_kpi_value
from csdesk.model.records import Account, AccountTag
from csdesk.queries.kpis import account_kpis
from csdesk.queries.review_items import DeletionItem, ReviewItem
from csdesk.workspace.workspace import Workspace
from tests.queries.apart import Pair
from tests.store.desk import row_of

JANUARY = dt.date(2026, 1, 1)


def values(workspace: Workspace, account: str) -> list[int]:
    return [
        int(point.value)
        for series in workspace.read(account_kpis, account)
        for point in series.points
    ]


def tags(workspace: Workspace, account: str) -> list[str]:
    def living(session: Session) -> list[str]:
        asked = select(AccountTag.tag).where(
            AccountTag.account_id == account, AccountTag.deleted_at.is_(None)
        )
        return list(session.scalars(asked))

    return workspace.read(living)


def about(pair: Pair, account: str) -> list[ReviewItem]:
    return [item for item in pair.waiting() if item.account_id == account]


@pytest.mark.parametrize("aiko_first", [True, False])
@pytest.mark.parametrize("met", [True, False], ids=["met", "apart"])
def test_the_value_of_a_colleague_stays_when_ones_own_is_undone(
    two: Pair, aiko_first: bool, met: bool
) -> None:
    account = two.aiko.write("Add", add_account, f"{aiko_first} {met}").result
    kpi = two.aiko.write("KPI", add_kpi, f"KPI {aiko_first} {met}").result
    two.meet()

    def aiko() -> None:
        two.aiko.write("Value", set_kpi_value, account, kpi, JANUARY, Decimal(7))
        two.pass_by(minutes=3)
        if not met:
            two.aiko.undo()

    def ben() -> None:
        two.ben.write("Value", set_kpi_value, account, kpi, JANUARY, Decimal(5))

    for write in (aiko, ben) if aiko_first else (ben, aiko):
        write()
        two.pass_by(minutes=3)
    two.meet()
    if met:
        # Where Ben's came later it shows already, and the undo finds nothing of Aiko's to give up.
        two.aiko.undo()
        two.meet()
    elif not aiko_first:
        # Her undo came after his value: nobody could know, so somebody is asked.
        (item,) = about(two, account)
        assert isinstance(item, DeletionItem)
        assert (item.taken_along, item.is_gone) == (True, True)
        assert [(edit.label, edit.after, edit.who.author) for edit in item.edits] == [
            ("Value", "5", "Ben")
        ]
        two.ben.write("Bring back", review.keep_item, item)
        two.meet()
    assert values(two.aiko, account) == values(two.ben, account) == [5]
    others = [item for item in about(two, account) if not (met and aiko_first)]
    assert others == [], "whoever is done with it is not asked again"


def test_a_tag_both_gave_stays_when_one_undoes_it_and_goes_when_it_is_taken_away(
    two: Pair,
) -> None:
    account = two.aiko.write("Add", add_account, "Tagged").result
    two.meet()
    for workspace in (two.aiko, two.ben):
        workspace.write("Tag", tag_account, account, "VIP")
        two.pass_by(minutes=3)
    two.meet()
    two.aiko.undo()
    two.meet()
    assert tags(two.ben, account) == ["VIP"]
    two.ben.write("Tag", untag_accounts, [account], "VIP")
    two.meet()
    assert tags(two.aiko, account) == []
    assert about(two, account) == []


def test_left_deleted_it_stays_so_and_is_not_asked_again(two: Pair) -> None:
    account = two.aiko.write("Add", add_account, "Left").result
    two.meet()
    two.ben.write("Tag", tag_account, account, "Pilot")
    two.pass_by(minutes=3)
    two.aiko.write("Tag", tag_account, account, "Pilot")
    two.pass_by(minutes=3)
    two.aiko.undo()
    two.meet()
    (item,) = about(two, account)
    assert isinstance(item, DeletionItem)
    two.aiko.write("Leave", review.delete_after_all, item)
    two.meet()
    assert about(two, account) == []
    two.aiko.undo()
    two.meet()
    assert about(two, account) == [item]


@pytest.mark.parametrize("same", [True, False])
def test_the_undo_of_a_field_gives_what_a_colleague_wrote_and_redo_ones_own(
    two: Pair, same: bool
) -> None:
    account = two.aiko.write("Add", add_account, f"Field {same}", region="Centre").result
    two.meet()
    two.ben.write("Region", edit_account, account, region="East" if same else "West")
    two.pass_by(minutes=3)
    two.aiko.write("Region", edit_account, account, region="East")
    two.meet()
    assert len(about(two, account)) == (0 if same else 1)
    two.aiko.undo()
    two.meet()
    region = two.ben.read(row_of, Account, account)["region"]
    assert region == ("East" if same else "West"), "as if Aiko had written nothing"
    assert about(two, account) == []
    if not same:
        two.aiko.redo()
        assert two.aiko.read(row_of, Account, account)["region"] == "East"
