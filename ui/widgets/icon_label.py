"""An icon that stands by itself and changes its colour with the theme."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import pixmap
from ui.theme import Look


class IconLabel(QWidget):
    """Draws one icon of the set in the middle of itself, `size` pixels wide."""

    def __init__(
        self, look: Look, name: str, role: str, size: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._name = name
        self._role = role
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        look.changed.connect(self.update)

    def set_icon(self, name: str, role: str) -> None:
        """Show another icon, or the same in another colour."""
        self._name, self._role = name, role
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        picture = pixmap(self._look, self._name, self._role, self._size, ratio)
        left = (self.width() - self._size) // 2
        painter.drawPixmap(left, (self.height() - self._size) // 2, picture)
