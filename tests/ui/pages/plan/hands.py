"""Hands on the keyboard in the outline of a plan, and what they see there."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.actions.outlines import Outline
from tests.ui.pages.fuji import settle
from ui.pages.plan.outline_tree import TITLE
from ui.pages.plan.plan_section import PlanSection

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Hands:
    """Hands on the keyboard, in the outline of a plan."""

    def __init__(self, qtbot: QtBot, plan: PlanSection, outline: Outline) -> None:
        self.qtbot, self.plan, self.outline = qtbot, plan, outline
        self.tester = QAbstractItemModelTester(
            plan.model, QAbstractItemModelTester.FailureReportingMode.Fatal
        )

    def at(self, title: str, column: int = TITLE) -> None:
        self.plan.view.choose(self.outline.ref(title).id, column)

    @property
    def editor(self) -> QLineEdit:
        found = self.plan.view.indexWidget(self.plan.view.currentIndex())
        assert isinstance(found, QLineEdit), found
        return found

    def press(
        self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        for key in keys:
            editor = self.plan.view.indexWidget(self.plan.view.currentIndex())
            self.qtbot.keyClick(editor or self.plan.view, key, modifier)
            settle()

    def type(self, text: str) -> None:
        editor = self.plan.view.indexWidget(self.plan.view.currentIndex())
        target = editor or self.plan.view
        for sign in text:
            if sign.isascii():
                self.qtbot.keyClicks(target, sign)
            else:
                # Japanese comes from an input method, not from a key.
                composed = QInputMethodEvent()
                composed.setCommitString(sign)
                QApplication.sendEvent(target, composed)
            target = self.plan.view.indexWidget(self.plan.view.currentIndex()) or target


def shown(plan: PlanSection, index: QModelIndex | None = None) -> dict[str, object]:
    """Return the titles the view shows, each with what stands below it."""
    index = index or QModelIndex()
    model = plan.model
    return {
        str(model.index(row, TITLE, index).data()): shown(plan, model.index(row, TITLE, index))
        for row in range(model.rowCount(index))
    }
