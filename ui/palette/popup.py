"""The frame below the search field with what was found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QListView, QVBoxLayout, QWidget

from csdesk.i18n import _
from ui.palette.finds import Group
from ui.palette.opaque import OpaqueFrame, OpaqueList
from ui.palette.palette_list import PaletteDelegate, PaletteList
from ui.theme import Look

WIDTH = 620
"""Pixels at plain scaling, where the window has room for them."""

SHARE = 0.72
"""How much of the window's height the list takes at most."""

GAP = 4


class PalettePopup(OpaqueFrame):
    """Shows groups of finds below a field; the keyboard stays in the field."""

    clicked = Signal(QModelIndex)
    told = Signal(str)
    """What is chosen now, in words for a screen reader, whose eyes rest on the field."""

    def __init__(self, look: Look, field: QWidget, frame: QWidget) -> None:
        super().__init__(look, frame)
        self._field = field
        self._frame = frame
        self._groups: list[Group] = []
        self._build()
        self.hide()

    @property
    def model(self) -> PaletteList:
        """The finds shown."""
        return self._model

    @property
    def groups(self) -> Sequence[Group]:
        """The groups shown."""
        return self._groups

    @property
    def current(self) -> int:
        """The row chosen; -1 for none."""
        return self._list.currentIndex().row()

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show these groups, the first find chosen."""
        self._groups = list(groups)
        self._model.set_groups(groups)
        self._choose(self._model.step(-1, 1))
        self._list.scrollToTop()
        self._place()

    def add_groups(self, groups: Sequence[Group]) -> None:
        """Show these below the others."""
        self._groups += groups
        self._model.add_groups(groups)
        if self.current < 0:
            self._choose(self._model.step(-1, 1))
        self._place()

    def step(self, by: int) -> None:
        """Choose the find `by` finds further; one step beyond the end leads to the other end."""
        self._choose(self._model.step(self.current, by, around=abs(by) == 1))

    def step_to_end(self, side: int) -> None:
        """Choose the first find (-1) or the last (1)."""
        self._choose(self._model.step(-1, -side))

    def _choose(self, row: int) -> None:
        index = self._model.index(row) if row >= 0 else QModelIndex()
        self._list.setCurrentIndex(index)
        if row > 0 and self._model.find(row - 1) is None:
            self._list.scrollTo(self._model.index(row - 1))  # its head too
        if row >= 0:
            self._list.scrollTo(index)
        self.told.emit(index.data(Qt.ItemDataRole.AccessibleTextRole) or "")

    def _build(self) -> None:
        self.setProperty("kind", "popup")
        self._model = PaletteList(self)
        self._list = OpaqueList(self._look, self)
        self._list.setModel(self._model)
        self._list.setItemDelegate(PaletteDelegate(self._look, self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setMouseTracking(True)
        self._list.setAccessibleName(_("Found"))
        self._list.clicked.connect(self.clicked)
        self._nothing = QLabel(_("Nothing found."), self)
        self._nothing.setProperty("kind", "muted")
        self._nothing.setContentsMargins(10, 8, 10, 8)
        self._hint = QLabel(_("> commands   @ people   # tags   Ctrl+Enter: in a new window"), self)
        self._hint.setProperty("kind", "small")
        self._hint.setContentsMargins(10, 2, 10, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.setSpacing(4)
        layout.addWidget(self._list)
        layout.addWidget(self._nothing)
        layout.addWidget(self._hint)

    def _place(self) -> None:
        found = bool(self._model.finds)
        self._list.setVisible(found)
        self._nothing.setVisible(not found)
        corner = self._field.mapTo(self._frame, QPoint(0, self._field.height() + GAP))
        room = self._frame.width() - corner.x() - 12
        self.setFixedWidth(min(max(self._field.width(), WIDTH), max(self._field.width(), room)))
        if found:
            rows = range(self._model.rowCount())
            height = sum(
                self._list.sizeHintForIndex(self._model.index(row)).height() for row in rows
            )
            most = int((self._frame.height() - corner.y()) * SHARE)
            self._list.setFixedHeight(min(height + 4, most))
        self.adjustSize()
        if self.pos() != corner:
            self.move(corner)
        if not self.isVisible():
            self.show()
            self.raise_()
