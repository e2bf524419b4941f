"""What the panels beside a document are: a head that stays, and a list that is built anew.

A list is built only where what it shows differs. Then the keyboard stays where it was: on the same
button, or on what took its place.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from csdesk.queries.customer_document import CustomerDocument
from ui.desk import Desk
from ui.widgets.pill import Pill
from ui.widgets.wrapped_label import WrappedLabel

WIDTHS = (270, 420)
"""The least and most pixels of a panel."""

FOCUS = "focus_key"
"""The property by which a button is known again in a list built anew."""


class SidePanel(QFrame):
    """One panel: `_list` is the layout of what scrolls, `_keep_places` wraps building it."""

    def __init__(self, desk: Desk, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._document: CustomerDocument | None = None
        self._is_stale = True
        self.setProperty("kind", "card")
        self.setMinimumWidth(WIDTHS[0])
        self.setMaximumWidth(WIDTHS[1])
        self.setAccessibleName(title)
        self._build_frame(title)

    @property
    def plan_id(self) -> str:
        """The plan of the document shown; empty where there is none."""
        return self._document.view.plan_id if self._document is not None else ""

    @property
    def account_id(self) -> str:
        """The account of the document shown; empty where there is none."""
        return self._document.view.account_id if self._document is not None else ""

    def show_document(self, document: CustomerDocument | None) -> None:
        """Show what belongs to a document, or that there is none."""
        self._document = document
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show what is known now; never writes."""

    def _build_list(self) -> None:
        """Build the list anew from what is known."""

    @Slot()
    def _rebuild(self) -> None:
        """Build the list anew where it is in view, else as soon as it comes into view."""
        self._is_stale = not self.isVisible()
        if not self._is_stale:
            # Drawn once at the end, not with every part.
            self._inside.setUpdatesEnabled(False)
            self._build_list()
            self._inside.setUpdatesEnabled(True)

    def buttons(self, key: str) -> list[QAbstractButton]:
        """Return the buttons of the list whose key begins with `key`, from top to bottom."""
        return [one for one in self._keyed() if str(one.property(FOCUS)).startswith(key)]

    def _keyed(self) -> list[QAbstractButton]:
        found: list[QAbstractButton] = self._inside.findChildren(QAbstractButton)
        return [one for one in found if one.property(FOCUS) and not one.property("gone")]

    def _take_out(self) -> tuple[str, int]:
        """Empty the list; return the key of the button with the focus, and its place, or -1."""
        buttons = self._keyed()
        place = next((at for at, one in enumerate(buttons) if one.hasFocus()), -1)
        key = str(buttons[place].property(FOCUS)) if place >= 0 else ""
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and not widget.property("stays"):
                for button in (widget, *widget.findChildren(QAbstractButton)):
                    button.setProperty("gone", True)
                widget.hide()
                widget.deleteLater()
        return key, place

    def _put_focus(self, was: tuple[str, int]) -> None:
        """Give the focus to the button it was on before the list was built, or to its neighbour."""
        key, place = was
        if place < 0:
            return
        buttons = [one for one in self._keyed() if one.isEnabled()]
        same = next((one for one in buttons if one.property(FOCUS) == key), None)
        kind = key.partition(":")[0]
        alike = [one for one in buttons if str(one.property(FOCUS)).partition(":")[0] == kind]
        near = next((one for one in buttons[place:] if one in alike), None)
        last = alike[-1] if alike else (buttons[-1] if buttons else self)
        target: QWidget = same or near or last
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, target, lambda: self._scroll.ensureWidgetVisible(target, 0, 20))

    def _add(self, widget: QWidget) -> None:
        self._list.addWidget(widget)
        widget.show()

    def _say(self, words: str, kind: str = "muted") -> WrappedLabel:
        """Add a paragraph to the list."""
        label = WrappedLabel(words, self._inside, kind)
        self._add(label)
        return label

    def _link(self, words: str, key: str, parent: QWidget, *, kind: str = "small") -> QPushButton:
        """Make a button of the list, known again by its key."""
        button = QPushButton(words.replace("&", "&&"), parent)
        button.setProperty("kind", kind)
        button.setProperty(FOCUS, key)
        button.setAutoDefault(False)
        return button

    def _build_frame(self, title: str) -> None:
        self._title = QLabel(title, self)
        self._title.setProperty("kind", "heading")
        self._count = Pill(self)
        line = QHBoxLayout()
        line.setContentsMargins(14, 0, 12, 0)
        line.setSpacing(8)
        line.addWidget(self._title)
        line.addWidget(self._count)
        line.addStretch(1)
        self._head = QVBoxLayout()
        self._head.setContentsMargins(0, 0, 0, 0)
        self._head.setSpacing(6)
        self._head.addLayout(line)
        self._inside = QWidget(self)
        self._inside.setProperty("kind", "plain")
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(8)
        held = QVBoxLayout(self._inside)
        held.setContentsMargins(14, 2, 10, 12)
        held.setSpacing(0)
        held.addLayout(self._list)
        held.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 11, 1, 4)
        layout.setSpacing(7)
        layout.addLayout(self._head)
        layout.addWidget(self._scroll, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._rebuild()
