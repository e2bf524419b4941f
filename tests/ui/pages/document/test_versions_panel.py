"""One look says which version the customer has; versions are kept, compared and agreed to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from csdesk.actions.revisions import record_version
from csdesk.model.vocabulary import DocumentKind, PlanStatus, SignOffMethod
from csdesk.queries.revisions import plan_versions
from csdesk.workspace.workspace import Workspace
from tests.queries.exported_plan import SHA, TODAY, Scene, build
from tests.ui.colleague import Colleague, settle
from tests.ui.front import bring_to_front
from tests.ui.pages.fuji import undone
from ui.desk import Desk
from ui.pages.document.versions_panel import VersionsPanel

Key = Qt.Key


@pytest.fixture
def scene(workspace: Workspace) -> Scene:
    """Return a plan without any version."""
    return build(workspace)


@pytest.fixture
def panel(qtbot: QtBot, desk: Desk, scene: Scene) -> Iterator[VersionsPanel]:
    """Return the panel, shown, at the plan's document."""
    panel = VersionsPanel(desk)
    qtbot.addWidget(panel)
    panel.resize(340, 800)
    panel.show_document(scene.document())
    bring_to_front(qtbot, panel)
    yield panel
    panel.hide()


def words(panel: VersionsPanel) -> str:
    """Return all that the panel says, from top to bottom."""
    return "\n".join(one.text() for one in panel.findChildren(QLabel) if one.isVisible())


def test_without_a_version_the_panel_says_so_and_what_versions_are_for(
    panel: VersionsPanel,
) -> None:
    assert "The customer has no version yet" in words(panel)
    assert "Each export to the customer keeps the plan as a version" in words(panel)


def test_the_card_on_top_says_what_the_customer_has(panel: VersionsPanel, scene: Scene) -> None:
    scene.export(kind=DocumentKind.EXECUTIVE)
    scene.export("Fuji - Success plan.pdf", recipient="Sato", language="ja")
    scene.change("A1", title="A1 is another")
    scene.workspace.write("Keep", record_version, scene.plan, "For ourselves", today=TODAY)
    settle()
    assert [version.number for version in panel.versions] == [2, 1]
    assert panel.customers is not None
    assert panel.customers.number == 1
    top = words(panel).split("Kept by hand")[0]
    assert "v1" in top
    assert "for Sato" in top
    assert "Success plan · Japanese" in top
    assert "Fuji - Success plan.pdf" in top


def test_a_file_is_asked_for_again_and_its_checksum_is_copied(
    panel: VersionsPanel, scene: Scene, qtbot: QtBot
) -> None:
    receipt = scene.export()
    settle()
    (again,) = panel.buttons("again:")
    with qtbot.waitSignal(panel.again_asked) as asked:
        qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert asked.args == [receipt]
    (copy,) = panel.buttons("sha:")
    assert copy.text() == SHA[:12]
    copy.click()
    assert QGuiApplication.clipboard().text() == SHA


def test_the_customers_agreement_is_recorded_in_place_from_the_keyboard(
    panel: VersionsPanel, scene: Scene, desk: Desk, qtbot: QtBot
) -> None:
    scene.export()
    settle()
    (agreed,) = panel.buttons("agreed:")
    agreed.setFocus()
    qtbot.keyClick(agreed, Key.Key_Space)
    assert panel.form.isVisible()
    assert panel.form.contact.hasFocus()
    assert panel.form.contact.currentData() == scene.sato, "the lead of the plan comes first"
    panel.form.day.setFocus()
    panel.form.day.selectAll()
    qtbot.keyClicks(panel.form.day, "2026-11-12")
    panel.form.how.setCurrentIndex(panel.form.how.findData(SignOffMethod.EMAIL))
    panel.form.note.setFocus()
    qtbot.keyClicks(panel.form.note, "Mail of Thursday")
    qtbot.keyClick(panel.form.note, Key.Key_Return)
    settle()
    (sign_off,) = panel.versions[0].sign_offs
    assert sign_off.signed_on == dt.date(2026, 11, 12)
    assert sign_off.contact == "Sato"
    assert sign_off.how is SignOffMethod.EMAIL
    assert sign_off.note == "Mail of Thursday"
    assert not panel.form.isVisible()
    assert "Sato agreed on Nov 12, 2026" in words(panel)
    assert scene.outline.read().status is PlanStatus.AGREED
    undone(desk, qtbot)
    assert panel.versions[0].sign_offs == ()
    assert scene.outline.read().status is PlanStatus.PROPOSED


