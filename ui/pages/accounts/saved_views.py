"""The saved views of the accounts table: which one is shown, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from csdesk.actions.views import delete_view, rename_view, save_view, share_view, update_view
from csdesk.i18n import _
from csdesk.insight.account_view import AccountView, is_understood, view_content, view_of
from csdesk.queries.views import ACCOUNTS, SavedViewRow, saved_views
from ui.desk import Desk
from ui.pages.accounts.built_in_views import ALL, built_in_views, is_same
from ui.pages.accounts.layout import TableLayout
from ui.pages.accounts.view_line import ViewLine
from ui.prompts import Message
from ui.widgets.elided_button import ElidedButton


class SavedViews(QObject):
    """Keeps the list of views and the one in force; `shown` tells how the table looks now."""

    chosen = Signal(object)
    """The AccountView to show."""
    changed = Signal()
    """Another view is in force, or the list or a name is another."""

    def __init__(
        self, desk: Desk, layout: TableLayout, shown: Callable[[], AccountView], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._layout = layout
        self._shown = shown
        self._saved: dict[str, SavedViewRow] = {}
        self._built_in = {view.id: view for view in built_in_views()}
        self._id = ALL
        self._base = AccountView()
        self.button = ElidedButton("", parent)
        self.button.setProperty("kind", "menuButton")
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(self.open_menu)
        self.line = ViewLine(parent)
        self.line.named.connect(self._on_named)
        self.reload()

    @property
    def id(self) -> str:
        """The id of the view in force: one of the program's own, or of a saved one."""
        return self._id

    @property
    def is_saved(self) -> bool:
        """Whether the view in force is one that somebody saved."""
        return self._id in self._saved

    @property
    def is_modified(self) -> bool:
        """Whether the table looks otherwise than the view in force says."""
        return not is_same(self._shown(), self._base)

    def name(self) -> str:
        """Name the view in force."""
        if self._id in self._saved:
            return self._saved[self._id].name
        return self._built_in[self._id].name()

    def names(self) -> dict[str, str]:
        """Return the ids and names of all views, the program's own first."""
        own = {view.id: view.name() for view in self._built_in.values()}
        return own | {row.id: row.name for row in self._saved.values()}

    def resume(self, view_id: str) -> None:
        """Take up the view of the last time, without showing it anew."""
        if view_id in self._saved or view_id in self._built_in:
            self._id = view_id
            self._base = self._view(view_id)
        self.show_name()

    @Slot(str)
    def choose(self, view_id: str) -> None:
        """Show a view; one that is gone does nothing."""
        if view_id in self._saved or view_id in self._built_in:
            self._id = view_id
            self._base = self._view(view_id)
            self.chosen.emit(self._base)
            self.show_name()
            self._tell_passed_over()

    @Slot()
    def reset(self) -> None:
        """Show the view in force as it was saved."""
        self.choose(self._id)

    def reload(self) -> None:
        """Read the views again: somebody may have changed one, or deleted it."""
        was_modified = self.is_modified
        rows = self._desk.read(saved_views, ACCOUNTS, self._desk.me)
        self._saved = {row.id: row for row in rows}
        if self._id not in self._saved and self._id not in self._built_in:
            self._id, self._base = ALL, AccountView()  # the table stays as it looks
        elif self.is_saved:
            stored = self._view(self._id)
            if not is_same(stored, self._base):
                self._base = stored
                if not was_modified:
                    self.chosen.emit(stored)
        self.show_name()

    def show_name(self) -> None:
        """Let the button say which view is in force, and that it was changed."""
        text = _("Saved view: {name}").format(name=self.name())
        if self.is_modified:
            text = _("{view} (modified)").format(view=text)
        self.button.show_whole(f"{text}  ▾")
        self.button.setAccessibleName(text)
        self.button.setToolTip(text)
        self.changed.emit()

    @Slot()
    def open_menu(self) -> None:
        """Show the views, and what can be done with the one in force."""
        menu = self.menu()
        menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height() + 2)))
        checked = [action for action in menu.actions() if action.isChecked()]
        menu.setActiveAction((checked or menu.actions())[0])

    def menu(self) -> QMenu:
        """Return the menu of views."""
        menu = QMenu(self.button)
        menu.setAccessibleName(_("Saved views"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for view in self._built_in.values():
            self._add_view(menu, view.id, view.name())
        shared = [row for row in self._saved.values() if row.owner_id is None]
        own = [row for row in self._saved.values() if row.owner_id is not None]
        for title, rows in ((_("My views"), own), (_("Everybody's"), shared)):
            if rows:
                menu.addSeparator()
                menu.addAction(title).setEnabled(False)
            for row in rows:
                self._add_view(menu, row.id, row.name)
        menu.addSeparator()
        for text, run, is_there in self.deeds():
            if is_there:
                menu.addAction(text).triggered.connect(run)
        return menu

    def deeds(self) -> list[tuple[str, Callable[[], object], bool]]:
        """Return what can be done: its words, how it is done, and whether it can be done now."""
        saved, modified = self.is_saved, self.is_modified
        row = self._saved.get(self._id)
        share = _("Keep for me alone")
        if row is not None and row.owner_id is not None:
            share = _("Show to everybody")
        return [
            (_("Save the changes"), self.update, saved and modified),
            (_("Back to the view as saved"), self.reset, modified),
            (_("Save as a new view…"), self.save_as, True),
            (_("Rename the view…"), self.rename, saved),
            (share, self.share, saved and self._desk.me is not None),
            (_("Delete the view"), self.delete, saved),
        ]

    @Slot()
    def update(self) -> None:
        """Let the saved view in force be what is shown now."""
        if self.is_saved:
            label = _("Save the view {name}").format(name=self.name())
            self._desk.write(label, update_view, self._id, self._shown())

    @Slot()
    def save_as(self) -> None:
        """Ask for the name of a new view."""
        self.line.start("", can_be_mine=self._desk.me is not None)

    @Slot()
    def rename(self) -> None:
        """Ask for another name of the view in force."""
        if self.is_saved:
            self.line.start(self.name(), renames=self._id)

    @Slot()
    def share(self) -> None:
        """Make the view in force everybody's, or one's own where it is."""
        row = self._saved.get(self._id)
        if row is not None:
            owner = self._desk.me if row.owner_id is None else None
            label = _("Share the view {name}").format(name=row.name)
            self._desk.write(label, share_view, row.id, owner)

    @Slot()
    def delete(self) -> None:
        """Delete the saved view in force, and offer to undo it; the table stays as it looks."""
        if self.is_saved:
            name = self.name()
            label = _("Delete the view {name}").format(name=name)
            if self._desk.write(label, delete_view, self._id) is not None:
                self._desk.offer_undo(_("The view {name} was deleted.").format(name=name))

    @Slot(str, bool)
    def _on_named(self, name: str, is_everybodys: bool) -> None:
        if self.line.renames:
            label = _("Rename the view {name}").format(name=name)
            done = self._desk.write(label, rename_view, self.line.renames, name) is not None
        else:
            label = _("Save the view {name}").format(name=name)
            owner, shown = None if is_everybodys else self._desk.me, self._shown()
            step = self._desk.write(label, save_view, ACCOUNTS, name, shown, owner)
            done = step is not None
            if step is not None:
                self._id, self._base = step.result, shown
                row = SavedViewRow(step.result, name, owner, view_content(shown))
                self._saved[row.id] = row
        if done:
            self.line.close_line()
            self.show_name()

    def _view(self, view_id: str) -> AccountView:
        if view_id in self._saved:
            return self._layout.fitted(view_of(self._saved[view_id].content))
        return self._built_in[view_id].view

    def _tell_passed_over(self) -> None:
        """Say that a view wants more than this version can show, or cannot be read."""
        row = self._saved.get(self._id)
        if row is not None and not is_understood(row.content, self._layout.keys):
            self._desk.messages.say(
                Message(
                    _("Not all of the view {name} could be read.").format(name=row.name),
                    "warning",
                    _("The rest is shown. A newer version of CSDesk may show more."),
                )
            )

    def _add_view(self, menu: QMenu, view_id: str, name: str) -> QAction:
        action = menu.addAction(name.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(view_id == self._id)
        action.triggered.connect(partial(self.choose, view_id))
        return action
