"""A widget that places its members itself and keeps its own height right.

Like a label that wraps, it is as high as its members need in the width there is; layouts above
need not ask for it. As long as nobody sees it or asks how large it is, nothing is placed: while a
page is made its members come one by one, and each would move all before it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class OwnHeight(QWidget):
    """Holds members in their order; what is made from it says where each has its place."""

    reshaping = frozenset(
        {
            QEvent.Type.Polish,
            QEvent.Type.FontChange,
            QEvent.Type.StyleChange,
            QEvent.Type.LayoutRequest,
        }
    )
    """Events of a member after which all are placed again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._members: list[QWidget] = []
        self._is_placed = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def add(self, widget: QWidget) -> None:
        """Add a widget at the end."""
        widget.setParent(self)
        widget.installEventFilter(self)
        self._members.append(widget)
        self._place_anew()

    def _place_anew(self) -> None:
        """Give each member its place, now or when that can first be seen."""
        self._is_placed = self.isVisible()
        if self._is_placed:
            self._place()

    def _place_first(self) -> None:
        """Give each member its place unless it has it: before anybody is told how large this is."""
        if not self._is_placed:
            self._is_placed = True
            self._place()

    def _place(self) -> None:
        """Give each member its place in the width there is, and keep the height that comes to.

        Before it is shown nobody knows how wide it will be, and a window never shrinks again: one
        row is to be assumed until then.
        """
        raise NotImplementedError

    def _keep_height(self, wanted: int) -> None:
        if self.minimumHeight() != wanted or self.maximumHeight() != wanted:
            self.setFixedHeight(wanted)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in self.reshaping:
            self._place_anew()
            self.updateGeometry()
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._is_placed = True
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_anew()
