"""A plan on a desk whose versions are made by the program's own actions, without laying out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account
from csdesk.actions.people import add_contact, add_member
from csdesk.actions.plan_items import edit_item
from csdesk.actions.plans import add_plan, edit_plan
from csdesk.actions.revisions import Delivery, record_export
from csdesk.model.items import ItemRef
from csdesk.model.vocabulary import DocumentKind, PlanStatus
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.document_request import DocumentRequest, customer_document, prepared_document
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline, fill

TODAY = dt.date(2026, 11, 22)
SHA = "ab12" * 16
SHAPE = {"G1": {"M1": {"A1": {}, "A2": {}}, "M2": {}}, "G2": {"A3": {}}}


@dataclass(frozen=True)
class Scene:
    """A workspace with one account, its plan and the person there who leads it."""

    workspace: Workspace
    account: str
    plan: str
    sato: str

    @property
    def outline(self) -> Outline:
        """Return the plan's items by their titles."""
        return Outline(self.workspace, self.plan)

    def request(self, **fields: Any) -> DocumentRequest:
        """Wish for a document of the plan."""
        wish = {"kind": DocumentKind.CUSTOMER, "language": "en", **fields}
        return DocumentRequest(self.account, self.plan, **wish)

    def document(self, **fields: Any) -> CustomerDocument:
        """Return a document of the plan as it is now."""
        request = self.request(**fields)
        return self.workspace.read(customer_document, request, today=TODAY)

    def export(self, name: str = "plan.pdf", sha256: str = SHA, **fields: Any) -> str:
        """Record that the plan was given to the customer; return the receipt's id."""

        def record(session: Session) -> str:
            request = self.request(**fields)
            prepared = prepared_document(session, request, today=TODAY)
            delivery = Delivery(name, sha256, prepared.made)
            return record_export(session, request, prepared, delivery)

        return self.workspace.write("Export", record).result

    def change(self, item: str, /, **fields: Any) -> ItemRef:
        """Change the item of this title."""
        ref = self.outline.ref(item)
        self.workspace.write("Change", edit_item, ref, **fields)
        return ref


def build(workspace: Workspace) -> Scene:
    """Add the account with its plan."""

    def add(session: Session) -> tuple[str, str, str]:
        yamada = add_member(session, "Yamada")
        account = add_account(session, "Fuji Retail", owner_id=yamada)
        sato = add_contact(session, account, "Sato")
        plan = add_plan(session, account, "Second half", status=PlanStatus.PROPOSED)
        edit_plan(session, plan, customer_owner_id=sato)
        fill(session, ItemRef(None, plan), SHAPE)
        return account, plan, sato

    return Scene(workspace, *workspace.write("Fuji", add).result)
