"""The history says who did what on which computer, and leads back to any moment of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import add_account, edit_account
from csdesk.actions.people import edit_contact
from csdesk.actions.plan_items import edit_item
from csdesk.queries.accounts import contacts_of
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline
from tests.ui.colleague import Colleague, settle
from tests.ui.pages.fuji import Fuji
from ui.desk import Desk
from ui.pages.account.history_section import HistorySection
from ui.pages.account.page import AccountPage
from ui.pages.plan.plan_section import PlanSection


@pytest.fixture
def history(page: AccountPage) -> HistorySection:
    """Return the tab of the history, in front."""
    page.open_tab("history")
    section = page.section("history")
    assert isinstance(section, HistorySection)
    settle()
    return section


def chosen(history: HistorySection, change: str) -> None:
    """Choose the step with these words."""
    words = [_text(history, row, "change") for row in range(history.model.rowCount())]
    history.table.selectRow(next(at for at, one in enumerate(words) if change in one))


def _text(history: HistorySection, row: int, key: str) -> str:
    column = [one.key for one in history.model.columns].index(key)
    return str(history.model.index(row, column).data())


def looked(history: HistorySection, desk: Desk, qtbot: QtBot) -> str:
    """Wait until what going back would change is shown."""
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    settle()
    return history.panel.text


def test_a_change_says_from_whom_and_from_which_computer_it_came(
    history: HistorySection, desk: Desk, qtbot: QtBot, tmp_path: Path, fuji: Fuji
) -> None:
    colleague = Colleague(desk, qtbot, tmp_path)
    colleague.arrives(edit_account, fuji.account, industry="Retail")
    story = history.model.row(0).story
    assert (story.author, story.computer) == ("鈴木", "鈴木")
    assert "Retail" in _text(history, 0, "change")


def test_the_chosen_step_stays_chosen_while_others_write(
    history: HistorySection, desk: Desk, qtbot: QtBot, tmp_path: Path, fuji: Fuji
) -> None:
    desk.write("Set", edit_account, fuji.account, industry="Retail")
    settle()
    chosen(history, "→ Retail")
    story = history.model.row(history.model.place_of(history.table.chosen_ids()[0])).story
    Colleague(desk, qtbot, tmp_path).arrives(edit_account, fuji.account, region="Osaka")
    (row_id,) = history.table.chosen_ids()
    assert history.model.row(history.model.place_of(row_id)).story.at == story.at
    assert "Osaka" in _text(history, 0, "change"), "the newest stands on top"


def test_going_back_is_told_before_and_is_one_step(
    history: HistorySection, desk: Desk, qtbot: QtBot, fuji: Fuji, workspace: Workspace
) -> None:
    desk.write("Set", edit_account, fuji.account, industry="Retail")
    desk.write("Set", edit_account, fuji.account, industry="Banking")
    desk.write("Name", edit_contact, fuji.sato, name="Sato Kenji")
    settle()
    chosen(history, "→ Retail")
    steps = len(workspace.history())
    qtbot.mouseClick(history.restore_button, Qt.MouseButton.LeftButton)
    said = looked(history, desk, qtbot)
    assert "Banking → Retail" in said
    assert "Sato Kenji → Sato" in said
    assert len(workspace.history()) == steps, "only looked"
    qtbot.mouseClick(history.panel.restore_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    settle()
    assert len(workspace.history()) == steps + 1
    assert workspace.read(contacts_of, fuji.account)[0].name == "Sato"
    desk.workspace.undo()
    assert workspace.read(contacts_of, fuji.account)[0].name == "Sato Kenji"


def test_one_item_alone_goes_back(
    history: HistorySection, desk: Desk, qtbot: QtBot, fuji: Fuji, workspace: Workspace
) -> None:
    desk.write("Title", edit_contact, fuji.sato, title="Director")
    desk.write("Title", edit_contact, fuji.sato, title="President")
    desk.write("Set", edit_account, fuji.account, industry="Banking")
    settle()
    chosen(history, "→ Director")
    history.offer_restore()
    looked(history, desk, qtbot)
    scope = history.panel.scope
    scope.setCurrentIndex(scope.findData("item"))
    scope.activated.emit(scope.currentIndex())
    said = looked(history, desk, qtbot)
    assert "President → Director" in said
    assert "Banking" not in said
    history.panel.restore()
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    assert workspace.read(contacts_of, fuji.account)[0].title == "Director"


def test_everything_goes_back_and_the_rest_of_the_file_with_it(
    history: HistorySection, desk: Desk, qtbot: QtBot, fuji: Fuji
) -> None:
    desk.write("Set", edit_account, fuji.account, industry="Retail")
    desk.write("Add", add_account, "Aoba Logistics")
    settle()
    chosen(history, "→ Retail")
    history.offer_restore()
    assert "Aoba" not in looked(history, desk, qtbot)
    scope = history.panel.scope
    scope.setCurrentIndex(scope.findData("everything"))
    scope.activated.emit(scope.currentIndex())
    assert "“Aoba Logistics” deleted" in looked(history, desk, qtbot)


def test_where_nothing_would_change_there_is_nothing_to_press(
    history: HistorySection, desk: Desk, qtbot: QtBot, fuji: Fuji
) -> None:
    desk.write("Set", edit_account, fuji.account, industry="Retail")
    settle()
    chosen(history, "→ Retail")
    history.offer_restore()
    assert looked(history, desk, qtbot) == "Nothing would change: all is as it was then."
    assert not history.panel.restore_button.isEnabled()
    qtbot.keyClick(history.panel, Qt.Key.Key_Escape)
    assert not history.panel.isVisible()


def test_the_panel_of_an_item_names_the_computer_too(
    plan: PlanSection, desk: Desk, qtbot: QtBot, tmp_path: Path, outline: Outline
) -> None:
    item = outline.item("A1")
    Colleague(desk, qtbot, tmp_path).arrives(edit_item, item.ref, title="Theirs")
    plan.view.choose(item.ref.id)
    settle()
    assert "鈴木 Action item: A1 → Theirs" in plan.panel.history.text
    plan.panel.history.show_all()
    assert "鈴木 · 鈴木 Action item: A1 → Theirs" in plan.panel.history.text


def test_the_widths_of_its_columns_are_kept(history: HistorySection) -> None:
    header = history.table.horizontalHeader()
    header.resizeSection(1, 333)
    kept = history.state()
    header.resizeSection(1, 90)
    history.restore(kept)
    assert header.sectionSize(1) == 333
    history.restore({"columns": "nonsense"})
    assert header.sectionSize(1) == 333
