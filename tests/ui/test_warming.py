"""Pages are loaded before somebody goes to them, and the program starts without them."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

from pytestqt.qtbot import QtBot

from ui import warming
from ui.app import Program

LOADED_LATER = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from ui import app, warming
warming.PAGES = ("ui.pages.copies.page", "ui.pages.settings")  # all would take their time
before = {page for page in warming.PAGES if page in sys.modules}
application = QCoreApplication([])
warming.AFTER = 0
warmer = warming.Warming(application)
warmer.begin_soon()
watch = QTimer(application)
watch.timeout.connect(lambda: warmer.is_done and application.quit())
watch.start(10)
application.exec()
warmer.end()
print(len(before), sum(page in sys.modules for page in warming.PAGES))
"""


def test_the_start_loads_no_other_page_and_a_moment_later_all_are_there() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED_LATER],
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        timeout=120,
    )
    assert done.stdout.split() == ["0", "2"]


def test_every_page_named_is_there() -> None:
    assert all(importlib.util.find_spec(page) is not None for page in warming.PAGES)


def test_an_open_workspace_begins_it_and_the_end_does_not_wait_for_it(
    qtbot: QtBot, opened: Program
) -> None:
    assert not opened.warming.is_done, "the table comes first"
    opened.warming.begin_soon()
    opened.warming.end()
    assert not opened.warming.is_done
