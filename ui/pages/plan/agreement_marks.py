"""Marks in an outline what the customer has not agreed to yet, and says so above it.

Comparing with what was agreed takes a reading of the whole plan, so the worker does it: a plan
opens as quickly as one that was never agreed to, and the marks follow.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from csdesk.actions.editing import today
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.queries.agreement_state import AgreementState, agreement_state
from csdesk.queries.outline import OutlineItem, PlanOutline
from ui.desk import Desk
from ui.looking import Looking
from ui.pages.plan.agreement_line import AgreementLine, agreed_words
from ui.pages.plan.outline_model import OutlineModel


class AgreementMarks(QObject):
    """Keeps the marks of one outline and the line above it in step with the plan."""

    changed = Signal()
    """Other items are marked now, or the agreement is another one."""

    def __init__(
        self, desk: Desk, model: OutlineModel, line: AgreementLine, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._model = model
        self._line = line
        self._state: AgreementState | None = None
        self._looking = Looking(desk, _("Comparing with what was agreed"), self)
        self._looking.found.connect(self._on_found)
        self._looking.refused.connect(self._on_refused)
        line.changes_asked.connect(self.show_changes)

    @property
    def is_looking(self) -> bool:
        """Whether the plan is being compared."""
        return self._looking.is_looking

    @property
    def state(self) -> AgreementState | None:
        """How the plan stands to what was agreed; None where nothing was, or nobody knows yet."""
        return self._state

    def look(self, outline: PlanOutline | None) -> None:
        """Compare a plan as it is now; marks of another plan go at once."""
        if outline is None or (self._state is not None and self._state.plan_id != outline.id):
            self._on_found(None)
        if outline is None:
            self._looking.forget()
            return
        workspace, plan_id, account_id = self._desk.workspace, outline.id, outline.account_id
        self._looking.ask(
            lambda: workspace.read(agreement_state, plan_id, account_id, today=today())
        )

    def words_for(self, item: OutlineItem | None) -> str:
        """Say of an item that it is not agreed yet, and since when; empty where it is."""
        if item is None or self._state is None or not self._model.is_unagreed(item.ref.id):
            return ""
        return _("Not as agreed ({agreed}).").format(agreed=agreed_words(self._state))

    @Slot()
    def show_changes(self) -> None:
        """Ask for what changed since the version that was agreed to."""
        if self._state is not None:
            self._desk.show("plan_revision", self._state.version_id)

    @Slot(object)
    def _on_refused(self, error: UserError) -> None:
        self._on_found(None)
        self._line.show_trouble(str(error))

    @Slot(object)
    def _on_found(self, state: AgreementState | None) -> None:
        if state == self._state:
            return
        self._state = state
        self._model.mark_unagreed(state.unagreed if state is not None else frozenset())
        outline, count = self._model.outline, 0
        queue = list(outline.items) if outline is not None else []
        while queue:
            item = queue.pop()
            queue.extend(item.children)
            count += self._model.is_unagreed(item.ref.id)
        self._line.show_state(state, count)
        self.changed.emit()
