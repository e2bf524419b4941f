"""A stack that asks for the room of what is in front, and a frame in which it scrolls.

Qt lets a stack ask for the room of its largest page, seen or not: one wide page would keep the
whole window from being made small.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ui.restyling import LateStack


class FrontStack(LateStack):
    """Shows one of several widgets, and needs no more room than that one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        front = self.currentWidget()
        if front is None:
            return super().minimumSizeHint()
        return front.minimumSizeHint().expandedTo(front.minimumSize())


class LastResort(QScrollArea):
    """Lets a widget scroll where the window is smaller than it can be."""

    LEAST = QSize(420, 260)
    """Pixels below which there is nothing to see at all."""

    def __init__(self, widget: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(widget)
        self._inside = widget

    def minimumSizeHint(self) -> QSize:
        return self.LEAST

    def sizeHint(self) -> QSize:
        return self._inside.sizeHint()
