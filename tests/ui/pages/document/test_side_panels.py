"""Nothing in a panel is cut at its side, whatever texts are in the plan, however narrow it is."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from csdesk.actions.revisions import agree_to_plan
from csdesk.model.vocabulary import SignOffMethod
from csdesk.workspace.workspace import Workspace
from tests.queries.exported_plan import TODAY, build
from tests.ui.colleague import settle
from ui.desk import Desk
from ui.pages.document.changes_panel import ChangesPanel
from ui.pages.document.check_panel import CheckPanel
from ui.pages.document.side_panel import WIDTHS, SidePanel
from ui.pages.document.versions_panel import VersionsPanel

LONG = "churn" + "x" * 300


@pytest.mark.parametrize("kind", [CheckPanel, VersionsPanel, ChangesPanel])
def test_long_words_are_broken_and_buttons_wrap(
    qtbot: QtBot, desk: Desk, workspace: Workspace, kind: type[SidePanel]
) -> None:
    scene = build(workspace)
    scene.export(f"{LONG[:200]}.pdf", recipient=LONG)
    scene.change("A1", title=LONG)
    scene.change("M1", done_definition=f"Do_as_{LONG}")
    said = (scene.sato, TODAY, SignOffMethod.EMAIL, LONG)
    desk.write("Agree", agree_to_plan, scene.plan, *said, today=TODAY)
    panel = kind(desk)
    qtbot.addWidget(panel)
    panel.resize(WIDTHS[0], 500)
    panel.show()
    panel.show_document(scene.document())
    qtbot.waitUntil(lambda: not desk.layouts.busy and not getattr(panel, "is_looking", False))
    settle()
    shown = [one for one in panel._inside.findChildren(QWidget) if one.isVisible()]
    assert len(shown) >= 5
    right = panel._scroll.viewport().width()
    beyond = {
        f"{one}: {one.property('text')}"
        for one in shown
        if one.mapTo(panel._inside, one.rect().topRight()).x() >= right
    }
    assert not beyond
    panel.hide()
