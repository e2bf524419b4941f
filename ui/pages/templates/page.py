"""The library of plan templates: those that ship with CSDesk and those the team saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from csdesk.actions.templates import delete_templates, duplicate_template
from csdesk.i18n import _, current, ngettext
from csdesk.model.vocabulary import DocumentLanguage
from csdesk.queries.account_names import account_names
from csdesk.queries.templates import TemplateRow, templates
from csdesk.store.touching import Change
from ui.commands import Command
from ui.desk import Desk
from ui.pages.page import Page
from ui.pages.templates.columns import (
    ELASTIC,
    LEAST,
    WIDTHS,
    searched_text,
    template_columns,
    template_paints,
)
from ui.pages.templates.template_panel import TemplatePanel
from ui.tables import RowsModel
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.empty_state import EmptyState
from ui.widgets.pick_line import Pick, PickLine
from ui.widgets.row_table import RowTable, TableLooks


class TemplatesPage(Page):
    """A list of templates beside the one that is chosen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._awaited = ""
        self._build()
        self._connect()
        self.refresh()

    @property
    def table(self) -> RowTable:
        """The list."""
        return self._table

    @property
    def model(self) -> RowsModel[TemplateRow]:
        """The rows of the list."""
        return self._model

    @property
    def panel(self) -> TemplatePanel:
        """The chosen template."""
        return self._panel

    @property
    def accounts(self) -> PickLine:
        """The line in which an account is found to use the template for."""
        return self._accounts

    @Slot()
    def start_filter(self) -> None:
        """Put the cursor into the filter field."""
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    @Slot(str)
    def duplicate(self, template_id: str) -> None:
        """Make a copy of a template, which can be edited, and choose it."""
        row = self._row_of(template_id)
        if row is None:
            return
        name = _("{name} (copy)").format(name=row.name)
        label = _("Duplicate template “{name}”").format(name=row.name)
        step = self._desk.write(label, duplicate_template, template_id, name)
        if step is not None:
            self._awaited = step.result
            self.refresh()
            self._panel.name.setFocus(Qt.FocusReason.OtherFocusReason)
            self._panel.name.selectAll()

    @Slot(list)
    def delete(self, template_ids: list[str]) -> None:
        """Delete saved templates and offer to undo it; shipped ones stay."""
        rows = [row for row in map(self._row_of, template_ids) if row is not None]
        own = [row for row in rows if not row.is_shipped]
        if len(own) == 1:
            label = _("Delete template “{name}”").format(name=own[0].name)
            said = _("The template “{name}” was deleted.").format(name=own[0].name)
        else:
            count = len(own)
            label = ngettext("Delete {n} template", "Delete {n} templates", count).format(n=count)
            said = ngettext(
                "{n} template was deleted.", "{n} templates were deleted.", count
            ).format(n=count)
        ids = [row.id for row in own] or template_ids
        if self._desk.write(label, delete_templates, ids) is not None:
            self._desk.offer_undo(said)

    @Slot(str)
    def use(self, template_id: str) -> None:
        """Ask for which account a plan is to begin with a template."""
        self._panel_box.show()
        self._accounts.offer(
            Pick(one.id, one.name, one.kana) for one in self._desk.read(account_names)
        )
        self._accounts.setFocus()

    @Slot(object)
    def on_changed(self, change: Change) -> None:
        """Read again what was touched."""
        if change.touches("template", "segment"):
            self.refresh()

    @Slot(str)
    def _on_account(self, account_id: str) -> None:
        row = self._panel.row
        self._panel_box.hide()
        if row is not None:
            self._desk.show("new_plan", f"{account_id} {row.id}")

    @Slot(str)
    def _on_opened(self, _template_id: str) -> None:
        self._panel.entrance.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_chosen(self) -> None:
        chosen = self._table.chosen_ids()
        row = self._row_of(chosen[0]) if chosen else None
        if self._panel.row is None or row is None or row.id != self._panel.row.id:
            self._panel_box.hide()
            self._accounts.give_up()
        self._panel.show_row(row)

    @Slot()
    def _show_count(self) -> None:
        shown, total = self._model.rowCount(), self._model.total
        count = current().number(shown)
        if shown != total:
            count = _("{shown} of {total}").format(shown=count, total=current().number(total))
        self._count.setText(count)
        self._parts.setCurrentIndex(0 if shown else 1)

    def _row_of(self, template_id: str) -> TemplateRow | None:
        return next((row for row in self._model.all_rows() if row.id == template_id), None)

    def _build(self) -> None:
        look = self._desk.look
        self._model = RowsModel(template_columns(), searched_text, self)
        looks = TableLooks(template_paints(), WIDTHS, ELASTIC, LEAST)
        self._table = RowTable(look, self._model, looks, self)
        self._table.setAccessibleName(_("Templates"))
        self._table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        nothing = EmptyState(
            look, "search", _("No template matches"), _("Change the filter or clear it."), ()
        )
        card = QFrame(self)
        card.setProperty("kind", "card")
        self._parts = QStackedWidget(card)
        self._parts.addWidget(self._table)
        self._parts.addWidget(nothing)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(7, 4, 7, 7)
        inside.addWidget(self._parts)
        self._panel = TemplatePanel(self._desk, self)
        self._panel_box = QFrame(self)
        self._panel_box.setProperty("kind", "card")
        self._accounts = PickLine(_("Find the account…"), self._panel_box)
        box = QVBoxLayout(self._panel_box)
        box.setContentsMargins(14, 10, 14, 10)
        box.addWidget(self._accounts)
        self._panel_box.hide()
        side = QWidget(self)
        beside = QVBoxLayout(side)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(10)
        beside.addWidget(self._panel_box)
        beside.addWidget(self._panel, 1)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(12)
        self._splitter.addWidget(card)
        self._splitter.addWidget(side)
        self._splitter.setSizes([500, 640])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 12, 22, 14)
        layout.setSpacing(12)
        layout.addLayout(self._head())
        layout.addWidget(self._splitter, 1)

    def _head(self) -> QHBoxLayout:
        title = QLabel(_("Templates"), self)
        title.setProperty("kind", "title")
        self._count = QLabel(self)
        self._count.setProperty("kind", "pill")
        self._filter = QLineEdit(self)
        self._filter.setPlaceholderText(_("Filter the templates…"))
        self._filter.setAccessibleName(_("Filter the templates"))
        self._filter.setClearButtonEnabled(True)
        self._filter.setMinimumWidth(220)
        self._language = ChoiceBox(DocumentLanguage, self, none=_("Both languages"))
        self._language.setAccessibleName(_("Language of the shipped templates"))
        self._language.show_code(current().language)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(title)
        head.addWidget(self._count, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        head.addWidget(self._language)
        head.addWidget(self._filter)
        return head

    def _connect(self) -> None:
        self._desk.changed.connect(self.on_changed)
        self._filter.textChanged.connect(self._model.set_search)
        self._model.shown_changed.connect(self._show_count)
        self._language.activated.connect(self.refresh)
        self._table.selectionModel().selectionChanged.connect(self._on_chosen)
        self._table.opened.connect(self._on_opened)
        self._table.delete_asked.connect(self.delete)
        self._panel.use_asked.connect(self.use)
        self._panel.duplicate_asked.connect(self.duplicate)
        self._panel.delete_asked.connect(self._on_delete)
        self._accounts.picked.connect(self._on_account)

    @Slot(str)
    def _on_delete(self, template_id: str) -> None:
        self.delete([template_id])

    def entrance(self) -> QWidget | None:
        return self._table

    def refresh(self) -> None:
        language = self._language.code
        rows = self._desk.read(templates, None if language is None else str(language))
        if self._model.total:
            self._model.show_rows(rows)
        else:
            self._model.set_rows(rows)
        if self._awaited:
            self._filter.clear()
            self._table.choose(self._awaited)
            self._awaited = ""
        if not self._table.chosen_ids() and self._model.rowCount():
            self._table.selectRow(0)
        self._show_count()
        self._on_chosen()

    def commands(self) -> tuple[Command, ...]:
        panel = self._panel
        return (
            Command(
                "templates.filter", lambda: _("&Filter"), self.start_filter, "Ctrl+F", "search"
            ),
            Command(
                "templates.use",
                lambda: _("&Use for an account…"),
                panel.ask_use,
                "Ctrl+Return",
                "plus",
                is_enabled=panel.has_template,
            ),
            Command(
                "templates.duplicate",
                lambda: _("&Duplicate"),
                panel.ask_duplicate,
                "Ctrl+D",
                "copy",
                is_enabled=panel.has_template,
            ),
            Command(
                "templates.delete",
                lambda: _("&Delete the template"),
                panel.ask_delete,
                None,
                "trash-2",
                is_enabled=panel.is_ours,
            ),
        )

    def show_item(self, entity: str, item_id: str) -> None:
        self._filter.clear()
        if self._row_of(item_id) is None and self._language.code is not None:
            self._language.show_code(None)
            self.refresh()
        self._table.choose(item_id)
        self._table.setFocus()

    def state(self) -> dict[str, Any]:
        chosen = self._table.chosen_ids()
        return {
            "columns": self._table.layout_state(),
            "filter": self._filter.text(),
            "chosen": chosen[0] if chosen else "",
            "split": self._splitter.sizes(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        self._table.restore_layout(str(state.get("columns", "")))
        self._filter.setText(str(state.get("filter", "")))
        self._table.choose(str(state.get("chosen", "")))
        split = state.get("split")
        if isinstance(split, list) and len(split) == 2 and all(isinstance(n, int) for n in split):
            self._splitter.setSizes(split)
