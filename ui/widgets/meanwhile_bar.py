"""A bar beside a field one is typing in; it takes neither the focus nor room from the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMainWindow, QPushButton, QWidget

from ui.theme import Look
from ui.widgets.icon_label import IconLabel

WIDTH = 560
"""Pixels of the bar where the window has room for them."""

GAP = 6
"""Pixels between the field and the bar."""

_MOVING = frozenset(
    {
        QEvent.Type.Move,
        QEvent.Type.Resize,
        QEvent.Type.LayoutRequest,
        QEvent.Type.ChildPolished,
        QEvent.Type.Show,
        QEvent.Type.Hide,
    }
)
_ENDING = frozenset(
    {
        QEvent.Type.FocusOut,
        QEvent.Type.Hide,
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.InputMethod,
    }
)

Choice = tuple[str, Callable[[], object]]
"""The words on a button, and what it does."""


class MeanwhileBar(QFrame):
    """Words and buttons that float below a field, or at the top of the window without one."""

    typing_checked = Signal()
    """Something happened in the field after which nobody may be typing there any more."""

    def __init__(self, look: Look, host: QWidget, anchor: QWidget | None = None) -> None:
        """Float in the window `host`, below `anchor` inside it."""
        super().__init__(host)
        self._host = host
        self._anchor = anchor
        self._buttons: list[QPushButton] = []
        self._moving = QTimer(self, singleShot=True, interval=0)
        self._moving.timeout.connect(self._float)
        self._ending = QTimer(self, singleShot=True, interval=0)
        self._ending.timeout.connect(self.typing_checked)
        self._build(look)
        self._watch()

    @property
    def text(self) -> str:
        """The words shown."""
        return self._text.text()

    @property
    def buttons(self) -> list[QPushButton]:
        """The buttons in their order."""
        return list(self._buttons)

    def say(self, text: str, tone: str, choices: Sequence[Choice], whole: str = "") -> None:
        """Show words and buttons; `whole` is what the words had no room for."""
        self.setProperty("tone", tone)
        self._icon.set_icon("info" if tone == "accent" else "triangle-alert", tone)
        self._text.setText(text)
        self._text.setToolTip(whole)
        self.setAccessibleName(text)
        for label, act in choices:
            button = QPushButton(label, self)
            button.setProperty("kind", "link")
            # Whoever types goes on typing; the letter with Alt works from the field.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(act)
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            self._buttons.append(button)
        self.show()
        self._float()

    def dismiss(self) -> None:
        """Take the bar away for good."""
        self._moving.stop()
        self._ending.stop()
        self.hide()
        self.deleteLater()

    @Slot()
    def _float(self) -> None:
        width = min(WIDTH, self._host.width() - 4 * GAP)
        self.setFixedWidth(max(width, 120))
        height = self._row.heightForWidth(self.width())
        self.setFixedHeight(max(height, self._row.minimumSize().height()))
        self.move(self._spot())
        self.raise_()

    def _spot(self) -> QPoint:
        room, size = self._host.rect(), self.size()
        anchor = self._anchor
        if anchor is None or not shiboken6.isValid(anchor) or not anchor.isVisible():
            top = 2 * GAP
            if isinstance(self._host, QMainWindow):
                top += self._host.menuBar().height()
            return QPoint((room.width() - size.width()) // 2, top)
        below = anchor.mapTo(self._host, QPoint(0, anchor.height() + GAP))
        if below.y() + size.height() > room.height() - GAP:
            below = anchor.mapTo(self._host, QPoint(0, -GAP - size.height()))
        # A field may be scrolled out of sight; what is said of it never is.
        right, bottom = room.width() - size.width() - GAP, room.height() - size.height() - GAP
        return QPoint(max(GAP, min(below.x(), right)), max(GAP, min(below.y(), bottom)))

    def _build(self, look: Look) -> None:
        self.setProperty("kind", "message")
        self._icon = IconLabel(look, "info", "accent", 18, self)
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 7, 8, 7)
        self._row.setSpacing(8)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._text, 1)

    def _watch(self) -> None:
        """Hear when the field or anything that holds it moves: a page that scrolls, a window."""
        self._host.installEventFilter(self)
        widget = self._anchor
        while widget is not None and widget is not self._host:
            widget.installEventFilter(self)
            widget = widget.parentWidget()
        if self._anchor is not None:
            self._anchor.destroyed.connect(self._ending.start)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _MOVING:
            self._moving.start()
        if watched is self._anchor and kind in _ENDING:
            self._ending.start()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()
