"""What an import would do, or did: how many rows came to what, and why some cannot be taken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from csdesk.exchange.import_report import ImportReport, Outcome, RowResult
from csdesk.i18n import _, current, ngettext
from ui.tables import Column, RowsModel
from ui.widgets.wrapped_label import WrappedLabel

TONES = {
    Outcome.ADDED: "good",
    Outcome.UPDATED: "accent",
    Outcome.UNCHANGED: "neutral",
    Outcome.SKIPPED: "neutral",
    Outcome.REFUSED: "bad",
}
SHOWN = 1000
"""How many refused rows are listed; nobody reads more."""


class RefusedRow:
    """A refused row, with the id that a model of rows asks for."""

    __slots__ = ("id", "result")

    def __init__(self, number: int, result: RowResult) -> None:
        self.id = str(number)
        self.result = result


class ImportSummary(QWidget):
    """Counts as pills, what was not understood, and the refused rows with their reasons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pills: dict[Outcome, QLabel] = {}
        self._build()

    @property
    def refused(self) -> RowsModel[RefusedRow]:
        """The refused rows listed."""
        return self._model

    def show_report(self, report: ImportReport | None) -> None:
        """Show what an import would come to; nothing for None."""
        self.setVisible(report is not None)
        if report is None:
            return
        for outcome, pill in self._pills.items():
            count = report.counts[outcome]
            pill.setText(f"{outcome.label()} {current().number(count)}")
            pill.setVisible(count > 0)
        self._notes.setText("\n".join(notes(report)))
        self._notes.setVisible(bool(self._notes.text()))
        refused = report.refused()
        self._model.set_rows(
            RefusedRow(number, result) for number, result in enumerate(refused[:SHOWN])
        )
        self._table.setVisible(bool(refused))

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for outcome, tone in TONES.items():
            pill = QLabel(self)
            pill.setProperty("kind", "pill")
            pill.setProperty("tone", tone)
            pill.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self._pills[outcome] = pill
            row.addWidget(pill)
        row.addStretch(1)
        self._notes = WrappedLabel("", self, "small")
        self._model = RowsModel(_columns(), lambda row: row.result.reason, self)
        self._table = QTableView(self)
        self._table.setModel(self._model)
        self._table.setProperty("kind", "plain")
        self._table.setAccessibleName(_("Rows that cannot be taken in"))
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setShowGrid(False)
        self._table.verticalHeader().hide()
        self._table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 9)
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self._table.setColumnWidth(0, 170)
        self._table.setColumnWidth(1, 60)
        self._table.setColumnWidth(2, 150)
        self._table.setMinimumHeight(120)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(self._notes)
        layout.addWidget(self._table, 1)
        layout.addStretch(0)


def notes(report: ImportReport) -> list[str]:
    """Say in sentences what the tables leave open: columns nobody claimed, things made anew."""
    said: list[str] = []
    for table in report.tables:
        if table.unknown_columns:
            said.append(
                _("{file}: not imported: {columns}.").format(
                    file=table.file, columns=listed(table.unknown_columns)
                )
            )
        if table.missing_columns:
            said.append(
                _("{file}: named in the mapping but not there: {columns}.").format(
                    file=table.file, columns=listed(table.missing_columns)
                )
            )
        created = [name for names in table.created.values() for name in names]
        if created:
            said.append(
                ngettext(
                    "{file}: {n} name that is new here will be added: {names}.",
                    "{file}: {n} names that are new here will be added: {names}.",
                    len(created),
                ).format(file=table.file, n=len(created), names=listed(created))
            )
    return said


def listed(names: Sequence[str], most: int = 8) -> str:
    """List names, the first few of many."""
    shown = _(", ").join(names[:most])
    return shown if len(names) <= most else f"{shown} …"


def _columns() -> tuple[Column[RefusedRow], ...]:
    return (
        Column("file", _("File"), lambda row: row.result.file, lambda row: row.result.file),
        Column(
            "line", _("Line"), lambda row: str(row.result.line), lambda row: row.result.line, True
        ),
        Column("column", _("Column"), lambda row: row.result.column, lambda row: row.result.column),
        Column(
            "reason",
            _("Reason"),
            lambda row: row.result.reason,
            lambda row: row.result.reason,
            tip=lambda row: row.result.reason,
        ),
    )
