"""One person at the customer whole: how to reach them, what we think, what they were part of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from csdesk.i18n import _, current
from csdesk.model.vocabulary import Channel, ContactRole, Influence, Sentiment
from csdesk.queries.stakeholders import Stakeholder
from ui.desk import Desk
from ui.icons import icon
from ui.pages.detail_panel import DetailPanel, Store
from ui.pages.stakeholders.person_story import PersonStory
from ui.widgets.choice_box import ChoiceBox, NameBox
from ui.widgets.date_line import DateLine
from ui.widgets.inline_fields import INSIDE, TextField

_LINES = ("name_kana", "title", "department", "email", "phone")


class PersonPanel(DetailPanel):
    """Stores each field of a person when one leaves it."""

    def __init__(
        self,
        desk: Desk,
        store: Store,
        bosses: Callable[[Stakeholder], Sequence[tuple[str, str]]],
        copy: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        """`bosses` gives whom somebody may report to, `copy` puts the e-mail on the clipboard."""
        self._bosses = bosses
        self._copy = copy
        self._lines: dict[str, TextField] = {}
        self._choices: dict[str, ChoiceBox] = {}
        super().__init__(desk, "contact", store, parent)

    @property
    def story(self) -> PersonStory:
        """What the person was part of and is in charge of."""
        return self._story

    @property
    def boss(self) -> NameBox:
        """The choice of whom the person reports to."""
        return self._boss

    def line(self, field: str) -> TextField:
        """Return the editor of a short text. Raises KeyError for a field that has none."""
        return self._lines[field]

    def build_fields(self, inside: QWidget, layout: QVBoxLayout) -> None:
        self.add_heading("name", _("Name"), inside, layout)
        layout.addWidget(self._build_form(inside))
        internal = self.add_frame(layout, inside, internal=True)
        form = _form()
        form.setContentsMargins(INSIDE, 0, 0, 0)
        for field, title, vocabulary in (
            ("role", _("Role"), ContactRole),
            ("influence", _("Influence"), Influence),
            ("sentiment", _("Sentiment"), Sentiment),
        ):
            self._add_choice(field, title, vocabulary, form, internal)
        internal.inside.addLayout(form)
        self.keep_note("internal_note", internal.add_note(_("Internal note"), 3))
        self._story = PersonStory(self._desk, inside)
        layout.addWidget(self._story)

    def fill(self, row: Stakeholder, *, is_other: bool) -> None:
        for field, line in self._lines.items():
            line.set_value(getattr(row, field), force=is_other)
        for field, box in self._choices.items():
            box.show_code(getattr(row, field))
        self._boss.offer(self._bosses(row), row.reports_to_id)
        self._boss.setToolTip(row.reports_to)
        self._left.set_day(row.left_on, force=is_other)
        self._last.setText(current().date(row.last_contact) or _("Not yet"))
        self._copy_email.setEnabled(bool(row.email))
        self._story.show_person(row.id)

    def show_row(self, row: Any) -> None:
        other = row is None or self.row is None or row.id != self.row.id
        if other:
            for line in self._lines.values():
                line.flush()
        super().show_row(row)

    def _build_form(self, parent: QWidget) -> QWidget:
        holder = QFrame(parent)
        holder.setProperty("kind", "plain")
        form = _form()
        holder.setLayout(form)
        titles = {
            "name_kana": _("Kana"),
            "title": _("Job title"),
            "department": _("Department"),
            "email": _("E-mail"),
            "phone": _("Phone"),
        }
        for field in _LINES:
            self._add_line(field, titles[field], form, holder)
        self._add_choice("preferred_channel", _("Preferred channel"), Channel, form, holder)
        self._boss = NameBox(_("Nobody"), holder)
        self._boss.id_chosen.connect(partial(self.store, "reports_to_id"))
        self._left = DateLine(self._desk.look, holder)
        self._left.day_entered.connect(partial(self.store, "left_on"))
        self._left.refused.connect(self._desk.messages.error)
        self._desk.editing.watch(
            self._left, self._left, partial(self.place, "left_on"), self._left.read
        )
        self._last = QLabel(holder)
        self._last.setContentsMargins(10, 2, 0, 2)
        for title, widget in (
            (_("Reports to"), self._boss),
            (_("Last contact"), self._last),
            (_("Left on"), self._left),
        ):
            _add_row(form, title, widget, holder)
        return holder

    def _add_line(self, field: str, title: str, form: QFormLayout, parent: QWidget) -> None:
        line = TextField(parent)
        line.entered.connect(partial(self.store, field))
        self._desk.editing.watch(line, line, partial(self.place, field))
        self._lines[field] = line
        if field != "email":
            _add_row(form, title, line, parent)
            return
        self._copy_email = QToolButton(parent)
        self._copy_email.setIcon(icon(self._desk.look, "copy"))
        self._copy_email.setIconSize(QSize(15, 15))
        self._copy_email.setToolTip(_("Copy the e-mail address"))
        self._copy_email.setAccessibleName(_("Copy the e-mail address"))
        self._copy_email.clicked.connect(self._copy)
        both = QHBoxLayout()
        both.setSpacing(2)
        both.addWidget(line, 1)
        both.addWidget(self._copy_email)
        _add_row(form, title, line, parent, both)

    def _add_choice(
        self,
        field: str,
        title: str,
        vocabulary: Any,
        form: QFormLayout,
        parent: QWidget,
    ) -> None:
        box = ChoiceBox(vocabulary, parent, none=_("None"))
        box.code_chosen.connect(partial(self.store, field))
        self._choices[field] = box
        _add_row(form, title, box, parent)


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setContentsMargins(0, 2, 0, 2)
    form.setVerticalSpacing(4)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def _add_row(
    form: QFormLayout, title: str, widget: QWidget, parent: QWidget, holder: Any = None
) -> None:
    """Add a field with its title; `holder` is the layout that has the field, where there is one."""
    label = QLabel(title, parent)
    label.setProperty("kind", "muted")
    label.setBuddy(widget)
    widget.setAccessibleName(title)
    widget.setMinimumWidth(60)
    widget.setProperty("kind", "inline")
    form.addRow(label, holder or widget)