def test_a_date_that_is_none_is_refused_and_the_form_stays(
    panel: VersionsPanel, scene: Scene, desk: Desk, qtbot: QtBot
) -> None:
    scene.export()
    settle()
    panel.ask_agreement(panel.versions[0].id)
    panel.form.day.setText("someday")
    panel.form.day.setModified(True)
    with qtbot.waitSignal(desk.messages.said) as said:
        panel.form.record()
    assert said.args[0].tone == "bad"
    assert panel.form.isVisible()
    assert panel.versions[0].sign_offs == ()


def test_an_agreement_to_the_plan_as_it_is_makes_its_version_and_is_taken_back(
    panel: VersionsPanel, desk: Desk, qtbot: QtBot
) -> None:
    panel.note_line.agree_button.click()
    assert panel.form.is_about_today
    panel.form.record()
    settle()
    assert [len(version.sign_offs) for version in panel.versions] == [1]
    (back,) = panel.buttons("back:")
    back.click()
    settle()
    assert panel.versions[0].sign_offs == ()
    undone(desk, qtbot)
    assert len(panel.versions[0].sign_offs) == 1


def test_what_is_typed_in_the_form_outlives_a_new_version_from_elsewhere(
    panel: VersionsPanel, scene: Scene, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    scene.export()
    settle()
    panel.ask_agreement(panel.versions[0].id)
    panel.form.note.setFocus()
    qtbot.keyClicks(panel.form.note, "Half a no")
    colleague = Colleague(desk, qtbot, tmp_path)
    colleague.arrives(record_version, scene.plan, "", today=TODAY + dt.timedelta(days=400))
    assert panel.form.isVisible()
    assert panel.form.note.text() == "Half a no"
    assert panel.form.note.hasFocus()


def test_a_version_is_kept_by_hand_with_a_note(
    panel: VersionsPanel, scene: Scene, desk: Desk, qtbot: QtBot
) -> None:
    line = panel.note_line
    qtbot.mouseClick(line.open_button, Qt.MouseButton.LeftButton)
    assert line.field.hasFocus()
    qtbot.keyClicks(line.field, "Before the meeting")
    qtbot.keyClick(line.field, Key.Key_Return)
    settle()
    (version,) = panel.versions
    assert version.note == "Before the meeting"
    assert not line.field.isVisible()
    panel.keep_version("")
    settle()
    assert len(panel.versions) == 1, "the same plan is not kept twice"
    undone(desk, qtbot)
    assert panel.versions == ()


def test_two_versions_of_one_number_are_told_apart_by_who_made_them(
    panel: VersionsPanel, scene: Scene, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    colleague = Colleague(desk, qtbot, tmp_path)
    desk.workspace.publish()
    scene.change("A1", title="Mine")
    scene.export()
    home = colleague._home
    apart = tmp_path / "apart" / desk.workspace.path.name
    apart.parent.mkdir()
    apart.write_bytes(desk.workspace.path.read_bytes())
    with Workspace.open(apart, home=home, author="鈴木") as theirs:
        Scene(theirs, scene.account, scene.plan, scene.sato).export(recipient="Sato")
    desk.workspace.path.with_name("North (鈴木's conflicted copy).csdesk").write_bytes(
        apart.read_bytes()
    )
    desk.workspace.team.sync()
    settle()
    panel.refresh()
    assert [version.number for version in panel.versions] == [1, 1]
    assert {version.author for version in panel.versions} == {"Tester", "鈴木"}
    assert "Another version has this number" in words(panel)
    assert "made by" in words(panel)


def test_the_plan_of_another_customer_shows_its_own_versions(
    panel: VersionsPanel, scene: Scene, workspace: Workspace
) -> None:
    scene.export()
    other = build(workspace)
    settle()
    assert len(panel.versions) == 1
    panel.show_document(other.document())
    assert panel.versions == workspace.read(plan_versions, other.plan) == ()
    panel.show_document(None)
    assert "Choose a document for the customer" in words(panel)
