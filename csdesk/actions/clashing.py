"""Decisions about edits that make no sense together, though each was right by itself."""

from __future__ import annotations

from sqlalchemy.orm import Session

from csdesk.actions.churn import win_back
from csdesk.actions.churn_review import let_it_stay
from csdesk.actions.deciding import check_as_read, settle_all
from csdesk.actions.editing import get
from csdesk.actions.people import check_reports_to
from csdesk.actions.reviving import bring_back, set_stored
from csdesk.model.base import entity_records
from csdesk.model.records import Account, Contract
from csdesk.model.vocabulary import AccountStatus, ContractStatus
from csdesk.queries.churn_question import churnings
from csdesk.queries.clashing_dates import SPANS
from csdesk.queries.gone_together import gone_with
from csdesk.queries.review_clashes import (
    BACK,
    BEFORE,
    END,
    GIVE,
    RETURN,
    STAYS,
    ClashFinding,
    Evidence,
    find_clashes,
    value_before,
)
from csdesk.queries.review_items import ClashItem, ClashWay, ReviewKind
from csdesk.queries.settlements import settled_matters
from csdesk.queries.ways_back import living_rows
from csdesk.store.driver import RawConnection
from csdesk.workspace.writing import raw_connection


def settle_clash(session: Session, item: ClashItem, way: ClashWay) -> None:
    """Do what was chosen of the ways of a clash, and settle it where it would show again.

    Raises UserError where it is no longer as it was read.
    """
    check_as_read(session, item)
    if way not in item.ways:
        raise ValueError(f"{way.id} is no way for {item.id}")
    raw = raw_connection(session.connection())
    finding = next(
        one
        for one in find_clashes(raw, settled_matters(raw))
        if one.matter(one.goes_on) == item.matter
    )
    if item.entity in SPANS:
        for edit in finding.edits:
            if way.id == f"{RETURN}{edit.field}":
                set_stored(session, edit.entity, edit.row, edit.field, value_before(raw, edit))
        return
    if item.entity != "account":
        _settle_naming(session, raw, finding, way.id)
        return
    if way.id == STAYS:
        let_it_stay(session, raw, churnings(raw, item.row_id, [item.mark]))
        if get(session, Account, item.row_id).status == AccountStatus.CHURNED:
            win_back(session, item.row_id)
        return
    if way.id == END:
        for row in {edit.row for edit in finding.edits}:
            contract = get(session, Contract, row)
            if contract.status == ContractStatus.RUNNING:
                contract.status = ContractStatus.ENDED
    both = {finding.matter(goes_on) for goes_on in (False, True)}
    settle_all(session, [(ReviewKind.CLASH, matter, way.id) for matter in sorted(both)])


def _settle_naming(session: Session, raw: RawConnection, finding: ClashFinding, way: str) -> None:
    target = (finding.entity, finding.row)
    if way == BACK:
        bring_back(session, [target, *gone_with(raw, target, finding.mark)])
        return
    named = way.removeprefix(GIVE) if way != BEFORE else ""
    if named:
        get(session, entity_records()[finding.entity], named)
    for edit in finding.edits:
        value = named or _before(raw, finding, edit)
        if edit.field == "reports_to_id" and value is not None:
            if value == edit.row:
                value = None
            else:
                check_reports_to(session, edit.row, value)
        set_stored(session, edit.entity, edit.row, edit.field, value)


def _before(raw: RawConnection, finding: ClashFinding, edit: Evidence) -> str | None:
    """Return who was named before, if he is there; nobody else."""
    named = value_before(raw, edit)
    if named is None or not living_rows(raw, [(finding.entity, str(named))]):
        return None
    return str(named)
