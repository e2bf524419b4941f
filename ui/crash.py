"""The report of our own bugs: shown to the user, kept in a folder, sent to nobody."""

from __future__ import annotations

import datetime as dt
import platform
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from csdesk.i18n import _
from ui.widgets.wrapped_label import WrappedLabel

KEPT = 20
"""How many reports the folder holds; the oldest go."""

WORDS = 160
"""How many characters of an error's own words a report keeps."""

PACKAGES = ("PySide6-Essentials", "SQLAlchemy", "sqlcipher3", "reportlab", "matplotlib", "openpyxl")


def report_text(error: BaseException) -> str:
    """Write the report: versions and the traceback.

    Of each error's own words only the first line is kept, and that cut short: a database error
    goes on to list the values it was given, and those are often a customer's.
    """
    lines = [
        f"CSDesk {_version('csdesk')}",
        f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M:%S} UTC",
        f"Python {platform.python_version()} on {platform.platform()}",
        *(f"{package} {_version(package)}" for package in PACKAGES),
        "",
    ]
    return "\n".join([*lines, *fault_lines(error)]) + "\n"


def fault_lines(error: BaseException) -> list[str]:
    """Write the way to the fault: the stack and the kind of the error and of its causes."""
    return _chain(traceback.TracebackException.from_exception(error))


def _chain(summary: traceback.TracebackException) -> list[str]:
    lines: list[str] = []
    before = summary.__cause__ or (None if summary.__suppress_context__ else summary.__context__)
    if before is not None:
        lines += [*_chain(before), "", "which led to:", ""]
    lines += [part.rstrip("\n") for part in summary.stack.format()]
    words = "".join(summary.format_exception_only()).strip().split("\n", 1)[0]
    lines.append(words[:WORDS])
    return lines


def _version(package: str) -> str:
    # It brings half of the standard library along; a start has no use for that.
    from importlib import metadata

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "?"


def keep_report(folder: Path, text: str) -> Path | None:
    """Keep the report as a file of its own and return where; None where the disk refuses."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"crash-{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S-%f}.txt"
        path.write_text(text, encoding="utf-8")
        for old in sorted(folder.glob("crash-*.txt"))[:-KEPT]:
            old.unlink()
    except OSError:
        return None
    return path


class CrashWindow(QDialog):
    """Says that something of ours went wrong, and offers the text to copy."""

    def __init__(self, text: str, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Something went wrong"))
        self.resize(720, 460)
        heading = QLabel(_("CSDesk made a mistake"), self)
        heading.setProperty("kind", "heading")
        words = WrappedLabel(
            _(
                "Your data is safe: every edit was stored when you made it, and the step that "
                "failed was taken back. You can go on working. To have this mended, send the "
                "text below to the makers of CSDesk; the program itself sends nothing."
            ),
            self,
        )
        self._text = QPlainTextEdit(text, self)
        self._text.setReadOnly(True)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setAccessibleName(_("Crash report"))
        copy = QPushButton(_("Copy the text"), self)
        folder_button = QPushButton(_("Open the folder"), self)
        close = QPushButton(_("Go on working"), self)
        close.setProperty("kind", "primary")
        close.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addWidget(copy)
        buttons.addWidget(folder_button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 20, 22, 18)
        layout.setSpacing(12)
        layout.addWidget(heading)
        layout.addWidget(words)
        layout.addWidget(self._text, 1)
        layout.addLayout(buttons)
        copy.clicked.connect(self.copy_text)
        folder_button.clicked.connect(self._on_open_folder)
        close.clicked.connect(self.close)

    @Slot()
    def copy_text(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self._text.toPlainText())

    @Slot()
    def _on_open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


class CrashReporter(QObject):
    """Takes every exception nobody caught: prints it, keeps it, and shows it once."""

    caught = Signal(object)

    def __init__(
        self, folder: Path, window: Callable[[], QWidget | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._window = window
        self._shown: CrashWindow | None = None
        self._told: set[str] = set()
        self._before = sys.excepthook
        self.caught.connect(self.report, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become the program's excepthook."""
        sys.excepthook = self._hook

    def uninstall(self) -> None:
        """Give the hook back to whoever had it."""
        sys.excepthook = self._before

    @property
    def shown(self) -> CrashWindow | None:
        """The report on the screen, if any."""
        return self._shown

    @Slot(object)
    def report(self, error: BaseException) -> None:
        """Keep the report and show it; while one is shown, further ones are only kept.

        The same fault is told once.
        """
        fault = "\n".join(fault_lines(error))
        if fault in self._told:
            return  # a fault in painting comes back with every frame
        self._told.add(fault)
        text = report_text(error)
        keep_report(self._folder, text)
        if self._shown is None:
            self._shown = CrashWindow(text, self._folder, self._window())
            self._shown.destroyed.connect(self._on_closed)
            self._shown.open()

    @Slot()
    def _on_closed(self) -> None:
        self._shown = None

    def _hook(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        traceback.print_exception(kind, error, trace)
        if issubclass(kind, Exception):
            self.caught.emit(error.with_traceback(trace))
