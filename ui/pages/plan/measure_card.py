"""One success measure: from where, to where, by when, and always the number it comes to."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from csdesk.errors import UserError
from csdesk.i18n import _, current
from csdesk.insight.progress import resolved_target
from csdesk.insight.typed_targets import Measured, TypedTarget
from csdesk.model.vocabulary import Direction, TargetMode
from csdesk.queries.item_details import MeasureDetails
from csdesk.queries.outline import MeasureLine
from ui.desk import Desk
from ui.editing import Place
from ui.icons import icon
from ui.pages.plan.plan_strip import ProgressLine
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.date_line import DateLine
from ui.widgets.inline_fields import TextField
from ui.widgets.number_line import NumberLine
from ui.widgets.target_line import TargetLine
from ui.widgets.wrapped_label import WrappedLabel

LONGEST = 80
"""Letters of a KPI's name that are shown; the whole is its tooltip."""

_UNKNOWN = MeasureDetails(
    is_percent=False,
    has_points=False,
    kpi_direction=None,
    source="",
    agreed_on=None,
    agreed_with="",
    newest=None,
    newest_period=None,
)


class MeasureCard(QFrame):
    """One success measure; each field is stored when one leaves it."""

    changed = Signal(object)
    """The fields to set, by name."""
    remove_asked = Signal()

    def __init__(
        self,
        desk: Desk,
        measure: MeasureLine,
        details: MeasureDetails | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._measure = measure
        self._details = details or _UNKNOWN
        self.setProperty("kind", "inset")
        self._build(measure)
        self._connect(measure.id)
        self.show_measure(measure, self._details)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab comes by, in this order."""
        return (
            *(self._remove, self._baseline, self._baseline_on, self._take),
            *(self._target, self._target_on, self._mode, self._direction),
            *(self._source, self._agreed_with, self._agreed_on),
        )

    @property
    def baseline(self) -> NumberLine:
        """The field of the baseline."""
        return self._baseline

    @property
    def target(self) -> TargetLine:
        """The field of the target."""
        return self._target

    @property
    def result(self) -> str:
        """The number the target comes to, as shown."""
        return self._result.text()

    def show_measure(self, measure: MeasureLine, details: MeasureDetails | None = None) -> None:
        """Show a measure; what somebody is typing here stays."""
        self._measure, self._details = measure, details or _UNKNOWN
        name = f"{measure.kpi_name} ({measure.unit})" if measure.unit else measure.kpi_name
        self._name.setText(name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…")
        self._name.setToolTip(name if len(name) > LONGEST else "")
        self._direction.show_code(measure.direction)
        self._baseline.set_number(measure.baseline)
        self._baseline_on.set_day(measure.baseline_on)
        self._mode.show_code(measure.target_mode)
        in_points = self._details.has_points
        self._target.setPlaceholderText(_("80, +5 pp") if in_points else _("96, 120%, +20%"))
        self._target.set_target(measure.target, measure.target_mode, of=self._measured())
        self._target_on.set_day(measure.target_on)
        self._source.set_value(self._details.source)
        self._agreed_on.set_day(self._details.agreed_on)
        self._agreed_with.set_value(self._details.agreed_with)
        self._progress.show_share(measure.progress)
        self._progress.setToolTip(
            _("The way from the baseline to the target, by the newest value.")
        )
        self._show_newest()
        self._show_result()

    def _measured(self) -> Measured:
        return Measured(
            self._measure.baseline,
            self._measure.direction or self._details.kpi_direction,
            self._details.is_percent,
            self._details.has_points,
        )

    def _show_newest(self) -> None:
        """Offer the newest value as baseline where there is none yet."""
        newest, period = self._details.newest, self._details.newest_period
        words = ""
        if newest is not None and period is not None:
            month = current().month(period)
            words = _("Newest: {number} ({month})").format(
                number=self._with_unit(newest), month=month
            )
        self._newest.setText(words)
        self._newest.setVisible(bool(words))
        self._take.setVisible(bool(words) and self._measure.baseline is None)

    @Slot()
    def _show_result(self) -> None:
        """Show the number the target comes to, as it is being typed."""
        baseline, target, mode = self._typed()
        number = resolved_target(mode, baseline, target)
        words = ""
        if number is not None:
            words = f"= {self._with_unit(number)}"
            if baseline is not None and number != baseline:
                change = self._change(baseline, number)
                words = f"{words} ({change})" if change else words
        elif target is not None:
            words = _("Needs a baseline")
        self._result.setText(words)
        self._result.setVisible(bool(words))

    def _change(self, baseline: Decimal, number: Decimal) -> str:
        """Say how far a number is from the baseline: in points for a percentage, else its share."""
        if self._details.is_percent:
            return _("{points} pp").format(points=_signed(round(number - baseline, 2)))
        if not baseline:
            return ""
        return f"{_signed(round((number - baseline) / abs(baseline) * 100, 1))}%"

    def _typed(self) -> tuple[Decimal | None, Decimal | None, str | None]:
        """Return baseline, target and mode as they stand in the fields."""
        baseline, target, mode = (
            self._measure.baseline,
            self._measure.target,
            self._measure.target_mode,
        )
        try:
            baseline = self._baseline.read()
        except UserError:
            baseline = None
        try:
            read = self._target.read()
        except UserError:
            return baseline, None, mode
        target = None if read is None else read.value
        if self._target.isModified() and read is not None and read.mode is not None:
            mode = read.mode
        return baseline, target, mode

    def _with_unit(self, number: Decimal) -> str:
        text = current().number(number)
        unit = self._measure.unit
        joined = unit.startswith(("%", "％")) or not unit.isascii()
        return f"{text}{'' if joined else ' '}{unit}".strip()

    @Slot(object)
    def _on_target(self, read: TypedTarget | None) -> None:
        fields: dict[str, Any] = {"target": None if read is None else read.value}
        if read is not None and read.mode is not None and read.mode != self._measure.target_mode:
            fields["target_mode"] = read.mode
        if read is not None and read.direction is not None:
            fields["direction"] = read.direction
        self.changed.emit(fields)

    @Slot()
    def _on_take(self) -> None:
        self.changed.emit(
            {"baseline": self._details.newest, "baseline_on": self._details.newest_period}
        )

    def _build(self, measure: MeasureLine) -> None:
        look = self._desk.look
        self._name = WrappedLabel("", self, "strong")
        self._remove = QToolButton(self)
        self._remove.setIcon(icon(look, "x"))
        self._remove.setAccessibleName(_("Remove the measure {kpi}").format(kpi=measure.kpi_name))
        self._remove.setToolTip(_("Remove this success measure"))
        self._direction = ChoiceBox(Direction, self, none=_("Not said"))
        self._baseline, self._target = NumberLine(self), TargetLine(self)
        self._baseline_on, self._target_on = DateLine(look, self), DateLine(look, self)
        self._mode = ChoiceBox(TargetMode, self)
        self._result = WrappedLabel("", self, "strong")
        self._newest = WrappedLabel("", self, "small")
        self._take = QPushButton(_("Take as baseline"), self)
        self._take.setProperty("kind", "link")
        self._source, self._agreed_with = TextField(self), TextField(self)
        self._source.setPlaceholderText(_("Where the number comes from"))
        self._agreed_with.setPlaceholderText(_("With whom"))
        self._agreed_on = DateLine(look, self)
        self._progress = ProgressLine(look, self)
        for widget, name in (
            (self._direction, _("Direction")),
            (self._baseline, _("Baseline")),
            (self._baseline_on, _("Date of the baseline")),
            (self._target, _("Target")),
            (self._target_on, _("Date of the target")),
            (self._mode, _("How the target is meant")),
            (self._source, _("Data source")),
            (self._agreed_on, _("Agreed on")),
            (self._agreed_with, _("Agreed with")),
        ):
            widget.setAccessibleName(f"{measure.kpi_name}: {name}")
            if widget not in (self._source, self._agreed_with):
                widget.setToolTip(name)
            widget.setMinimumWidth(54)
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 10)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self._progress)
        layout.addLayout(self._build_grid())

    def _build_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(0, 4)
        grid.setColumnStretch(1, 5)
        across: dict[int, QWidget] = {
            0: _muted(_("Baseline"), self),
            2: self._newest,
            4: _muted(_("Target"), self),
            6: self._result,
            7: self._mode,
            8: _muted(_("Direction"), self),
            9: self._direction,
            10: _muted(_("Data source"), self),
            11: self._source,
            12: _muted(_("Agreed on"), self),
        }
        for row, widget in across.items():
            grid.addWidget(widget, row, 0, 1, 2)
        for row, left, right in (
            (1, self._baseline, self._baseline_on),
            (5, self._target, self._target_on),
            (13, self._agreed_with, self._agreed_on),
        ):
            grid.addWidget(left, row, 0)
            grid.addWidget(right, row, 1)
        grid.addWidget(self._take, 3, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        return grid

    def _connect(self, measure_id: str) -> None:
        watch = self._desk.editing.watch
        refused = self._desk.messages.error
        place = partial(Place, "measure", measure_id)
        self._remove.clicked.connect(self.remove_asked)
        self._baseline.number_entered.connect(partial(self._store, "baseline"))
        self._baseline.refused.connect(refused)
        watch(self._baseline, self._baseline, partial(place, "baseline"), self._baseline.read)
        self._target.target_entered.connect(self._on_target)
        self._target.refused.connect(refused)
        watch(self._target, self._target, partial(place, "target"), self._target.read_number)
        for day, name in (
            (self._baseline_on, "baseline_on"),
            (self._target_on, "target_on"),
            (self._agreed_on, "agreed_on"),
        ):
            day.day_entered.connect(partial(self._store, name))
            day.refused.connect(refused)
            watch(day, day, partial(place, name), day.read)
        for field, name in ((self._source, "source"), (self._agreed_with, "agreed_with")):
            field.entered.connect(partial(self._store, name))
            watch(field, field, partial(place, name))
        self._mode.code_chosen.connect(partial(self._store, "target_mode"))
        self._direction.code_chosen.connect(partial(self._store, "direction"))
        self._take.clicked.connect(self._on_take)
        self._baseline.textChanged.connect(self._show_result)
        self._target.textChanged.connect(self._show_result)

    def _store(self, name: str, value: Any) -> None:
        self.changed.emit({name: value})


def _signed(number: Decimal) -> str:
    return ("+" if number > 0 else "") + current().number(number.normalize())


def _muted(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setProperty("kind", "small")
    return label
