"""Gives the customer of a sample a version of their plan, agreed to, and works on in it since.

So the pictures have something to show: which version the customer has, what changed since, what
is not agreed yet, and what to look at before the next version goes out.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from sqlalchemy.orm import Session

from csdesk.actions.editing import today
from csdesk.actions.plan_items import ItemKind, add_item, edit_item
from csdesk.actions.revisions import Delivery, agree_to_plan, record_export
from csdesk.model.vocabulary import ActionStatus, DocumentKind, SignOffMethod
from csdesk.queries.accounts import contact_choices
from csdesk.queries.document_request import DocumentRequest, prepared_document
from csdesk.queries.outline import plan_outline
from csdesk.workspace.workspace import Workspace

NEW = {"ja": "チャーン対策を営業会議で共有する", "en": "Share what we do against churn with sales"}
"""An action item that nobody looked through yet, by language."""
FILES = {"ja": "サクセスプラン.pdf", "en": "Success plan.pdf"}


def hand_over(workspace: Workspace, account_id: str, plan_id: str, language: str) -> None:
    """Let the customer have agreed to the plan ten days ago, and change it since."""
    if not workspace.read_only:
        workspace.write("Hand over", _hand_over, account_id, plan_id, language)
        workspace.write("Go on", _go_on, plan_id, language)


def _hand_over(session: Session, account_id: str, plan_id: str, language: str) -> None:
    contact = contact_choices(session, account_id)[0]
    kind = DocumentKind.CUSTOMER
    request = DocumentRequest(account_id, plan_id, kind, language, recipient=contact.name)
    prepared = prepared_document(session, request, today=today())
    sha256 = hashlib.sha256(prepared.content.encode()).hexdigest()
    record_export(session, request, prepared, Delivery(FILES[language], sha256, prepared.made))
    signed_on = today() - dt.timedelta(days=10)
    said = (contact.id, signed_on, SignOffMethod.SIGNED)
    agree_to_plan(session, plan_id, *said, today=today())


def _go_on(session: Session, plan_id: str, language: str) -> None:
    outline = plan_outline(session, plan_id, today=today())
    assert outline is not None
    goal = outline.items[0]
    milestone = goal.children[0]
    due_on = (goal.due_on or today()) + dt.timedelta(days=21)
    edit_item(session, goal.ref, due_on=due_on)
    undone = [one for one in milestone.children if not one.is_closed]
    edit_item(session, undone[0].ref, status=ActionStatus.DONE)
    edit_item(session, undone[1].ref, due_on=today() + dt.timedelta(days=30))
    add_item(session, ItemKind.ACTION, milestone.ref, NEW[language])
