"""The tab of the success plan: choose a plan, work in its outline, see one item whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from csdesk.actions.editing import today
from csdesk.actions.plan_items import ItemKind
from csdesk.i18n import _
from csdesk.model.vocabulary import Side
from csdesk.queries.outline import OutlineItem, PlanOutline, plan_outline
from csdesk.store.touching import Change
from ui.commands import Command
from ui.desk import Desk
from ui.pages.plan.agreement_marks import AgreementMarks
from ui.pages.plan.item_panel import ItemPanel
from ui.pages.plan.newcomer_lines import NewcomerLines
from ui.pages.plan.outline_card import OutlineCard
from ui.pages.plan.outline_model import OutlineModel
from ui.pages.plan.outline_view import OutlineView
from ui.pages.plan.people_choice import People
from ui.pages.plan.plan_edits import PlanEdits
from ui.pages.plan.plan_panes import PlanPanes
from ui.pages.plan.plan_strip import PlanStrip
from ui.pages.plan.plan_verbs import PlanVerbs
from ui.pages.plan.timeline.card import TimelineCard
from ui.pages.section import Section
from ui.theme import Look
from ui.widgets.empty_state import EmptyState


class PlanSection(Section):
    """The plans of an account, one at a time."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._plan_id = ""
        self._gone_id = ""  # the plan that went away while it was shown; it may come back
        self._shown_at: tuple[object, ...] = ()
        self._edits = PlanEdits(desk)
        self._people = People(desk, self)
        self._build()
        self._connect()

    @property
    def plan_id(self) -> str:
        """The plan shown; empty where there is none."""
        return self._plan_id

    @property
    def view(self) -> OutlineView:
        """The outline."""
        return self._card.view

    @property
    def model(self) -> OutlineModel:
        """The rows of the outline."""
        return self._card.model

    @property
    def timeline(self) -> TimelineCard:
        """The same items over time."""
        return self._timeline

    @property
    def marks(self) -> AgreementMarks:
        """What is not agreed yet."""
        return self._card.marks

    @property
    def panel(self) -> ItemPanel:
        """The panel of the chosen item."""
        return self._panel

    @Slot()
    def reload(self, *, anew: bool = True) -> None:
        """Read the plan again and show what differs.

        Without `anew`, only where something was written since it was read last.
        """
        fiscal_month = self._detail.fiscal_year_start_month if self._detail else None
        moment = (self._desk.moment, today(), self._plan_id, fiscal_month)
        if self._shown_at == moment and not anew:
            return
        outline = self._read()
        self._timeline.show_plan(outline, fiscal_month)
        self.model.show(outline)
        self._card.marks.look(outline)
        self._strip.show_plan(outline, self._people)
        self.verbs.show_plan(outline)
        self._show_item()
        self._offer_kinds()
        self._shown_at = moment

    def refresh(self) -> None:
        plans = self._detail.plans if self._detail else ()
        are_others = self._people.read(self.account_id)
        ids = [plan.id for plan in plans]
        if self._gone_id in ids:
            self._plan_id, self._gone_id = self._gone_id, ""
        elif self._plan_id not in ids:
            current_plan = self._detail.row.plan_id if self._detail else None
            self._gone_id, self._plan_id = self._plan_id, current_plan or (ids[0] if ids else "")
        self._strip.menu.offer_plans(plans, self._plan_id)
        self.verbs.show_account(self._detail)
        if not self.verbs.is_open:
            self._parts.setCurrentWidget(self._desk_part if plans else self._nothing)
        # What was written here was read at once; the word of it that follows brings nothing new.
        self.reload(anew=are_others)
        outline, view = self.model.outline, self.view
        is_free = view.current_item is None and self.model.draft is None
        if outline is not None and outline.items and is_free:
            view.choose(outline.items[0].ref.id)

    def concerns(self, change: Change) -> bool:
        return change.touches("member", "kpi", "sign_off")

    def show_item(self, entity: str, item_id: str) -> None:
        self.verbs.close_panel()
        if entity == "new_plan":
            self.verbs.begin(item_id.partition(" ")[2])
            return
        if entity == "plan":
            self._plan_id, self._gone_id = item_id, ""
            self.refresh()
            return
        for plan in self._detail.plans if self._detail else ():
            outline = self._desk.read(plan_outline, plan.id, today=today())
            if outline is not None and outline.find(item_id) is not None:
                self._plan_id, self._gone_id = plan.id, ""
                self.refresh()
                self.view.choose(item_id)
                self.view.setFocus()
                return

    def entrance(self) -> QWidget | None:
        return self.verbs.entrance if self.verbs.is_open else self.view

    def commands(self) -> tuple[Command, ...]:
        panes = self._panes.commands(lambda: self.model.outline is not None)
        timeline = (*panes, *self._timeline.commands())
        return (*self.verbs.commands(), *self._card.commands(), *timeline)

    def state(self) -> dict[str, Any]:
        item = self.view.current_item
        return {
            "plan": self._plan_id,
            "item": item.ref.id if item else "",
            "folded": self.view.folded[:500],
            "columns": self.view.columns.state(),
            "timeline": self._timeline.state(),
            **self._panes.state(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        self._plan_id = str(state.get("plan", ""))
        folded = state.get("folded")
        if self._detail is not None:
            self.refresh()
        if isinstance(folded, list):
            self.view.fold([str(one) for one in folded])
        self.view.choose(str(state.get("item", "")))
        self._panes.restore(state)
        columns = state.get("columns")
        self.view.columns.restore(columns if isinstance(columns, Mapping) else {})
        looked = state.get("timeline")
        self._timeline.restore(looked if isinstance(looked, Mapping) else {})

    def _read(self) -> PlanOutline | None:
        if not self._plan_id:
            return None
        return self._desk.read(plan_outline, self._plan_id, today=today())

    @Slot(str)
    def _on_plan_chosen(self, plan_id: str) -> None:
        """Show a plan, one that was just made too, with the cursor in its outline."""
        self._plan_id, self._gone_id = plan_id, ""
        if self._detail is not None and plan_id in [plan.id for plan in self._detail.plans]:
            self.refresh()
        else:
            self.edited.emit()
        first = self.model.outline.items[:1] if self.model.outline else ()
        self.view.choose(first[0].ref.id if first else "")
        self.view.setFocus()

    @Slot()
    def _on_verbs_closed(self) -> None:
        if self._detail is not None:
            self.refresh()
        self.view.setFocus()

    @Slot()
    def _show_item(self) -> None:
        outline, item = self.model.outline, self.view.current_item
        shown = outline.find(item.ref.id) if outline and item else None
        self._panel.show_item(shown, outline, self._people, self._card.marks.words_for(shown))

    @Slot()
    def _on_folded(self) -> None:
        self._timeline.fold(self.view.folded)

    @Slot(str)
    def _on_open_asked(self, item_id: str) -> None:
        self.view.choose(item_id)
        self._panel.first_field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _offer_kinds(self) -> None:
        known = self.model.outline is not None
        self._card.toolbar.offer_kinds(
            [one for one in ItemKind if known and self.view.can_add(one)]
        )

    @Slot(object, object, str)
    def _on_person_named(self, item: OutlineItem, side: Side, name: str) -> None:
        if self._edits.add_owner(item, side, self.account_id, name):
            self._newcomers.close_lines()
            self._people.read(self.account_id)
            self.reload()
            self.view.setFocus()

    def _build(self) -> None:
        # Each part is made where it stays: to move it later, Qt styles all that is in it again.
        self._parts = QStackedWidget(self)
        self._desk_part = QWidget(self._parts)
        self._panes = PlanPanes(self._desk_part)
        self._card = OutlineCard(self._desk, self._edits, self._people, self._panes.outline_place)
        self._panel = ItemPanel(self._desk, self._edits, self._panes)
        self._panes.hold(self._card, self._panel, self)
        self._panes.lead_to(self._card, lambda: self.view)
        self._timeline = TimelineCard(self._desk, self._panes.timeline_place)
        self._panes.lead_to(self._panel, lambda: self._panel.first_field)
        self._panes.add_timeline(self._timeline, lambda: self._timeline.view)
        self._panes.lend_room(self._timeline.bar)
        self._strip = PlanStrip(self._desk, self._desk_part)
        self._newcomers = NewcomerLines(self)
        self.verbs = PlanVerbs(self._desk, self._strip, self._parts)
        """What can be done with whole plans."""
        self._nothing = _no_plan_yet(self._desk.look, self.verbs, self._parts)
        inside = QVBoxLayout(self._desk_part)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        inside.addWidget(self._strip)
        inside.addWidget(self._panes, 1)
        self._parts.addWidget(self._desk_part)
        self._parts.addWidget(self._nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._newcomers)
        layout.addWidget(self._parts, 1)

    def _connect(self) -> None:
        self.model.edited.connect(self.reload)
        self._card.marks.changed.connect(self._show_item)
        self.view.chosen.connect(self._show_item)
        self.view.chosen.connect(self._offer_kinds)
        self._panel.edited.connect(self.reload)
        self._panel.person_asked.connect(self._newcomers.ask)
        self.view.chosen.connect(self._timeline.choose)
        self.view.collapsed.connect(self._on_folded)
        self.view.expanded.connect(self._on_folded)
        self._timeline.chosen.connect(self.view.choose)
        self._timeline.open_asked.connect(self._on_open_asked)
        self._timeline.edited.connect(self.reload)
        self._strip.edited.connect(self.edited)
        self._people.asked.connect(self._newcomers.ask)
        self._people.named.connect(self._on_person_named)
        self._card.toolbar.add_asked.connect(self.view.add)
        self._strip.menu.plan_chosen.connect(self._on_plan_chosen)
        self.verbs.made.connect(self._on_plan_chosen)
        self.verbs.closed.connect(self._on_verbs_closed)
        self.verbs.edited.connect(self.edited)
        self._newcomers.named.connect(self._on_person_named)


def _no_plan_yet(look: Look, verbs: PlanVerbs, parent: QWidget) -> EmptyState:
    begin, choose = QAction(parent), QAction(parent)
    begin.triggered.connect(verbs.new_plan)
    choose.triggered.connect(verbs.from_template)
    return EmptyState(
        look,
        "flag",
        _("No success plan yet"),
        _(
            "A success plan says where the customer wants to be, by which goals, and who does "
            "what until when. What you write here is what the PDF shows the customer."
        ),
        ((_("From a template…"), choose), (_("New plan"), begin)),
    )
