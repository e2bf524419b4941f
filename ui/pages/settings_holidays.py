"""Which days are off: a country's holidays, and the days on which our team does not work."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from csdesk.actions.editing import today
from csdesk.actions.holidays import (
    NO_COUNTRY,
    add_holiday,
    choose_country,
    delete_holidays,
    edit_holiday,
)
from csdesk.errors import UserError
from csdesk.i18n import _, current, ngettext
from csdesk.insight.working_days import countries
from csdesk.queries.calendar import HolidayRow, chosen_country, holiday_country, own_holidays
from csdesk.store.touching import Change
from ui.desk import Desk
from ui.tables import Column
from ui.widgets.date_line import DateLine
from ui.widgets.edit_table import EditRowsModel
from ui.widgets.entries import Entry, EntryKind
from ui.widgets.flow import Flow
from ui.widgets.short_table import ShortTable
from ui.widgets.typing_line import TypingLine
from ui.widgets.wrapped_label import WrappedLabel

_WIDTHS = {"name": 180, "first_on": 112, "last_on": 112}
_FIRST_COUNTRIES = ("JP", "US", "GB", "KR", "CN", "TW", "SG", "DE", "FR")
"""Countries that stand before all others."""


class Holidays(QWidget):
    """Each choice is stored at once as a step of its own, which Undo takes back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_complete = False
        self._build()
        self._connect()
        self.refresh()

    @property
    def country(self) -> QComboBox:
        """The country whose holidays count."""
        return self._country

    @property
    def table(self) -> ShortTable:
        """The days off of our team."""
        return self._table

    @property
    def name(self) -> TypingLine:
        """Where new days off are named."""
        return self._name

    @property
    def first(self) -> DateLine:
        """Their first day."""
        return self._first

    @property
    def last(self) -> DateLine:
        """Their last day; empty for one day alone."""
        return self._last

    @Slot()
    def refresh(self) -> None:
        """Show what is stored now."""
        rows = self._desk.read(own_holidays)
        self._model.show_rows(rows)
        self._table.setVisible(bool(rows))
        self._table.updateGeometry()
        self._none.setVisible(not rows)
        self._remove.setVisible(bool(rows))
        self._offer_countries()
        writable = not self._desk.workspace.read_only
        for part in (self._country, self._name, self._first, self._last, self._add):
            part.setEnabled(writable)

    @Slot(object)
    def on_changed(self, change: Change) -> None:
        """Show again what somebody may have changed."""
        if change.touches("holiday", "workspace_setting"):
            self.refresh()

    @Slot()
    def add(self) -> None:
        """Add the days off that are typed."""
        try:
            first = self._first.read()
            last = self._last.read()
        except UserError as error:
            self._desk.messages.error(error)
            return
        name = self._name.text().strip() or _("Day off")
        if first is None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        label = _("Add days off “{name}”").format(name=name)
        if self._desk.write(label, add_holiday, name, first, last) is None:
            return
        for line in (self._first, self._last):
            line.set_day(None, force=True)
        self._name.clear()
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    @Slot(list)
    def delete(self, row_ids: list[str]) -> None:
        """Take days off away and offer to undo it."""
        if not row_ids:
            return
        count = len(row_ids)
        label = ngettext("Remove {n} entry of days off", "Remove {n} entries of days off", count)
        label = label.format(n=count)
        if self._desk.write(label, delete_holidays, row_ids) is not None:
            self._desk.offer_undo(label)
            self.refresh()

    @Slot(int)
    def _on_country(self, place: int) -> None:
        code = str(self._country.itemData(place))
        if code:
            self._desk.write(_("Country of the holidays"), choose_country, code)
        self.refresh()

    @Slot()
    def _on_remove(self) -> None:
        self.delete(self._table.chosen_ids())

    def _store(self, row: HolidayRow, field: str, value: Any) -> bool:
        label = _("Change days off “{name}”").format(name=row.name)
        done = self._desk.write(label, edit_holiday, row.id, **{field: value}) is not None
        self.refresh()
        return done

    @Slot(object)
    def _on_countries(self, codes: tuple[str, ...]) -> None:
        """Offer all countries whose holidays are known, by name."""
        for place in reversed(range(self._country.count())):
            if self._country.itemData(place) not in (NO_COUNTRY, *_FIRST_COUNTRIES):
                self._country.removeItem(place)
        self._country.insertSeparator(self._country.count())
        names = {code: _country_name(code) for code in codes if code not in _FIRST_COUNTRIES}
        for code in sorted(names, key=names.__getitem__):
            self._country.addItem(names[code], code)
        self._offer_countries()

    def _offer_countries(self) -> None:
        """Show the country chosen."""
        chosen = self._desk.read(chosen_country)
        code = chosen or self._desk.read(holiday_country) or NO_COUNTRY
        known = self._country.findData(code)
        if known < 0:
            self._country.addItem(_country_name(code), code)
            known = self._country.count() - 1
        self._country.setCurrentIndex(known)

    def _build(self) -> None:
        self._country = QComboBox(self)
        self._country.setAccessibleName(_("Holidays of"))
        self._country.setMinimumWidth(220)
        for code in (NO_COUNTRY, *_FIRST_COUNTRIES):
            self._country.addItem(_country_name(code), code)
        label = QLabel(_("Holidays of"), self)
        label.setBuddy(self._country)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(label)
        head.addWidget(self._country)
        head.addStretch(1)
        self._build_table()
        self._build_line()
        self._remove = QPushButton(_("Remove"), self)
        self._remove.setToolTip(_("Remove the chosen days (Delete)"))
        last = QHBoxLayout()
        last.addWidget(self._remove)
        last.addStretch(1)
        note = _("Timelines shade these days, and working days pass over them.")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(9)
        layout.addLayout(head)
        layout.addWidget(WrappedLabel(note, self, "small"))
        layout.addWidget(self._none)
        layout.addWidget(self._table)
        layout.addWidget(self._line)
        layout.addLayout(last)

    def _build_table(self) -> None:
        columns: list[Column[HolidayRow]] = [
            Column("name", _("Days off of our team"), lambda row: row.name, lambda row: row.name),
            _day_column("first_on", _("First day")),
            _day_column("last_on", _("Last day")),
        ]
        kinds = {"name": EntryKind.TEXT, "first_on": EntryKind.DAY, "last_on": EntryKind.DAY}
        entries: dict[str, Entry[HolidayRow]] = {
            name: Entry(name, kind, attrgetter(name)) for name, kind in kinds.items()
        }
        self._model = EditRowsModel(columns, entries, self._store, self, entity="holiday")
        self._table = ShortTable(self._desk, self._model, {}, _WIDTHS, "name", self)
        self._table.setAccessibleName(_("Days off of our team"))
        self._none = WrappedLabel(
            _("Days on which your team does not work, such as the year-end break, go here."), self
        )

    def _build_line(self) -> None:
        self._name = TypingLine(self)
        self._name.setPlaceholderText(_("Year-end break"))
        self._name.setAccessibleName(_("Name of the days off"))
        self._name.setMinimumWidth(150)
        self._first, self._last = DateLine(self._desk.look, self), DateLine(self._desk.look, self)
        self._first.setPlaceholderText(current().date(today()))
        self._last.setPlaceholderText(_("the same day"))
        self._first.setAccessibleName(_("First day off"))
        self._last.setAccessibleName(_("Last day off"))
        for line in (self._first, self._last):
            line.setFixedWidth(128)
        self._add = QPushButton(_("Add"), self)
        self._line = Flow(self, gap=8)
        until = QLabel("–", self)
        for widget in (self._name, self._first, until, self._last, self._add):
            self._line.add(widget)

    def _connect(self) -> None:
        self._country.activated.connect(self._on_country)
        self._table.delete_asked.connect(self.delete)
        self._remove.clicked.connect(self._on_remove)
        self._add.clicked.connect(self.add)
        for line in (self._name, self._first, self._last):
            line.returnPressed.connect(self.add)
        self._first.refused.connect(self._desk.messages.error)
        self._last.refused.connect(self._desk.messages.error)
        self._desk.changed.connect(self.on_changed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_complete:
            # What knows the countries is large: it is loaded beside the window.
            self._is_complete = True
            task = self._desk.drawing.prepare(_("Loading the holidays"), lambda _p: countries())
            task.succeeded.connect(self._on_countries)
            self._desk.drawing.start(task)


def _day_column(field: str, title: str) -> Column[HolidayRow]:
    return Column(
        field,
        title,
        lambda row: current().date(getattr(row, field)),
        lambda row: getattr(row, field),
    )


def _country_name(code: str) -> str:
    if code == NO_COUNTRY:
        return _("No country")
    return str(current().locale.territories.get(code, code))
