"""One thing the customer changed in a returned workbook: as it was, as they say, as it is now."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QWidget

from csdesk.exchange.customer_workbook import Difference
from csdesk.i18n import _
from ui.pages.document.side_panel import FOCUS
from ui.widgets.pill import Pill
from ui.widgets.wrapped_label import WrappedLabel

MOST = 400
"""Characters of a value that are shown; the whole of it is in its hint."""

NOTHING = "–"


class DifferenceCard(QFrame):
    """Shows a difference with a box: ticked, it is taken over."""

    chosen = Signal(str, bool)
    """The difference's key, and whether it is to be taken over."""

    def __init__(
        self, difference: Difference, is_chosen: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._difference = difference
        self.setProperty("kind", "inset")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._build(is_chosen)

    @property
    def box(self) -> QCheckBox:
        """The box that takes it over."""
        return self._box

    def _build(self, is_chosen: bool) -> None:
        difference = self._difference
        self._box = QCheckBox(self)
        self._box.setProperty("kind", "bare")
        self._box.setProperty(FOCUS, f"box:{difference.key}")
        self._box.setChecked(is_chosen)
        self._box.setAccessibleName(_spoken(difference))
        self._box.toggled.connect(lambda on: self.chosen.emit(difference.key, on))
        title = WrappedLabel(difference.title, self, "strong")
        place = WrappedLabel(f"{difference.label} · {difference.place}", self, "small")
        layout = QGridLayout(self)
        layout.setContentsMargins(10, 8, 9, 9)
        layout.setHorizontalSpacing(9)
        layout.setVerticalSpacing(3)
        layout.setColumnStretch(2, 1)
        top = Qt.AlignmentFlag.AlignTop
        layout.addWidget(self._box, 0, 0, top)
        layout.addWidget(title, 0, 1, 1, 2)
        layout.addWidget(place, 1, 1, 1, 2)
        for row, (name, words) in enumerate(_lines(difference), start=2):
            label = QLabel(name, self)
            label.setProperty("kind", "small")
            label.setContentsMargins(0, 2, 0, 0)
            value = WrappedLabel(_shortened(words), self, "body")
            value.setToolTip(words if len(words) > MOST else "")
            layout.addWidget(label, row, 1, top)
            layout.addWidget(value, row, 2)
        if difference.is_conflict:
            pill = Pill(self)
            pill.show_words(_("We changed it meanwhile"), "warning")
            aside = QHBoxLayout()
            aside.addWidget(pill)
            aside.addStretch(1)
            layout.addLayout(aside, layout.rowCount(), 1, 1, 2)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self._box.toggle()


def _lines(difference: Difference) -> list[tuple[str, str]]:
    """Return what is to be seen: of what nobody changed here, "now" would only repeat "was"."""
    lines = [(_("Sent"), difference.was), (_("Theirs"), difference.theirs)]
    if difference.now != difference.was:
        lines.append((_("Now"), difference.now))
    if not difference.was and not difference.now:
        lines = lines[1:2]
    return [(name, words or NOTHING) for name, words in lines]


def _shortened(words: str) -> str:
    return words if len(words) <= MOST else f"{words[: MOST - 1]}…"


def _spoken(difference: Difference) -> str:
    parts = [f"{difference.title}, {difference.label}"]
    parts += [f"{name}: {_shortened(words)}" for name, words in _lines(difference)]
    if difference.is_conflict:
        parts.append(_("We changed it meanwhile"))
    return ". ".join(parts)
