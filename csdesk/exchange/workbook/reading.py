"""Reads a workbook that a customer filled in, and says what of it was not understood."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from csdesk.actions.editing import today
from csdesk.errors import UserError
from csdesk.exchange.dates import DateOrder, settle_order
from csdesk.exchange.encodings import file_kind
from csdesk.exchange.tables import Cell, Row, cell_text, header_key, read_bytes, shorten
from csdesk.exchange.workbook.answers import (
    DayReader,
    as_kept,
    read_comment,
    read_line,
    read_status,
    read_value,
)
from csdesk.exchange.workbook.layout import ACTION, MEASURE, PeriodColumn, period_column
from csdesk.exchange.workbook.notes import cell_notes
from csdesk.exchange.workbook.returned import (
    ReturnedAction,
    ReturnedComment,
    ReturnedValue,
    ReturnedWorkbook,
)
from csdesk.exchange.workbook.rows import KnownRow, Recognition, SentItem, same
from csdesk.exchange.workbook.sent import (
    Sent,
    SentAction,
    SentMeasure,
    UnknownFormatError,
    read_kept,
)
from csdesk.exchange.workbook.tables import Found, find_table, is_kept, is_read_me
from csdesk.exchange.workbooks import SheetRows, read_sheets
from csdesk.i18n import Translator, _, current, ngettext

MAX_FILE = 20_000_000
"""Bytes of a returned workbook; ours have some ten thousand."""

MAX_UNPACKED = 40_000_000
"""Bytes it may unpack to: ours and some pictures; a hostile one of that size is read in seconds."""

MAX_ROWS = 20_000
_MAX_STRANGE = 30
"""How many cells we did not ask for are told one by one."""

_ANSWERS = ("title", "owner", "due_on", "status", "done_on", "comment")
_SAYING = ("number", "title", "goal", "owner", "due_on", "status", "done_on", "comment")

T = TypeVar("T")


def read_workbook(path: Path) -> ReturnedWorkbook:
    """Read a workbook that came back from a customer.

    Raises UserError where the file is missing, too large, damaged, protected with a password, in
    another format, not a workbook of ours, or made by a newer version of CSDesk.
    """
    data = read_bytes(path, MAX_FILE)
    if file_kind(data) not in ("ole", "zip"):
        raise UserError(
            _("{name} is no Excel workbook (.xlsx).").format(name=path.name),
            _("Ask for the workbook as it was filled in, saved as an Excel workbook (.xlsx)."),
        )
    sheets = read_sheets(data, path.name, limit=MAX_UNPACKED, most_rows=MAX_ROWS)
    return _Reading(path.name, sheets, cell_notes(data)).returned()


class _Reading:
    """Reads the sheets of one workbook."""

    def __init__(self, name: str, sheets: Sequence[SheetRows], notes: Sequence[str]) -> None:
        self._name = name
        self._sheets = [sheet for sheet in sheets if not is_kept(sheet)]
        self._sent = _what_was_sent(name, [sheet for sheet in sheets if is_kept(sheet)])
        self._notices = list(notes)
        self._words = dict(self._sent.statuses) if self._sent else {}
        self._offered = {header_key(word): code for code, word in self._words.items()}
        if self._sent is not None:
            # A status of a newer version stands in its cell as its code.
            known = {header_key(one.status): one.status for one in self._sent.actions}
            self._offered = known | self._offered
        actions = self._sent.actions if self._sent else ()
        self._sent_actions = {one.id: one for one in actions if one.id}
        measures = self._sent.measures if self._sent else ()
        self._sent_measures = {one.id: one for one in measures if one.id}

    def returned(self) -> ReturnedWorkbook:
        """Return what came back."""
        tables = self._tables()
        actions = self._actions([table for table in tables if table.kind == ACTION])
        values, comments = self._measures([table for table in tables if table.kind == MEASURE])
        return ReturnedWorkbook(
            name=self._name,
            sent=self._sent,
            actions=tuple(actions),
            values=tuple(values),
            comments=tuple(comments),
            notices=tuple(dict.fromkeys(self._notices)),
        )

    def _tables(self) -> list[Found]:
        """Find our tables; tell what stands on other sheets and in other columns."""
        tables: list[Found] = []
        strange: list[str] = []
        for sheet in self._sheets:
            table = find_table(sheet, self._sent)
            if table is not None:
                tables.append(table)
                strange += [
                    _(
                        "{sheet}, cell {cell}: “{text}” stands in a column we did not ask for."
                    ).format(sheet=table.sheet, cell=f"{letter}{number}", text=shorten(text, 200))
                    for number, letter, text in table.strange_cells()
                ]
            elif not is_read_me(sheet) and sheet.rows:
                count = sum(
                    bool(cell_text(cell)) for _number, cells in sheet.rows for cell in cells
                )
                said = ngettext(
                    "The sheet “{sheet}” is not one of ours; its {n} cell was not taken over.",
                    "The sheet “{sheet}” is not one of ours; its {n} cells were not taken over.",
                    count,
                )
                self._notices.append(said.format(sheet=sheet.title, n=count))
        self._notices += strange[:_MAX_STRANGE]
        if len(strange) > _MAX_STRANGE:
            left = len(strange) - _MAX_STRANGE
            said = ngettext(
                "{n} more cell stands in columns we did not ask for; open the workbook to read it.",
                "{n} more cells stand in columns we did not ask for;"
                " open the workbook to read them.",
                left,
            )
            self._notices.append(said.format(n=left))
        if not tables:
            raise UserError(
                _("{name} is not a workbook that CSDesk made for a customer.").format(
                    name=self._name
                ),
                _("Choose the file that the customer filled in and sent back."),
            )
        return tables

    def _actions(self, tables: Sequence[Found]) -> list[ReturnedAction]:
        rows = [
            self._action_row(table, row)
            for table in tables
            for row in table.rows
            if self._says_something(table, row)
        ]
        sent = self._sent_actions.values()
        recognition = Recognition([SentItem(one.id, one.number, one.title) for one in sent])
        found = recognition.recognised(rows)
        self._notices += recognition.notices
        self._refuse_unrecognised(rows, found, bool(sent))
        if tables:
            self._tell_missing([item.title for item in recognition.missing(found)])
        days = [
            table.cell(row, key)
            for table in tables
            for row in table.rows
            for key in ("due_on", "done_on")
        ]
        order = settle_order(days)
        result = []
        for known in found:
            reader = self._day_reader(known.table, order)
            action = self._action(known, reader, self._sent_actions.get(known.id))
            if action is not None:
                result.append(action)
        return result

    def _action(
        self, known: KnownRow, days: DayReader, sent: SentAction | None
    ) -> ReturnedAction | None:
        def read(key: str, how: Callable[[Cell], T | None]) -> T | None:
            return self._read(known, key, how)

        title = read("title", read_line) or ""
        action = ReturnedAction(
            key=f"A{known.row[0]}",
            place=known.place,
            id=known.id,
            title=title,
            owner=read("owner", read_line) or "",
            due_on=read("due_on", days.day),
            status=read("status", lambda cell: read_status(cell, self._offered)) or "",
            done_on=read("done_on", lambda cell: days.day(cell, is_past=True)),
            comment=read("comment", read_comment) or "",
        )
        if not known.id and not title:
            said = " / ".join(
                text
                for key in _SAYING
                if (text := cell_text(known.table.cell(known.row, key)).strip("+＋ "))
            )
            self._tell(
                known.place, _("the row has no title, so it was not taken over: “{text}”."), said
            )
            return None
        if sent is not None:
            self._tell_emptied(known, sent)
            self._tell_changed(known, "number", str(sent.number))
            self._tell_changed(known, "goal", sent.goal)
        elif not known.id:
            goal = cell_text(known.table.cell(known.row, "goal"))
            if goal:
                self._tell(
                    known.place,
                    _("the goal was not taken over; set it in the plan: “{text}”."),
                    goal,
                )
        return action

    def _measures(
        self, tables: Sequence[Found]
    ) -> tuple[list[ReturnedValue], list[ReturnedComment]]:
        rows = [
            self._measure_row(table, row)
            for table in tables
            for row in table.rows
            if self._says_something(table, row)
        ]
        sent = self._sent_measures.values()
        recognition = Recognition([SentItem(one.id, one.number, one.name) for one in sent])
        found = recognition.recognised(rows)
        self._notices += recognition.notices
        self._refuse_unrecognised(rows, found, bool(sent))
        values: list[ReturnedValue] = []
        comments: list[ReturnedComment] = []
        for known in found:
            if not known.id:
                said = " / ".join(text for cell in known.row[1] if (text := cell_text(cell)))
                self._tell(
                    known.place,
                    _("it is not clear which measure this row is about: “{text}”."),
                    said,
                )
                continue
            values += self._values(known, self._sent_measures.get(known.id))
            comment = self._read(known, "comment", read_comment)
            if comment:
                key = f"M{known.row[0]}.comment"
                comments.append(ReturnedComment(key, known.place, known.id, known.title, comment))
        return values, comments

    def _values(self, known: KnownRow, sent: SentMeasure | None) -> Iterable[ReturnedValue]:
        unit = sent.unit if sent else cell_text(known.table.cell(known.row, "unit"))
        if sent is not None:
            self._tell_other_facts(known, sent)
        for key in self._asked(known.table):
            period = period_column(key)
            if period is None:
                continue
            value = self._read(known, key, lambda cell: read_value(cell, unit))
            if value is None:
                continue
            if sent is not None and sent.frequency != period.frequency:
                self._tell_wrong_period(known, period, value)
                continue
            was = sent.value(period.first) if sent is not None else None
            if was is not None and value == as_kept(was):
                value = was
            yield ReturnedValue(
                key=f"M{known.row[0]}.{period.first.isoformat()}",
                place=known.place,
                measure_id=known.id,
                name=known.title,
                frequency=period.frequency,
                first=period.first,
                value=value,
            )

    def _read(self, known: KnownRow, key: str, how: Callable[[Cell], T | None]) -> T | None:
        """Read one cell; what is not understood is told and says nothing."""
        cell = known.table.cell(known.row, key)
        try:
            return how(cell)
        except UserError as error:
            header = known.table.headers.get(known.table.columns[key], key)
            self._notices.append(
                _("{place}, “{column}”: {reason}").format(
                    place=known.place, column=header, reason=error.message
                )
            )
            return None

    def _day_reader(self, table: Found, order: DateOrder | None) -> DayReader:
        now = today()
        return DayReader(
            today=self._sent.today if self._sent else now,
            received=now,
            order=order,
            counts_from_1904=table.counts_from_1904,
        )

    def _action_row(self, table: Found, row: Row) -> KnownRow:
        answers = {key: cell_text(table.cell(row, key)) for key in _ANSWERS}
        known = self._known(table, row, answers["title"], tuple(answers.values()))
        sent = self._sent_actions.get(known.id)
        if sent is None:
            return known
        as_sent = {
            "title": sent.title,
            "owner": sent.owner,
            "due_on": sent.due_on.isoformat() if sent.due_on else "",
            "status": self._words.get(sent.status, sent.status),
            "done_on": sent.done_on.isoformat() if sent.done_on else "",
            "comment": "",
        }
        return replace(known, is_as_sent=answers == as_sent)

    def _measure_row(self, table: Found, row: Row) -> KnownRow:
        answers = {key: table.cell(row, key) for key in self._asked(table)}
        texts = tuple(cell_text(cell) for cell in answers.values())
        known = self._known(table, row, cell_text(table.cell(row, "name")), texts)
        sent = self._sent_measures.get(known.id)
        as_sent = sent is not None and all(
            cell is None or ((period := period_column(key)) and cell == sent.value(period.first))
            for key, cell in answers.items()
        )
        return replace(known, is_as_sent=as_sent)

    def _known(self, table: Found, row: Row, title: str, answers: tuple[str, ...]) -> KnownRow:
        return KnownRow(
            table=table,
            row=row,
            id=cell_text(table.cell(row, "id")),
            number=cell_text(table.cell(row, "number")),
            title=title,
            answers=answers,
        )

    def _asked(self, table: Found) -> list[str]:
        periods = [key for key in table.columns if period_column(key) is not None]
        return [*periods, "comment"]

    def _says_something(self, table: Found, row: Row) -> bool:
        """Tell whether a row says more than the + of a free one."""
        return any(
            cell_text(table.cell(row, key)).strip("+＋ ") for key in table.columns if key != "id"
        )

    def _refuse_unrecognised(
        self, rows: Sequence[KnownRow], found: Sequence[KnownRow], was_sent: bool
    ) -> None:
        """Refuse a table in which not one row can be recognised any more."""
        if was_sent and rows and not found:
            raise UserError(
                _(
                    "The rows of {name} cannot be recognised any more: their hidden ids are"
                    " missing, and their titles do not name one item each: {places}."
                ).format(name=self._name, places="; ".join(row.place for row in rows[:10])),
                _("Ask for the workbook with its hidden column, or enter the answers by hand."),
            )

    def _tell(self, place: str, sentence: str, text: str) -> None:
        said = sentence.format(text=shorten(text, 200))
        self._notices.append(_("{place}: {reason}").format(place=place, reason=said))

    def _tell_missing(self, titles: Sequence[str]) -> None:
        if titles:
            said = ngettext(
                "{n} action item is no longer in the workbook; it stays as it is: {titles}",
                "{n} action items are no longer in the workbook; they stay as they are: {titles}",
                len(titles),
            )
            shown = ", ".join(f"“{shorten(title)}”" for title in titles[:20])
            self._notices.append(said.format(n=len(titles), titles=shown))

    def _tell_emptied(self, known: KnownRow, sent: SentAction) -> None:
        for key, was in (("title", sent.title), ("status", sent.status), ("due_on", sent.due_on)):
            if was and key in known.table.columns and known.table.cell(known.row, key) is None:
                header = known.table.headers.get(known.table.columns[key], key)
                self._notices.append(
                    _("{place}: “{column}” was emptied; nothing is changed.").format(
                        place=known.place, column=header
                    )
                )

    def _tell_changed(self, known: KnownRow, key: str, was: str) -> None:
        """Tell a change of a cell that only informs."""
        text = cell_text(known.table.cell(known.row, key))
        if text and same(text) != same(was):
            header = known.table.headers.get(known.table.columns[key], key)
            self._notices.append(
                _("{place}: “{column}” now says “{text}”; this is not taken over.").format(
                    place=known.place, column=header, text=shorten(text, 200)
                )
            )

    def _tell_other_facts(self, known: KnownRow, sent: SentMeasure) -> None:
        """Tell what was changed about a measure itself; only its values are asked for."""
        for key, was in (("number", str(sent.number)), ("name", sent.name), ("unit", sent.unit)):
            self._tell_changed(known, key, was)
        facts: tuple[tuple[str, Cell], ...] = (
            ("baseline", sent.baseline),
            ("target", sent.target),
            ("target_on", sent.target_on),
            ("last", sent.last),
        )
        for key, value in facts:
            kept = as_kept(value) if isinstance(value, Decimal) else value
            if known.table.cell(known.row, key) != kept:
                self._tell_changed(known, key, "")
        as_of = ""
        if sent.last_on is not None and self._sent is not None:
            column = PeriodColumn(sent.frequency, sent.last_on)
            as_of = column.title(Translator(self._sent.language))
        self._tell_changed(known, "last_on", as_of)

    def _tell_wrong_period(self, known: KnownRow, period: PeriodColumn, value: Decimal) -> None:
        self._notices.append(
            _(
                "{place}: {value} stands in a period this measure has no values for ({period})."
            ).format(
                place=known.place,
                value=current().number(value),
                period=period.title(current()),
            )
        )


def _what_was_sent(name: str, sheets: Sequence[SheetRows]) -> Sent | None:
    for sheet in sheets:
        rows = []
        for _number, cells in sheet.rows:
            texts = [cell_text(cell) for cell in cells]
            while texts and not texts[-1]:
                texts.pop()
            rows.append(texts)
        try:
            sent = read_kept(rows)
        except UnknownFormatError as error:
            if error.is_newer:
                raise UserError(
                    _("{name} was made by a newer version of CSDesk.").format(name=name),
                    _("Install the newest version of CSDesk, and read the workbook with that."),
                ) from error
            return None
        if sent is not None:
            return sent
    return None
