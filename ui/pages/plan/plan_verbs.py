"""What can be done with the plans of an account as a whole, and where one is asked about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from csdesk.actions.plans import delete_plan
from csdesk.i18n import _
from csdesk.queries.accounts import AccountDetail
from csdesk.queries.outline import PlanOutline
from ui.commands import Command, in_submenu
from ui.desk import Desk
from ui.pages.plan.new_plan_panel import NewPlanPanel
from ui.pages.plan.plan_strip import PlanStrip
from ui.pages.plan.save_template_panel import SaveTemplatePanel
from ui.typed_forms import field_values, set_field_values


class PlanVerbs(QObject):
    """Begins, copies, renames and deletes plans, and saves them as templates."""

    made = Signal(str)
    """The id of a plan that was made."""
    closed = Signal()
    """What stood here before comes back."""
    edited = Signal()
    """A plan is gone."""

    def __init__(self, desk: Desk, strip: PlanStrip, parts: QStackedWidget) -> None:
        """`parts` is the tab's stack; what asks something is a page of it from its first use."""
        super().__init__(parts)
        self._desk = desk
        self._strip = strip
        self._parts = parts
        self._panel: NewPlanPanel | None = None
        self._saving: SaveTemplatePanel | None = None
        self._detail: AccountDetail | None = None
        self._plan: PlanOutline | None = None
        self._connect()

    @property
    def panel(self) -> NewPlanPanel:
        """Asks what a new plan starts from."""
        if self._panel is None:
            self._panel = NewPlanPanel(self._desk, self._parts)
            self._parts.addWidget(self._panel)
            self._panel.made.connect(self._on_made)
            self._panel.closed.connect(self._on_closed)
        return self._panel

    @property
    def saving(self) -> SaveTemplatePanel:
        """Asks how a template is called."""
        if self._saving is None:
            self._saving = SaveTemplatePanel(self._desk, self._parts)
            self._parts.addWidget(self._saving)
            self._saving.closed.connect(self._on_closed)
        return self._saving

    @property
    def is_open(self) -> bool:
        """Whether a new plan is being begun, or one saved as a template."""
        front = self._parts.currentWidget()
        return front is not None and front in (self._panel, self._saving)

    @property
    def entrance(self) -> QWidget:
        """Where the keyboard begins while one of them is open."""
        saving = self._saving
        if saving is not None and self._parts.currentWidget() is saving:
            return saving.name
        return self.panel.filter

    def show_account(self, detail: AccountDetail | None) -> None:
        """Take up an account; what was open for another one is closed."""
        before, self._detail = self._detail, detail
        if before is None or detail is None or before.row.id != detail.row.id:
            self.close_panel()

    def show_plan(self, plan: PlanOutline | None) -> None:
        """Take up the plan that is shown."""
        self._plan = plan

    def commands(self) -> tuple[Command, ...]:
        """Return what can be done with whole plans; all but a new one need a plan."""
        has = self._has_plan
        this_plan = (
            Command(
                "plan.copy",
                lambda: _("&Copy this plan…"),
                self.copy_plan,
                icon="copy",
                is_enabled=has,
            ),
            Command(
                "plan.save_template",
                lambda: _("Save as &template…"),
                self.save_template,
                icon="list-checks",
                is_enabled=has,
            ),
            Command(
                "plan.rename", lambda: _("&Rename the plan"), self._strip.rename, is_enabled=has
            ),
            Command(
                "plan.delete",
                lambda: _("&Delete the plan"),
                self.delete_plan,
                icon="trash-2",
                is_enabled=has,
            ),
        )
        return (
            Command("plan.new", lambda: _("&New plan…"), self.new_plan, "Ctrl+Shift+T", "plus"),
            *in_submenu(lambda: _("This plan"), this_plan),
        )

    @Slot()
    def new_plan(self) -> None:
        """Ask what a new plan starts from."""
        self.begin()

    @Slot()
    def from_template(self) -> None:
        """Ask for a new plan with the template chosen that suits the account best."""
        self.begin()
        self.panel.choose_best()

    @Slot()
    def copy_plan(self) -> None:
        """Ask for the title and start of a copy of the plan shown."""
        self.begin(self._plan.id if self._plan is not None else "")

    def begin(self, source_id: str = "") -> None:
        """Open the panel of a new plan, with what it starts from chosen."""
        if self._detail is not None:
            self._parts.setCurrentWidget(self.panel)
            self.panel.start(self._detail, source_id)

    @Slot()
    def save_template(self) -> None:
        """Ask under which name the plan shown is saved as a template."""
        if self._plan is not None and self._detail is not None:
            self._parts.setCurrentWidget(self.saving)
            self.saving.start(self._plan, self._detail)

    @Slot()
    def delete_plan(self) -> None:
        """Delete the plan shown, and offer to undo it."""
        plan = self._plan
        if plan is None:
            return
        label = _("Delete plan “{title}”").format(title=plan.title)
        if self._desk.write(label, delete_plan, plan.id) is not None:
            self._desk.offer_undo(_("The plan “{title}” was deleted.").format(title=plan.title))
            self.edited.emit()

    def typed_state(self) -> dict[str, Any] | None:
        """Return what stands in the panel that is open; None where none is."""
        parts = self._parts
        if not self.is_open or parts is None:
            return None
        panel: QWidget = self.saving if parts.currentWidget() is self.saving else self.panel
        chosen = self.panel.chosen.id if panel is self.panel else ""
        return {"saves": panel is self.saving, "source": chosen, "fields": field_values(panel)}

    def take_up_typed(self, state: Mapping[str, Any]) -> None:
        """Open the same panel with what stood in it."""
        if state["saves"]:
            self.save_template()
            set_field_values(self.saving, state["fields"])
        else:
            self.begin(state["source"])
            set_field_values(self.panel, state["fields"])
            self.panel.choose(state["source"])

    def close_panel(self) -> None:
        """Leave the panel; what stands in its place is for the tab to say."""
        if self.is_open:
            self._parts.setCurrentIndex(0)

    def _has_plan(self) -> bool:
        return self._plan is not None

    @Slot(str)
    def _on_made(self, plan_id: str) -> None:
        self.close_panel()
        self.made.emit(plan_id)

    @Slot()
    def _on_closed(self) -> None:
        self.close_panel()
        self.closed.emit()

    def _connect(self) -> None:
        menu = self._strip.menu
        menu.new_asked.connect(self.new_plan)
        menu.copy_asked.connect(self.copy_plan)
        menu.template_asked.connect(self.save_template)
        menu.rename_asked.connect(self._strip.rename)
        menu.delete_asked.connect(self.delete_plan)
