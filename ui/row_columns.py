"""The usual columns of a table of rows: names, texts, terms and dates, each read by its field."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from csdesk.i18n import current
from csdesk.model.vocabulary import label_of
from ui.tables import Column


def name_column(field: str, title: str) -> Column[Any]:
    """Return a column of short texts, shown as they are."""
    read = attrgetter(field)
    return Column(field, title, read, read)


def text_column(field: str, title: str, hint: str = "") -> Column[Any]:
    """Return a column of texts; the cell shows one line, its tooltip all of it."""
    read = attrgetter(field)
    return Column(
        field,
        title,
        lambda row: " ".join(read(row).split()),
        read,
        hint=hint,
        tip=lambda row: read(row) if "\n" in read(row) else "",
    )


def term_column(field: str, title: str) -> Column[Any]:
    """Return a column of terms of the vocabulary, shown in the language of the moment."""
    read = attrgetter(field)
    return Column(field, title, lambda row: label_of(read(row)), read)


def day_column(field: str, title: str, hint: str = "") -> Column[Any]:
    """Return a column of dates; a cell is empty where there is none."""
    read = attrgetter(field)
    return Column(field, title, lambda row: current().date(read(row)), read, hint=hint)
