"""The tab of an account's KPIs: a card for each, and the grid of their values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from csdesk.actions.editing import today
from csdesk.actions.kpis import edit_kpi, set_kpi_values
from csdesk.i18n import _
from csdesk.model.vocabulary import Frequency
from csdesk.queries.kpis import KpiRow, KpiSeries, account_kpis, kpi_catalogue
from csdesk.store.touching import Change
from ui.commands import Command
from ui.desk import Desk
from ui.editing import Place
from ui.icons import icon
from ui.pages.kpis.kpi_card import KpiCard
from ui.pages.kpis.kpi_form import KpiForm
from ui.pages.kpis.month_grid import MonthGrid, MonthGridModel, Values
from ui.pages.kpis.periods import months_before, periods_between
from ui.pages.section import Section
from ui.widgets.empty_state import EmptyState

RANGES = (12, 24, 0)
"""Months that charts and grid reach back; 0 for all there is."""

TWO_COLUMNS_FROM = 760
"""Pixels from which two cards stand side by side."""


class KpiSection(Section):
    """The KPIs of one account."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._months = RANGES[0]
        self._frequency: str = Frequency.MONTHLY
        self._also: dict[str, list[str]] = {}
        self._series: list[KpiSeries] = []
        self._cards: dict[str, KpiCard] = {}
        self._build()
        self._connect()

    @property
    def grid(self) -> MonthGrid:
        """The grid of values."""
        return self._grid

    @property
    def cards(self) -> dict[str, KpiCard]:
        """The cards by KPI id."""
        return dict(self._cards)

    @Slot(str)
    def take_in(self, kpi_id: str) -> None:
        """Show a KPI of the catalogue that this account has no value of yet."""
        self._also.setdefault(self.account_id, []).append(kpi_id)
        self.refresh()
        row = next((at for at, one in enumerate(self._model.rows) if one.id == kpi_id), -1)
        if row < 0:
            frequency = next(one.frequency for one in self._series if one.id == kpi_id)
            self._choose_frequency(str(frequency or Frequency.MONTHLY))
            row = next(at for at, one in enumerate(self._model.rows) if one.id == kpi_id)
        self._grid.setCurrentIndex(self._model.index(row, self._model.columnCount() - 1))
        self._grid.setFocus()

    def refresh(self) -> None:
        if self._detail is None:
            return
        catalogue = self._desk.read(kpi_catalogue)
        known = {one.id: one for one in self._desk.read(account_kpis, self.account_id)}
        also = self._also.get(self.account_id, [])
        self._series = [
            known.get(row.id) or _empty_series(row)
            for row in catalogue
            if row.id in known or row.id in also
        ]
        self._offer()
        self._show()  # before they get their room, which may size this tab and arrange the cards
        self._parts.setCurrentIndex(0 if self._series else 1)

    def concerns(self, change: Change) -> bool:
        return change.touches("kpi")

    def show_item(self, entity: str, item_id: str) -> None:
        card = self._cards.get(item_id.split(":")[1])
        if card is not None:
            self._scroll.ensureWidgetVisible(card)

    def entrance(self) -> QWidget | None:
        return self._grid if self._series else self._parts.currentWidget()

    def commands(self) -> tuple[Command, ...]:
        return (
            Command("kpis.new", lambda: _("New KPI…"), self.form.start, icon="plus"),
            Command(
                "kpis.add",
                lambda: _("Add KPI"),
                self._add.showMenu,
                is_enabled=lambda: bool(self._series),
            ),
        )

    def state(self) -> dict[str, Any]:
        return {"months": self._months, "frequency": self._frequency}

    def restore(self, state: Mapping[str, Any]) -> None:
        if state.get("months") in RANGES:
            self._months = int(state["months"])
        for button in self._ranges.buttons():
            button.setChecked(self._ranges.id(button) == self._months)
        if state.get("frequency") in list(Frequency):
            self._frequency = str(state["frequency"])
        self.refresh()

    def _show(self) -> None:
        since, until = self._span()
        wanted = [series.id for series in self._series]
        for kpi_id in [known for known in self._cards if known not in wanted]:
            card = self._cards.pop(kpi_id)
            card.hide()
            card.deleteLater()
        for series in self._series:
            if series.id not in self._cards:
                self._cards[series.id] = _make_card(
                    self._desk, series.id, self._change, self._inside
                )
            self._cards[series.id].show_series(series, since, until)
        self._arrange()
        self._show_grid(since, until)

    def _show_grid(self, since: dt.date, until: dt.date) -> None:
        frequencies = [_frequency(series) for series in self._series]
        present = [one for one in Frequency if one in frequencies]
        for frequency, button in self._frequencies.items():
            button.setVisible(len(present) > 1 and frequency in present)
        if present and self._frequency not in present:
            self._frequency = present[0]
        for frequency, button in self._frequencies.items():
            button.setChecked(frequency == self._frequency)
        rows = [one for one in self._series if _frequency(one) == self._frequency]
        ends = [point.period for one in rows for point in one.points]
        last = max([until, *ends])
        periods = periods_between(since, last, self._frequency)
        fresh = periods != self._model.periods
        self._model.account_id = self.account_id
        self._model.show(rows, periods, self._frequency)
        self._grid.fit_height()
        if fresh and not self._desk.editing.is_typing:
            self._grid.scrollTo(self._model.index(0, len(periods) - 1))

    def _span(self) -> tuple[dt.date, dt.date]:
        """Return the first and last day that are shown."""
        until = today()
        if self._months:
            return months_before(until, self._months - 1), until
        firsts = [series.points[0].period for series in self._series if series.points]
        return min([*firsts, months_before(until, 11)]), until

    def _arrange(self) -> None:
        columns = 2 if self.width() >= TWO_COLUMNS_FROM else 1
        for place, series in enumerate(self._series):
            self._board.addWidget(self._cards[series.id], place // columns, place % columns)
        for column in range(2):
            self._board.setColumnStretch(column, 1 if column < columns else 0)

    @Slot()
    def _offer(self) -> None:
        """Offer the KPIs of the catalogue that are not shown yet."""
        shown = {series.id for series in self._series}
        menu = self._menu
        if menu.isVisible():
            return  # one is choosing from it; it is filled again before it opens
        menu.clear()
        for row in self._desk.read(kpi_catalogue):
            if row.id not in shown:
                text = f"{row.name} ({row.unit})" if row.unit else row.name
                action = menu.addAction(text.replace("&", "&&"))
                action.triggered.connect(lambda _on=False, kpi=row.id: self.take_in(kpi))
        if not menu.isEmpty():
            menu.addSeparator()
        menu.addAction(_("New KPI…"), self.form.start)

    def _store(self, label: str, values: Values) -> bool:
        step = self._desk.write(label, set_kpi_values, self.account_id, list(values))
        self.edited.emit()
        return step is not None

    def _change(self, kpi_id: str, fields: dict[str, Any]) -> None:
        name = next(one.name for one in self._series if one.id == kpi_id)
        label = _("Change KPI “{name}”").format(name=name)
        self._desk.write(label, edit_kpi, kpi_id, **fields)
        self.refresh()

    @Slot(int)
    def _on_range(self, months: int) -> None:
        self._months = months
        self._show()

    def _choose_frequency(self, frequency: str) -> None:
        self._frequency = frequency
        self._show()

    def _build(self) -> None:
        self._inside = QWidget(self)
        self._inside.setProperty("kind", "page")
        self._board = QGridLayout()
        self._board.setSpacing(14)
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 2, 0)
        inside.setSpacing(14)
        inside.addLayout(self._board)
        inside.addWidget(self._build_grid())
        inside.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inside)
        self.form = KpiForm(self._desk, self)
        """The line in which a new KPI is described."""
        new = QAction(self)
        new.triggered.connect(self.form.start)
        nothing = EmptyState(
            self._desk.look,
            "target",
            _("No KPI yet"),
            _(
                "KPIs are the numbers that prove a success plan works. Add one here and type its "
                "values by month, or import them from a spreadsheet."
            ),
            ((_("New KPI"), new),),
        )
        self._parts = QStackedWidget(self)
        self._parts.addWidget(self._scroll)
        self._parts.addWidget(nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(self._head())
        layout.addWidget(self.form)
        layout.addWidget(self._parts, 1)

    def _head(self) -> QHBoxLayout:
        self._ranges = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(6)
        for months, text in zip(RANGES, (_("12 months"), _("24 months"), _("All")), strict=True):
            button = _segment(text, self)
            button.setChecked(months == self._months)
            self._ranges.addButton(button, months)
            row.addWidget(button)
        row.addStretch(1)
        self._add = QPushButton(_("Add KPI"), self)
        self._add.setIcon(icon(self._desk.look, "plus", "text"))
        self._add.setIconSize(QSize(16, 16))
        self._menu = QMenu(self._add)
        self._add.setMenu(self._menu)
        row.addWidget(self._add)
        return row

    def _build_grid(self) -> QFrame:
        card = QFrame(self)
        card.setProperty("kind", "card")
        self._model = MonthGridModel(self._desk.look, self._store, self)
        self._grid = MonthGrid(self._model, self._desk.editing, card)
        title = QLabel(_("Values"), card)
        title.setProperty("kind", "heading")
        hint = QLabel(_("Type a number, or paste a block from a spreadsheet."), card)
        hint.setProperty("kind", "small")
        head = QHBoxLayout()
        head.setContentsMargins(10, 4, 8, 2)
        head.setSpacing(10)
        head.addWidget(title)
        head.addWidget(hint)
        head.addStretch(1)
        group = QButtonGroup(self)
        self._frequencies: dict[str, QPushButton] = {}
        for frequency in Frequency:
            button = _segment(frequency.label(), card)
            button.clicked.connect(
                lambda _on=False, frequency=frequency: self._choose_frequency(frequency)
            )
            group.addButton(button)
            head.addWidget(button)
            self._frequencies[frequency] = button
        paste = QPushButton(_("Paste"), card)
        paste.setToolTip(_("Put the block on the clipboard into the grid, at the chosen cell."))
        paste.clicked.connect(self._grid.paste)
        head.addWidget(paste)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(7, 7, 7, 7)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._grid)
        return card

    def _connect(self) -> None:
        self._ranges.idClicked.connect(self._on_range)
        self._grid.refused.connect(self._desk.messages.error)
        self.form.added.connect(self.take_in)
        self._menu.aboutToShow.connect(self._offer)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


def _make_card(
    desk: Desk, kpi_id: str, change: Callable[[str, dict[str, Any]], None], parent: QWidget
) -> KpiCard:
    card = KpiCard(desk.look, parent)
    card.changed.connect(lambda fields: change(kpi_id, fields))
    for line, name in ((card.name, "name"), (card.unit, "unit")):
        desk.editing.watch(line, line, partial(Place, "kpi", kpi_id, name))
    return card


def _segment(text: str, parent: QWidget) -> QPushButton:
    button = QPushButton(text, parent)
    button.setCheckable(True)
    button.setProperty("kind", "segment")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


def _frequency(series: KpiSeries) -> Frequency:
    return next((one for one in Frequency if one == series.frequency), Frequency.MONTHLY)


def _empty_series(row: KpiRow) -> KpiSeries:
    return KpiSeries(
        id=row.id,
        name=row.name,
        name_en=row.name_en,
        unit=row.unit,
        kind=row.kind,
        direction=row.direction,
        frequency=row.frequency,
        category=row.category,
        points=(),
        target=None,
    )
