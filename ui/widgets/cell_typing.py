"""What is typed in the editor of a table's cell, beside what the cell itself holds by now."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPersistentModelIndex, QTimer
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QStyledItemDelegate, QWidget

from ui.tables import Index
from ui.widgets.typing_line import TypingLine

_FILLED = "filled"
"""The property of an editor that has its text: the text, or that it has one."""

CHOSEN = "chosen"
"""The property of a box in which the user has chosen; one only looked at stores nothing."""


class CellTyping:
    """The editor of a cell as the guard of what is typed sees it."""

    def __init__(
        self,
        delegate: QStyledItemDelegate,
        editor: TypingLine,
        index: Index,
        stored: Callable[[Index], str],
    ) -> None:
        """Look after an editor; `stored` writes the cell's value as one would type it."""
        self._delegate = delegate
        self._editor = editor
        self._index = QPersistentModelIndex(index)
        self._read = stored
        self._base = self.stored

    @property
    def index(self) -> QPersistentModelIndex:
        """Where the cell is now; an invalid index where it is gone."""
        return self._index

    @property
    def is_typing(self) -> bool:
        """Whether there is text here that is not stored yet."""
        return self._editor.is_typing

    @property
    def typed(self) -> str:
        """The text as it stands here."""
        return self._editor.typed

    @property
    def base(self) -> str:
        """The stored text when the typing began."""
        return self._base

    @property
    def stored(self) -> str:
        """The stored text of now."""
        return self._read(self._index) if self._index.isValid() else self._base

    def show_stored(self) -> None:
        """Close the editor and store nothing."""
        self._delegate.closeEditor.emit(
            self._editor, QStyledItemDelegate.EndEditHint.RevertModelCache
        )

    def acknowledge(self) -> None:
        """Count what is stored now as known to who is typing here."""
        self._base = self.stored


def choose_in_cell(delegate: QStyledItemDelegate, box: QComboBox) -> None:
    """Open a cell's list of choices; what is chosen is stored at once and closes the cell."""

    def choose() -> None:
        if box.property(CHOSEN):
            return  # a key pressed quickly after the first choice: the cell is closed by then
        box.setProperty(CHOSEN, True)
        delegate.commitData.emit(box)
        delegate.closeEditor.emit(box, QStyledItemDelegate.EndEditHint.NoHint)

    box.activated.connect(choose)
    # Only once the box has its place can its list open below it.
    QTimer.singleShot(0, box, partial(_open_list, box))


def _open_list(box: QComboBox) -> None:
    """Open the list of an editor, unless its cell was left meanwhile."""
    if box.isVisible():
        box.showPopup()


def is_editing(view: QAbstractItemView) -> bool:
    """Tell whether a key comes from an open editor of a view that let it through.

    The view itself forgets that it is editing when rows come or go around the editor.
    """
    if view.state() == QAbstractItemView.State.EditingState:
        return True
    editor: QWidget | None = view.indexWidget(view.currentIndex())
    return editor is not None and (editor.hasFocus() or editor.isAncestorOf(_focus_of(view)))


def _focus_of(view: QAbstractItemView) -> QWidget:
    focus: QWidget | None = view.window().focusWidget()
    return focus or view


def begins(editor: QWidget) -> bool:
    """Tell, once, that an editor has to be filled; a refresh must not type over it."""
    first = editor.property(_FILLED) is None
    if first:
        editor.setProperty(_FILLED, "")
    return first


def fill(editor: TypingLine, text: str) -> None:
    """Give an editor its text, ready to be typed over."""
    editor.store_shown(text, force=True)
    keep_filled(editor)


def keep_filled(editor: TypingLine) -> None:
    """Note with which text an editor was filled, and have it ready to be typed over."""
    editor.setProperty(_FILLED, editor.text())
    editor.selectAll()


def is_touched(editor: QWidget) -> bool:
    """Tell whether the user wrote or chose something in an editor.

    One that was only looked at must store nothing: its cell may hold more by now.
    """
    if isinstance(editor, TypingLine):
        return bool(editor.text() != editor.property(_FILLED))
    return bool(editor.property(CHOSEN))
