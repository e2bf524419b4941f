"""The palette finds by any word as one types, and leads to what was found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import edit_account
from tests.moulds import Mould
from tests.ui.front import bring_to_front
from ui.commands import Command, Commands
from ui.desk import Desk
from ui.palette.finder import finder_of
from ui.widgets.search_box import SearchBox

SHOWN = ("account", "plan", "goal", "milestone", "action")


@pytest.fixture
def runs() -> list[str]:
    """Return the names of commands that ran."""
    return []


@pytest.fixture
def original(
    portfolio_on: Callable[[dt.date], Mould[list[str]]], today: dt.date
) -> Mould[list[str]]:
    """Return what each test's workspace is a copy of."""
    return portfolio_on(today)


@pytest.fixture
def closed_box(qtbot: QtBot, desk: Desk, runs: list[str]) -> SearchBox:
    """Return the palette over eight accounts and three commands, in a frame of its own."""
    frame = QWidget()
    qtbot.addWidget(frame)
    frame.resize(900, 700)
    commands = Commands(frame, desk.look)
    for name, text, keys in (
        ("accounts.new", "New &account", "Ctrl+Shift+N"),
        ("file.export_pdf", "Export PDF…", "Ctrl+P"),
        ("page.settings", "Settings", "Ctrl+,"),
    ):
        commands.add(Command(name, text_of(text), note(runs, name), keys))
    commands.add(
        Command("plan.delete", text_of("Delete"), note(runs, "delete"), is_enabled=lambda: False)
    )
    layout = QVBoxLayout(frame)
    box = SearchBox(desk, commands, lambda entity: entity in SHOWN, frame)
    QAbstractItemModelTester(
        box.finds, QAbstractItemModelTester.FailureReportingMode.Fatal, box.finds
    )
    layout.addWidget(box)
    layout.addWidget(QLineEdit(frame))
    layout.addStretch(1)
    bring_to_front(qtbot, frame)
    return box


@pytest.fixture
def box(qtbot: QtBot, desk: Desk, closed_box: SearchBox) -> SearchBox:
    """Return the palette, opened, with all names read."""
    closed_box.start()
    qtbot.waitUntil(lambda: finder_of(desk).is_ready)
    return closed_box


def text_of(text: str) -> Callable[[], str]:
    """Return what gives a text."""
    return lambda: text


def note(runs: list[str], name: str) -> Callable[[], None]:
    """Return what notes that it ran."""
    return lambda: runs.append(name)


def titles(box: SearchBox) -> list[str]:
    """Return the titles found."""
    return [find.title for find in box.finds.finds]


def chosen(box: SearchBox) -> str:
    """Return the title of the find that Enter takes."""
    find = box.finds.find(box.popup.current)
    return find.title if find is not None else ""


def test_two_letters_find_an_account_and_enter_goes_there(qtbot: QtBot, box: SearchBox) -> None:
    qtbot.keyClicks(box, "bl")
    assert box.popup.isVisible()
    assert chosen(box) == "Blue Harbor Bank"
    find = box.finds.finds[0]
    assert (find.entity, find.places) == ("account", (0, 1))
    with qtbot.waitSignal(box.chosen) as went:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert went.args == ["account", find.id]
    assert not box.popup.isVisible()
    assert box.text() == ""


def test_who_types_faster_than_the_names_are_read_gets_what_she_typed(
    qtbot: QtBot, desk: Desk, closed_box: SearchBox, runs: list[str]
) -> None:
    closed_box.start()
    qtbot.keyClicks(closed_box, "ex")  # Export PDF is known at once
    closed_box.setText("ev")
    with qtbot.waitSignal(closed_box.chosen) as went:
        qtbot.keyClick(closed_box, Qt.Key.Key_Return)
        assert not finder_of(desk).is_ready
    assert went.args is not None
    assert went.args[0] == "account"
    assert runs == []


def test_ctrl_and_enter_ask_for_a_window_of_its_own(qtbot: QtBot, box: SearchBox) -> None:
    qtbot.keyClicks(box, "bl")
    with qtbot.waitSignal(box.chosen_apart):
        qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_japanese_is_found_by_kanji_kana_and_latin_letters(qtbot: QtBot, box: SearchBox) -> None:
    ways = ("富士", "フジ", "ふじ", "ﾌｼﾞ", "富士リテール", "fuji", "huzi", "ふj", "rite-ru")
    found = {}
    for typed in ways:
        box.setText(typed)
        found[typed] = chosen(box)
    assert found == dict.fromkeys(ways, "富士リテールグループ")


def test_what_an_input_method_composes_is_found_before_it_is_taken(
    qtbot: QtBot, box: SearchBox
) -> None:
    for composed in ("f", "ふ", "ふj", "ふじ"):
        QApplication.sendEvent(box, QInputMethodEvent(composed, []))
    assert box.asked == "ふじ"
    assert chosen(box) == "富士リテールグループ"
    done = QInputMethodEvent()
    done.setCommitString("富士")
    QApplication.sendEvent(box, done)
    assert (box.text(), box.asked) == ("富士", "富士")
    with qtbot.waitSignal(box.chosen):
        qtbot.keyClick(box, Qt.Key.Key_Return)


