"""Every item model keeps Qt's rules while it fills and changes; every page is freed at last."""

from __future__ import annotations

import gc
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

import ui
from csdesk.actions.rows import delete_row
from tests.ui.colleague import settle
from tests.ui.every_page import lengthen, open_tab, places, shown_account
from tests.ui.keyboard import Keyboard
from ui.app import Program
from ui.desk_frame import DeskFrame
from ui.dialogs.import_window import ImportWindow


def of_ours() -> set[type[QAbstractItemModel]]:
    """Return every class of models in the program, apart from those others are made of."""
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return {kind for kind in below(QAbstractItemModel) if kind.__module__.startswith("ui.")}


def below(kind: type) -> Iterator[type]:
    """Yield the classes below one that have none below themselves, and are no base."""
    for child in kind.__subclasses__():
        yield from below(child) if child.__subclasses__() else (child,)


class Watch:
    """Sets Qt's own tester upon each model that stands anywhere; what it finds is a warning."""

    def __init__(self) -> None:
        self.kinds: set[type] = set()

    def look(self) -> None:
        """Watch the models that have come since the last look."""
        for window in QApplication.topLevelWidgets():
            shown = (view.model() for view in window.findChildren(QAbstractItemView))
            for model in (*window.findChildren(QAbstractItemModel), *shown):
                if model is None or model.property("watched"):
                    continue
                model.setProperty("watched", True)
                self.kinds.add(type(model))
                mode = QAbstractItemModelTester.FailureReportingMode.Warning
                QAbstractItemModelTester(model, mode, model)


@pytest.fixture
def watch() -> Watch:
    return Watch()


def look_at_all(program: Program, watch: Watch) -> None:
    """Go to every page and tab."""
    for _name, go in places(program):
        go()
        settle()
        watch.look()


def look_at_what_opens(program: Program, watch: Watch, qtbot: QtBot, table: Path) -> None:
    """Open what is not there at once: lists that pop up, the palette, a new plan, an import."""
    desk, keyboard = program.files.desk, Keyboard(program.window)
    frame = program.window.frame
    assert isinstance(frame, DeskFrame)
    assert desk is not None
    frame.show_page("accounts")
    program.window.commands.run("accounts.filter_tags")
    watch.look()
    keyboard.press("Escape")
    open_tab(frame, desk.read(shown_account), "plan")
    program.window.commands.run("plan.new")
    settle()
    watch.look()
    program.window.commands.run("edit.search")
    keyboard.type("a")
    watch.look()
    keyboard.press("Escape")
    table.write_text("Name,Industry\nNorth,Retail\n", encoding="utf-8")
    window = ImportWindow(desk, [table])
    watch.look()
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.findings is not None)
    window.close()


def test_every_model_keeps_the_rules_of_qt_and_every_page_is_freed(
    program: Program, watch: Watch, qtbot: QtBot, tmp_path: Path
) -> None:
    program.files.create_sample(tmp_path / "Sample")
    look_at_all(program, watch)
    look_at_what_opens(program, watch, qtbot, tmp_path / "accounts.csv")
    assert of_ours() - watch.kinds == set()
    edit_and_undo(program, qtbot)
    look_at_all(program, watch)
    assert program.files.close()
    qtbot.waitUntil(lambda: not program.tasks.busy)  # what reads for a page keeps it until then
    assert left_of_pages(program.window) == []


def edit_and_undo(program: Program, qtbot: QtBot) -> None:
    """Change much at once, delete an account with all it has, and take both back."""
    desk = program.files.desk
    assert desk is not None
    account_id = desk.read(shown_account)
    desk.write("Long names", lengthen, "A name that is long")
    settle()
    desk.write("Delete", delete_row, "account", account_id)
    settle()
    for _step in range(2):
        desk.undo()
        qtbot.waitUntil(lambda: not program.tasks.busy)
        settle()


def left_of_pages(window: QWidget) -> list[str]:
    """Return what is still there of pages and dialogs after they are closed."""
    settle()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    there = [window, *window.findChildren(QWidget)]
    return [
        f"{type(one).__module__}.{type(one).__name__}"
        for one in gc.get_objects()
        if isinstance(one, QWidget)
        and isValid(one)
        and type(one).__module__.startswith(("ui.pages.", "ui.dialogs."))
        and one not in there
    ]
