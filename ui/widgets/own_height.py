"""A widget that places its members itself and keeps its own height right.

Like a label that wraps, it is as high as its members need in the width there is; layouts above
need not ask for it.
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
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def add(self, widget: QWidget) -> None:
        """Add a widget at the end."""
        widget.setParent(self)
        widget.installEventFilter(self)
        self._members.append(widget)
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
            self._place()
            self.updateGeometry()
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
