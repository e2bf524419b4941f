"""An account with a plan, people and KPIs, for the tests of its page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account
from csdesk.actions.people import add_contact, add_member
from csdesk.actions.plans import add_plan
from csdesk.model.items import ItemRef
from csdesk.model.vocabulary import Phase, PlanStatus
from tests.actions.outlines import fill
from tests.ui.colleague import settle
from ui.desk import Desk

SHAPE = {
    "G1": {"M1": {"A1": {}, "A2": {}}, "M2": {}},
    "G2": {"A3": {}},
}


@dataclass(frozen=True)
class Fuji:
    """The ids of what is in the workspace."""

    account: str
    plan: str
    yamada: str
    sato: str


def build_fuji(session: Session) -> Fuji:
    """Add an account with a plan of two goals, one of our people and one of theirs."""
    yamada = add_member(session, "Yamada")
    account = add_account(session, "Fuji Retail", phase=Phase.ADOPTION, owner_id=yamada)
    sato = add_contact(session, account, "Sato")
    plan = add_plan(session, account, "Second half", status=PlanStatus.ACTIVE)
    fill(session, ItemRef(None, plan), SHAPE)
    return Fuji(account, plan, yamada, sato)


def undone(desk: Desk, qtbot: QtBot, undo: Callable[[], object] | None = None) -> None:
    """Undo the last step, by default as the menu does, and wait until it is done and shown."""
    (undo or desk.undo)()
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    settle()


__all__ = ["Fuji", "build_fuji", "settle", "undone"]
