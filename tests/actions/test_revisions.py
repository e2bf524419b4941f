"""Versions kept by hand, agreements and what takes them back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from csdesk.actions.accounts import add_account
from csdesk.actions.people import add_contact
from csdesk.actions.plans import delete_plan, edit_plan
from csdesk.actions.revisions import (
    agree_to_plan,
    record_agreement,
    record_version,
    take_back_agreement,
)
from csdesk.errors import UserError
from csdesk.model.vocabulary import PlanStatus
from csdesk.queries.plan_changes import unagreed_items
from csdesk.queries.revisions import version_content
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.queries.agreements import newest_agreement
from tests.report.versioned_plan import TODAY, VersionedPlan

SIGNED = dt.date(2026, 3, 4)


@pytest.fixture
def desk(tmp_path: Path, home: Home) -> Iterator[VersionedPlan]:
    with Workspace.create(tmp_path / "team.csdesk", home=home, author="Yui") as workspace:
        yield VersionedPlan(workspace, tmp_path)


def _keep(desk: VersionedPlan, note: str = "") -> str:
    revision: str = desk.do(record_version, desk.plan, note, today=TODAY)
    return revision


def _status(desk: VersionedPlan) -> str:
    """Return the plan's status as a version of now would keep it."""
    newest = _keep(desk)
    status = desk.workspace.read(version_content, newest).status
    desk.workspace.undo()
    return status


def test_a_version_kept_by_hand_has_its_note_and_makes_none_twice(desk: VersionedPlan) -> None:
    first = _keep(desk, "Before the kick-off")
    assert _keep(desk) == first
    (version,) = desk.versions()
    assert (version.kind, version.note, version.author) == ("manual", "Before the kick-off", "Yui")
    assert _keep(desk, "After all") == first
    assert desk.versions()[0].note == "After all"
    desk.edit(title="名簿を送る")
    _keep(desk)
    assert desk.numbers() == [2, 1]


def test_an_agreement_says_who_when_and_how_and_the_draft_is_agreed(desk: VersionedPlan) -> None:
    revision = _keep(desk)
    desk.do(record_agreement, revision, desk.contact, SIGNED, "email", "PO 42")
    (sign_off,) = desk.versions()[0].sign_offs
    assert (sign_off.contact, sign_off.signed_on, sign_off.how, sign_off.note) == (
        "山田 太郎",
        SIGNED,
        "email",
        "PO 42",
    )
    assert _status(desk) == PlanStatus.AGREED
    agreed = desk.workspace.read(newest_agreement, desk.plan)
    assert agreed is not None
    assert (agreed.signed_on, agreed.signed_by) == (SIGNED, "山田 太郎")
    assert agreed.view.version == 1


def test_only_a_draft_or_proposal_becomes_agreed(desk: VersionedPlan) -> None:
    revision = _keep(desk)
    for status, expected in (
        (PlanStatus.DRAFT, PlanStatus.AGREED),
        (PlanStatus.PROPOSED, PlanStatus.AGREED),
        (None, PlanStatus.AGREED),
        (PlanStatus.ACTIVE, PlanStatus.ACTIVE),
        (PlanStatus.COMPLETED, PlanStatus.COMPLETED),
    ):
        desk.do(edit_plan, desk.plan, status=status)
        desk.do(record_agreement, revision, None, SIGNED, "spoken")
        assert _status(desk) == expected


def test_an_older_version_can_be_agreed_to_and_what_changed_since_is_not_agreed(
    desk: VersionedPlan,
) -> None:
    first = _keep(desk)
    desk.edit(due_on=dt.date(2026, 4, 1))
    second = _keep(desk)
    desk.do(record_agreement, first, None, SIGNED, "signed")
    agreed = desk.workspace.read(newest_agreement, desk.plan)
    assert agreed is not None
    now = desk.workspace.read(version_content, second)
    assert unagreed_items(agreed.view, now) == {desk.action.id}


def test_the_newest_version_agreed_to_counts_whenever_it_was_signed(desk: VersionedPlan) -> None:
    first = _keep(desk)
    desk.edit(title="名簿を送る")
    second = _keep(desk)
    desk.do(record_agreement, second, None, SIGNED, "signed")
    desk.do(record_agreement, first, None, SIGNED + dt.timedelta(days=9), "signed")
    agreed = desk.workspace.read(newest_agreement, desk.plan)
    assert agreed is not None
    assert agreed.view.version == 2


def test_agreeing_to_the_plan_as_it_is_keeps_it_as_a_version(desk: VersionedPlan) -> None:
    desk.do(agree_to_plan, desk.plan, desk.contact, SIGNED, "spoken", today=TODAY)
    (version,) = desk.versions()
    assert (version.kind, len(version.sign_offs)) == ("agreement", 1)
    desk.workspace.undo()
    assert not desk.versions()


def test_agreeing_to_the_plan_as_it_was_kept_makes_no_other_version(desk: VersionedPlan) -> None:
    _keep(desk)
    desk.do(agree_to_plan, desk.plan, None, SIGNED, "spoken", today=TODAY)
    assert desk.numbers() == [1]


def test_an_agreement_taken_back_is_gone_and_the_plan_is_proposed_again(
    desk: VersionedPlan,
) -> None:
    revision = _keep(desk)
    one = desk.do(record_agreement, revision, None, SIGNED, "spoken")
    other = desk.do(record_agreement, revision, desk.contact, SIGNED, "signed")
    desk.do(take_back_agreement, one)
    assert _status(desk) == PlanStatus.AGREED
    desk.do(take_back_agreement, other)
    assert _status(desk) == PlanStatus.PROPOSED
    assert desk.workspace.read(newest_agreement, desk.plan) is None
    with pytest.raises(UserError):
        desk.do(take_back_agreement, other)


def test_somebody_of_another_customer_cannot_agree(desk: VersionedPlan) -> None:
    revision = _keep(desk)
    other = desk.do(add_contact, desk.do(add_account, "North"), "Ann")
    with pytest.raises(UserError, match="another customer"):
        desk.do(record_agreement, revision, other, SIGNED, "signed")
    assert _status(desk) == PlanStatus.DRAFT


def test_a_plan_that_was_deleted_keeps_and_agrees_nothing(desk: VersionedPlan) -> None:
    revision = _keep(desk)
    desk.do(delete_plan, desk.plan)
    assert not desk.versions()
    with pytest.raises(UserError):
        desk.do(record_version, desk.plan, today=TODAY)
    with pytest.raises(UserError):
        desk.do(agree_to_plan, desk.plan, None, SIGNED, "spoken", today=TODAY)
    with pytest.raises(UserError):
        desk.do(record_agreement, revision, None, SIGNED, "spoken")


def test_a_way_to_agree_that_nobody_knows_is_a_mistake_of_ours(desk: VersionedPlan) -> None:
    revision = _keep(desk)
    with pytest.raises(ValueError, match="telepathy"):
        desk.do(record_agreement, revision, None, SIGNED, "telepathy")
