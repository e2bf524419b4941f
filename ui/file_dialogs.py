"""The questions for a file's place: new workspace, open, copy. None of them stops the program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QMainWindow

from csdesk.i18n import _
from ui.files import SUFFIX, Files


class FileDialogs(QObject):
    """Asks where, and lets Files do it."""

    def __init__(self, window: QMainWindow, files: Files) -> None:
        super().__init__(window)
        self._window = window
        self._files = files

    @Slot()
    def new_file(self) -> None:
        """Ask for a place and make an empty workspace there."""
        dialog = self._dialog(_("New workspace"), QFileDialog.AcceptMode.AcceptSave)
        # No question about overwriting: a new workspace never overwrites, and says so itself.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.selectFile(_("My customers") + SUFFIX)
        dialog.fileSelected.connect(self._on_new_file)
        dialog.open()

    @Slot()
    def new_sample(self) -> None:
        """Ask for a place and make a sample workspace there, to try things out."""
        dialog = self._dialog(_("Sample workspace"), QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.selectFile(_("Sample") + SUFFIX)
        dialog.fileSelected.connect(self._on_new_sample)
        dialog.open()

    @Slot()
    def open_file(self) -> None:
        """Ask for a workspace and open it."""
        dialog = self._dialog(_("Open a workspace"), QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._on_open_file)
        dialog.open()

    @Slot()
    def save_copy(self) -> None:
        """Ask for a place and write a copy of the workspace there."""
        if self._files.desk is None:
            return
        dialog = self._dialog(_("Save a copy as"), QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(self._files.desk.workspace.path.name)
        dialog.fileSelected.connect(self._on_save_copy)
        dialog.open()

    @Slot(str)
    def _on_new_file(self, name: str) -> None:
        self._files.create(Path(name))

    @Slot(str)
    def _on_new_sample(self, name: str) -> None:
        self._files.create_sample(Path(name))

    @Slot(str)
    def _on_open_file(self, name: str) -> None:
        self._files.open(Path(name))

    @Slot(str)
    def _on_save_copy(self, name: str) -> None:
        self._files.save_copy(Path(name))

    def _dialog(self, title: str, mode: QFileDialog.AcceptMode) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(mode)
        dialog.setDefaultSuffix(SUFFIX.lstrip("."))
        dialog.setNameFilter(_("CSDesk workspaces") + f" (*{SUFFIX})")
        if self._files.desk is not None:
            dialog.setDirectory(str(self._files.desk.workspace.path.parent))
        return dialog
