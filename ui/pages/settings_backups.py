"""The backups of a workspace: which there are, and going back to one."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from csdesk.i18n import _, current
from csdesk.progress import Progress
from csdesk.workspace.workspace import Outcome
from ui.desk import Desk
from ui.widgets.wrapped_label import WrappedLabel


class Backups(QWidget):
    """Lists the kept backups; going back to one is a step that can be undone."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._build()
        self._connect()
        self.refresh()

    @property
    def box(self) -> QComboBox:
        """The backups to choose from, the newest first."""
        return self._box

    @property
    def restore_button(self) -> QPushButton:
        """The button that goes back to the one chosen."""
        return self._restore

    @Slot()
    def refresh(self) -> None:
        """List the backups there are now."""
        kept = self._desk.workspace.backups()
        self._box.clear()
        for backup in kept:
            self._box.addItem(current().moment(backup.made_at), backup.path)
        self._box.setVisible(bool(kept))
        self._restore.setVisible(bool(kept))
        self._restore.setEnabled(not self._desk.workspace.read_only)
        if kept:
            words = _(
                "One for each of the last 24 hours and 30 days of work. Going back makes "
                "everything as it was then; Undo takes that back."
            )
        else:
            words = _("None yet; the first is made when the file is written.")
        self._words.setText(words)

    @Slot()
    def restore(self) -> None:
        """Make everything as it was in the backup chosen."""
        path, workspace = self._box.currentData(), self._desk.workspace

        def go_back(progress: Progress) -> Outcome:
            return workspace.restore(path)

        task = self._desk.work(_("Going back to a backup"), go_back)
        task.can_cancel = False
        task.succeeded.connect(self._on_restored)
        self._restore.setEnabled(False)
        task.finished.connect(self.refresh)
        self._desk.tasks.start(task)

    @Slot(object)
    def _on_restored(self, outcome: Outcome) -> None:
        if outcome.change is not None:
            self._desk.offer_undo(_("Everything is as it was in the backup."))

    @Slot()
    def _on_folder(self) -> None:
        folder = self._desk.workspace.replica.backups
        folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _build(self) -> None:
        self._box = QComboBox(self)
        self._box.setAccessibleName(_("Backups"))
        self._box.setMinimumWidth(220)
        self._restore = QPushButton(_("Go back to it"), self)
        self._folder = QPushButton(_("Open the folder"), self)
        self._words = WrappedLabel("", self, "small")
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self._box)
        line.addWidget(self._restore)
        line.addWidget(self._folder)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(line)
        layout.addWidget(self._words)

    def _connect(self) -> None:
        self._restore.clicked.connect(self.restore)
        self._folder.clicked.connect(self._on_folder)
        self._desk.publishing.state_changed.connect(self.refresh)
