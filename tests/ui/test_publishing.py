"""The exchange runs in the background: nothing blocks, nothing asks, nothing is lost at the end."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account, edit_account
from csdesk.actions.editing import today
from csdesk.queries.portfolio import portfolio_rows
from csdesk.settings import Home, load_settings
from csdesk.store.document import read_seal
from csdesk.team.files import DiskFiles, Entry
from csdesk.workspace.sharing import Means
from csdesk.workspace.workspace import Workspace
from tests.ui.colleague import settle
from ui import publishing, watching
from ui.app import Program
from ui.desk import Desk
from ui.languages import Languages
from ui.preferences import Preferences
from ui.prompts import Message, Messages
from ui.rounds import news
from ui.tasks import Tasks
from ui.theme import Look

LONGEST_GAP = 500
"""Milliseconds for which the interface may stand still, on a machine that is busy with others."""


class StuckFiles(DiskFiles):
    """A folder on a network drive that stops answering when it is told to."""

    def __init__(self) -> None:
        self.answers = threading.Event()
        self.answers.set()
        self.asked = threading.Event()

    def entries(self, folder: Path) -> list[Entry]:
        self.asked.set()
        self.answers.wait(60)
        return list(super().entries(folder))


class Gaps:
    """Measures for how long the interface did not come to turn."""

    def __init__(self) -> None:
        self.longest = 0
        self._since = QElapsedTimer()
        self._since.start()
        self._timer = QTimer(interval=1)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()

    def _on_tick(self) -> None:
        self.longest = max(self.longest, self._since.restart())


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pauses be as short as a test."""
    monkeypatch.setattr(publishing, "QUIET", 50)
    monkeypatch.setattr(publishing, "LATEST", 500)
    monkeypatch.setattr(publishing, "SETTLED", 600_000)
    monkeypatch.setattr(watching, "LOOK_EVERY", 100)
    monkeypatch.setattr(watching, "SETTLE", 20)


@pytest.fixture
def files() -> Iterator[StuckFiles]:
    files = StuckFiles()
    yield files
    files.answers.set()


@pytest.fixture
def workspace(home: Home, tmp_path: Path, files: StuckFiles) -> Iterator[Workspace]:
    """Return a shared workspace whose folder may stop answering."""
    path = tmp_path / "team" / "North.csdesk"
    path.parent.mkdir()
    Workspace.create(path, home=home, author="Tester").close()
    means = Means(files, random.Random(1))
    with Workspace.open(path, home=home, author="Tester", means=means) as workspace:
        workspace.team.share()
        yield workspace


@pytest.fixture
def said() -> list[Message]:
    return []


@pytest.fixture
def desk(
    qapp: QApplication,
    look: Look,
    languages: Languages,
    home: Home,
    workspace: Workspace,
    said: list[Message],
) -> Iterator[Desk]:
    tasks, messages = Tasks(), Messages()
    messages.said.connect(said.append)
    preferences = Preferences(load_settings(home), home, look, languages, messages)
    desk = Desk(workspace, look, tasks, messages, preferences)
    yield desk
    desk.close()
    tasks.close()


@pytest.fixture
def colleague(workspace: Workspace, tmp_path: Path) -> Iterator[Workspace]:
    """Return the same workspace at another computer."""
    other = Home.at(tmp_path / "other")
    other.config.mkdir(parents=True)
    other.settings_file.write_text('device = "Other-PC"\n', encoding="utf-8")
    with Workspace.open(workspace.path, home=other, author="鈴木") as theirs:
        theirs.team.sync()
        yield theirs


def names(workspace: Workspace) -> set[str]:
    return {row.name for row in workspace.read(portfolio_rows, today=today())}


def shared(desk: Desk) -> bool:
    return desk.publishing.state[0].startswith("Shared ")


def add_many(session: Session, count: int) -> None:
    for number in range(count):
        add_account(session, f"Account {number}", industry="Retail", region="Osaka")


def test_an_edit_reaches_the_folder_after_a_pause_and_the_chip_says_so(
    desk: Desk, colleague: Workspace, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: shared(desk))
    with qtbot.waitSignal(desk.publishing.state_changed) as said:
        desk.write("Add", add_account, "Aoba")
    assert said.args == ["Saved here; shared shortly", "good"]
    qtbot.waitUntil(lambda: shared(desk))
    colleague.team.sync()
    assert names(colleague) == {"Aoba"}


def test_who_never_pauses_is_published_all_the_same(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: shared(desk))
    desk.publishing._quiet.setInterval(3_600_000)
    desk.publishing._latest.setInterval(300)
    desk.write("Add", add_account, "Aoba")
    settle()
    assert not shared(desk)
    desk.write("Add", add_account, "Blue Harbor")
    qtbot.waitUntil(lambda: shared(desk), timeout=10_000)


def test_what_arrives_is_told_once_in_passing(
    desk: Desk, colleague: Workspace, qtbot: QtBot, said: list[Message]
) -> None:
    told: list[tuple[str, str, str]] = []
    desk.publishing.arrived.connect(lambda *news: told.append(news))
    aoba = colleague.write("Add", add_account, "Aoba").result
    colleague.write("Set", edit_account, aoba, industry="Retail")
    colleague.write("Set", edit_account, aoba, region="Osaka")
    colleague.team.sync()
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert told[0][0] == "鈴木: 3 changes in Aoba"
    assert told[0][1].count("鈴木: ") == 3
    assert told[0][2] == aoba
    qtbot.wait(300)
    assert len(told) == 1
    assert said == [], "and no bar came for it"


