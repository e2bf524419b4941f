"""The chosen template whole: to read where it ships with CSDesk, to edit where it is the team's."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from csdesk.actions.templates import edit_template, edit_template_content
from csdesk.i18n import _
from csdesk.insight.plan_template import PlanTemplate
from csdesk.model.vocabulary import DocumentLanguage, PlanType, TouchModel, label_of
from csdesk.queries.accounts import segment_choices
from csdesk.queries.templates import TemplateRow
from ui.desk import Desk
from ui.editing import Place
from ui.icons import icon
from ui.pages.templates.content_editor import ContentEditor
from ui.pages.templates.template_preview import TemplatePreview
from ui.widgets.choice_box import ChoiceBox, NameBox
from ui.widgets.flow import Flow
from ui.widgets.inline_fields import TextField


class TemplatePanel(QFrame):
    """Shows one template; what is edited in a saved one is stored at once."""

    use_asked = Signal(str)
    duplicate_asked = Signal(str)
    delete_asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._row: TemplateRow | None = None
        self.setProperty("kind", "card")
        self._build()
        self._connect()

    @property
    def row(self) -> TemplateRow | None:
        """The template shown."""
        return self._row

    @property
    def name(self) -> TextField:
        """The field of a saved template's name."""
        return self._name

    @property
    def editor(self) -> ContentEditor:
        """What a saved template holds."""
        return self._editor

    @property
    def preview(self) -> TemplatePreview:
        """A shipped template, to be read."""
        return self._preview

    @property
    def entrance(self) -> QWidget:
        """Where the keyboard begins."""
        saved = self._row is not None and not self._row.is_shipped
        return self._name if saved else self._use

    def show_row(self, row: TemplateRow | None) -> None:
        """Show a template, or the same one as it is now; what is being typed stays."""
        other = row is None or self._row is None or row.id != self._row.id
        if other:
            self._name.flush()
            self._description.flush()
            self._editor.flush()
        self._row = row
        self._parts.setCurrentIndex(2 if row is None else 0 if row.is_shipped else 1)
        for button in (self._use, self._duplicate, self._delete):
            button.setVisible(row is not None)
        if row is None:
            return
        self._use.setEnabled(not row.trouble)
        self._duplicate.setEnabled(not row.trouble)
        self._delete.setVisible(not row.is_shipped)
        if row.is_shipped:
            self._head.setText(row.name)
            words = (label_of(row.type), label_of(row.touch_model), label_of(row.language))
            pills = [(word, "accent") for word in words if word]
            pills.append((_("Comes with CSDesk"), "neutral"))
            self._preview.show_template(row.content, row.description, pills, None, row.trouble)
        else:
            self._show_saved(row, other)

    def _show_saved(self, row: TemplateRow, other: bool) -> None:
        self._name.set_value(row.name, force=other)
        self._description.set_value(row.description, force=other)
        self._type.show_code(row.type)
        self._touch.show_code(row.touch_model)
        self._language.show_code(row.language)
        segments = [(one.id, one.name) for one in self._desk.read(segment_choices)]
        self._segment.offer(segments, row.segment_id)
        self._trouble.setText(row.trouble)
        self._trouble.setVisible(bool(row.trouble))
        self._editor.setVisible(not row.trouble)
        self._editor.show_content(row.content, other=other)

    def _set(self, field: str, value: Any) -> None:
        row = self._row
        if row is None or row.is_shipped:
            return
        label = _("Change template “{name}”").format(name=row.name)
        if self._desk.write(label, edit_template, row.id, **{field: value}) is None:
            self._name.set_value(row.name, force=True)

    def _store(self, content: PlanTemplate) -> bool:
        """Give the template shown another content, as one step."""
        row = self._row
        if row is None or row.is_shipped:
            return False
        label = _("Change template “{name}”").format(name=row.name)
        return self._desk.write(label, edit_template_content, row.id, content) is not None

    def has_template(self) -> bool:
        """Tell whether a template is shown."""
        return self._row is not None

    def is_ours(self) -> bool:
        """Tell whether the template shown was saved by the team, so that it can be deleted."""
        return self._row is not None and not self._row.is_shipped

    @Slot()
    def ask_use(self) -> None:
        """Ask for a plan that begins with the template shown."""
        if self._row is not None:
            self.use_asked.emit(self._row.id)

    @Slot()
    def ask_duplicate(self) -> None:
        """Ask for a copy of the template shown."""
        if self._row is not None:
            self.duplicate_asked.emit(self._row.id)

    @Slot()
    def ask_delete(self) -> None:
        """Ask to delete the template shown."""
        if self._row is not None:
            self.delete_asked.emit(self._row.id)

    def _build(self) -> None:
        self._use = QPushButton(_("Use for an account…"), self)
        self._use.setProperty("kind", "primary")
        self._duplicate = QPushButton(_("Duplicate"), self)
        self._duplicate.setToolTip(_("Makes a copy that can be edited"))
        self._delete = QPushButton(self)
        self._delete.setFlat(True)
        self._delete.setIcon(icon(self._desk.look, "trash-2"))
        self._delete.setIconSize(QSize(16, 16))
        self._delete.setAccessibleName(_("Delete the template"))
        self._delete.setToolTip(_("Delete the template"))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._use, self._duplicate):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._delete)
        self._parts = QStackedWidget(self)
        self._parts.addWidget(self._build_shipped())
        self._parts.addWidget(self._build_saved())
        nothing = QLabel(_("Choose a template to read it."), self)
        nothing.setProperty("kind", "muted")
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._parts.addWidget(nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.setSpacing(10)
        layout.addLayout(buttons)
        layout.addWidget(self._parts, 1)
        self.setMinimumWidth(380)

    def _build_shipped(self) -> QWidget:
        part = QWidget(self)
        part.setProperty("kind", "plain")
        self._head = QLabel(part)
        self._head.setProperty("kind", "heading")
        self._head.setWordWrap(True)
        self._head.setTextFormat(Qt.TextFormat.PlainText)
        self._preview = TemplatePreview(self._desk, part)
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._head)
        layout.addWidget(self._preview, 1)
        return part

    def _build_saved(self) -> QWidget:
        part = QWidget(self)
        part.setProperty("kind", "plain")
        self._name = TextField(part)
        self._name.setProperty("kind", "inlineHeading")
        self._name.setAccessibleName(_("Template name"))
        self._description = TextField(part)
        self._description.setProperty("kind", "inline")
        self._description.setPlaceholderText(_("For which customers, and what it leads to"))
        self._description.setAccessibleName(_("Description"))
        self._type = ChoiceBox(PlanType, part, none=_("No type"))
        self._touch = ChoiceBox(TouchModel, part, none=_("Every touch model"))
        self._segment = NameBox(_("Every segment"), part)
        self._language = ChoiceBox(DocumentLanguage, part, none=_("No language"))
        choices = Flow(part)
        for box, name in (
            (self._type, _("Plan type")),
            (self._touch, _("Touch model")),
            (self._segment, _("Segment")),
            (self._language, _("Language")),
        ):
            box.setAccessibleName(name)
            choices.add(box)
        self._trouble = QLabel(part)
        self._trouble.setProperty("kind", "bad")
        self._trouble.setWordWrap(True)
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(7)
        layout.addWidget(self._name)
        layout.addWidget(self._description)
        layout.addWidget(choices)
        layout.addWidget(self._trouble)
        self._editor = ContentEditor(self._desk, self._store, part)
        layout.addWidget(self._editor, 1)
        return part

    def _place(self, field: str) -> Place | None:
        saved = self._row is not None and not self._row.is_shipped
        return Place("template", self._row.id, field) if saved and self._row else None

    def _connect(self) -> None:
        watch = self._desk.editing.watch
        for field, name in ((self._name, "name"), (self._description, "description")):
            field.entered.connect(partial(self._set, name))
            watch(field, field, partial(self._place, name))
        self._type.code_chosen.connect(partial(self._set, "type"))
        self._touch.code_chosen.connect(partial(self._set, "touch_model"))
        self._segment.id_chosen.connect(partial(self._set, "segment_id"))
        self._language.code_chosen.connect(partial(self._set, "language"))
        self._use.clicked.connect(self.ask_use)
        self._duplicate.clicked.connect(self.ask_duplicate)
        self._delete.clicked.connect(self.ask_delete)
