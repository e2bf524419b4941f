"""The popup in which the columns of the accounts table are shown, hidden, moved and sorted by."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QWidget

from csdesk.i18n import _, current
from ui.pages.accounts.layout import FIRST, TableLayout
from ui.theme import Look
from ui.widgets.check_popup import Check, CheckPopup

MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ColumnsPopup(QObject):
    """Opens the list of columns in their order; what is ticked is shown at once."""

    changed = Signal()
    """Columns or sorting are other than before."""

    def __init__(
        self, look: Look, layout: TableLayout, titles: dict[str, str], parent: QWidget
    ) -> None:
        """`titles` names the columns by their key."""
        super().__init__(parent)
        self._look = look
        self._layout = layout
        self._titles = titles
        self._parent = parent

    def open(self, anchor: QWidget) -> CheckPopup:
        """Show the popup below a widget and return it."""
        hint = _("Space shows or hides, Ctrl+↑ and Ctrl+↓ move, Ctrl+Enter sorts.")
        popup = CheckPopup(
            self._look,
            current().context("table", "Columns"),
            self._checks(),
            self._parent,
            hint=hint,
        )
        popup.field.hide()  # a list one moves in is short enough to be seen
        popup.changed.connect(partial(self._on_ticks, popup))
        popup.line_key.connect(partial(self._on_key, popup))
        popup.open_at(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))
        return popup

    def _checks(self) -> list[Check]:
        sorted_by, descending = self._layout.sorting()
        mark = "▼" if descending else "▲"
        return [
            Check(
                key,
                self._titles[key],
                mark if key == sorted_by else "",
                self._layout.is_shown(key),
            )
            for key in self._layout.in_order()
        ]

    def _on_ticks(self, popup: CheckPopup, shown: tuple[str, ...]) -> None:
        for key in self._layout.in_order():
            if self._layout.is_shown(key) != (key in shown):
                self._layout.show_column(key, key in shown)
        if FIRST not in shown:
            popup.model.show_checks(self._checks())
        self.changed.emit()

    def _on_key(self, popup: CheckPopup, key: str, pressed: int) -> None:
        pressed_key = Qt.Key(pressed)
        if pressed_key in MOVES:
            if not self._layout.move(key, MOVES[pressed_key]):
                return
        elif pressed_key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            sorted_by, descending = self._layout.sorting()
            self._layout.sort(key, sorted_by == key and not descending)
        else:
            return
        popup.model.show_checks(self._checks())
        popup.go_to(key)
        self.changed.emit()
