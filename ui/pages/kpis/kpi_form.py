"""A line in which a new KPI of the catalogue is described."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from csdesk.actions.kpis import add_kpi
from csdesk.i18n import _
from csdesk.model.vocabulary import Direction, Frequency, KpiCategory
from ui.desk import Desk
from ui.typed_forms import field_values, set_field_values
from ui.widgets.choice_box import ChoiceBox


class KpiForm(QFrame):
    """Name, unit, direction, frequency and category; Enter adds, Escape closes the line."""

    added = Signal(str)
    """The id of the new KPI."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setProperty("kind", "card")
        self._build()
        self.hide()

    @property
    def name(self) -> QLineEdit:
        """The field of the name."""
        return self._name

    @Slot()
    def start(self) -> None:
        """Show the line and put the cursor into it."""
        self.show()
        self._name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def enter(self) -> None:
        """Add the KPI to the catalogue."""
        name = self._name.text().strip()
        if not name:
            return
        step = self._desk.write(
            _("Add KPI “{name}”").format(name=name),
            add_kpi,
            name,
            unit=self._unit.text().strip(),
            direction=self._direction.code,
            frequency=self._frequency.code,
            category=self._category.code,
        )
        if step is not None:
            self.close_line()
            self.added.emit(step.result)

    @Slot()
    def close_line(self) -> None:
        """Close the line, forgetting what is typed."""
        self._name.clear()
        self._unit.clear()
        self.hide()

    def typed_state(self) -> dict[str, Any] | None:
        """Return what stands in the line; None where it is closed."""
        return None if self.isHidden() else {"fields": field_values(self)}

    def take_up_typed(self, state: Mapping[str, Any]) -> None:
        """Open with what stood in the line."""
        set_field_values(self, state["fields"])
        self.show()

    def _build(self) -> None:
        label = QLabel(_("New KPI"), self)
        self._name = QLineEdit(self)
        self._name.setPlaceholderText(_("Name, such as weekly active users"))
        self._unit = QLineEdit(self)
        self._unit.setPlaceholderText(_("Unit"))
        self._unit.setFixedWidth(90)
        self._direction = ChoiceBox(Direction, self)
        self._frequency = ChoiceBox(Frequency, self)
        self._frequency.show_code(Frequency.MONTHLY)
        self._category = ChoiceBox(KpiCategory, self)
        self._category.show_code(KpiCategory.OUTCOME)
        add = QPushButton(_("Add"), self)
        add.setProperty("kind", "primary")
        done = QPushButton(_("Cancel"), self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 9, 12, 9)
        layout.setSpacing(8)
        layout.addWidget(label)
        for widget, name, share in (
            (self._name, _("Name of the KPI"), 1),
            (self._unit, _("Unit"), 0),
            (self._direction, _("Direction"), 0),
            (self._frequency, _("Frequency"), 0),
            (self._category, _("Category"), 0),
        ):
            widget.setAccessibleName(name)
            layout.addWidget(widget, share)
        layout.addWidget(add)
        layout.addWidget(done)
        self._name.returnPressed.connect(self.enter)
        self._unit.returnPressed.connect(self.enter)
        add.clicked.connect(self.enter)
        done.clicked.connect(self.close_line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_line()
        else:
            super().keyPressEvent(event)
