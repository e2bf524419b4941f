"""The search field above the pages, and the list of finds below it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from csdesk.i18n import _
from csdesk.queries.search import SearchHit, search
from ui.desk import Desk
from ui.icons import icon
from ui.widgets.search_list import SearchList, SearchListDelegate

PAUSE = 60
"""Milliseconds between the last keystroke and the search; a fast typist makes 100 of them."""

MOST = 10
"""How many finds are shown."""

READ = 30
"""How many are asked for; some may lead nowhere."""


class SearchBox(QLineEdit):
    """Finds as one types; Down goes to the finds, Enter takes the first, Escape lets go."""

    chosen = Signal(str, str)
    """Entity and id of the find to show."""

    def __init__(self, desk: Desk, can_show: Callable[[str], bool], frame: QWidget) -> None:
        """`can_show` tells whether the window has a page for an entity."""
        super().__init__(frame)
        self._desk = desk
        self._can_show = can_show
        self._frame = frame
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._build()
        self._connect()

    @property
    def popup(self) -> QFrame:
        """The frame with the finds."""
        return self._popup

    @property
    def finds(self) -> SearchList:
        """The finds shown."""
        return self._finds

    @Slot()
    def start(self) -> None:
        """Put the cursor into the field, with its words marked."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    @Slot()
    def search_now(self) -> None:
        """Search for what is in the field now."""
        words = self.text().strip()
        if not words:
            self._popup.hide()
            return
        hits = self._desk.read(search, words, limit=READ)
        self._finds.set_hits([hit for hit in hits if self._target(hit) is not None][:MOST])
        found = self._finds.rowCount() > 0
        self._list.setVisible(found)
        self._nothing.setVisible(not found)
        if found:
            self._list.setCurrentIndex(self._finds.index(0))
        self._place_popup()

    @Slot(QModelIndex)
    def _on_chosen(self, index: QModelIndex) -> None:
        target = self._target(self._finds.hit(index.row()))
        self._popup.hide()
        self.clear()
        if target is not None:
            self.chosen.emit(*target)

    def _target(self, hit: SearchHit) -> tuple[str, str] | None:
        """Tell what to show for a hit: itself, else its account; None for what belongs to none."""
        if hit.account_id is None:
            return None
        if self._can_show(hit.entity):
            return hit.entity, hit.id
        return "account", hit.account_id

    def _build(self) -> None:
        self.setProperty("kind", "search")
        self.setPlaceholderText(_("Search accounts, plans, people, notes…"))
        self.setAccessibleName(_("Search"))
        self.setClearButtonEnabled(True)
        self.addAction(icon(self._desk.look, "search"), QLineEdit.ActionPosition.LeadingPosition)
        keys = QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(_("Search ({keys})").format(keys=keys))
        self._popup = QFrame(self._frame)
        self._popup.setProperty("kind", "popup")
        self._finds = SearchList(self)
        self._list = QListView(self._popup)
        self._list.setModel(self._finds)
        self._list.setItemDelegate(SearchListDelegate(self._desk.look, self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setAccessibleName(_("Found"))
        self._nothing = QLabel(_("Nothing found."), self._popup)
        self._nothing.setProperty("kind", "muted")
        self._nothing.setContentsMargins(10, 8, 10, 8)
        layout = QVBoxLayout(self._popup)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self._list)
        layout.addWidget(self._nothing)
        self._popup.hide()

    def _connect(self) -> None:
        self._pause.timeout.connect(self.search_now)
        self.textChanged.connect(self._pause.start)
        self._list.clicked.connect(self._on_chosen)

    def _place_popup(self) -> None:
        corner = self.mapTo(self._frame, QPoint(0, self.height() + 4))
        rows = self._finds.rowCount()
        if rows:
            self._list.setFixedHeight(rows * self._list.sizeHintForRow(0) + 2)
        self._popup.setFixedWidth(max(self.width(), 420))
        self._popup.adjustSize()
        self._popup.move(corner)
        self._popup.show()
        self._popup.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._popup.isVisible():
            rows = self._finds.rowCount()
            step = 1 if key == Qt.Key.Key_Down else -1
            if rows:
                row = (self._list.currentIndex().row() + step) % rows
                self._list.setCurrentIndex(self._finds.index(row))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pause.stop()
            self.search_now()
            if self._list.currentIndex().isValid() and self._popup.isVisible():
                self._on_chosen(self._list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self._popup.hide()
            self.clear()
        else:
            super().keyPressEvent(event)
