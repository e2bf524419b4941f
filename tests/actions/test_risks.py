"""Risks are rated from 1 to 5 and hold what is theirs."""

from __future__ import annotations

from itertools import product

import pytest
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account
from csdesk.actions.risks import add_risk, delete_risks, edit_risk
from csdesk.errors import UserError
from csdesk.model.records import Risk
from csdesk.model.vocabulary import RiskKind, RiskStage
from csdesk.queries.risks import risks_of
from csdesk.workspace.workspace import Workspace


@pytest.fixture
def account(workspace: Workspace) -> str:
    return workspace.write("Account", add_account, "Fuji").result


def test_a_new_risk_is_one_that_was_just_seen(workspace: Workspace, account: str) -> None:
    workspace.write("Risk", add_risk, account, "  They may\nleave ")
    (risk,) = workspace.read(risks_of, account)
    assert (risk.title, risk.kind, risk.stage) == (
        "They may leave",
        RiskKind.RISK,
        RiskStage.IDENTIFIED,
    )
    assert risk.score is None


def test_a_rating_outside_the_scale_is_refused(workspace: Workspace, account: str) -> None:
    risk = workspace.write("Risk", add_risk, account, "Risk").result
    for field, value in product(("probability", "impact"), (0, 6, -1)):
        with pytest.raises(UserError, match="out of range"):
            workspace.write("Rate", edit_risk, risk, **{field: value})
        with pytest.raises(UserError, match="out of range"):
            workspace.write("Add", add_risk, account, "Other", **{field: value})
    assert len(workspace.read(risks_of, account)) == 1


def test_a_rating_can_be_taken_back(workspace: Workspace, account: str) -> None:
    risk = workspace.write("Risk", add_risk, account, "Risk", probability=4, impact=5).result
    assert workspace.read(risks_of, account)[0].score == 20
    workspace.write("Rate", edit_risk, risk, impact=None)
    assert workspace.read(risks_of, account)[0].score is None


def test_a_risk_needs_a_title_and_an_account(workspace: Workspace, account: str) -> None:
    with pytest.raises(UserError, match="name is needed"):
        workspace.write("Risk", add_risk, account, " ")
    with pytest.raises(UserError, match="no longer there"):
        workspace.write("Risk", add_risk, "none", "Risk")


def test_deleted_risks_are_marked_and_no_longer_listed(workspace: Workspace, account: str) -> None:
    risk = workspace.write("Risk", add_risk, account, "Risk").result
    workspace.write("Delete", delete_risks, [risk])
    assert workspace.read(risks_of, account) == ()

    def is_marked(session: Session) -> bool:
        return session.get_one(Risk, risk).deleted_at is not None

    assert workspace.read(is_marked)
