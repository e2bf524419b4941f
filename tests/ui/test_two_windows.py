"""Two windows on two computers with one folder between them: nobody clicks, everything arrives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import add_account, edit_account
from csdesk.actions.editing import today
from csdesk.queries.accounts import account_detail
from csdesk.queries.portfolio import portfolio_rows
from csdesk.settings import Home
from ui import publishing, watching
from ui.app import Program
from ui.desk import Desk
from ui.desk_frame import DeskFrame
from ui.pages.account.overview_section import OverviewSection
from ui.pages.account.page import AccountPage
from ui.pages.accounts.page import AccountsPage
from ui.widgets.status_bar import StatusBar


@dataclass(frozen=True)
class Seat:
    """Somebody at a window of her own, with a home of her own."""

    program: Program

    @property
    def desk(self) -> Desk:
        desk = self.program.files.desk
        assert desk is not None
        return desk

    @property
    def frame(self) -> DeskFrame:
        frame = self.program.window.frame
        assert frame is not None
        return frame

    @property
    def status(self) -> StatusBar:
        return self.frame.findChildren(StatusBar)[0]

    def names_shown(self) -> set[str]:
        page = self.frame.page
        assert isinstance(page, AccountsPage)
        return {row.name for row in page.model.rows()}

    def account(self, name: str) -> str:
        rows = self.desk.read(portfolio_rows, today=today())
        return next(row.id for row in rows if row.name == name)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pauses be as short as a test."""
    monkeypatch.setattr(publishing, "QUIET", 60)
    monkeypatch.setattr(publishing, "LATEST", 600)
    monkeypatch.setattr(watching, "LOOK_EVERY", 150)
    monkeypatch.setattr(watching, "SETTLE", 20)


@pytest.fixture
def seats(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[tuple[Seat, Seat]]:
    """Return Aisha, who shared a workspace, and 鈴木, who opened it from the same folder."""
    programs = []
    for name in ("Aisha", "鈴木"):
        home = Home.at(tmp_path / name)
        home.config.mkdir(parents=True)
        home.settings_file.write_text(
            f'language = "en"\ntheme = "light"\nauthor = "{name}"\ndevice = "{name}-PC"\n',
            encoding="utf-8",
        )
        program = Program(qapp, home)
        with qtbot.waitExposed(program.window):
            program.start(None)
        programs.append(program)
    path = tmp_path / "team" / "North.csdesk"
    path.parent.mkdir()
    assert programs[0].files.create(path)
    first = Seat(programs[0])
    first.desk.workspace.team.share()
    assert programs[1].files.open(path)
    yield first, Seat(programs[1])
    for program in programs:
        program.window.close()
        program.stop()
        program.window.deleteLater()
        program.deleteLater()


def test_an_edit_in_one_window_appears_in_the_other_without_a_click(
    seats: tuple[Seat, Seat], qtbot: QtBot
) -> None:
    aisha, suzuki = seats
    aisha.desk.write("Add", add_account, "Aoba Logistics")
    qtbot.waitUntil(lambda: "Aoba Logistics" in suzuki.names_shown(), timeout=15_000)
    suzuki.desk.write("Rename", edit_account, suzuki.account("Aoba Logistics"), name="青葉物流")
    qtbot.waitUntil(lambda: "青葉物流" in aisha.names_shown(), timeout=15_000)
    qtbot.waitUntil(lambda: aisha.status.state_text.startswith("Shared "), timeout=15_000)
    qtbot.waitUntil(lambda: suzuki.status.state_text.startswith("Shared "), timeout=15_000)


def test_what_one_types_stays_while_the_other_window_writes_the_same_field(
    seats: tuple[Seat, Seat], qtbot: QtBot
) -> None:
    aisha, suzuki = seats
    aisha.desk.write("Add", add_account, "Aoba Logistics")
    qtbot.waitUntil(lambda: "Aoba Logistics" in suzuki.names_shown(), timeout=15_000)
    account = aisha.account("Aoba Logistics")
    aisha.frame.show_item("account", account)
    page = aisha.frame.page
    assert isinstance(page, AccountPage)
    overview = page.section("overview")
    assert isinstance(overview, OverviewSection)
    field = overview.field("industry")
    field.setFocus()
    qtbot.keyClicks(field, "Half a")
    suzuki.desk.write("Set", edit_account, account, industry="Retail")
    qtbot.waitUntil(lambda: aisha.desk.editing.bar is not None, timeout=15_000)
    qtbot.keyClicks(field, " word")
    assert field.typed == "Half a word"
    bar = aisha.desk.editing.bar
    assert bar is not None
    assert bar.text == "鈴木 wrote “Retail” meanwhile."
    field.flush()
    qtbot.waitUntil(
        lambda: (
            suzuki.desk.read(account_detail, account, today=today()).row.industry == "Half a word"
        ),
        timeout=15_000,
    )


def test_edits_of_the_same_field_at_the_same_time_wait_behind_the_chip(
    seats: tuple[Seat, Seat], qtbot: QtBot
) -> None:
    aisha, suzuki = seats
    aisha.desk.write("Add", add_account, "Aoba Logistics")
    qtbot.waitUntil(lambda: "Aoba Logistics" in suzuki.names_shown(), timeout=15_000)
    account = aisha.account("Aoba Logistics")
    suzuki.desk.publishing.stop()
    suzuki.desk.write("Set", edit_account, account, industry="Retail")
    aisha.desk.write("Set", edit_account, account, industry="Banking")
    suzuki.desk.workspace.team.sync()
    qtbot.waitUntil(lambda: aisha.status.state_text.endswith(" · 1 to review"), timeout=15_000)
    chip = next(
        one
        for one in aisha.status.findChildren(QPushButton)
        if one.text() == aisha.status.state_text
    )
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert type(aisha.frame.page).__name__ == "ReviewPage"
