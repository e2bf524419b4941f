"""What a new plan can start from, as a list one filters while typing: nothing, templates, plans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QObject, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from csdesk.i18n import _, current
from csdesk.model.vocabulary import label_of
from csdesk.queries.plan_sources import PlanSource
from csdesk.queries.templates import TemplateRow
from csdesk.store.words import fold
from ui.icons import pixmap
from ui.pages.templates.template_words import whole_words
from ui.tables import ROW_ROLE, Index
from ui.theme import Look
from ui.widgets.cells import Ink, InkPot

ICON = 16
MOST_FOREIGN = 60
"""Plans of other accounts that are listed at once; typing more narrows them down."""


SUITS = 4
"""The fit from which a template is said to suit an account: its phase is the right one."""


class From(StrEnum):
    """What a new plan starts from."""

    NOTHING = "nothing"
    TEMPLATE = "template"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Source:
    """One line of the list; one without a `kind` is a heading."""

    kind: From | None
    id: str
    title: str
    below: str = ""
    searched: str = ""
    suits: bool = False
    is_foreign: bool = False
    template: TemplateRow | None = None
    plan: PlanSource | None = None


def sources_of(
    rows: Iterable[TemplateRow], plans: Iterable[PlanSource], account_id: str
) -> list[Source]:
    """Return all that a plan of an account can start from, in the order of the list."""
    empty = Source(From.NOTHING, "", _("Empty plan"), _("Goals and items are written by you"))
    return [empty, *map(_of_template, rows), *plan_lines(plans, account_id)]


def plan_lines(plans: Iterable[PlanSource], account_id: str) -> list[Source]:
    """Return the lines of plans to copy, for a plan of an account."""
    return [_of_plan(one, account_id) for one in plans]


def _of_template(row: TemplateRow) -> Source:
    below = whole_words(row)
    searched = fold(f"{row.name}\n{below}\n{row.description}")
    return Source(
        From.TEMPLATE, row.id, row.name, below, searched, suits=row.fit >= SUITS, template=row
    )


def _of_plan(plan: PlanSource, account_id: str) -> Source:
    foreign = plan.account_id != account_id
    words = [plan.title, label_of(plan.status), label_of(plan.type)]
    if foreign:
        words += [plan.account, plan.account_kana]
    searched = fold("\n".join(words))
    return Source(From.PLAN, plan.id, plan.title, "", searched, is_foreign=foreign, plan=plan)


def _described(one: Source) -> Source:
    """Say what a plan is below its title: done for what is shown alone, for there may be many."""
    plan = one.plan
    if plan is None or one.below:
        return one
    days = "–".join(current().date(day) for day in (plan.start_on, plan.end_on) if day)
    parts = (plan.account if one.is_foreign else "", label_of(plan.status), days)
    return replace(one, below=" · ".join(part for part in parts if part))


class SourceList(QAbstractListModel):
    """The lines that fit what is typed, under headings."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[Source] = []
        self._shown: list[Source] = []

    def set_sources(self, sources: Sequence[Source], typed: str = "") -> None:
        """Take these lines and show those that fit."""
        self._all = list(sources)
        self.show_fitting(typed)

    def add_sources(self, sources: Sequence[Source]) -> None:
        """Take further lines, behind those there are; they show with the next filter."""
        self._all += sources

    def show_fitting(self, typed: str) -> None:
        """Show the lines in which every word typed occurs.

        Plans of other accounts are so many that they are listed only once something is typed.
        """
        words = fold(typed).split()
        fitting = [one for one in self._all if all(word in one.searched for word in words)]
        groups: list[tuple[str, list[Source]]] = [
            ("", [one for one in self._all if one.kind is From.NOTHING and not words]),
            (_("Templates"), [one for one in fitting if one.kind is From.TEMPLATE]),
            (
                _("Copy of a plan of this account"),
                [one for one in fitting if one.kind is From.PLAN and not one.is_foreign],
            ),
            (
                _("Copy of a plan of another account"),
                [one for one in fitting if one.is_foreign][:MOST_FOREIGN] if words else [],
            ),
        ]
        self.beginResetModel()
        self._shown = []
        for heading, lines in groups:
            if heading and lines:
                self._shown.append(Source(None, "", heading))
            self._shown += map(_described, lines)
        self.endResetModel()

    def source(self, row: int) -> Source:
        """Return the line of a row, counted from 0."""
        return self._shown[row]

    def place_of(self, source_id: str) -> int:
        """Return the row of a line by its id; -1 where it is not shown."""
        found = (row for row, one in enumerate(self._shown) if one.kind and one.id == source_id)
        return next(found, -1)

    def first(self) -> int:
        """Return the first row that is no heading; -1 where there is none."""
        return next((row for row, one in enumerate(self._shown) if one.kind is not None), -1)

    def first_of(self, kind: From) -> int:
        """Return the first row of a kind; -1 where there is none."""
        return next((row for row, one in enumerate(self._shown) if one.kind is kind), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._shown[index.row()].kind is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        one = self._shown[index.row()]
        if role == ROW_ROLE:
            return one
        if role == Qt.ItemDataRole.DisplayRole:
            return one.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            suits = _("suits this account") if one.suits else ""
            return ". ".join(part for part in (one.title, suits, one.below) if part)
        if role == Qt.ItemDataRole.ToolTipRole and one.kind is not None:
            return f"{one.title}\n{one.below}"
        return None


class SourceDelegate(QStyledItemDelegate):
    """Draws a line: its icon, its title with a mark where it suits, and what it is below."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._pot = InkPot(look)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ink, one = self._pot.ink(option.font), index.data(ROW_ROLE)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        if one.kind is None:
            ink.text(painter, rect.adjusted(10, 6, -10, 0), one.title, "muted", ink.small)
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour("selection"))
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 6, 6)
        self._content(ink, painter, rect, one)
        painter.restore()

    def _content(self, ink: Ink, painter: QPainter, rect: QRect, one: Source) -> None:
        names = {From.NOTHING: "plus", From.TEMPLATE: "list-checks", From.PLAN: "copy"}
        ratio = painter.device().devicePixelRatioF()
        picture = pixmap(self._look, names[one.kind or From.NOTHING], "muted", ICON, ratio)
        painter.drawPixmap(rect.left() + 10, rect.center().y() - ICON // 2 + 1, picture)
        inside = rect.adjusted(ICON + 20, 0, -10, 0)
        if one.suits:
            words = _("Suits")
            width = ink.width(words, ink.small) + 16
            place = QRect(inside.right() - width, inside.top(), width + 1, inside.height())
            ink.pill(painter, place, words, "good")
            inside.setRight(place.left() - 8)
        upper, lower = ink.halves(inside)
        ink.text(painter, upper, one.title)
        ink.text(painter, lower, one.below, "muted", ink.small)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        ink = self._pot.ink(option.font)
        if index.data(ROW_ROLE).kind is None:
            return QSize(200, ink.metrics(ink.small).height() + 14)
        return QSize(200, ink.two_lines - 2)
