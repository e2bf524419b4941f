"""Which workspace is open: new, open, close, copy, and the list of those opened last."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from csdesk.actions.editing import today
from csdesk.actions.sample import add_sample
from csdesk.errors import UserError
from csdesk.i18n import _, current
from csdesk.workspace.workspace import Workspace
from ui.desk import Desk
from ui.preferences import Preferences
from ui.prompts import Message, Messages
from ui.tasks import PATIENCE, Tasks, waited_for
from ui.theme import Look

SUFFIX = ".csdesk"


class Files(QObject):
    """Holds the one open workspace and its desk, and changes it for another."""

    opened = Signal(object)
    """The new Desk."""
    closing = Signal()
    """The desk is about to go; whoever shows it lets go of it now."""
    closed = Signal()

    def __init__(
        self,
        look: Look,
        tasks: Tasks,
        messages: Messages,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._tasks = tasks
        self._messages = messages
        self._preferences = preferences
        self._desk: Desk | None = None
        self._others: list[Desk] = []
        self.patience = PATIENCE
        """Seconds that closing waits for a folder that does not answer."""

    @property
    def desk(self) -> Desk | None:
        """The desk of the open workspace."""
        return self._desk

    def desk_beside(self) -> Desk | None:
        """Return a desk for another window at the open workspace; None where none is open."""
        if self._desk is None:
            return None
        desk = self._at(self._desk.workspace, self._desk)
        self._others.append(desk)
        return desk

    def let_go(self, desk: Desk) -> None:
        """Close the desk of a window that goes; the first one serves the workspace to the end."""
        if desk in self._others:
            self._others.remove(desk)
            desk.close(self.patience)
            desk.deleteLater()

    def open(self, path: Path) -> bool:
        """Open a workspace file in place of the one before; False where it cannot be."""
        return self._change(path, create=False)

    def create(self, path: Path) -> bool:
        """Make a new, empty workspace file and open it; False where it cannot be made."""
        if path.suffix != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        return self._change(path, create=True)

    def create_sample(self, path: Path) -> bool:
        """Make a workspace with a realistic sample in the language of the moment, and open it."""
        if not self.create(path) or self._desk is None:
            return False
        language = current().language
        return self._desk.write(_("Add the sample"), add_sample, language, today()) is not None

    def save_copy(self, path: Path) -> None:
        """Write a copy of the open workspace to another file; the open one stays open."""
        if self._desk is None:
            return
        if path.suffix != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        try:
            self._desk.workspace.save_copy_as(path, replace=True)  # the dialog has asked
        except UserError as error:
            self._messages.error(error)
        else:
            said = _("A copy was saved as {name}.").format(name=path.name)
            self._messages.say(Message(said, "good"))

    def close(self) -> bool:
        """Close the workspace, storing it in its file; False where that failed.

        What failed is said; the edits are safe in the program's own folder and reach the file
        when it is opened again.
        """
        desk, self._desk = self._desk, None
        if desk is None:
            return True
        settled = self._tasks.settle(self.patience)
        self.closing.emit()
        others, self._others = self._others, []
        for one in (*others, desk):
            settled = one.close(self.patience) and settled
        error = _store(desk.workspace, self.patience) if settled else _unanswered(desk.workspace)
        for one in (*others, desk):
            one.deleteLater()
        self.closed.emit()
        if error is not None:
            self._messages.error(error)
        return error is None

    def _change(self, path: Path, *, create: bool) -> bool:
        if self._desk is not None and path == self._desk.workspace.path and not create:
            return True
        make = Workspace.create if create else Workspace.open
        try:
            workspace = make(path, home=self._preferences.home, author=self._preferences.author)
        except UserError as error:
            self._messages.error(error)
            return False
        self.close()
        self._desk = self._at(workspace, None)
        self._preferences.remember_file(path)
        self.opened.emit(self._desk)
        self._tell(workspace)
        return True

    def _at(self, workspace: Workspace, first: Desk | None) -> Desk:
        return Desk(
            workspace,
            self._look,
            self._tasks,
            self._messages,
            self._preferences,
            self,
            first=first,
        )

    def _tell(self, workspace: Workspace) -> None:
        """Say what the user should know about a workspace that was just opened."""
        if workspace.read_only:
            said = _("“{name}” is open in another CSDesk on this computer.")
            advice = _("Here it can only be read. Close it there to change it here.")
            message = said.format(name=workspace.path.name)
            self._messages.say(Message(message, "warning", advice))
        notices, workspace.notices[:] = tuple(workspace.notices), []
        for notice in notices:
            self._messages.say(Message(notice, "warning"))


def _store(workspace: Workspace, patience: float) -> UserError | None:
    """Close a workspace, which brings its file up to date; return what kept it from that.

    A folder that does not answer keeps nobody from closing: what it lacks is safe in the
    program's own folder.
    """
    try:
        stored = waited_for(workspace.close, patience)
    except UserError as error:
        return error
    return None if stored else _unanswered(workspace)


def _unanswered(workspace: Workspace) -> UserError:
    return UserError(
        _("The folder of “{name}” does not answer.").format(name=workspace.path.name),
        _("Your changes are safe on this computer. They follow when the file is opened again."),
    )
