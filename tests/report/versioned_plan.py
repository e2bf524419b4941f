"""A workspace with one plan, to export again and again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account
from csdesk.actions.people import add_contact
from csdesk.actions.plan_items import add_item, edit_item
from csdesk.actions.plans import add_plan
from csdesk.model.document_setup import PLAIN_SETUP, Setup
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.vocabulary import DocumentKind, Visibility
from csdesk.progress import SILENT
from csdesk.queries.document_request import DocumentRequest
from csdesk.queries.revisions import Version, plan_versions
from csdesk.report.exporting import Exported, export_document
from csdesk.workspace.workspace import Workspace

TODAY = dt.date(2026, 3, 2)


def _fill(session: Session) -> tuple[str, str, str, ItemRef, ItemRef]:
    account = add_account(session, "株式会社アクメ", document_language="ja")
    contact = add_contact(session, account, "山田 太郎")
    plan = add_plan(session, account, "導入計画", status="draft")
    below, shown = ItemRef(None, plan), Visibility.CUSTOMER
    goal = add_item(session, ItemKind.GOAL, below, "利用率を上げる", visibility=shown)
    due = dt.date(2026, 3, 15)
    action = add_item(session, ItemKind.ACTION, below, "一覧を送る", due_on=due, visibility=shown)
    return account, contact, plan, goal, action


class VersionedPlan:
    """An account with a plan, a contact, a goal and an action item."""

    def __init__(
        self, workspace: Workspace, folder: Path, same: VersionedPlan | None = None
    ) -> None:
        """Make the plan in a workspace; `same` is the one it is, where it came there otherwise."""
        self.workspace = workspace
        self.folder = folder
        self._ids = same._ids if same else workspace.write("Fill", _fill).result
        self.account, self.contact, self.plan, self.goal, self.action = self._ids

    def do(self, action: Any, *arguments: Any, **fields: Any) -> Any:
        return self.workspace.write("Test", action, *arguments, **fields).result

    def edit(self, **fields: Any) -> None:
        """Change the action item."""
        self.do(edit_item, self.action, **fields)

    def request(
        self,
        language: str = "ja",
        kind: DocumentKind = DocumentKind.CUSTOMER,
        setup: Setup = PLAIN_SETUP,
        recipient: str = "",
    ) -> DocumentRequest:
        return DocumentRequest(self.account, self.plan, kind, language, setup, recipient)

    def export(
        self,
        name: str = "plan.pdf",
        *,
        today: dt.date = TODAY,
        password: str = "",
        **request: Any,
    ) -> Exported:
        return export_document(
            self.workspace,
            self.request(**request),
            self.folder / name,
            today=today,
            progress=SILENT,
            password=password,
        )

    def versions(self) -> tuple[Version, ...]:
        return self.workspace.read(plan_versions, self.plan)

    def numbers(self) -> list[int]:
        return [version.number for version in self.versions()]
