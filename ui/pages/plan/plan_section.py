"""The tab of the success plan: choose a plan, work in its outline, see one item whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from csdesk.actions.editing import today
from csdesk.actions.plan_items import ItemKind
from csdesk.actions.plans import add_plan, delete_plan
from csdesk.i18n import _
from csdesk.model.vocabulary import PlanType, Side
from csdesk.queries.outline import OutlineItem, PlanOutline, plan_outline
from csdesk.store.touching import Change
from ui.desk import Desk
from ui.pages.plan.agreement_line import AgreementLine
from ui.pages.plan.agreement_marks import AgreementMarks
from ui.pages.plan.item_panel import ItemPanel
from ui.pages.plan.newcomer_lines import NewcomerLines
from ui.pages.plan.outline_model import OutlineModel
from ui.pages.plan.outline_view import OutlineView
from ui.pages.plan.people_choice import People
from ui.pages.plan.plan_edits import PlanEdits
from ui.pages.plan.plan_strip import PlanStrip
from ui.pages.plan.plan_toolbar import PlanToolbar
from ui.pages.section import Section
from ui.widgets.empty_state import EmptyState
from ui.widgets.new_line import NewLine


class PlanSection(Section):
    """The plans of an account, one at a time."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._plan_id = ""
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
        return self._view

    @property
    def model(self) -> OutlineModel:
        """The rows of the outline."""
        return self._model

    @property
    def panel(self) -> ItemPanel:
        """The panel of the chosen item."""
        return self._panel

    @Slot()
    def new_plan(self) -> None:
        """Ask for the title of a new plan."""
        self._new_plan.start()

    @Slot(str)
    def add_plan(self, title: str) -> None:
        """Add a plan in the account's phase and show it."""
        if self._detail is None:
            return
        kind = next((one for one in PlanType if one == self._detail.row.phase), None)
        step = self._desk.write(
            _("Add plan “{title}”").format(title=title),
            add_plan,
            self.account_id,
            title,
            type=kind,
            start_on=today(),
            owner_id=self._detail.row.owner_id,
        )
        if step is not None:
            self._plan_id = step.result
            self._new_plan.close_line()
            self.edited.emit()
            self._view.setFocus()

    @Slot()
    def delete_plan(self) -> None:
        """Delete the plan shown, and offer to undo it."""
        outline = self._model.outline
        if outline is None:
            return
        label = _("Delete plan “{title}”").format(title=outline.title)
        if self._desk.write(label, delete_plan, outline.id) is not None:
            self._desk.offer_undo(_("The plan “{title}” was deleted.").format(title=outline.title))
            self.edited.emit()

    @Slot()
    def reload(self) -> None:
        """Read the plan again and show what differs."""
        outline = self._read()
        self._model.show(outline)
        self.marks.look(outline)
        self._strip.show_plan(outline, self._people)
        self._show_item()
        self._offer_kinds()

    def refresh(self) -> None:
        plans = self._detail.plans if self._detail else ()
        self._people.read(self.account_id)
        if self._plan_id not in [plan.id for plan in plans]:
            current_plan = self._detail.row.plan_id if self._detail else None
            self._plan_id = current_plan or (plans[0].id if plans else "")
        self._toolbar.offer_plans(plans, self._plan_id)
        self._parts.setCurrentWidget(self._desk_part if plans else self._nothing)
        self.reload()

    def concerns(self, change: Change) -> bool:
        return change.touches("member", "kpi", "sign_off")

    def show_item(self, entity: str, item_id: str) -> None:
        if entity == "plan":
            self._plan_id = item_id
            self.refresh()
            return
        for plan in self._detail.plans if self._detail else ():
            outline = self._desk.read(plan_outline, plan.id, today=today())
            if outline is not None and outline.find(item_id) is not None:
                self._plan_id = plan.id
                self.refresh()
                self._view.choose(item_id)
                self._view.setFocus()
                return

    def entrance(self) -> QWidget | None:
        return self._view

    def state(self) -> dict[str, Any]:
        item = self._view.current_item
        return {
            "plan": self._plan_id,
            "item": item.ref.id if item else "",
            "folded": self._view.folded[:500],
            "split": self._splitter.sizes(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        self._plan_id = str(state.get("plan", ""))
        folded, split = state.get("folded"), state.get("split")
        if self._detail is not None:
            self.refresh()
        if isinstance(folded, list):
            self._view.fold([str(one) for one in folded])
        self._view.choose(str(state.get("item", "")))
        if isinstance(split, list) and len(split) == 2 and all(isinstance(n, int) for n in split):
            self._splitter.setSizes(split)

    def _read(self) -> PlanOutline | None:
        if not self._plan_id:
            return None
        return self._desk.read(plan_outline, self._plan_id, today=today())

    @Slot(str)
    def _on_plan_chosen(self, plan_id: str) -> None:
        self._plan_id = plan_id
        self.reload()

    @Slot()
    def _show_item(self) -> None:
        outline, item = self._model.outline, self._view.current_item
        shown = outline.find(item.ref.id) if outline and item else None
        self._panel.show_item(shown, outline, self._people, self.marks.words_for(shown))

    @Slot()
    def _offer_kinds(self) -> None:
        known = self._model.outline is not None
        self._toolbar.offer_kinds([one for one in ItemKind if known and self._view.can_add(one)])

    @Slot(object, object, str)
    def _on_person_named(self, item: OutlineItem, side: Side, name: str) -> None:
        if self._edits.add_owner(item, side, self.account_id, name):
            self._newcomers.close_lines()
            self._people.read(self.account_id)
            self.reload()
            self._view.setFocus()

    @Slot()
    def _on_other_side(self) -> None:
        focus = QApplication.focusWidget()
        inside = focus is not None and self._panel.isAncestorOf(focus)
        target: QWidget = self._view if inside else self._panel.first_field
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build(self) -> None:
        self._model = OutlineModel(self._edits, self)
        self._view = OutlineView(self._desk, self._model, self._people, self)
        self._panel = ItemPanel(self._desk, self._edits, self)
        self._strip = PlanStrip(self._desk, self)
        self._new_plan = NewLine(_("New plan"), _("Title, as the customer will read it"), self)
        self._newcomers = NewcomerLines(self)
        self._nothing = self._empty_state()
        self._desk_part = QWidget(self)
        inside = QVBoxLayout(self._desk_part)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        inside.addWidget(self._strip)
        inside.addWidget(self._outline_and_panel(), 1)
        self._parts = QStackedWidget(self)
        self._parts.addWidget(self._desk_part)
        self._parts.addWidget(self._nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._new_plan)
        layout.addWidget(self._newcomers)
        layout.addWidget(self._parts, 1)

    def _outline_and_panel(self) -> QSplitter:
        card = QFrame(self)
        card.setProperty("kind", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(7, 6, 7, 7)
        inside.setSpacing(2)
        self._toolbar = PlanToolbar(self._desk.look, card)
        self._agreement = AgreementLine(self._desk.look, card)
        self.marks = AgreementMarks(self._desk, self._model, self._agreement, self)
        """What is not agreed yet."""
        inside.addWidget(self._toolbar)
        inside.addWidget(self._agreement)
        inside.addWidget(self._view, 1)
        hint = QLabel(
            _("Enter: next row · Tab: indent · Space: tick off · Ctrl+↑↓: move · F6: details"), self
        )
        hint.setProperty("kind", "small")
        hint.setContentsMargins(8, 2, 0, 2)
        inside.addWidget(hint)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(12)
        self._splitter.addWidget(card)
        self._splitter.addWidget(self._panel)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        self._splitter.setSizes([880, 280])
        return self._splitter

    def _empty_state(self) -> EmptyState:
        new = QAction(self)
        new.triggered.connect(self.new_plan)
        return EmptyState(
            self._desk.look,
            "flag",
            _("No success plan yet"),
            _(
                "A success plan says where the customer wants to be, by which goals, and who does "
                "what until when. What you write here is what the PDF shows the customer."
            ),
            ((_("New plan"), new),),
        )

    def _connect(self) -> None:
        self._model.edited.connect(self.reload)
        self.marks.changed.connect(self._show_item)
        self._view.chosen.connect(self._show_item)
        self._view.chosen.connect(self._offer_kinds)
        self._panel.edited.connect(self.reload)
        self._panel.person_asked.connect(self._newcomers.ask)
        self._strip.edited.connect(self.edited)
        self._people.asked.connect(self._newcomers.ask)
        self._toolbar.plan_chosen.connect(self._on_plan_chosen)
        self._toolbar.add_asked.connect(self._view.add)
        self._toolbar.new_asked.connect(self.new_plan)
        self._toolbar.delete_asked.connect(self.delete_plan)
        self._new_plan.entered.connect(self.add_plan)
        self._newcomers.named.connect(self._on_person_named)
        other = QShortcut(QKeySequence(Qt.Key.Key_F6), self)
        other.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        other.activated.connect(self._on_other_side)
