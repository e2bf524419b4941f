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
WIDTHS = {"name": 260, "days": 66, "origin": 104}
LEAST = {"name": 180, "days": 58, "origin": 90}


def template_columns() -> list[Column[TemplateRow]]:
    """Return the columns in their order."""
    return [
        Column("name", _("Template"), lambda row: row.name, _place_in_life),
        Column(
            "days",
            _("Days"),
            lambda row: current().number(row.days),
            lambda row: row.days,
            right=True,
        ),
        Column("origin", _("Made by"), origin_words, lambda row: row.is_shipped),
    ]


def _place_in_life(row: TemplateRow) -> tuple[int, bool, str]:
    """Sort by when a customer's life comes to it, the team's own first."""
    kinds = [str(one) for one in PlanType]
    place = kinds.index(str(row.type)) if row.type in kinds else len(kinds)
    return place, row.is_shipped, row.name


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
    parts = (label_of(row.type), label_of(row.touch_model), row.segment, size_words(row.content))
    below = row.trouble or " · ".join(part for part in parts if part)
    upper, lower = ink.halves(rect)
    ink.text(painter, upper, row.name, font=ink.bold)
    ink.text(painter, lower, below, "bad" if row.trouble else "muted", ink.small)


def _paint_origin(ink: Ink, painter: QPainter, rect: QRect, row: TemplateRow) -> None:
    ink.pill(painter, rect, origin_words(row), "neutral" if row.is_shipped else "accent")
