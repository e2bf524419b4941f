"""What the palette answers: groups by how well they fit, signs, texts, and what a window shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import archive_accounts, tag_account
from tests.moulds import Mould
from tests.ui.portfolio import fill
from ui.commands import Commands
from ui.desk import Desk
from ui.palette.answers import Answers
from ui.palette.asked import Asked
from ui.palette.finder import finder_of
from ui.palette.finds import Find


@pytest.fixture
def original(
    portfolio_on: Callable[[dt.date], Mould[list[str]]], today: dt.date
) -> Mould[list[str]]:
    """Return what each test's workspace is a copy of."""
    return portfolio_on(today)


@pytest.fixture
def accounts(original: Mould[list[str]]) -> list[str]:
    """Return the ids of the accounts."""
    return original.made


@pytest.fixture
def answers(qtbot: QtBot, desk: Desk, accounts: list[str]) -> Answers:
    """Return the palette's answers, in a window that shows everything, with all names read."""
    window = QWidget()
    qtbot.addWidget(window)
    answers = Answers(desk, Commands(window, desk.look), shows_all, window)
    with qtbot.waitSignal(finder_of(desk).ready):
        finder_of(desk).prepare()
    return answers


def shows_all(entity: str) -> bool:
    """Tell that there is a page for everything."""
    return True


def asked(answers: Answers, text: str) -> dict[str, list[str]]:
    """Return the titles found by name, by the heads above them."""
    groups = answers.by_name(Asked.read(text))
    return {group.head: [find.title for find in group.finds] for group in groups}


def test_the_group_with_the_best_find_comes_first(answers: Answers) -> None:
    assert next(iter(asked(answers, "glac"))) == "Accounts"
    assert next(iter(asked(answers, "contact of"))) == "People"
    assert next(iter(asked(answers, "weekly use"))) == "Goals, milestones, actions"
    assert next(iter(asked(answers, "success pl"))) == "Success plans"


def test_an_item_is_found_by_its_account_too(answers: Answers) -> None:
    found = answers.by_name(Asked.read("weekly hanami"))[0].finds
    assert [(find.title, find.where) for find in found] == [
        ("Weekly use by every team", "Goal · Hanami Hotels")
    ]


def test_a_sign_leaves_people_or_tags(
    answers: Answers, desk: Desk, accounts: list[str], qtbot: QtBot
) -> None:
    assert asked(answers, "@hanami") == {"People": ["Contact of Hanami Hotels"]}
    assert asked(answers, "＠hanami") == asked(answers, "@hanami")
    desk.write("Tag", tag_account, accounts[0], "VIP")
    assert asked(answers, "#vi") == {"Accounts": ["Aoba Logistics"]}
    assert asked(answers, "#nobody") == {}


def test_what_a_window_cannot_show_is_not_offered_by_name(
    desk: Desk, accounts: list[str], answers: Answers, qtbot: QtBot
) -> None:
    parent = answers.parent()
    assert isinstance(parent, QObject)
    commands = Commands(QWidget(answers.parent()), desk.look)  # type: ignore[arg-type]
    narrow = Answers(desk, commands, lambda entity: entity == "account", parent)
    assert set(asked(narrow, "hanami")) == {"Accounts"}
    hits = narrow.by_text(Asked.read("contact of hanami"), [])[0].finds
    assert hits[0].goes_to[0] == "account"


def test_texts_tell_nothing_that_names_told(answers: Answers) -> None:
    question = Asked.read("hanami")
    by_name = answers.by_name(question)
    known = {find.goes_to for group in by_name for find in group.finds}
    texts: list[Find] = [
        find for group in answers.by_text(question, by_name) for find in group.finds
    ]
    assert not known & {(find.entity, find.id) for find in texts}


def test_an_archived_account_comes_last_and_the_change_is_heard(
    answers: Answers, desk: Desk, accounts: list[str], qtbot: QtBot
) -> None:
    finder = finder_of(desk)
    before = asked(answers, "a")["Accounts"]
    first = before[0]
    place = next(
        find.id for find in answers.by_name(Asked.read(first))[0].finds if find.title == first
    )
    with qtbot.waitSignal(desk.changed):
        desk.write("Archive", archive_accounts, [place])
    finder.prepare()
    after = asked(answers, "a")["Accounts"]
    assert after[0] != first
    found = answers.by_name(Asked.read(first))[0].finds
    assert found[0].title == first, "it is still there for who asks for it"


def test_many_changes_at_once_are_read_in_the_background(
    answers: Answers, desk: Desk, today: dt.date, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.palette.finder.MOST_AT_ONCE", 10)
    with qtbot.waitSignal(desk.changed):
        desk.write("Sample", fill, today)
    with qtbot.waitSignal(finder_of(desk).ready):
        finder_of(desk).prepare()
    assert asked(answers, "glacier")["Accounts"] == ["Glacier Software"] * 2