def test_one_change_is_told_whole(desk: Desk, colleague: Workspace, qtbot: QtBot) -> None:
    aoba = desk.write("Add", add_account, "Aoba")
    assert aoba is not None
    qtbot.waitUntil(lambda: shared(desk))
    colleague.team.sync()
    colleague.write("Set", edit_account, aoba.result, region="Osaka")
    colleague.team.sync()
    with qtbot.waitSignal(desk.publishing.arrived, timeout=10_000) as told:
        pass
    assert told.args[0] == "鈴木: Region – → Osaka (Aoba)"


def test_a_folder_that_goes_and_comes_back_is_told_and_needs_nobody(
    desk: Desk, workspace: Workspace, qtbot: QtBot, said: list[Message]
) -> None:
    qtbot.waitUntil(lambda: shared(desk))
    folder, away = workspace.path.parent, workspace.path.parent.with_name("away")
    folder.rename(away)
    desk.write("Add", add_account, "Aoba")
    qtbot.waitUntil(lambda: desk.publishing.state[1] == "warning", timeout=10_000)
    assert desk.publishing.state[0] == "Saved here; the shared folder is out of reach"
    assert len(said) == 1
    assert "safe on this computer" in said[0].text
    away.rename(folder)
    qtbot.waitUntil(lambda: shared(desk), timeout=10_000)


def test_a_foreign_file_in_the_folder_is_refused_in_plain_words_and_said_once(
    desk: Desk, workspace: Workspace, tmp_path: Path, qtbot: QtBot, said: list[Message]
) -> None:
    qtbot.waitUntil(lambda: shared(desk))
    elsewhere = tmp_path / "elsewhere" / "South.csdesk"
    elsewhere.parent.mkdir()
    Workspace.create(elsewhere, home=Home.at(tmp_path / "south"), author="Stranger").close()
    stranger = workspace.path.with_name("North.csdesk-sync") / "stranger0000.csdx"
    stranger.write_bytes(elsewhere.read_bytes())
    qtbot.waitUntil(lambda: bool(said), timeout=10_000)
    assert said[0].tone == "warning"
    assert "“stranger0000.csdx” belongs to another workspace." in said[0].text
    qtbot.wait(500)
    assert len(said) == 1
    assert stranger.exists(), "it was left alone"
    assert shared(desk)


def test_the_interface_never_waits_for_a_folder_that_does_not_answer(
    desk: Desk, files: StuckFiles, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: shared(desk))
    files.asked.clear()
    files.answers.clear()
    qtbot.waitUntil(files.asked.is_set)
    gaps = Gaps()
    desk.write("Add", add_account, "Aoba")
    qtbot.wait(400)
    assert desk.publishing.state[0] == "Saved here; shared shortly"
    assert gaps.longest < LONGEST_GAP
    files.answers.set()
    qtbot.waitUntil(lambda: shared(desk), timeout=10_000)


def test_a_large_merge_leaves_the_interface_free(
    desk: Desk, colleague: Workspace, qtbot: QtBot, soaking: bool
) -> None:
    qtbot.waitUntil(lambda: shared(desk))
    count = 5_000 if soaking else 600
    colleague.write("Import", add_many, count)
    colleague.team.sync()
    gaps = Gaps()
    qtbot.waitUntil(lambda: len(names(desk.workspace)) == count, timeout=60_000)
    qtbot.waitUntil(lambda: shared(desk), timeout=60_000)
    assert gaps.longest < LONGEST_GAP + 1000 * soaking


def test_closing_while_the_folder_does_not_answer_neither_hangs_nor_loses(
    qapp: QApplication, qtbot: QtBot, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = StuckFiles()
    monkeypatch.setattr(Means, "of_this_computer", lambda: Means(files, random.Random(1)))
    program = Program(qapp, home)
    with qtbot.waitExposed(program.window):
        program.start(None)
    path = tmp_path / "North.csdesk"
    assert program.files.create(path)
    desk = program.files.desk
    assert desk is not None
    desk.workspace.team.share()
    qtbot.waitUntil(lambda: shared(desk), timeout=10_000)
    before = read_seal(path)
    program.files.patience = 0.3
    files.answers.clear()
    files.asked.clear()
    qtbot.waitUntil(files.asked.is_set)
    desk.write("Add", add_account, "Aoba")
    program.window.close()
    assert program.files.desk is None
    files.answers.set()
    program.window.close()
    program.stop()
    program.window.deleteLater()
    program.deleteLater()
    settle()
    assert read_seal(path) == before


def test_news_of_many_people_says_that_there_is_more(
    desk: Desk, colleague: Workspace, qtbot: QtBot
) -> None:
    for name in ("Aoba", "Blue Harbor", "Cascade"):
        account = colleague.write("Add", add_account, name).result
        colleague.write("Set", edit_account, account, region="Osaka")
    colleague.team.sync()
    with qtbot.waitSignal(desk.publishing.arrived, timeout=10_000) as told:
        pass
    assert told.args[0] == "鈴木: 2 changes in Aoba · 鈴木: 2 changes in Blue Harbor · and more"
    assert told.args[2] == ""
    assert news(()) == ""
