"""Edits of different fields that make no sense together are asked about; one answer settles it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from csdesk.actions.accounts import add_account, edit_account
from csdesk.actions.churn import churn_account, win_back
from csdesk.actions.clashing import settle_clash
from csdesk.actions.contracts import add_contract, edit_contract
from csdesk.actions.editing import today
from csdesk.actions.kpis import add_kpi, delete_kpi
from csdesk.actions.people import add_member, delete_members
from csdesk.actions.plan_items import add_item, edit_item
from csdesk.actions.plans import add_measure, add_plan
from csdesk.actions.review import bring_owner_back, keep_now, make_these_one, take_other
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.records import Account, Goal
from csdesk.model.vocabulary import AccountStatus, ChurnReason, ContractStatus
from csdesk.queries.accounts import contracts_of
from csdesk.queries.churn import churn_outlook
from csdesk.queries.kpis import kpi_catalogue
from csdesk.queries.review import count_again, open_review_count
from csdesk.queries.review_items import (
    ClashItem,
    DuplicateItem,
    EditItem,
    RecoveredItem,
    ReviewItem,
)
from csdesk.store.touching import Change, everything
from csdesk.workspace.workspace import Workspace
from tests.queries.apart import Pair
from tests.store.desk import row_of

Story = tuple[str | None, list[str], list[str]]


def customer(pair: Pair, name: str) -> str:
    account: str = pair.aiko.write("Add", add_account, name, status=AccountStatus.ACTIVE).result
    contract: dict[str, Any] = {"mrr": 100, "status": ContractStatus.RUNNING}
    pair.aiko.write("Contract", add_contract, account, renewal_on=today(), **contract)
    pair.meet()
    pair.pass_by(minutes=3)
    return account


def churn(workspace: Workspace, account: str, reason: ChurnReason) -> None:
    workspace.write("Churn", churn_account, account, today(), reason, evidence=f"{reason}!")


def story(pair: Pair, account: str) -> Story:
    """Return the state of an account, its contracts and churns, which is the same for both."""

    def told(workspace: Workspace) -> Story:
        found = workspace.read(churn_outlook, account)
        assert found is not None
        contracts = sorted(str(one.status) for one in workspace.read(contracts_of, account))
        return found.status, contracts, sorted(str(one.reason) for one in found.churns)

    assert told(pair.aiko) == told(pair.ben)
    return told(pair.aiko)


def about(pair: Pair, row: str) -> list[ReviewItem]:
    return [item for item in pair.waiting() if row in (item.account_id, item.row_id)]


ACTIVE: Story = ("active", ["running"], [])


@pytest.mark.parametrize("undoes", ["aiko", pytest.param("ben", marks=pytest.mark.long)])
@pytest.mark.parametrize("met", [True, False], ids=["met", "apart"])
def test_both_note_a_churn_and_one_undoes_it(two: Pair, undoes: str, met: bool) -> None:
    account = customer(two, f"Churn {undoes} {met}")
    reasons = {"aiko": ChurnReason.PRODUCT, "ben": ChurnReason.SERVICE}
    for name, reason in reasons.items():
        churn(getattr(two, name), account, reason)
        two.pass_by(minutes=3)
    if met:
        two.meet()
        (twins,) = about(two, account)
        assert isinstance(twins, DuplicateItem), "two notes of one churn are offered as one"
    getattr(two, undoes).undo()
    two.meet()
    other = next(str(reason) for name, reason in reasons.items() if name != undoes)
    left: Story = ("churned", ["ended"], [other])
    if met:
        # Whoever undoes it takes back only her own note: for the other one the customer has left.
        assert story(two, account) == left
        assert about(two, account) == []
        return
    assert story(two, account) == ("active", ["running"], [other]), "until somebody decides"
    (item,) = about(two, account)
    assert isinstance(item, EditItem)
    assert item.label == "Status", "one question for account and contracts"
    assert item.note
    before = story(two, account)
    for takes, after in ((False, ACTIVE), (True, left)):
        if takes:
            two.ben.write("Decide", take_other, item, item.others[0])
        else:
            two.ben.write("Decide", keep_now, item)
        two.meet()
        assert story(two, account) == after
        assert about(two, account) == []
        two.ben.undo()
        two.meet()
        assert story(two, account) == before
        (item,) = about(two, account)
        assert isinstance(item, EditItem)


def test_two_notes_of_one_churn_become_one_with_the_evidence_of_both(two: Pair) -> None:
    account = customer(two, "Noted twice")
    churn(two.aiko, account, ChurnReason.PRODUCT)
    two.pass_by(minutes=3)
    churn(two.ben, account, ChurnReason.SERVICE)
    two.meet()
    (item,) = about(two, account)
    two.ben.write("One", make_these_one, item)
    two.meet()
    [event] = two.aiko.read(churn_outlook, account).churns
    assert (event.reason, event.evidence) == (ChurnReason.PRODUCT, "product!\nservice!")
    assert about(two, account) == []
    # Won back and lost again, by people who knew of each other, that is another churn.
    two.aiko.write("Back", win_back, account)
    two.meet()
    churn(two.ben, account, ChurnReason.COMPETITOR)
    two.meet()
    assert about(two, account) == []


def renew(workspace: Workspace, account: str) -> None:
    [contract] = workspace.read(contracts_of, account)
    workspace.write("Renew", edit_contract, contract.id, renewal_on=today() + dt.timedelta(365))


def sign(workspace: Workspace, account: str) -> None:
    workspace.write("Sign", add_contract, account, mrr=5, status=ContractStatus.RUNNING)


STAYED, ENDED = "stays", "end"


@pytest.mark.parametrize(
    ("work", "churn_first", "answers"),
    [
        (renew, True, {STAYED: ACTIVE, ENDED: ("churned", ["ended"], ["price"])}),
        (renew, False, {}),
        pytest.param(
            sign,
            True,
            {
                STAYED: ("active", ["running"] * 2, []),
                ENDED: ("churned", ["ended"] * 2, ["price"]),
                "leave": ("churned", ["ended", "running"], ["price"]),
            },
            marks=pytest.mark.long,
        ),
        pytest.param(
            sign, False, {STAYED: ("active", ["running"] * 2, [])}, marks=pytest.mark.long
        ),
    ],
    ids=["left, renewed", "renewed, left", "left, signed", "signed, left"],
)
def test_a_customer_who_left_while_a_colleague_went_on_with_a_contract(
    two: Pair,
    work: Callable[[Workspace, str], None],
    churn_first: bool,
    answers: dict[str, Story],
) -> None:
    account = customer(two, f"{work.__name__} {churn_first}")
    note = lambda: churn(two.aiko, account, ChurnReason.COMMERCIAL)  # noqa: E731
    for step in (note, None) if churn_first else (None, note):
        (step or (lambda: work(two.ben, account)))()
        two.pass_by(minutes=3)
    two.meet()
    if not answers:
        # As if one person had done both in that order: nothing to ask.
        assert about(two, account) == []
        return
    before = story(two, account)
    (item,) = about(two, account)
    assert isinstance(item, ClashItem)
    assert any("Ben" in line for line in item.edits)
    for way in item.ways:
        two.ben.write("Decide", settle_clash, item, way)
        two.meet()
        after = story(two, account)
        assert about(two, account) == [], way.id
        if way.id in answers:
            reasons = [str(ChurnReason.COMMERCIAL)] if answers[way.id][2] else []
            assert after == (*answers[way.id][:2], reasons)
        two.ben.undo()
        two.meet()
        assert story(two, account) == before
        (again,) = about(two, account)
        assert again.id == item.id, "an undo gives the question back"
        item = again


@pytest.mark.parametrize("named_last", [True, False])
def test_somebody_named_after_a_colleague_deleted_her(two: Pair, named_last: bool) -> None:
    write = two.aiko.write
    old = write("Add", add_member, f"Old {named_last}").result
    new = write("Add", add_member, f"New {named_last}").result
    accounts = [
        write("Add", add_account, f"{n} {named_last}", owner_id=old).result for n in range(2)
    ]
    two.meet()

    def name() -> None:
        for account in accounts:
            write("Owner", edit_account, account, owner_id=new)

    def delete() -> None:
        two.ben.write("Delete", delete_members, [new])

    for step in (delete, name) if named_last else (name, delete):
        step()
        two.pass_by(minutes=3)
    two.meet()
    found = about(two, new)
    if not named_last:
        assert found == [], "who is deleted after that is out of sight, as ever"
        return
    (item,) = found
    assert isinstance(item, ClashItem)
    assert len(item.edits) == 2
    back, before = item.ways
    two.ben.write("Before", settle_clash, item, before)
    two.meet()
    owners = [two.aiko.read(row_of, Account, account)["owner_id"] for account in accounts]
    assert owners == [old, old]
    assert about(two, new) == []
    two.ben.undo()
    two.meet()
    (item,) = about(two, new)
    two.aiko.write("Back", settle_clash, item, back)
    two.meet()
    assert about(two, new) == []
    assert [two.ben.read(row_of, Account, one)["owner_id"] for one in accounts] == [new, new]


def test_a_goal_is_measured_by_what_a_colleague_deleted(two: Pair) -> None:
    account = customer(two, "Measured")
    plan = two.aiko.write("Plan", add_plan, account, "Plan").result
    goal = two.aiko.write("Goal", add_item, ItemKind.GOAL, ItemRef(None, plan), "Goal").result
    kpi = two.aiko.write("KPI", add_kpi, "Measured by").result
    two.meet()
    two.aiko.write("Measure", add_measure, goal.id, kpi, target=Decimal(50))
    two.pass_by(minutes=3)
    two.ben.write("Delete", delete_kpi, kpi)
    two.meet()
    (item,) = about(two, account)
    assert isinstance(item, RecoveredItem)
    assert (item.entity, item.parent_id) == ("measure", kpi)
    two.ben.write("Back", bring_owner_back, item)
    two.meet()
    assert kpi in {row.id for row in two.aiko.read(kpi_catalogue)}
    assert about(two, account) == []


@pytest.mark.parametrize("start_first", [True, pytest.param(False, marks=pytest.mark.long)])
def test_one_moves_the_start_behind_the_end_that_another_moved(
    two: Pair, start_first: bool
) -> None:
    account = customer(two, f"Moved {start_first}")
    plan = two.aiko.write("Plan", add_plan, account, "Plan").result
    first, last, early, late = (dt.date(2027, 1, day) for day in (4, 20, 8, 12))
    goal = two.aiko.write(
        "Goal", add_item, ItemKind.GOAL, ItemRef(None, plan), "Goal", start_on=first, due_on=last
    ).result
    two.meet()
    steps = [
        lambda: two.aiko.write("Start", edit_item, goal, start_on=late),
        lambda: two.ben.write("Due", edit_item, goal, due_on=early),
    ]
    for step in steps if start_first else reversed(steps):
        step()
        two.pass_by(minutes=3)
    two.meet()

    def dates() -> tuple[dt.date, dt.date]:
        row = two.ben.read(row_of, Goal, goal.id)
        return row["start_on"], row["due_on"]

    for number, after in enumerate(((first, early), (late, last))):
        (item,) = about(two, account)
        assert isinstance(item, ClashItem)
        two.ben.write("Decide", settle_clash, item, item.ways[number])
        two.meet()
        assert dates() == after
        assert about(two, account) == []
        two.ben.undo()
        two.meet()
        assert dates() == (late, early)


def test_what_clashes_is_counted_again_after_every_change_as_if_from_the_beginning(
    two: Pair,
) -> None:
    account = customer(two, "Counted")
    changes: list[Change] = []
    stop = two.aiko.subscribe(changes.append)
    tally = two.aiko.read(count_again, None, ())
    [contract] = two.aiko.read(contracts_of, account)
    churn(two.ben, account, ChurnReason.PRODUCT)
    two.pass_by(minutes=3)
    two.aiko.write("Seats", edit_contract, contract.id, seats=9)
    two.meet()
    changes.append(everything("Changes from Ben"))
    totals = []
    for step in (
        lambda: None,
        lambda: two.aiko.write("Name", edit_account, account, region="East"),
        lambda: two.aiko.write("Back", win_back, account),
        two.aiko.undo,
    ):
        step()
        tally = two.aiko.read(count_again, tally, tuple(changes))
        changes.clear()
        assert tally.total == two.aiko.read(open_review_count)
        totals.append(tally.total - totals[0] if totals else tally.total)
    stop()
    assert totals[1:] == [0, -1, 0]
