"""Where a plan is saved as a template: its name, whom it is for, and what comes along.

It stands where the plan stood and shows the template as it will be: days for dates, roles for
people.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from csdesk.actions.capturing import capture_plan
from csdesk.actions.templates import save_as_template
from csdesk.errors import UserError
from csdesk.i18n import _, current
from csdesk.model.vocabulary import PlanType, TouchModel
from csdesk.queries.accounts import AccountDetail, segment_choices
from csdesk.queries.outline import PlanOutline
from csdesk.queries.templates import TemplateRow, templates
from csdesk.store.words import fold
from ui.desk import Desk
from ui.pages.templates.template_preview import TemplatePreview
from ui.widgets.choice_box import ChoiceBox, NameBox
from ui.widgets.wrapped_label import WrappedLabel

LEAST = 360
"""Pixels of height below which the panel does not shrink."""


class SaveTemplatePanel(QFrame):
    """Saves the plan shown; Enter saves, Escape closes. A name that is taken replaces."""

    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._plan: PlanOutline | None = None
        self._saved: dict[str, TemplateRow] = {}
        self._names: tuple[str, ...] = ()
        self.setProperty("kind", "card")
        self._build()

    @property
    def name(self) -> QLineEdit:
        """The field of the template's name."""
        return self._name

    @property
    def warning(self) -> str:
        """What should be looked at before saving; empty where nothing is."""
        return self._warning.text() if not self._warning.isHidden() else ""

    def start(self, plan: PlanOutline, detail: AccountDetail) -> None:
        """Begin with a plan of an account."""
        self._plan = plan
        rows = self._desk.read(templates, "")
        self._saved = {fold(row.name): row for row in rows}
        self._names = tuple(
            name for name in (detail.row.name, detail.name_en, *_people(detail)) if len(name) > 1
        )
        self._name.setText(plan.title)
        self._description.clear()
        self._type.show_code(plan.type)
        self._touch.show_code(detail.row.touch_model)
        segments = [(one.id, one.name) for one in self._desk.read(segment_choices)]
        self._segment.offer(segments, detail.segment_id)
        self._notes.setChecked(False)
        self._language = detail.document_language or current().language
        self._show_content()
        self._name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._name.selectAll()

    @Slot()
    def save(self) -> None:
        """Save the template as one step, and offer to undo it."""
        name = self._name.text().strip()
        if self._plan is None or not name:
            return
        known = self._saved.get(fold(name))
        label = _("Save template “{name}”").format(name=name)
        step = self._desk.write(
            label,
            save_as_template,
            self._plan.id,
            name,
            template_id=known.id if known else None,
            with_notes=self._notes.isChecked(),
            type=self._type.code,
            touch_model=self._touch.code,
            segment_id=self._segment.currentData(),
            description=self._description.text(),
            language=self._language,
        )
        if step is not None:
            self._desk.offer_undo(_("The template “{name}” was saved.").format(name=name))
            self.closed.emit()

    @Slot()
    def _tell(self) -> None:
        """Say what saving does, and where the plan still names the customer."""
        name = self._name.text().strip()
        is_known = fold(name) in self._saved
        self._save.setText(_("Replace") if is_known else _("Save"))
        self._save.setEnabled(bool(name))
        found = self._found_names()
        words = []
        if is_known:
            words.append(_("The template of this name is replaced."))
        if found:
            words.append(
                _("These texts name the customer: {texts}").format(texts=", ".join(found[:3]))
            )
        self._warning.setText(" ".join(words))
        self._warning.setVisible(bool(words))

    @Slot()
    def _show_content(self) -> None:
        """Show the template as it will be saved."""
        if self._plan is None:
            return
        try:
            content, _start = self._desk.read(
                capture_plan, self._plan.id, with_notes=self._notes.isChecked()
            )
        except UserError as error:
            self._desk.messages.error(error)  # deleted meanwhile
            return
        self._preview.show_template(content, "", [])
        self._tell()

    def _found_names(self) -> list[str]:
        """Return the texts of the plan in which the customer or its people are named."""
        plan = self._plan
        if plan is None:
            return []
        texts = [plan.to_be, plan.background, plan.success_statement]
        queue = list(plan.items)
        while queue:
            item = queue.pop(0)
            texts += [item.title, item.text]
            if self._notes.isChecked():
                texts.append(item.internal_note)
            queue.extend(item.children)
        folded = [fold(name) for name in self._names]
        hits = [text for text in texts if any(name in fold(text) for name in folded)]
        return [_("“{text}”").format(text=text[:40]) for text in hits]

    def _build(self) -> None:
        head = QLabel(_("Save as template"), self)
        head.setProperty("kind", "heading")
        said = WrappedLabel(
            _(
                "Dates become days from the start, people become their roles. What is done, "
                "results and what was agreed stay with this customer."
            ),
            self,
        )
        self._name, self._description = QLineEdit(self), QLineEdit(self)
        self._description.setPlaceholderText(_("For which customers, and what it leads to"))
        self._type = ChoiceBox(PlanType, self, none=_("No type"))
        self._touch = ChoiceBox(TouchModel, self, none=_("Every touch model"))
        self._segment = NameBox(_("Every segment"), self)
        self._notes = QCheckBox(_("Take internal notes along"), self)
        self._save = QPushButton(_("Save"), self)
        self._save.setProperty("kind", "primary")
        cancel = QPushButton(_("Cancel"), self)
        self._warning = WrappedLabel("", self, "")
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        rows: tuple[tuple[str, QWidget], ...] = (
            (_("Template name"), self._name),
            (_("Description"), self._description),
        )
        for row, (text, widget) in enumerate(rows):
            grid.addWidget(_label(text, widget, self), row, 0)
            grid.addWidget(widget, row, 1)
        choices = QHBoxLayout()
        choices.setSpacing(8)
        for text, box in (
            (_("Plan type"), self._type),
            (_("Touch model"), self._touch),
            (_("Segment"), self._segment),
        ):
            box.setAccessibleName(text)
            choices.addWidget(box)
        choices.addWidget(self._notes)
        choices.addStretch(1)
        choices.addWidget(self._save)
        choices.addWidget(cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(head)
        layout.addWidget(said)
        layout.addLayout(grid)
        layout.addWidget(self._warning)
        layout.addLayout(choices)
        self._preview = TemplatePreview(self._desk, self)
        layout.addWidget(self._preview, 1)
        self._name.textChanged.connect(self._tell)
        self._notes.toggled.connect(self._show_content)
        for line in (self._name, self._description):
            line.returnPressed.connect(self.save)
        self._save.clicked.connect(self.save)
        cancel.clicked.connect(self.closed)

    def minimumSizeHint(self) -> QSize:
        # It stands in a stack with the plan: texts that wrap must not make the window grow.
        return QSize(super().minimumSizeHint().width(), LEAST)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _people(detail: AccountDetail) -> list[str]:
    """Return the family names of the customer's people, which a text would use."""
    return [contact.name.split()[0] for contact in detail.contacts if contact.name.split()]


def _label(text: str, widget: QWidget, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setProperty("kind", "muted")
    label.setBuddy(widget)
    widget.setAccessibleName(text)
    return label
