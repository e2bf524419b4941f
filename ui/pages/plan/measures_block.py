"""The success measures of a goal, and a line to measure it by another KPI, known or new."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from csdesk.actions.measuring import measure_by_new_kpi
from csdesk.actions.plans import add_measure, delete_measure, edit_measure
from csdesk.i18n import _
from csdesk.queries.item_details import MeasureDetails
from csdesk.queries.kpis import kpi_catalogue
from csdesk.queries.outline import OutlineItem
from ui.desk import Desk
from ui.pages.plan.measure_card import MeasureCard
from ui.widgets.pick_line import Pick, PickLine
from ui.widgets.tab_order import put_before


class MeasuresBlock(QWidget):
    """The measures of one goal, and a line to add another."""

    edited = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._goal: OutlineItem | None = None
        self._cards: dict[str, MeasureCard] = {}
        self._names: dict[str, str] = {}
        self._build()

    @property
    def cards(self) -> list[MeasureCard]:
        """The cards in their order."""
        return list(self._cards.values())

    @property
    def adder(self) -> PickLine:
        """The line in which a KPI is found or named."""
        return self._add

    def show_goal(
        self, goal: OutlineItem, details: dict[str, MeasureDetails] | None = None
    ) -> None:
        """Show the measures of a goal, keeping the cards that are still right."""
        known_details = details or {}
        if self._goal is not None and self._goal.ref != goal.ref:
            self._add.give_up()
        self._goal = goal
        wanted = [measure.id for measure in goal.measures]
        for measure_id in [known for known in self._cards if known not in wanted]:
            card = self._cards.pop(measure_id)
            card.hide()
            card.deleteLater()
        for measure in goal.measures:
            known = self._cards.get(measure.id)
            own = known_details.get(measure.id)
            if known is None:
                known = MeasureCard(self._desk, measure, own, self)
                known.changed.connect(partial(self._on_changed, measure.id))
                known.remove_asked.connect(partial(self._on_remove, measure.id))
                self._cards[measure.id] = known
                self._list.addWidget(known)
                put_before(self._add.field, known.stops)
            else:
                known.show_measure(measure, own)
        self._offer()

    def _offer(self) -> None:
        """Offer the KPIs that the goal is not measured by yet."""
        used = {measure.kpi_id for measure in self._goal.measures} if self._goal else set()
        catalogue = self._desk.read(kpi_catalogue)
        self._names = {kpi.id: kpi.name for kpi in catalogue}
        self._add.offer(
            Pick(kpi.id, f"{kpi.name} ({kpi.unit})" if kpi.unit else kpi.name, kpi.name_en)
            for kpi in catalogue
            if kpi.id not in used
        )

    @Slot(str)
    def _on_add(self, kpi_id: str) -> None:
        if self._goal is not None:
            label = _("Measure “{title}” by {kpi}").format(
                title=self._goal.title, kpi=self._names.get(kpi_id, "")
            )
            step = self._desk.write(
                label, add_measure, self._goal.ref.id, kpi_id, **self._first_guess(self._goal)
            )
            self._go_on(step.result if step else "")

    @Slot(str)
    def _on_new(self, name: str) -> None:
        if self._goal is not None:
            label = _("Measure “{title}” by {kpi}").format(title=self._goal.title, kpi=name)
            step = self._desk.write(
                label,
                measure_by_new_kpi,
                self._goal.ref.id,
                name,
                **self._first_guess(self._goal),
            )
            self._go_on(step.result if step else "")

    @staticmethod
    def _first_guess(goal: OutlineItem) -> dict[str, Any]:
        """Return the dates of a new measure: those of its goal."""
        return {"target_on": goal.due_on, "baseline_on": goal.start_on}

    def _go_on(self, measure_id: str) -> None:
        """Show the new measure with the cursor in its baseline."""
        self.edited.emit()
        card = self._cards.get(measure_id)
        if card is not None:
            card.baseline.setFocus()

    def _on_changed(self, measure_id: str, fields: dict[str, Any]) -> None:
        title = self._goal.title if self._goal else ""
        label = _("Success measure of “{title}”").format(title=title)
        self._desk.write(label, edit_measure, measure_id, **fields)
        self.edited.emit()

    def _on_remove(self, measure_id: str) -> None:
        if self._desk.write(_("Remove a success measure"), delete_measure, measure_id) is not None:
            self._desk.offer_undo(_("The success measure was removed."))
        self.edited.emit()

    def _build(self) -> None:
        title = QLabel(_("Success measures"), self)
        title.setProperty("kind", "small")
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._add = PickLine(
            _("Measure by a KPI…"),
            self,
            new_words=lambda typed: _("New KPI “{name}”").format(name=typed),
        )
        self._add.picked.connect(self._on_add)
        self._add.made.connect(self._on_new)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(title)
        layout.addLayout(self._list)
        layout.addWidget(self._add)
