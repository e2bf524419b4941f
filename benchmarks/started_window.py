"""Our program as it starts on a workspace, until the accounts table answers.

bench_start runs `python -m benchmarks.started_window FILE ACCOUNTS`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.readiness import tell_when_painted
from csdesk.i18n import use_language
from csdesk.settings import Home
from ui.app import Program
from ui.pages.accounts.page import AccountsPage


def main() -> int:
    """Start as `ui.app.run` does, tell when all accounts are shown, and end."""
    document, accounts = Path(sys.argv[1]), int(sys.argv[2])
    use_language("system")
    app = QApplication([])
    program = Program(app, Home.of_this_computer())
    program.crashes.install()

    def table() -> QWidget | None:
        page = program.window.findChild(AccountsPage)
        if page is None or page.model.rowCount() < accounts:
            return None
        return page.table.viewport()

    watcher = tell_when_painted(app, table)
    program.start(document)
    status = app.exec()
    watcher.deleteLater()
    program.stop()
    return status


if __name__ == "__main__":
    status = main()
    # What is measured is over; taking Qt apart is not part of it.
    sys.stdout.flush()
    os._exit(status)