def test_words_within_texts_are_found_too(qtbot: QtBot, box: SearchBox) -> None:
    box.setText("hospitality")
    qtbot.waitUntil(lambda: "Hanami Hotels" in titles(box))
    with qtbot.waitSignal(box.chosen) as went:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert went.args is not None
    assert went.args[0] == "account"


def test_a_find_without_a_page_of_its_own_leads_to_its_account(
    qtbot: QtBot, box: SearchBox
) -> None:
    box.setText("Contact of Hanami")
    box.search_now()
    find = box.finds.finds[0]
    assert find.entity == "contact"
    with qtbot.waitSignal(box.chosen) as went:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert went.args == list(find.goes_to)
    assert find.goes_to[0] == "account"


def test_the_arrows_walk_through_the_finds_past_the_heads(qtbot: QtBot, box: SearchBox) -> None:
    box.setText("a")
    box.search_now()
    every = titles(box)
    assert len(every) > 8
    walked = []
    for _step in every:
        walked.append(chosen(box))
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert walked == every
    assert chosen(box) == every[0], "after the last comes the first"
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert chosen(box) == every[-1]
    qtbot.keyClick(box, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert chosen(box) == every[0]
    qtbot.keyClick(box, Qt.Key.Key_PageDown)
    assert chosen(box) == every[8]
    qtbot.keyClick(box, Qt.Key.Key_PageUp)
    assert chosen(box) == every[0]
    qtbot.keyClick(box, Qt.Key.Key_End)
    assert chosen(box) == every[-1]


def test_a_sign_leaves_commands_alone_and_enter_runs_one(
    qtbot: QtBot, box: SearchBox, runs: list[str]
) -> None:
    for sign in (">", "/", "＞"):
        box.start()
        box.setText(f"{sign}ex")
        assert titles(box) == ["Export PDF"]
        assert box.finds.finds[0].keys == "Ctrl+P"
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert runs == ["file.export_pdf"] * 3
    box.start()
    box.setText("> ")
    assert set(titles(box)) == {"New account", "Export PDF", "Settings"}, "what cannot run is out"


def test_a_command_is_found_among_names_by_its_initials(qtbot: QtBot, box: SearchBox) -> None:
    box.setText("ep")
    assert "Export PDF" in titles(box)


def test_escape_closes_and_returns_the_keyboard_to_where_it_was(
    qtbot: QtBot, box: SearchBox
) -> None:
    field = next(
        one for one in box.window().findChildren(QLineEdit) if not isinstance(one, SearchBox)
    )
    field.setFocus()
    box.start()
    qtbot.keyClicks(box, "zzzz")
    assert titles(box) == []
    assert box.popup.isVisible()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not box.popup.isVisible()
    assert box.text() == ""
    assert field.hasFocus()


def test_nothing_typed_offers_what_was_opened_lately_and_what_one_can_do(
    qtbot: QtBot, desk: Desk, box: SearchBox
) -> None:
    box.setText("hanami")
    account = box.finds.finds[0].id
    desk.preferences.note_opened(desk.workspace.id, "account", account)
    box.setText("")
    assert titles(box)[0] == "Hanami Hotels"
    assert {"New account", "Export PDF"} <= set(titles(box))


def test_a_changed_name_is_found_at_once_and_the_old_one_no_more(
    qtbot: QtBot, desk: Desk, box: SearchBox
) -> None:
    box.setText("glacier")
    account = box.finds.finds[0].id
    with qtbot.waitSignal(desk.changed):
        desk.write("Rename", edit_account, account, name="Moraine Software")
    box.setText("morai")
    assert chosen(box) == "Moraine Software"
    box.setText("glacier")
    assert "Glacier Software" not in titles(box)
    with qtbot.waitSignal(desk.changed):
        desk.undo()
    box.setText("glac")
    assert chosen(box) == "Glacier Software"


def test_each_find_says_what_it_is_to_a_screen_reader(qtbot: QtBot, box: SearchBox) -> None:
    box.setText("blue")
    box.search_now()
    model = box.finds
    texts = [
        model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(model.rowCount())
        if model.find(row) is not None
    ]
    assert texts[0] == "Blue Harbor Bank"
    assert "Contact of Blue Harbor Bank. Contact · Blue Harbor Bank" in texts
    assert box.accessibleDescription() == texts[0]
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.accessibleDescription() == texts[1]
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert "commands" in box.accessibleDescription()


def test_a_click_elsewhere_closes_the_list(qtbot: QtBot, box: SearchBox) -> None:
    box.setText("blue")
    others = [one for one in box.window().findChildren(QLineEdit) if one is not box]
    qtbot.mouseClick(others[0], Qt.MouseButton.LeftButton)
    others[0].setFocus()
    assert not box.popup.isVisible()


def test_nothing_one_can_type_breaks_the_search(qtbot: QtBot, box: SearchBox) -> None:
    odd = ('"', "*", "AND", "NEAR(", "a" * 5000, "\x00", "💡", "@", "#", "(", "\\", "｡ﾞ", "[a", "%_")
    for typed in odd:
        box.setText(typed)
        box.search_now()
        assert box.popup.isVisible()
