"""The touchpoints of an account as a list: planned meetings apart on top, then the newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from csdesk.i18n import _, current
from csdesk.queries.touchpoints import TouchpointRow
from csdesk.store.words import fold
from ui.icons import pixmap
from ui.pages.touchpoints.touchpoint_words import (
    actions_words,
    ahead_words,
    channel_icon,
    first_line,
    people_words,
    row_in_words,
    title_words,
    when_words,
)
from ui.tables import ROW_ROLE, Index
from ui.theme import Look
from ui.widgets.cells import PADDING, Ink, InkPot

ICON = 16
"""Pixels of the icon of a channel."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A line above a group of touchpoints."""

    id: str
    words: str


Entry = Heading | TouchpointRow


class TouchpointsModel(QAbstractListModel):
    """Touchpoints under two headings, filtered as one types and chooses."""

    shown_changed = Signal()
    """How many touchpoints are shown may have changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[TouchpointRow, ...] = ()
        self._texts: dict[str, tuple[TouchpointRow, str]] = {}
        self._entries: list[Entry] = []
        self._now = dt.datetime.now(dt.UTC)
        self._words: tuple[str, ...] = ()
        self._channel: str | None = None
        self._type: str | None = None

    @property
    def now(self) -> dt.datetime:
        """The moment the list was made for."""
        return self._now

    @property
    def rows(self) -> list[TouchpointRow]:
        """The touchpoints shown, from the top."""
        return [entry for entry in self._entries if isinstance(entry, TouchpointRow)]

    @property
    def all_rows(self) -> tuple[TouchpointRow, ...]:
        """All touchpoints, shown or not, the newest first."""
        return self._rows

    @property
    def total(self) -> int:
        """How many touchpoints there are, shown or not."""
        return len(self._rows)

    @property
    def is_filtered(self) -> bool:
        """Whether something may be left out."""
        return bool(self._words or self._channel or self._type)

    def find(self, row_id: str) -> TouchpointRow | None:
        """Return a touchpoint by its id, shown or not."""
        return next((row for row in self._rows if row.id == row_id), None)

    def place_of(self, row_id: str) -> int:
        """Return where a touchpoint is shown, -1 where it is not."""
        return next((at for at, entry in enumerate(self._entries) if entry.id == row_id), -1)

    def show_rows(self, rows: Sequence[TouchpointRow], now: dt.datetime) -> None:
        """Show these touchpoints; those that stay are only painted again."""
        self._rows, self._now = tuple(rows), now
        known = {row.id for row in rows}
        self._texts = {row_id: text for row_id, text in self._texts.items() if row_id in known}
        self._settle()

    def set_search(self, text: str) -> None:
        """Show only those in which every word occurs."""
        self._words = tuple(fold(text).split())
        self._settle()

    def set_terms(self, channel: str | None, type_: str | None) -> None:
        """Show only those of a channel and of a type; None for all."""
        self._channel, self._type = channel, type_
        self._settle()

    def _passes(self, row: TouchpointRow) -> bool:
        if self._channel is not None and row.channel != self._channel:
            return False
        if self._type is not None and row.type != self._type:
            return False
        return all(word in self._text(row) for word in self._words)

    def _text(self, row: TouchpointRow) -> str:
        """Return what is searched of a touchpoint, folded once for as long as it stays as it is."""
        known = self._texts.get(row.id)
        if known is None or known[0] != row:
            texts = (row.summary, row.private_note, row.decisions, row.reaction, people_words(row))
            titles = (title_words(row.channel, row.type), *(one.title for one in row.actions))
            day = "" if row.held_at is None else current().date(row.held_at.astimezone().date())
            known = (row, fold("\n".join((*texts, *titles, day))))
            self._texts[row.id] = known
        return known[1]

    def _wanted(self) -> list[Entry]:
        shown = [row for row in self._rows if self._passes(row)]
        planned = [row for row in shown if row.is_planned(self._now)]
        held = [row for row in shown if not row.is_planned(self._now)]
        entries: list[Entry] = []
        if planned:
            entries.append(Heading("planned", _("Planned meetings")))
            entries += reversed(planned)
        if held and planned:
            entries.append(Heading("held", _("So far")))
        return entries + list(held)

    def _settle(self) -> None:
        """Bring what is shown up to date step by step, so that choice and scrolling stay."""
        after = self._wanted()
        if not self._entries or not after:
            self.beginResetModel()
            self._entries = after
            self.endResetModel()
        else:
            self._take_away({entry.id for entry in after})
            self._reorder(after)
            self._insert(after)
            if self._entries:
                self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1))
        self.shown_changed.emit()

    def _take_away(self, staying: set[str]) -> None:
        for place in range(len(self._entries) - 1, -1, -1):
            if self._entries[place].id not in staying:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self._entries[place]
                self.endRemoveRows()

    def _reorder(self, after: list[Entry]) -> None:
        known = {entry.id for entry in self._entries}
        order = [entry for entry in after if entry.id in known]
        if [entry.id for entry in order] == [entry.id for entry in self._entries]:
            self._entries = order
            return
        self.layoutAboutToBeChanged.emit()
        places = {entry.id: place for place, entry in enumerate(order)}
        old = self.persistentIndexList()
        new = [self.index(places[self._entries[index.row()].id]) for index in old]
        self._entries = order
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _insert(self, after: list[Entry]) -> None:
        for place, entry in enumerate(after):
            if place >= len(self._entries) or self._entries[place].id != entry.id:
                self.beginInsertRows(QModelIndex(), place, place)
                self._entries.insert(place, entry)
                self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self._entries[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == ROW_ROLE:
            return entry
        if isinstance(entry, Heading):
            return entry.words if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return row_in_words(entry, self._now)
        return None


class TouchpointDelegate(QStyledItemDelegate):
    """Draws a touchpoint in two lines: what it was and when; what was said and what came of it."""

    def __init__(self, look: Look, now: Callable[[], dt.datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._now = now
        self._pot = InkPot(look)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        ink = self._pot.ink(option.font)
        entry = index.data(ROW_ROLE)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(entry, Heading):
            inside = rect.adjusted(PADDING, 4, -PADDING, 0)
            ink.text(painter, inside, entry.words, "muted", ink.small)
        elif isinstance(entry, TouchpointRow):
            self._ground(painter, option)
            self._row(ink, painter, rect.adjusted(PADDING, 0, -PADDING, -1), entry)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        ink = self._pot.ink(option.font)
        if isinstance(index.data(ROW_ROLE), Heading):
            return QSize(100, ink.metrics(ink.small).height() + 12)
        return QSize(100, ink.two_lines)

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._look.colour("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._look.colour("hover"))
        painter.setPen(QPen(self._look.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            mark = QRect(rect.left(), rect.top(), 3, rect.height() - 1)
            painter.fillRect(mark, self._look.colour("accent_fill"))

    def _row(self, ink: Ink, painter: QPainter, rect: QRect, row: TouchpointRow) -> None:
        now = self._now()
        planned = row.is_planned(now) and row.held_at is not None
        upper, lower = ink.halves(rect)
        if not first_line(row) and not row.actions:
            upper = QRect(rect)  # nothing stands below it
        ratio = painter.device().devicePixelRatioF()
        role = "accent" if planned else "muted"
        picture = pixmap(self._look, channel_icon(row.channel), role, ICON, ratio)
        painter.drawPixmap(rect.left(), upper.center().y() - ICON // 2 + 1, picture)
        for half in (upper, lower):
            half.setLeft(rect.left() + ICON + 10)
        self._upper(ink, painter, upper, row, now)
        words = actions_words(row)
        if words:
            width = min(ink.width(words, ink.small), lower.width() // 2)
            place = QRect(lower.right() - width, lower.top(), width + 1, lower.height())
            done = all(one.is_closed for one in row.actions)
            ink.text(painter, place, words, "good" if done else "muted", ink.small)
            lower.setRight(place.left() - 10)
        ink.text(painter, lower, first_line(row), "faint", ink.small)

    def _upper(
        self, ink: Ink, painter: QPainter, rect: QRect, row: TouchpointRow, now: dt.datetime
    ) -> None:
        when = when_words(row.held_at, now)
        width = ink.width(when, ink.small)
        place = QRect(rect.right() - width, rect.top(), width + 1, rect.height())
        ink.text(painter, place, when, "muted", ink.small)
        title = QRect(rect)
        title.setRight(place.left() - 10)
        ahead = ahead_words(row.held_at, now) if row.is_planned(now) and row.held_at else ""
        if ahead and not when.startswith(ahead):
            pill = min(ink.width(ahead, ink.small) + 16, title.width() // 2)
            ink.pill(
                painter,
                QRect(title.right() - pill, rect.top(), pill, rect.height()),
                ahead,
                "accent",
            )
            title.setRight(title.right() - pill - 8)
        ink.text(painter, title, title_words(row.channel, row.type), font=ink.bold)


class TouchpointList(QListView):
    """The list; Enter goes to the chosen touchpoint, Delete asks to delete it."""

    opened = Signal(str)
    """The id of the touchpoint to work on."""
    delete_asked = Signal(str)
    """The id of the touchpoint to delete."""
    chosen = Signal(str)
    """The id of the touchpoint that is chosen now; empty for none."""

    def __init__(self, look: Look, model: TouchpointsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._touchpoints = model
        self.setModel(model)
        self.setItemDelegate(TouchpointDelegate(look, lambda: model.now, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setAccessibleName(_("Touchpoints"))
        self.selectionModel().currentChanged.connect(self._on_current)
        self.activated.connect(self._on_activated)
        look.changed.connect(self.viewport().update)

    @property
    def chosen_id(self) -> str:
        """The id of the touchpoint that is chosen; empty for none."""
        entry = self.currentIndex().data(ROW_ROLE)
        return entry.id if isinstance(entry, TouchpointRow) else ""

    def choose(self, row_id: str) -> bool:
        """Choose a touchpoint and scroll to it; False where it is not shown."""
        place = self._touchpoints.place_of(row_id)
        if place < 0:
            return False
        index = self._touchpoints.index(place)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def put_cursor(self, ids: Collection[str]) -> bool:
        """Put the cursor on the first of these that is shown; False where none is."""
        if self.chosen_id in ids:
            return True
        return any(self.choose(row.id) for row in self._touchpoints.rows if row.id in ids)

    def choose_first(self) -> None:
        """Choose the first that was held, else the first of all, where none is chosen."""
        rows = self._touchpoints.rows
        if rows and not self.chosen_id:
            now = self._touchpoints.now
            held = [row for row in rows if not row.is_planned(now)]
            self.choose((held or rows)[0].id)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, now: QModelIndex, before: QModelIndex) -> None:
        self.chosen.emit(self.chosen_id)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        if self.chosen_id:
            self.opened.emit(self.chosen_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.chosen_id:
            self.delete_asked.emit(self.chosen_id)
        else:
            super().keyPressEvent(event)
