"""The columns of an outline: which are shown, how wide they are, and the menu to choose them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtWidgets import QHeaderView, QMenu, QTreeView

from ui.pages.plan.outline_model import OutlineModel
from ui.pages.plan.outline_tree import DUE, OWNER, PRIORITY, STATUS, TITLE, VISIBILITY
from ui.pages.plan.outline_widths import column_widths
from ui.theme import Look
from ui.widgets.cells import Ink

BESIDE = (OWNER, DUE, STATUS, PRIORITY, VISIBILITY)
"""The columns beside the title, which takes what they leave."""

NAMES = {"owner": OWNER, "due": DUE, "status": STATUS, "priority": PRIORITY, "visible": VISIBILITY}
"""What the columns are called where their state is kept."""

USUALLY_HIDDEN = (PRIORITY,)


class OutlineColumns(QObject):
    """Fits the columns to what stands in them; one the user has sized keeps its width."""

    def __init__(self, look: Look, view: QTreeView, model: OutlineModel) -> None:
        super().__init__(view)
        self._look = look
        self._view = view
        self._model = model
        self._given: dict[int, int] = {}
        # Many rows change at once when a plan is read; the columns are fitted once after them.
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self._fitting.timeout.connect(self.share_room)
        self._build()
        for happened in (model.modelReset, model.rowsInserted, model.dataChanged):
            happened.connect(self._fitting.start)

    def is_shown(self, column: int) -> bool:
        """Tell whether a column is shown."""
        return not self._view.isColumnHidden(column)

    def show_column(self, column: int, shown: bool) -> None:
        """Show or hide a column beside the title."""
        self._view.setColumnHidden(column, not shown)
        self.share_room()

    def toggle(self, column: int) -> None:
        """Show a hidden column, or hide one that is shown."""
        self.show_column(column, not self.is_shown(column))

    def choices(self) -> list[tuple[str, bool, Callable[[], None]]]:
        """Return the title of each column, whether it is shown, and what turns that."""
        return [
            (self._title(column), self.is_shown(column), partial(self.toggle, column))
            for column in BESIDE
        ]

    def state(self) -> dict[str, int]:
        """Return the width of each column the user has sized, 0 for the others, -1 for hidden."""
        return {
            name: -1 if not self.is_shown(column) else self._sized(column)
            for name, column in NAMES.items()
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Show the columns as `state` returned; what cannot be read changes nothing."""
        for name, column in NAMES.items():
            width = state.get(name)
            if not isinstance(width, int) or width > 2000:
                continue
            self._view.setColumnHidden(column, width < 0)
            if width > 0:
                self._view.setColumnWidth(column, width)
        self.share_room()

    @Slot()
    def share_room(self) -> None:
        """Give each column that the user has not sized the room it needs."""
        shown = [column for column in BESIDE if self.is_shown(column)]
        ours = [column for column in shown if not self._sized(column)]
        heads = {column: self._title(column) for column in shown}
        root = self._model.node(QModelIndex())
        items = [node.item for node in root.below() if node.item is not None]
        ink = Ink(self._look, self._view.font())
        widths = column_widths(ink, items, heads, self._view.viewport().width())
        for column in ours:
            self._view.setColumnWidth(column, widths[column])
            self._given[column] = self._view.columnWidth(column)

    @Slot(QPoint)
    def show_menu(self, place: QPoint) -> None:
        """Offer the columns to choose from at a place of the header."""
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for title, shown, turn in self.choices():
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(shown)
            action.triggered.connect(turn)
        menu.popup(self._view.header().mapToGlobal(place))

    def _title(self, column: int) -> str:
        return str(self._model.headerData(column, Qt.Orientation.Horizontal))

    def _sized(self, column: int) -> int:
        """Return the width the user gave a column; 0 where it has the one it got here."""
        width = self._view.columnWidth(column)
        return 0 if width == self._given[column] else width

    def _build(self) -> None:
        header = self._view.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(40)
        for column in BESIDE:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self._given[column] = self._view.columnWidth(column)
        for column in USUALLY_HIDDEN:
            self._view.setColumnHidden(column, True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self.show_menu)
