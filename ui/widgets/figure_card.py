"""A figure on top of a page: what it is, how much, and a word about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget


class FigureCard(QFrame):
    """Shows one figure; where it counts rows, a click shows just these and another all again."""

    pressed = Signal(bool)
    """Whether the rows it counts are to be shown alone."""

    def __init__(
        self, label: str, how: str, *, counts_rows: bool, parent: QWidget | None = None
    ) -> None:
        """`how` says how the figure is computed, as a tooltip."""
        super().__init__(parent)
        self._label = label
        self._counts_rows = counts_rows
        self._on = False
        self.setProperty("kind", "card")
        self.setProperty("on", "no")
        self.setToolTip(how)
        if counts_rows:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._name = QLabel(label, self)
        self._name.setProperty("kind", "small")
        self._figure = QLabel(self)
        self._figure.setProperty("kind", "figure")
        self._note = QLabel(self)
        self._note.setProperty("kind", "small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 11, 16, 11)
        layout.setSpacing(1)
        for part in (self._name, self._figure, self._note):
            part.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(part)

    def show_figure(self, figure: str, note: str) -> None:
        """Show the figure with a word about it."""
        self._figure.setText(figure)
        self._note.setText(note)
        self.setAccessibleName(f"{self._label}: {figure}. {note}")

    @property
    def figure(self) -> str:
        """The figure as shown."""
        return self._figure.text()

    @property
    def is_on(self) -> bool:
        """Tell whether the rows it counts are shown alone."""
        return self._on

    def set_on(self, on: bool) -> None:
        """Look as if pressed, or not."""
        self._on = on
        self.setProperty("on", "yes" if on else "no")
        self.style().unpolish(self)
        self.style().polish(self)

    def _press(self) -> None:
        if self._counts_rows:
            self.set_on(not self._on)
            self.pressed.emit(self._on)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self._press()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._press()
        else:
            super().keyPressEvent(event)
