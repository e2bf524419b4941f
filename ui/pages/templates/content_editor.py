"""What a saved template holds, edited in place: its texts and its items."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.insight.plan_template import PlanTemplate
from csdesk.insight.template_editing import (
    Path,
    delete_item,
    insert_after,
    insert_below,
    item_at,
    move,
    replace_item,
)
from csdesk.model.vocabulary import Visibility
from ui.desk import Desk
from ui.icons import icon
from ui.pages.templates.items_table import ItemsModel, ItemsTable, TemplateLine, changed_item
from ui.pages.templates.template_words import length_words, size_words
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.inline_fields import TextField

_TEXTS = ("title", "to_be", "success_statement", "review_cadence")
DEEPEST = 3
"""Levels of items: goals, milestones, action items."""


class ContentEditor(QWidget):
    """Shows a content and hands each change of it to `store`, which says whether it was kept."""

    def __init__(
        self, desk: Desk, store: Callable[[PlanTemplate], bool], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._store = store
        self._content = PlanTemplate()
        self._awaited = ""
        self.setProperty("kind", "plain")
        self._build()
        self._connect()

    @property
    def items(self) -> ItemsTable:
        """The items."""
        return self._items

    def text(self, name: str) -> TextField:
        """Return the field of a text of the content. Raises KeyError for another."""
        return self._texts[name]

    def flush(self) -> None:
        """Store what is typed."""
        for field in self._texts.values():
            field.flush()

    def show_content(self, content: PlanTemplate, *, other: bool) -> None:
        """Show a content; what is being typed stays, unless it is of an `other` template."""
        self._content = content
        for name, field in self._texts.items():
            field.set_value(getattr(content, name), force=other)
        self._size.show_text(f"{size_words(content)} · {length_words(content.length)}")
        self._items.show_content(content)
        if self._awaited:
            self._items.stand_on(self._awaited)
            self._awaited = ""

    def _set_text(self, field: str, text: str) -> None:
        changes: dict[str, Any] = {field: text.strip()}
        self._store(replace(self._content, **changes))

    def _store_cell(self, line: TemplateLine, field: str, value: Any) -> bool:
        try:
            changed = changed_item(item_at(self._content, line.path), field, value)
        except UserError as error:
            self._desk.messages.error(error)
            return False
        return self._store(replace_item(self._content, line.path, changed))

    @Slot(str, bool)
    def _on_add(self, line_id: str, below: bool) -> None:
        path = _path(line_id)
        wanted = below and path and len(path) < DEEPEST
        is_action = bool(path) and item_at(self._content, path).kind == "action"
        add = insert_below if wanted and not is_action else insert_after
        content, made = add(self._content, path, _("New item"))
        self._awaited = ".".join(map(str, made))
        self._store(content)

    @Slot(list)
    def _on_delete(self, line_ids: list[str]) -> None:
        content = self._content
        paths = sorted(map(_path, line_ids), reverse=True)
        for path in paths:
            if not any(path[: len(other)] == other for other in paths if other != path):
                content = delete_item(content, path)
        if self._store(content):
            self._desk.offer_undo(_("Items of the template were deleted."))

    @Slot(str, int)
    def _on_move(self, line_id: str, by: int) -> None:
        content, path = move(self._content, _path(line_id), by)
        if content != self._content:
            self._awaited = ".".join(map(str, path))
            self._store(content)

    @Slot()
    def _on_toggle_visible(self) -> None:
        """Make the chosen item internal, or the customer's again."""
        chosen = self._items.chosen_ids()
        if chosen:
            path = _path(chosen[0])
            item = item_at(self._content, path)
            seen = item.visibility in (None, Visibility.CUSTOMER)
            wanted = Visibility.INTERNAL if seen else Visibility.CUSTOMER
            self._store(replace_item(self._content, path, replace(item, visibility=wanted)))

    @Slot()
    def _on_new_item(self) -> None:
        chosen = self._items.chosen_ids()
        self._on_add(chosen[0] if chosen else "", below=False)
        self._items.setFocus()

    def _build(self) -> None:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(4)
        self._texts: dict[str, TextField] = {}
        titles = (_("Plan title"), _("To-be"), _("Definition of success"), _("Review rhythm"))
        for name, title in zip(_TEXTS, titles, strict=True):
            field = TextField(self)
            field.setAccessibleName(title)
            label = QLabel(title, self)
            label.setProperty("kind", "muted")
            label.setBuddy(field)
            form.addRow(label, field)
            self._texts[name] = field
        self._size = ElidedLabel(self)
        self._size.setProperty("kind", "strong")
        self._new = QPushButton(_("Item"), self)
        self._new.setFlat(True)
        self._new.setIcon(icon(self._desk.look, "plus"))
        self._new.setAccessibleName(_("Add: {what}").format(what=_("Item")))
        self._visible = QPushButton(_("Internal"), self)
        self._visible.setFlat(True)
        self._visible.setIcon(icon(self._desk.look, "eye-off"))
        self._visible.setAccessibleName(_("Internal or shown"))
        self._visible.setToolTip(_("Makes the chosen item internal, or shows it to the customer"))
        above = QHBoxLayout()
        above.addWidget(self._size, 1)
        above.addWidget(self._new)
        above.addWidget(self._visible)
        self._items = ItemsTable(self._desk, ItemsModel(self._store_cell, self), self)
        hint = QLabel(
            _("Enter: edit · Insert: next item · Shift+Insert: below · Ctrl+↑↓: move"), self
        )
        hint.setProperty("kind", "small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(form)
        layout.addLayout(above)
        layout.addWidget(self._items, 1)
        layout.addWidget(hint)

    def _connect(self) -> None:
        for name, field in self._texts.items():
            field.entered.connect(partial(self._set_text, name))
        self._items.add_asked.connect(self._on_add)
        self._items.move_asked.connect(self._on_move)
        self._items.delete_asked.connect(self._on_delete)
        self._new.clicked.connect(self._on_new_item)
        self._visible.clicked.connect(self._on_toggle_visible)


def _path(line_id: str) -> Path:
    return tuple(int(part) for part in line_id.split(".")) if line_id else ()
