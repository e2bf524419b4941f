"""How the accounts table is looked at: filter, groups, columns and sorting, and the saved views.

This holds the parts together: whatever changes one of them, by chip, figure, menu, key or a view,
goes through here, so that chips, cards and the name of the view always say what the table shows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from csdesk.i18n import current
from csdesk.insight.account_view import AccountFilter, AccountView, view_from
from csdesk.model.vocabulary import AccountStatus
from csdesk.queries.account_filter import Facets
from csdesk.queries.portfolio import AccountRow
from ui.desk import Desk
from ui.grouped_tables import GroupedRowsModel
from ui.pages.accounts.columns_popup import ColumnsPopup
from ui.pages.accounts.facets import FacetWords
from ui.pages.accounts.filter_bar import FilterBar
from ui.pages.accounts.group_button import GroupButton
from ui.pages.accounts.groupings import grouping_by
from ui.pages.accounts.layout import TableLayout
from ui.pages.accounts.saved_views import SavedViews
from ui.tables import Column
from ui.widgets.grouped_table import GroupedTable


class ViewControl(QObject):
    """Knows the view in force and brings it into the table."""

    filtered = Signal()
    """The filter is another, so other rows are let through."""

    def __init__(
        self,
        desk: Desk,
        model: GroupedRowsModel[AccountRow],
        table: GroupedTable,
        today: dt.date,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._model = model
        self._table = table
        self._today = today
        self._group = ""
        self._applied: tuple[tuple[str, tuple[str, ...]], ...] | None = None
        self._me = desk.me
        self._facets = Facets(today, self._me)
        titles = {column.key: column.title for column in model.columns}
        self.layout = TableLayout(table, tuple(titles))
        self.words = FacetWords(model.all_rows)
        self.bar = FilterBar(desk.look, self.words, parent)
        self.bar.set_facets(self._facets)
        self.group_button = GroupButton(parent)
        self.columns_button = QPushButton(current().context("table", "Columns") + "  ▾", parent)
        self.columns_button.setAccessibleName(current().context("table", "Columns"))
        self.columns_button.setProperty("kind", "menuButton")
        self._popup = ColumnsPopup(desk.look, self.layout, titles, parent)
        self.layout.apply(AccountView())
        self.views = SavedViews(desk, self.layout, self.view, parent)
        self._connect()
        self._apply_filter()

    @property
    def filter(self) -> AccountFilter:
        """The filter in force."""
        return self.bar.filter

    def view(self) -> AccountView:
        """Return all of how the table looks."""
        sort, descending = self.layout.sorting()
        return AccountView(
            self.bar.filter,
            self._group,
            (*self.layout.shown(), *self.layout.unknown),
            sort,
            descending,
            self.layout.widths(),
        )

    @Slot(object)
    def show_view(self, view: AccountView) -> None:
        """Let the table look so."""
        self.bar.show_filter(view.filter)
        self.layout.apply(view)
        self._set_group(view.group)
        self._apply_filter()

    @Slot(object)
    def set_filter(self, wanted: AccountFilter) -> None:
        """Let through what this filter does."""
        self.bar.show_filter(wanted)
        self._apply_filter()

    @Slot(str)
    def show_counted(self, counted: str) -> None:
        """Show just what one figure counts; nothing: what the other filters let through."""
        self.set_filter(self.filter.choosing("counted", (counted,) if counted else ()))

    @Slot(str)
    def group_by(self, name: str) -> None:
        """Put the rows into groups; an empty name: no groups."""
        self._set_group(name)
        self.views.show_name()

    def refresh_names(self) -> None:
        """Name members, segments and the rest anew: somebody may have renamed them."""
        self._me = self._desk.me
        self._facets = Facets(self._today, self._me)
        self.bar.set_facets(self._facets)
        self._model.set_filter(self._facets.test(self.filter), is_same=True)
        self.set_filter(self.filter)

    def counted_rows(self) -> list[AccountRow]:
        """Return what the figures count: what is let through but for the figure pressed itself."""
        if not self.filter.values("counted"):
            return self._model.rows()
        return self._model.matching(self._facets.test(self.filter, without=("counted",)))

    def past_rows(self, *, with_archived: bool = False) -> list[AccountRow]:
        """Return whose past the figures tell: the same, and those who have left since."""
        if self.filter.values("status"):
            return self.counted_rows()
        test = self._facets.test(self.filter, without=("counted", "status"))
        return self._model.matching(
            lambda row: (
                (with_archived or row.is_counted or row.status == AccountStatus.CHURNED)
                and test(row)
            )
        )

    def columns(self) -> list[Column[AccountRow]]:
        """Return the columns shown, from the left."""
        by_key = {column.key: column for column in self._model.columns}
        return [by_key[key] for key in self.layout.shown()]

    def tools(self) -> QHBoxLayout:
        """Lay out the line above the table."""
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.bar, 1)
        ends = QWidget()
        # As high as the first row of chips, so that both stand on one line.
        ends.setFixedHeight(self.bar.field.sizeHint().height())
        beside = QHBoxLayout(ends)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(8)
        beside.addWidget(self.group_button)
        beside.addWidget(self.columns_button)
        line.addWidget(ends, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def state(self) -> dict[str, Any]:
        """Return the look of now as plain values; "columns" is good for other files too."""
        view = self.view()
        return {
            "columns": {
                "columns": list(view.columns),
                "sort": view.sort,
                "descending": view.descending,
                "widths": dict(view.widths),
            },
            "look": {
                "filter": {facet: list(values) for facet, values in view.filter.chosen},
                "text": view.filter.text,
                "group": view.group,
            },
            "view": self.views.id,
            "closed": list(self._model.closed_groups),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up what `state` returned; what does not fit is passed over."""
        parts = [state.get("columns"), state.get("look")]
        content: dict[str, Any] = {}
        for part in parts:
            content |= part if isinstance(part, dict) else {}
        if content:
            self.show_view(view_from(content))
        closed = state.get("closed")
        if self._group and isinstance(closed, list):
            self._model.set_grouping(grouping_by(self._group), [str(one) for one in closed])
        self.views.resume(str(state.get("view", "")))

    @Slot()
    def open_columns(self) -> None:
        """Offer the columns."""
        self._popup.open(self.columns_button)

    @Slot()
    def close_groups(self) -> None:
        """Leave just the heads of the groups."""
        self._model.open_all(False)

    @Slot()
    def open_groups(self) -> None:
        """Show the rows of all groups."""
        self._model.open_all(True)

    @Slot()
    def _on_preferences(self) -> None:
        if self._desk.me != self._me:  # somebody else sits here, or says so for the first time
            self.refresh_names()
            self.views.reload()

    def _apply_filter(self) -> None:
        wanted = self.filter
        chosen = self._table.chosen_ids()
        self._model.set_search(wanted.text)
        if wanted.chosen != self._applied:
            self._applied = wanted.chosen
            self._model.set_filter(self._facets.test(wanted))
        if len(chosen) == 1:
            self._table.choose(chosen[0])  # what one was at stays chosen, where it is let through
        self.views.show_name()
        self.filtered.emit()

    def _set_group(self, name: str) -> None:
        if name != self._group:
            self._group = name
            self._model.set_grouping(grouping_by(name))
            self.group_button.show_group(name)

    def _connect(self) -> None:
        self._desk.preferences.changed.connect(self._on_preferences)
        self.bar.filter_changed.connect(self.set_filter)
        self.group_button.group_chosen.connect(self.group_by)
        self.columns_button.clicked.connect(self.open_columns)
        self.views.chosen.connect(self.show_view)
        self._popup.changed.connect(self.views.show_name)
        self._table.columns_changed.connect(self.views.show_name)
        header = self._table.horizontalHeader()
        header.sectionMoved.connect(self.views.show_name)
        header.sortIndicatorChanged.connect(self.views.show_name)
