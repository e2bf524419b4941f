"""The tab of the documents: which document of an account is in view, and how it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from csdesk.actions.documents import remember_setup
from csdesk.actions.editing import today
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.vocabulary import CUSTOMER_KINDS, DocumentKind
from csdesk.queries.accounts import AccountDetail
from csdesk.queries.document_request import DocumentRequest, document_options
from csdesk.queries.rows import row_of
from csdesk.store.touching import Change
from ui.desk import Desk
from ui.pages.document.document_export import Goal, Order
from ui.pages.document.document_frame import DocumentFrame
from ui.pages.document.handing_over import HandingOver
from ui.pages.document.layouts import LaidOut, Layouts
from ui.pages.document.options_panel import KINDS
from ui.pages.section import Section


class DocumentTab(Section):
    """Shows the document of an account as it would go out now."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._kind = DocumentKind.CUSTOMER
        self._plan_id: str | None = None
        self._shown_options = ("", self._kind)
        self._layouts = Layouts(desk, self)
        self.frame = DocumentFrame(desk, self)
        """All that is seen here."""
        self.handing_over = HandingOver(desk, self.frame.bar, self)
        """What brings documents out."""
        self._options = self.frame.options
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 10, 0, 0)
        layout.addWidget(self.frame)
        self._connect()

    @property
    def is_settled(self) -> bool:
        """Tell whether the document in view is the one wished for, drawn."""
        return not self._layouts.is_busy and self.frame.preview.view.is_settled

    @property
    def request(self) -> DocumentRequest:
        """The document as the options want it."""
        return DocumentRequest(
            self.account_id,
            self._plan_id,
            self._kind,
            self._options.language,
            self._options.setup,
            self._options.recipient,
        )

    def show_account(self, detail: AccountDetail) -> None:
        if self.account_id != detail.row.id:
            self._options.clear_personal()
            self.frame.bar.close_bar()
            self._layouts.forget()
            self._show(None)
        super().show_account(detail)

    def refresh(self) -> None:
        if self._detail is None:
            return
        plans = self._detail.plans
        if self._plan_id not in [plan.id for plan in plans]:
            self._plan_id = self._detail.row.plan_id or (plans[0].id if plans else None)
        self._options.show_plans(plans, self._plan_id)
        self._options.offer_recipients(
            contact.name for contact in self._detail.contacts if contact.left_on is None
        )
        self._show_options()
        self._lay_out()

    def show_plan(self, plan_id: str | None) -> None:
        """Show the document of another plan of the account."""
        if plan_id is not None and plan_id != self._plan_id:
            self._plan_id = plan_id
            self.refresh()

    def show_item(self, entity: str, item_id: str) -> None:
        """Show what changed since a revision of a plan."""
        revision = self._desk.read(row_of, entity, item_id)
        if revision is not None:
            self.show_plan(str(revision.values["plan_id"]))
            if self._kind not in CUSTOMER_KINDS:
                self._choose_kind(DocumentKind.CUSTOMER)
            self.frame.show_changes(item_id)

    def concerns(self, change: Change) -> bool:
        return change.touches("member", "kpi", "workspace_setting")

    def entrance(self) -> QWidget | None:
        return self.frame.preview.view

    @Slot()
    def save(self) -> None:
        """Bring the document in view out as a file."""
        self._begin(Goal.FILE)

    def save_in(self, language: str) -> None:
        """Bring the customer's success plan out in a language, whatever was in view before."""
        self._choose_kind(DocumentKind.CUSTOMER)
        self._options.choose_language(language)
        self._begin(Goal.FILE)

    def state(self) -> dict[str, Any]:
        return {
            **self.frame.state(),
            "kind": self._kind.value,
            "plan": self._plan_id or "",
            "folder": self.handing_over.export.folder,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        self.frame.restore(state)
        self._plan_id = str(state.get("plan") or "") or None
        if state.get("kind") in [kind.value for kind in KINDS]:
            self._kind = DocumentKind(state["kind"])
        self.handing_over.export.folder = str(state.get("folder") or "")
        self.refresh()

    @Slot(object)
    def _choose_kind(self, kind: DocumentKind) -> None:
        if kind != self._kind:
            self._kind = kind
            self._show_options()
            self._lay_out()

    @Slot()
    def _on_options(self) -> None:
        """Remember what the user chose, and show it."""
        request = self.request
        if not self._desk.workspace.read_only:
            self._desk.write(
                _("Options of the document"),
                remember_setup,
                request.account_id,
                request.kind,
                request.language,
                request.setup,
            )
        self._lay_out()

    def _show_options(self) -> None:
        """Show what is remembered; where nothing can be, what was chosen stays as it is."""
        self._options.show_kind(self._kind)
        shown = (self.account_id, self._kind)
        if self._desk.workspace.read_only and shown == self._shown_options:
            return
        self._shown_options = shown
        self._options.show_options(*self._desk.read(document_options, *shown))

    def _lay_out(self) -> None:
        if self._detail is not None and self.isVisible():
            self._layouts.ask(self.request, today())

    @Slot(object)
    def _show(self, laid: LaidOut | None) -> None:
        self.frame.show_laid_out(laid)
        self.handing_over.show_laid_out(laid)

    @Slot(object)
    def _on_unchanged(self, request: DocumentRequest) -> None:
        if self.frame.laid is not None:
            self._show(replace(self.frame.laid, request=request))

    @Slot(object)
    def _on_refused(self, error: UserError) -> None:
        self.frame.show_nothing(error)
        self.handing_over.show_laid_out(None)

    @Slot()
    def _go_to_plan(self) -> None:
        entity, item_id = ("plan", self._plan_id) if self._plan_id else ("account", self.account_id)
        self._desk.show(entity, item_id or "")

    def _begin(self, goal: Goal) -> None:
        if self._detail is not None:
            name, recipient = self._detail.row.name, self._options.recipient
            known = (one.email for one in self._detail.contacts if one.name == recipient)
            self.handing_over.begin(
                Order(
                    self.request,
                    name,
                    goal,
                    self._options.password,
                    next(known, recipient if "@" in recipient else ""),
                )
            )

    def _connect(self) -> None:
        self._layouts.ready.connect(self._show)
        self._layouts.unchanged.connect(self._on_unchanged)
        self._layouts.refused.connect(self._on_refused)
        self._options.kind_chosen.connect(self._choose_kind)
        self._options.plan_chosen.connect(self.show_plan)
        self._options.edited.connect(self._on_options)
        self.frame.place_asked.connect(self._desk.show)
        self.frame.plan_asked.connect(self._go_to_plan)
        self.frame.side.again_asked.connect(self.handing_over.again)
        head = self.frame.head
        head.save_asked.connect(self.save)
        for asked, goal in (
            (head.print_asked, Goal.PRINT),
            (head.draft_asked, Goal.DRAFT),
            (head.calendar_asked, Goal.CALENDAR),
            (head.workbook_asked, Goal.WORKBOOK),
        ):
            asked.connect(partial(self._begin, goal))
        self.handing_over.check_asked.connect(self.frame.show_check)
        self.handing_over.busy_changed.connect(self.frame.head.show_busy)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._lay_out()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._layouts.pause()
