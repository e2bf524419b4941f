"""One template to read: what it is for, where it leads, and its items."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csdesk.i18n import _
from csdesk.insight.plan_template import Calendar, PlanTemplate
from ui.desk import Desk
from ui.pages.templates.items_table import ItemsModel, ItemsTable
from ui.pages.templates.template_words import length_words, measure_words, size_words
from ui.widgets.flow import Flow
from ui.widgets.pill import Pill
from ui.widgets.wrapped_label import WrappedLabel

LONGEST = 200
"""Letters of a text that are shown; the whole is its tooltip."""


class TemplatePreview(QWidget):
    """Shows a template or a plan to copy; it changes nothing."""

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, *, with_dates: bool = False
    ) -> None:
        """`with_dates` where items will be shown by their dates."""
        super().__init__(parent)
        self.setProperty("kind", "plain")
        self._pills: list[Pill] = []
        self._heads: dict[WrappedLabel, QLabel] = {}
        self._build(desk, with_dates)

    @property
    def table(self) -> ItemsTable:
        """The items."""
        return self._table

    @property
    def summary(self) -> str:
        """How large the template is, in words."""
        return self._size.text()

    def show_template(
        self,
        content: PlanTemplate,
        description: str,
        pills: list[tuple[str, str]],
        calendar: Calendar | None = None,
        trouble: str = "",
    ) -> None:
        """Show a content with what is said about it; `pills` are words and their tones."""
        while len(self._pills) < len(pills):
            pill = Pill(self._pill_row)
            pill.ensurePolished()  # a pill knows its size only with its style
            self._pill_row.add(pill)
            self._pills.append(pill)
        for place, pill in enumerate(self._pills):
            pill.show_words(*(pills[place] if place < len(pills) else ("", "neutral")))
        self._pill_row.setVisible(bool(pills))
        _show(self._description, description)
        self._size.setText(f"{size_words(content)} · {length_words(content.length)}")
        for label, text in (
            (self._to_be, content.to_be),
            (self._success, content.success_statement),
            (self._measures, measure_words(content)),
        ):
            _show(label, text)
            self._heads[label].setVisible(bool(text))
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(trouble))
        self._table.show_content(content, calendar)
        self._table.setVisible(not trouble and bool(content.items))

    def _build(self, desk: Desk, with_dates: bool) -> None:
        self._pill_row = Flow(self)
        self._pill_row.setProperty("kind", "plain")
        self._description = WrappedLabel("", self)
        self._size = QLabel(self)
        self._size.setProperty("kind", "strong")
        self._trouble = WrappedLabel("", self, "bad")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(7)
        layout.addWidget(self._pill_row)
        layout.addWidget(self._description)
        layout.addWidget(self._size)
        layout.addWidget(self._trouble)
        self._to_be = self._line(layout, _("To-be"))
        self._success = self._line(layout, _("Definition of success"))
        self._measures = self._line(layout, _("Success measures"))
        frame = QFrame(self)
        inside = QHBoxLayout(frame)
        inside.setContentsMargins(0, 0, 0, 0)
        self._table = ItemsTable(desk, ItemsModel(None, self), frame, with_dates=with_dates)
        inside.addWidget(self._table)
        layout.addWidget(frame, 1)

    def _line(self, layout: QVBoxLayout, title: str) -> WrappedLabel:
        head = QLabel(title, self)
        head.setProperty("kind", "small")
        head.setFixedWidth(130)
        text = WrappedLabel("", self, "")
        self._heads[text] = head
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(head, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text, 1)
        layout.addLayout(row)
        return text


def _show(label: WrappedLabel, text: str) -> None:
    """Show a text as far as there is room beside the others."""
    is_long = len(text) > LONGEST
    label.setText(f"{text[: LONGEST - 1]}…" if is_long else text)
    label.setToolTip(text if is_long else "")
    label.setVisible(bool(text))
