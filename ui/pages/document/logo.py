"""A logo that is kept: what is chosen is read and made smaller on the worker, then stored."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.progress import Progress
from ui.desk import Desk
from ui.widgets.logo_field import LogoField


class KeptLogo(LogoField):
    """Hands on what is to be stored; the page that has it writes, and shows what is stored."""

    def __init__(
        self, desk: Desk, name: str, store: Callable[[bytes], None], parent: QWidget | None = None
    ) -> None:
        """`store` gets the picture as a workspace keeps it, or nothing to take the logo away."""
        super().__init__(desk.look, name, parent)
        self._desk = desk
        self._store = store
        self._asked = 0
        self.offered.connect(self.take)
        self.removed.connect(self._on_removed)

    def show_logo(self, data: bytes) -> None:
        super().show_logo(data)
        self.allow(True)

    @Slot(object)
    def take(self, path: Path) -> None:
        """Store the picture in a file; what is none is refused in words."""
        self._asked += 1
        task = self._desk.work(_("Reading the picture"), partial(_read, path))
        task.succeeded.connect(partial(self._on_read, self._asked))
        task.finished.connect(partial(self._on_finished, self._asked))
        self.allow(False)
        self._desk.tasks.start(task)

    def forget(self) -> None:
        """Store nothing of what is still being read: the page shows something else now."""
        self._asked += 1
        self.allow(True)

    def _on_read(self, asked: int, data: bytes) -> None:
        if asked == self._asked:
            self._store(data)

    def _on_finished(self, asked: int) -> None:
        if asked == self._asked:
            self.allow(not self._desk.workspace.read_only)

    @Slot()
    def _on_removed(self) -> None:
        self._store(b"")


def _read(path: Path, progress: Progress) -> bytes:
    """Return a picture as it is kept; raises UserError where it cannot be read or is none."""
    from csdesk.report.images import LARGEST_FILE, accepted_image

    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UserError(
            _("{name} could not be read.").format(name=path.name),
            _("Check that the file is still there and that you may open it."),
        ) from error
    return accepted_image(data)
