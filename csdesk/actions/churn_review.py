"""What follows for contracts and churn events once people decide whether a customer left."""

from __future__ import annotations

from sqlalchemy.orm import Session

from csdesk.actions.editing import delete
from csdesk.actions.reviving import bring_back
from csdesk.model.records import ChurnEvent, Contract
from csdesk.model.vocabulary import AccountStatus, ContractStatus
from csdesk.queries.churn_question import STATUS, Churning, churnings
from csdesk.queries.review_items import EditItem
from csdesk.store import rewriting
from csdesk.store.driver import RawConnection
from csdesk.store.stamps import utc_now
from csdesk.store.undo import want_back
from csdesk.workspace.writing import raw_connection


def follow_choice(session: Session, item: EditItem, chosen: object) -> None:
    """Let contracts and events fit the state that was chosen for an account.

    Does nothing for an item about anything else, or where nobody noted a churn.
    """
    if (item.entity, item.field) != STATUS:
        return
    session.flush()
    raw = raw_connection(session.connection())
    noted = churnings(raw, item.row_id, (item.now.key, *item.losers))
    if chosen == AccountStatus.CHURNED:
        _let_it_have_left(session, noted)
    else:
        let_it_stay(session, raw, noted)


def let_it_stay(session: Session, raw: RawConnection, noted: tuple[Churning, ...]) -> None:
    """Take away what was noted of churns, and let the contracts run again that they ended.

    A contract that somebody changed the state of since keeps it.
    """
    for one in noted:
        want_back(raw, one.step, {("contract", row) for row in one.contracts})
        rewriting.apply(raw, utc_now)
    session.expire_all()
    delete(session, "churn_event", [row for one in noted for row in one.events])


def _let_it_have_left(session: Session, noted: tuple[Churning, ...]) -> None:
    events = [row for one in noted for row in one.events]
    known = [session.get(ChurnEvent, row) for row in events]
    if not any(event is not None and event.deleted_at is None for event in known):
        bring_back(session, [("churn_event", row) for row in events])
    for row in {row for one in noted for row in one.contracts}:
        contract = session.get(Contract, row)
        if contract is not None and contract.status == ContractStatus.RUNNING:
            contract.status = ContractStatus.ENDED
    session.flush()
