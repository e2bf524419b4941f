"""The items of a template as an indented table, to look at or to edit in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from csdesk.actions.plan_items import ItemKind
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.insight.plan_template import Calendar, PlanTemplate, TemplateItem
from csdesk.insight.template_editing import Path
from csdesk.model.vocabulary import Side, Visibility
from ui.desk import Desk
from ui.icons import pixmap
from ui.pages.plan.outline_words import kind_words
from ui.pages.templates.template_words import day_words, who_words
from ui.tables import Column
from ui.widgets.cells import Ink
from ui.widgets.edit_table import EditRowsModel, EditTable
from ui.widgets.entries import Entry, EntryKind

INDENT = 20
"""Pixels by which an item stands further right than what it stands below."""

ICON = 14

_ICONS = {ItemKind.GOAL: "target", ItemKind.MILESTONE: "flag", ItemKind.ACTION: "circle-check"}
_WIDTHS = {"title": 320, "who": 170, "start": 76, "due": 76}
_LEAST = {"title": 180, "who": 80, "start": 66, "due": 66}
_DATES = {"start": 112, "due": 112}
_LEAST_DATES = {"start": 100, "due": 100}

NARROW = 240
"""Pixels of a title below which its sign alone says that it is internal."""


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """One item with where it stands; `due` and `start` are dates in words or days in words."""

    id: str
    path: Path
    item: TemplateItem
    start: str
    due: str


def lines_of(content: PlanTemplate, calendar: Calendar | None = None) -> list[TemplateLine]:
    """Return the items of a template in a row, each before what stands below it."""
    return list(_lines(content.items, (), calendar))


def _lines(
    items: tuple[TemplateItem, ...], above: Path, calendar: Calendar | None
) -> Iterator[TemplateLine]:
    for place, item in enumerate(items):
        path = (*above, place)
        name = ".".join(map(str, path))
        start, due = (_day(number, calendar) for number in (item.start, item.due))
        yield TemplateLine(name, path, item, start, due)
        yield from _lines(item.children, path, calendar)


def _day(number: int | None, calendar: Calendar | None) -> str:
    if calendar is None or number is None:
        return day_words(number, None)
    try:
        return day_words(number, calendar.day(number))
    except UserError:
        return "–"  # beyond the calendar; making the plan says so


Store = Callable[[TemplateLine, str, Any], bool]


class ItemsModel(EditRowsModel[TemplateLine]):
    """The rows; with `store` they can be edited."""

    def __init__(self, store: Store | None = None, parent: QObject | None = None) -> None:
        entries: dict[str, Entry[TemplateLine]] = {}
        if store is not None:
            entries = {
                "title": Entry("title", EntryKind.TEXT, lambda line: line.item.title),
                "who": Entry("side", EntryKind.CHOICE, lambda line: line.item.side, Side),
                "start": Entry("start", EntryKind.WHOLE, lambda line: line.item.start),
                "due": Entry("due", EntryKind.WHOLE, lambda line: line.item.due),
            }
        columns: list[Column[TemplateLine]] = [
            Column("title", _("Item"), _title_words, lambda line: line.path),
            Column(
                "who", _("In charge"), lambda line: who_words(line.item), lambda line: line.path
            ),
            Column("start", _("Start"), lambda line: line.start, lambda line: line.path),
            Column("due", _("Due"), lambda line: line.due, lambda line: line.path),
        ]
        super().__init__(columns, entries, store or _store_nothing, parent)

    def flags(self, index: Any) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and self.columns[index.column()].key == "who":
            line = self.row(index.row())
            if line.item.kind is not ItemKind.ACTION:
                flags &= ~Qt.ItemFlag.ItemIsEditable
        return flags


class ItemsTable(EditTable):
    """Shows a template's items; Insert and Ctrl+arrows ask for changes where it can be edited."""

    add_asked = Signal(str, bool)
    """The id of a row after which one is wanted, and whether it shall stand below it."""
    move_asked = Signal(str, int)

    def __init__(
        self,
        desk: Desk,
        model: ItemsModel,
        parent: QWidget | None = None,
        *,
        with_dates: bool = False,
    ) -> None:
        """`with_dates` leaves room for dates instead of numbers of days."""
        widths = {**_WIDTHS, **(_DATES if with_dates else {})}
        least = {**_LEAST, **(_LEAST_DATES if with_dates else {})}
        paints = {"title": _paint_title, "who": _muted("who"), "start": _muted("start")}
        super().__init__(desk, model, paints, widths, "title", parent, least=least)
        self.setAccessibleName(_("Items of the template"))
        self._lines = model

    def show_content(self, content: PlanTemplate, calendar: Calendar | None = None) -> None:
        """Show the items of a template; with a calendar by their dates."""
        lines = lines_of(content, calendar)
        if self._lines.total:
            self._lines.show_rows(lines)
        else:
            self._lines.set_rows(lines)

    def stand_on(self, line_id: str) -> None:
        """Choose one row and no other, whatever keys are held down."""
        place = self._lines.place_of(line_id)
        if place >= 0:
            wanted = QItemSelectionModel.SelectionFlag
            index = self._lines.index(place, max(self.currentIndex().column(), 0))
            self.selectionModel().setCurrentIndex(index, wanted.ClearAndSelect | wanted.Rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = self.chosen_ids()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key = event.key()
        if chosen and control and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_asked.emit(chosen[0], -1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Insert:
            below = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.add_asked.emit(chosen[0] if chosen else "", below)
        else:
            super().keyPressEvent(event)


def changed_item(item: TemplateItem, field: str, value: Any) -> TemplateItem:
    """Return an item with one field changed as the table edits it.

    Raises UserError where it would be nameless, or due before it starts.
    """
    if field == "title" and not str(value).strip():
        raise UserError(_("A name is needed."), _("Type at least one character."))
    changed = replace(item, **{field: value})
    if changed.start is not None and changed.due is not None and changed.due < changed.start:
        raise UserError(
            _("“{title}” would be due before it starts.").format(title=item.title),
            _("Correct one of the two dates."),
        )
    return changed


def _store_nothing(line: TemplateLine, field: str, value: Any) -> bool:
    return False


def _title_words(line: TemplateLine) -> str:
    """Say a row's kind and title, and that it is internal, for those who listen to it."""
    hidden = line.item.visibility not in (None, Visibility.CUSTOMER)
    parts = (kind_words(line.item.kind), line.item.title, _("Internal") if hidden else "")
    return ", ".join(part for part in parts if part)


def _paint_title(ink: Ink, painter: QPainter, rect: QRect, line: TemplateLine) -> None:
    item = line.item
    place = rect.adjusted((len(line.path) - 1) * INDENT, 0, 0, 0)
    hidden = item.visibility not in (None, Visibility.CUSTOMER)
    role = "accent" if item.kind is ItemKind.GOAL else "muted"
    ratio = painter.device().devicePixelRatioF()
    picture = pixmap(ink.look, "eye-off" if hidden else _ICONS[item.kind], role, ICON, ratio)
    painter.drawPixmap(place.left(), place.center().y() - ICON // 2 + 1, picture)
    place = place.adjusted(ICON + 7, 0, 0, 0)
    words = _("Internal")
    named = hidden and place.width() > NARROW
    room = ink.width(words, ink.small) + 24 if named else 0
    font = ink.plain if item.kind is ItemKind.ACTION else ink.bold
    used = ink.text(painter, place.adjusted(0, 0, -room, 0), item.title, font=font)
    if named:
        ink.pill(painter, place.adjusted(used + 8, 0, 0, 0), words, "warning")


def _muted(key: str) -> Callable[[Ink, QPainter, QRect, TemplateLine], None]:
    def paint(ink: Ink, painter: QPainter, rect: QRect, line: TemplateLine) -> None:
        text = who_words(line.item) if key == "who" else line.start
        ink.text(painter, rect, text, "muted")

    return paint
