"""Asks a workspace everything its pages, reports and commands ask: nothing may fail."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from csdesk.model.base import entity_records
from csdesk.queries.accounts import (
    account_detail,
    contact_choices,
    contacts_of,
    contracts_of,
    member_choices,
    plans_of,
    segment_choices,
)
from csdesk.queries.copies import people_seen
from csdesk.queries.customer_plan import customer_plan
from csdesk.queries.internal_brief import internal_brief
from csdesk.queries.kpis import account_kpis, kpi_catalogue
from csdesk.queries.outline import open_actions, plan_outline
from csdesk.queries.plan_progress import plan_progress
from csdesk.queries.portfolio import portfolio_rows
from csdesk.queries.portfolio_report import late_actions, portfolio_report
from csdesk.queries.review import open_review_count, review_items
from csdesk.queries.row_story import account_stories, row_stories
from csdesk.queries.rows import count_rows, row_of, rows_of, titles_of
from csdesk.queries.search import search
from csdesk.store.history import row_history, steps
from csdesk.workspace.workspace import Workspace

TODAY = dt.date(2026, 11, 22)


def ask_everything(workspace: Workspace) -> int:
    """Run every query there is, for every account, plan and row; return how many rows came."""
    read = workspace.read
    found = len(read(portfolio_rows, today=TODAY)) + len(read(kpi_catalogue))
    for query in (count_rows, member_choices, segment_choices, people_seen, review_items):
        found += len(read(query))
    found += read(open_review_count)
    read(portfolio_report, today=TODAY)
    found += len(read(late_actions, today=TODAY)) + len(read(search, "東京"))
    found += len(workspace.history()) + len(read(steps, limit=1000))
    ids = {entity: [row.id for row in read(rows_of, entity)] for entity in entity_records()}
    for entity, rows in ids.items():
        found += len(read(rows_of, entity, deleted=True)) + len(read(titles_of, entity, rows))
        for row in rows[:5]:
            read(row_of, entity, row)
        pairs = [(entity, row) for row in rows[:10]]
        found += len(read(row_history, pairs)) + len(read(row_stories, pairs))
    for account in ids["account"]:
        found += read(_ask_of_account, account)
    return found


def _ask_of_account(session: Session, account: str) -> int:
    plans = [plan.id for plan in plans_of(session, account)]
    for plan in [*plans, None]:
        internal_brief(session, account, plan, today=TODAY)
        customer_plan(session, plan, account, today=TODAY)
    for plan in plans:
        plan_outline(session, plan, today=TODAY)
    account_detail(session, account, today=TODAY)
    lists = (
        contacts_of(session, account),
        contracts_of(session, account),
        contact_choices(session, account),
        open_actions(session, account, today=TODAY),
        account_kpis(session, account),
        account_stories(session, account),
        plan_progress(session, plans, today=TODAY),
    )
    return sum(len(rows) for rows in lists)
