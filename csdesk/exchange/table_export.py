"""Everything in a workspace as tables: CSV for programs and spreadsheets, or one workbook.

CSV has the names of the fields, codes and ids, for other programs. The workbook is for reading:
labels and terms in the user's language, names beside ids, real dates and numbers. In neither can
a text that a customer wrote become a formula.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import secrets
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy.orm import Session

from csdesk.errors import UserError
from csdesk.exchange.json_format import entity_order
from csdesk.exchange.whole_file import whole_file
from csdesk.i18n import Translator, _, minor_digits
from csdesk.model.base import exact_storage, instant_text
from csdesk.model.vocabulary import label_of
from csdesk.progress import SILENT, Progress
from csdesk.queries.entity_words import entity_label
from csdesk.queries.fields import Field, FieldKind, fields_of
from csdesk.queries.rows import Row, rows_of
from csdesk.store.driver import told_plainly

MAX_SHEET_ROWS = 1_048_575
"""As many rows as an Excel sheet has below its header."""

MAX_CELL = 32_767
"""Characters of one Excel cell."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_PHONE = frozenset("0123456789 +-().")


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: rows in all, and texts that an Excel cell is too small for."""

    rows: int
    shortened: int = 0


def export_csv(session: Session, target: Path, progress: Progress = SILENT) -> Exported:
    """Write one CSV file for each entity, into a .zip file or else into a new or empty folder.

    UTF-8 with BOM, so that Excel reads it. A text that a spreadsheet would run as a formula gets
    an apostrophe in front; telephone numbers do not. Raises UserError where the folder has
    something in it or cannot be written to, CancelledError from `progress`.
    """
    if target.suffix.lower() == ".zip":
        with whole_file(target) as stream, zipfile.ZipFile(stream, "w") as archive:
            count = 0
            for name, data, rows in _csv_files(session, progress):
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, data)
                count += rows
        return Exported(count)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UserError(
            _("“{name}” is there already and not empty.").format(name=target.name),
            _("Name a new folder, or a file that ends in .zip."),
        )
    return Exported(_write_folder(session, target, progress))


def _write_folder(session: Session, target: Path, progress: Progress) -> int:
    """Write the tables into a folder that appears with all of them, or not at all."""
    draft = target.with_name(f".csdesk-{os.getpid()}-{secrets.token_hex(4)}.tmp")
    count = 0
    with told_plainly():
        try:
            draft.mkdir(parents=True)
            for name, data, rows in _csv_files(session, progress):
                with whole_file(draft / name) as stream:
                    stream.write(data)
                count += rows
            if target.exists():
                target.rmdir()
            os.replace(draft, target)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return count


def _csv_files(session: Session, progress: Progress) -> Iterator[tuple[str, bytes, int]]:
    entities = entity_order()
    for index, entity in enumerate(entities):
        progress.report(index, len(entities), entity)
        rows = _all_rows(session, entity)
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        fields = fields_of(entity)
        writer.writerow([field.name for field in fields])
        writer.writerows([_csv_cell(row.values[field.name]) for field in fields] for row in rows)
        yield f"{entity}.csv", text.getvalue().encode("utf-8-sig"), len(rows)


def _all_rows(session: Session, entity: str) -> list[Row]:
    return sorted(rows_of(session, entity, deleted=True), key=lambda row: row.id)


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return str(exact_storage(value))
    if isinstance(value, dt.datetime):
        return instant_text(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return disarmed(value) if isinstance(value, str) else str(value)


def disarmed(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    is_number = text[:1] in "+-" and set(text) <= _PHONE
    return f"'{text}" if text.startswith(_FORMULA_STARTS) and not is_number else text


def export_xlsx(
    session: Session, out: BinaryIO, translator: Translator, progress: Progress = SILENT
) -> Exported:
    """Write a workbook with one sheet for each entity, labelled in the translator's language.

    References have two columns: the name, and the id. Money is written in units of its currency.
    Texts stay texts, whatever they begin with. Raises UserError where a sheet would have more
    rows than Excel can, CancelledError from `progress`.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    entities = entity_order()
    count, cells = 0, _Cells(translator)
    for index, entity in enumerate(entities):
        progress.report(index, len(entities), entity)
        rows = _all_rows(session, entity)
        if len(rows) > MAX_SHEET_ROWS:
            raise UserError(
                _("“{kind}” has more rows than an Excel sheet can hold.").format(
                    kind=entity_label(entity)
                ),
                _("Export to CSV or JSON."),
            )
        sheet = book.create_sheet(entity_label(entity, translator)[:31])
        sheet.freeze_panes = "A2"
        columns = sheet_columns(entity)
        sheet.append([cells.text(sheet, title) for title in sheet_titles(entity, translator)])
        for row in rows:
            sheet.append([cells.cell(sheet, row, field, named) for field, named in columns])
        count += len(rows)
    book.save(out)
    return Exported(count, cells.shortened)


def sheet_columns(entity: str) -> list[tuple[Field, bool]]:
    """List the columns of a sheet: each field, and before a reference's id its name."""
    columns: list[tuple[Field, bool]] = []
    for field in fields_of(entity):
        if field.kind is FieldKind.REFERENCE:
            columns.append((field, True))
        columns.append((field, False))
    return columns


def sheet_titles(entity: str, translator: Translator) -> list[str]:
    """Name the columns of a sheet in the translator's language, in their order."""
    return [
        f"{field.label(translator)} (ID)"
        if field.kind is FieldKind.REFERENCE and not named
        else field.label(translator)
        for field, named in sheet_columns(entity)
    ]


class SheetTexts:
    """Makes the texts of a workbook, and counts those that a cell is too small for."""

    def __init__(self) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

        self.shortened = 0
        self._make = WriteOnlyCell
        self._illegal = ILLEGAL_CHARACTERS_RE

    def text(self, sheet: Any, text: str) -> Any:
        """Make a cell that is a text whatever it says; too long ones are cut and counted."""
        shown = self._illegal.sub("�", text)
        if len(shown) > MAX_CELL:
            self.shortened += 1
            shown = shown[: MAX_CELL - 1] + "…"
        cell = self._make(sheet, value="")
        cell.value = shown
        cell.data_type = "s"
        return cell


class _Cells(SheetTexts):
    """Makes the cells of a workbook of entities."""

    def __init__(self, translator: Translator) -> None:
        super().__init__()
        self._translator = translator

    def cell(self, sheet: Any, row: Row, field: Field, named: bool) -> Any:
        """Make the cell of one field: its name, or its value as the kind of field asks for."""
        value = row.values[field.name]
        if value is None:
            return None
        if named:
            return self.text(sheet, row.names.get(field.name, ""))
        if field.kind is FieldKind.MONEY:
            digits = minor_digits(row.values.get("currency") or "JPY")
            return Decimal(int(value)).scaleb(-digits)
        if field.kind is FieldKind.CHOICE:
            return self.text(sheet, label_of(value, self._translator))
        if isinstance(value, dt.datetime):
            return self.text(sheet, instant_text(value))
        if isinstance(value, str):
            return self.text(sheet, value)
        return value
