"""Who was seen when, what lies in the folder, and the first step of who works alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import add_account
from csdesk.queries.copies import people_seen
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.store.desk import names
from tests.ui.pages.apart import Apart
from tests.ui.window_words import words
from ui.desk import Desk
from ui.pages.copies.files_table import size_words
from ui.pages.copies.page import CopiesPage

Settled = Callable[[], None]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, settled: Settled) -> CopiesPage:
    """Return the page, shown."""
    page = CopiesPage(desk)
    qtbot.addWidget(page)
    page.resize(1180, 800)
    with qtbot.waitExposed(page):
        page.show()
    settled()
    return page


def texts(page: CopiesPage, table: str) -> list[list[str]]:
    """Return the cells of one of the page's tables."""
    model = page.people.model_of_people if table == "people" else page.files.model_of_files
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_who_works_alone_is_told_what_sharing_does_and_shares_with_one_press(
    qtbot: QtBot, desk: Desk, workspace: Workspace, page: CopiesPage, settled: Settled
) -> None:
    assert page.offer.isVisible()
    assert not page.exchange_button.isVisible()
    assert any("North.csdesk-sync" in text for text in words(page.offer))
    with qtbot.waitSignal(desk.messages.said) as said:
        page.offer.button.click()
    settled()
    assert said.args[0].tone == "good"
    assert workspace.team.shared
    assert workspace.path.with_name("North.csdesk-sync").is_dir()
    assert not page.offer.isVisible()
    assert page.exchange_button.isVisible()
    kinds = [cells[1] for cells in texts(page, "files")]
    assert kinds == ["Team file", "One computer’s changes"]


def test_an_exchange_brings_the_changes_of_a_colleague_and_tells_how_many(
    qtbot: QtBot, desk: Desk, workspace: Workspace, page: CopiesPage, settled: Settled, home: Home
) -> None:
    workspace.write("Add", add_account, "Mine")
    workspace.team.share()
    ben_home = Home.at(home.data.parent.with_name("ben"))
    with Workspace.open(workspace.path, home=ben_home, author="Ben") as ben:
        ben.team.sync()
        ben.write("Add", add_account, "Ben's")
        ben.team.sync()
    page.hide()
    page.show()
    settled()
    with qtbot.waitSignal(desk.messages.said) as said:
        page.exchange_button.click()
    settled()
    assert "came in" in said.args[0].text
    assert workspace.read(names) == ["Ben's", "Mine"]
    people = texts(page, "people")
    assert {cells[0] for cells in people} == {"Ben", "Tester, at this computer"}
    outboxes = [cells for cells in texts(page, "files") if cells[1] == "One computer’s changes"]
    assert sorted(cells[5].split(":")[0] for cells in outboxes) == ["merged", "this computer’s"]
    with qtbot.waitSignal(desk.messages.said) as said:
        page.exchange_button.click()
    settled()
    assert said.args[0].text == "Nothing new on either side."


def test_people_are_listed_with_computer_version_and_when_they_were_last_seen(
    desk: Desk, apart: Apart, page: CopiesPage, settled: Settled
) -> None:
    apart.move_milestone()
    apart.meet()
    settled()
    seen = desk.read(people_seen)
    assert [cells[0] for cells in texts(page, "people")] == ["Tester, at this computer", "Ben"]
    for cells, person in zip(texts(page, "people"), seen, strict=True):
        assert cells[1] == person.computer
        assert cells[2] == person.app
        assert cells[2].startswith("CSDesk ")
        assert cells[3]
        assert cells[5] == str(person.steps)


def test_what_cannot_be_taken_in_stands_on_the_page_with_its_reason(
    workspace: Workspace, page: CopiesPage, settled: Settled, home: Home, tmp_path: Path
) -> None:
    workspace.write("Add", add_account, "Mine")
    workspace.team.share()
    with Workspace.create(tmp_path / "Other.csdesk", home=home) as other:
        other.write("Add", add_account, "A stranger's")
    stranger = "North (Ben's conflicted copy 2026-11-21).csdesk"
    (tmp_path / "Other.csdesk").rename(workspace.path.with_name(stranger))
    workspace.team.sync()
    page.hide()
    page.show()
    settled()
    (cells,) = (cells for cells in texts(page, "files") if cells[0] == stranger)
    assert cells[5].startswith("refused: ")
    assert page.notices.isVisible()
    assert page.notices.said == workspace.team.state.notices
    assert any(notice in cells[5] for notice in page.notices.said)


def test_a_workspace_open_elsewhere_can_be_looked_at_but_not_shared(
    qtbot: QtBot, desk: Desk, workspace: Workspace, home: Home, settled: Settled
) -> None:
    with Workspace.open(workspace.path, home=home) as second:
        assert second.read_only
        other = Desk(second, desk.look, desk.tasks, desk.messages, desk.preferences)
        page = CopiesPage(other)
        qtbot.addWidget(page)
        page.show()
        settled()
        assert not page.offer.button.isEnabled()
        page.hide()
        other.close()


def test_the_models_keep_qts_rules(apart: Apart, desk: Desk, page: CopiesPage) -> None:
    fail = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [
        QAbstractItemModelTester(model, fail)
        for model in (page.people.model_of_people, page.files.model_of_files)
    ]
    people = desk.read(people_seen)
    page.people.show_people(people, "")
    page.people.show_people([], "")
    apart.mine.team.share()
    page.files.show_files(apart.mine.team.files())
    page.files.show_files([])
    for tester in testers:
        tester.deleteLater()


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "0 B"), (999, "999 B"), (1_499, "1 KB"), (426_032, "426 KB"), (3_240_000, "3.2 MB")],
)
def test_a_size_is_written_as_people_read_it(size: int, said: str) -> None:
    assert size_words(size) == said
