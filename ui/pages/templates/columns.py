"""The columns of the list of templates."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from csdesk.i18n import _, current
from csdesk.model.vocabulary import PlanType, label_of
from csdesk.queries.templates import TemplateRow
from ui.pages.templates.template_words import size_words
from ui.tables import Column
from ui.widgets.cells import Ink, Paint

ELASTIC = ("name",)
WIDTHS = {"name": 260, "type": 112, "days": 70, "origin": 104}
LEAST = {"name": 150, "type": 78, "days": 58, "origin": 90}


def template_columns() -> list[Column[TemplateRow]]:
    """Return the columns in their order."""
    return [
        Column("name", _("Template"), lambda row: row.name, lambda row: row.name),
        Column("type", _("Plan type"), lambda row: label_of(row.type), _place_of_type),
        Column(
            "days",
            _("Days"),
            lambda row: current().number(row.days),
            lambda row: row.days,
            right=True,
        ),
        Column("origin", _("Made by"), origin_words, lambda row: row.is_shipped),
    ]


def _place_of_type(row: TemplateRow) -> int | None:
    """Sort by where a customer's life comes to it, not by the alphabet."""
    kinds = [str(one) for one in PlanType]
    return kinds.index(str(row.type)) if row.type in kinds else None


def origin_words(row: TemplateRow) -> str:
    """Say who wrote a template: the team, or CSDesk."""
    return _("CSDesk") if row.is_shipped else _("Our team")


def searched_text(row: TemplateRow) -> str:
    """Return what a filter looks at."""
    parts = (row.name, row.description, label_of(row.type), label_of(row.touch_model))
    return "\n".join((*parts, row.segment, origin_words(row), label_of(row.language)))


def template_paints() -> dict[str, Paint]:
    """Return how cells are drawn that are more than a text."""
    return {"name": _paint_name, "origin": _paint_origin}


def _paint_name(ink: Ink, painter: QPainter, rect: QRect, row: TemplateRow) -> None:
    parts = (label_of(row.touch_model), row.segment, size_words(row.content))
    below = row.trouble or " · ".join(part for part in parts if part)
    upper, lower = ink.halves(rect)
    ink.text(painter, upper, row.name, font=ink.bold)
    ink.text(painter, lower, below, "bad" if row.trouble else "muted", ink.small)


def _paint_origin(ink: Ink, painter: QPainter, rect: QRect, row: TemplateRow) -> None:
    ink.pill(painter, rect, origin_words(row), "neutral" if row.is_shipped else "accent")
