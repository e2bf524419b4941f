"""The list of pages at the window's left edge; where there is little room, their icons alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from csdesk.i18n import _, current
from ui.icons import icon
from ui.theme import Look
from ui.widgets.icon_label import IconLabel
from ui.widgets.pill import Pill

WIDTH, WIDEST = 212, 300
"""Pixels of the sidebar, by the longest entry."""
SLIM = 56
"""Pixels where it shows icons alone."""
ROOM = 1180
"""Pixels of a window that has room for words beside the icons."""
GAP = "\N{EN SPACE}"
"""Between icon and label; a style sheet cannot say it."""

MOST_SHOWN, MOST_SHOWN_SLIM = 99, 9
"""Of more things than these a badge says only that there are more."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: its name in the program, its icon and its label in the user's language."""

    page: str
    icon: str
    label: str
    at_foot: bool = False


class Sidebar(QFrame):
    """Shows which page one is on, and goes to another; Up and Down move within it."""

    chosen = Signal(str)
    """The page's name."""

    def __init__(self, look: Look, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._buttons: dict[str, QPushButton] = {}
        self._labels = {entry.page: entry.label for entry in entries}
        self._badges: dict[str, Pill] = {}
        self._counts: dict[str, int] = {}
        self._width = WIDTH
        self._is_slim = False
        self._group = QButtonGroup(self)
        self._build(entries)
        self._group.buttonClicked.connect(self._on_clicked)
        if parent is not None:
            parent.installEventFilter(self)

    @property
    def is_slim(self) -> bool:
        """Whether icons stand here without words."""
        return self._is_slim

    def fit(self, room: int) -> None:
        """Show words beside the icons where a window is so many pixels wide that they fit."""
        is_slim = room < ROOM
        if is_slim == self._is_slim:
            return
        self._is_slim = is_slim
        self._name.setVisible(not is_slim)
        self._head.setContentsMargins(7 if is_slim else 12, 0, 0, 0)
        self.setFixedWidth(SLIM if is_slim else self._width)
        for page, button in self._buttons.items():
            label = self._labels[page]
            button.setText("" if is_slim else f"{GAP}{label}")
            button.setToolTip(label if is_slim else "")
            _restyle(button, "slim", "yes" if is_slim else "")
        for page, count in self._counts.items():
            self.show_count(page, count)

    def show_page(self, page: str) -> None:
        """Mark the page one is on; a page without an entry leaves the mark where it is."""
        button = self._buttons.get(page)
        if button is not None:
            button.setChecked(True)

    def show_count(self, page: str, count: int) -> None:
        """Say at a page's entry how much waits there; nothing where it is 0."""
        button, badge = self._buttons[page], self._badges.get(page)
        if badge is None:
            badge = self._badges[page] = self._badge(button)
        self._counts[page] = count
        _restyle(badge, "kind", "badge" if self._is_slim else "pill")
        most = MOST_SHOWN_SLIM if self._is_slim else MOST_SHOWN
        badge.show_words("" if not count else f"{most}+" if count > most else str(count), "bad")
        if (inside := button.layout()) is not None:
            inside.setContentsMargins(0, 0, 0 if self._is_slim else 10, 0)
            corner, middle = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignVCenter
            inside.setAlignment(badge, corner if self._is_slim else middle)
        name = self._labels[page]
        button.setAccessibleName(f"{name}, {current().number(count)}" if count else name)

    @Slot(QAbstractButton)
    def _on_clicked(self, button: QAbstractButton) -> None:
        self.chosen.emit(button.objectName())

    def _build(self, entries: Sequence[Entry]) -> None:
        self.setObjectName("sidebar")
        self.setAccessibleName(_("Pages"))
        mark = IconLabel(self._look, "app-mark", "accent_fill", 22, self)
        name = QLabel("CSDesk", self)
        name.setProperty("kind", "heading")
        self._name = name
        self._head = head = QHBoxLayout()
        head.setContentsMargins(12, 0, 0, 0)
        head.setSpacing(9)
        head.addWidget(mark)
        head.addWidget(name, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 16, 10, 12)
        layout.setSpacing(3)
        layout.addLayout(head)
        layout.addSpacing(16)
        for entry in entries:
            if not entry.at_foot:
                layout.addWidget(self._button(entry))
        layout.addStretch(1)
        for entry in entries:
            if entry.at_foot:
                layout.addWidget(self._button(entry))
        widest = max((one.sizeHint().width() for one in self._buttons.values()), default=0)
        self._width = max(WIDTH, min(widest + 20, WIDEST))
        self.setFixedWidth(self._width)

    def _button(self, entry: Entry) -> QPushButton:
        button = QPushButton(f"{GAP}{entry.label}", self)
        button.setObjectName(entry.page)
        button.setProperty("kind", "page")
        button.setIcon(icon(self._look, entry.icon, "muted", "accent"))
        button.setIconSize(QSize(18, 18))
        button.setCheckable(True)
        button.setAccessibleName(entry.label)
        self._group.addButton(button)
        self._buttons[entry.page] = button
        return button

    @staticmethod
    def _badge(button: QPushButton) -> Pill:
        badge = Pill(button)
        badge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QHBoxLayout(button)
        inside.setContentsMargins(0, 0, 10, 0)
        inside.addStretch(1)
        inside.addWidget(badge)
        return badge

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parent() and isinstance(event, QResizeEvent):
            self.fit(event.size().width())
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        buttons = list(self._buttons.values())
        focused = next((place for place, one in enumerate(buttons) if one.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        buttons[(focused + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)


def _restyle(widget: QWidget, name: str, value: str) -> None:
    """Give a widget a property that the style sheet looks at."""
    if (widget.property(name) or "") != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        # A label goes on with the padding it knew until it is told.
        QApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
