"""The success measures of a goal: KPI, baseline, target in three ways, and what it comes to."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from csdesk.actions.plans import add_measure, delete_measure, edit_measure
from csdesk.i18n import _, current
from csdesk.model.vocabulary import TargetMode
from csdesk.queries.kpis import kpi_catalogue
from csdesk.queries.outline import MeasureLine, OutlineItem
from ui.desk import Desk
from ui.editing import Place
from ui.icons import icon
from ui.pages.plan.plan_strip import ProgressLine
from ui.widgets.choice_box import ChoiceBox, NameBox
from ui.widgets.date_line import DateLine
from ui.widgets.number_line import NumberLine


class MeasureCard(QFrame):
    """One success measure; each field is stored when one leaves it."""

    changed = Signal(object)
    """The fields to set, by name."""
    remove_asked = Signal()

    def __init__(self, desk: Desk, measure: MeasureLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setProperty("kind", "inset")
        self._build(measure)
        self._connect(measure.id)
        self.show_measure(measure)

    def show_measure(self, measure: MeasureLine) -> None:
        """Show a measure; what somebody is typing here stays."""
        self._name.setText(
            f"{measure.kpi_name} ({measure.unit})" if measure.unit else measure.kpi_name
        )
        self._baseline.set_number(measure.baseline)
        self._baseline_on.set_day(measure.baseline_on)
        self._mode.show_code(measure.target_mode)
        self._target.set_number(measure.target)
        self._target_on.set_day(measure.target_on)
        self._progress.show_share(measure.progress)
        self._progress.setToolTip(
            _("The way from the baseline to the target, by the newest value.")
        )
        number = measure.target_number
        given = measure.target_mode not in (None, TargetMode.ABSOLUTE)
        text = (
            f"= {current().number(number)} {measure.unit}" if given and number is not None else ""
        )
        self._result.setText(text.strip())
        self._result.setVisible(bool(text))

    @property
    def result(self) -> str:
        """The number the target comes to, as shown."""
        return self._result.text()

    def _build(self, measure: MeasureLine) -> None:
        look = self._desk.look
        self._name = QLabel(self)
        self._name.setWordWrap(True)
        self._name.setProperty("kind", "strong")
        self._remove = QToolButton(self)
        self._remove.setIcon(icon(look, "x"))
        self._remove.setAccessibleName(_("Remove the measure {kpi}").format(kpi=measure.kpi_name))
        self._remove.setToolTip(_("Remove this success measure"))
        self._baseline, self._target = NumberLine(self), NumberLine(self)
        self._baseline_on, self._target_on = DateLine(look, self), DateLine(look, self)
        self._mode = ChoiceBox(TargetMode, self)
        self._result = QLabel(self)
        self._result.setProperty("kind", "strong")
        self._progress = ProgressLine(look, self)
        for widget, name in (
            (self._baseline, _("Baseline")),
            (self._baseline_on, _("Date of the baseline")),
            (self._mode, _("How the target is meant")),
            (self._target, _("Target")),
            (self._target_on, _("Date of the target")),
        ):
            widget.setAccessibleName(f"{measure.kpi_name}: {name}")
            widget.setToolTip(name)
            widget.setMinimumWidth(60)
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignTop)
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(_muted(_("Baseline"), self), 0, 0)
        grid.addWidget(self._baseline, 0, 1)
        grid.addWidget(self._baseline_on, 0, 2)
        grid.addWidget(_muted(_("Target"), self), 1, 0)
        grid.addWidget(self._target, 1, 1)
        grid.addWidget(self._target_on, 1, 2)
        grid.addWidget(self._mode, 2, 1, 1, 2)
        grid.addWidget(self._result, 3, 1, 1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 10)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addLayout(grid)
        layout.addWidget(self._progress)

    def _connect(self, measure_id: str) -> None:
        watch = self._desk.editing.watch
        self._remove.clicked.connect(self.remove_asked)
        for line, name in ((self._baseline, "baseline"), (self._target, "target")):
            line.number_entered.connect(lambda number, name=name: self.changed.emit({name: number}))
            line.refused.connect(self._desk.messages.error)
            watch(line, line, partial(Place, "measure", measure_id, name), line.read)
        for day, name in ((self._baseline_on, "baseline_on"), (self._target_on, "target_on")):
            day.day_entered.connect(lambda value, name=name: self.changed.emit({name: value}))
            day.refused.connect(self._desk.messages.error)
            watch(day, day, partial(Place, "measure", measure_id, name), day.read)
        self._mode.code_chosen.connect(lambda code: self.changed.emit({"target_mode": code}))


class MeasuresBlock(QWidget):
    """The measures of one goal, and a box to add another."""

    edited = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._goal: OutlineItem | None = None
        self._cards: dict[str, MeasureCard] = {}
        self._build()

    @property
    def cards(self) -> list[MeasureCard]:
        """The cards in their order."""
        return list(self._cards.values())

    def show_goal(self, goal: OutlineItem) -> None:
        """Show the measures of a goal, keeping the cards that are still right."""
        self._goal = goal
        wanted = [measure.id for measure in goal.measures]
        for measure_id in [known for known in self._cards if known not in wanted]:
            card = self._cards.pop(measure_id)
            card.hide()
            card.deleteLater()
        for measure in goal.measures:
            known = self._cards.get(measure.id)
            if known is None:
                known = MeasureCard(self._desk, measure, self)
                known.changed.connect(lambda given, row=measure.id: self._on_changed(row, given))
                known.remove_asked.connect(lambda row=measure.id: self._on_remove(row))
                self._cards[measure.id] = known
                self._list.addWidget(known)
            else:
                known.show_measure(measure)
        self._offer()

    def _offer(self) -> None:
        """Offer the KPIs that the goal is not measured by yet."""
        used = {measure.kpi_id for measure in self._goal.measures} if self._goal else set()
        choices = [
            (kpi.id, f"{kpi.name} ({kpi.unit})" if kpi.unit else kpi.name)
            for kpi in self._desk.read(kpi_catalogue)
            if kpi.id not in used
        ]
        self._add.offer(choices, None)
        self._add.setVisible(bool(choices))
        self._none.setVisible(not choices and not used)

    @Slot(object)
    def _on_add(self, kpi_id: str | None) -> None:
        if kpi_id is not None and self._goal is not None:
            label = _("Measure “{title}” by {kpi}").format(
                title=self._goal.title, kpi=self._add.currentText()
            )
            # A goal's date is the first guess at when the target is wanted.
            given = {"target_on": self._goal.due_on, "baseline_on": self._goal.start_on}
            self._desk.write(label, add_measure, self._goal.ref.id, kpi_id, **given)
            self.edited.emit()

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
        self._add = NameBox(_("Measure by a KPI…"), self)
        self._add.setAccessibleName(_("Measure by a KPI"))
        self._add.setMinimumWidth(60)
        self._add.id_chosen.connect(self._on_add)
        self._none = QLabel(
            _("Add a KPI in the tab “KPIs” first; then measure the goal by it."), self
        )
        self._none.setProperty("kind", "small")
        self._none.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(title)
        layout.addLayout(self._list)
        layout.addWidget(self._none)
        layout.addWidget(self._add)


def _muted(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setProperty("kind", "small")
    return label
