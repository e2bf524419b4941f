"""Undo and redo bring the cursor back to what the step touched, where that is in view.

A list says by itself what its rows are, so that no page needs to know of this: any widget with
`put_cursor` is asked. Nobody who is typing loses the keyboard or the row she types in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from csdesk.queries.belonging import wholes_of
from csdesk.store.touching import Change
from ui.desk import Desk


@runtime_checkable
class ShowsRows(Protocol):
    """A list with a cursor, or what knows such lists."""

    def put_cursor(self, ids: Collection[str]) -> bool:
        """Put the cursor on the first row shown that is one of these; False where none is.

        A cursor that is on one of them stays. The keyboard is not taken.
        """
        ...


class Returning(QObject):
    """Leads the cursor of the page in front back, at one desk."""

    def __init__(
        self, desk: Desk, front: Callable[[], QWidget | None], parent: QObject | None = None
    ) -> None:
        """`front` gives the page in front."""
        super().__init__(parent)
        self._desk = desk
        self._front = front
        # Queued: a page that reads a moment after a change reads at once when it hears of a step.
        desk.stepped.connect(self.on_stepped, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def on_stepped(self, change: Change) -> None:
        """Put the cursor on what an undo or redo touched; nothing where somebody is typing."""
        page = self._front()
        if page is None or self._desk.editing.is_typing or _is_in_field():
            return
        ids = frozenset[str]().union(*change.rows.values())
        found = _put_cursor(page, ids)
        if found is None:
            found = _put_cursor(page, self._desk.read(wholes_of, change.rows))
        if found is not None and _may_take_keyboard(page):
            found.setFocus(Qt.FocusReason.OtherFocusReason)


def _put_cursor(page: QWidget, ids: Collection[str]) -> QWidget | None:
    """Put the cursor of the first list that shows one of these rows on it; return the list."""
    return next((view for view, one in _lists(page) if one.put_cursor(ids)), None) if ids else None


def _lists(page: QWidget) -> Iterator[tuple[QWidget, ShowsRows]]:
    """Yield the lists that can be seen on a page, those further out first."""
    queue = [page]
    while queue:
        widget = queue.pop(0)
        if isinstance(widget, ShowsRows):
            yield widget, widget
            continue
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        queue += [one for one in widget.findChildren(QWidget, options=direct) if one.isVisible()]


def _is_in_field() -> bool:
    """Tell whether the keyboard is in a text, in an open cell or in something that popped up."""
    focus = QApplication.focusWidget()
    if QApplication.activePopupWidget() is not None:
        return True
    if isinstance(focus, QLineEdit | QPlainTextEdit | QTextEdit | QAbstractSpinBox):
        return True
    above = focus.parentWidget() if focus is not None else None
    while above is not None and not isinstance(above, QAbstractItemView):
        above = above.parentWidget()
    return above is not None


def _may_take_keyboard(page: QWidget) -> bool:
    """Tell whether the keyboard is nowhere in particular: at a button, or outside the page.

    Somebody in another part of the page, such as a timeline, goes on there.
    """
    focus = QApplication.focusWidget()
    if focus is None:
        return page.isActiveWindow()
    if focus.window() is not page.window():
        return False
    is_button = isinstance(focus, QAbstractButton) and not isinstance(focus, QCheckBox)
    return is_button or focus is page or not page.isAncestorOf(focus)
