"""Copies found beside the team file: what became of each, and the question of those that ask."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from csdesk.actions.rows import change_row
from csdesk.model.base import entity_records
from csdesk.team.standing import Fate
from tests.store.desk import row_of
from tests.ui.pages.apart import Apart, january
from tests.ui.window_words import words
from ui.desk import Desk
from ui.pages.review.copy_card import CopyCard
from ui.pages.review.page import ReviewPage

Settled = Callable[[], None]
CERTAIN = "North (Ben's conflicted copy 2026-11-21).csdesk"
UNSURE = "North - Copy (2).csdesk"


def put_beside(apart: Apart, name: str) -> None:
    """Lay Ben's file beside mine, and let a round look at it."""
    shutil.copyfile(apart.document, apart.mine.path.with_name(name))
    apart.mine.team.sync()


@pytest.fixture
def found(apart: Apart) -> Apart:
    """Return two copies beside a shared file: one certainly a service's, one that asks."""
    apart.mine.team.share()
    apart.ben(change_row, "account", apart.ids.account, {"industry": "Finance"})
    put_beside(apart, CERTAIN)
    apart.ben(change_row, "milestone", apart.ids.milestone, {"due_on": january(20)})
    put_beside(apart, UNSURE)
    return apart


def shown(page: ReviewPage) -> dict[str, list[str]]:
    """Return the cells of the table of copies, by file name."""
    model = page.found.table.model_of_files
    rows = [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
    return {cells[0]: cells[1:] for cells in rows}


def question(page: ReviewPage) -> CopyCard:
    (card,) = (card for card in page.cards.cards() if isinstance(card, CopyCard))
    return card


def due(apart: Apart) -> object:
    row = apart.mine.read(row_of, entity_records()["milestone"], apart.ids.milestone)
    return row["due_on"]


def test_the_table_tells_who_wrote_each_copy_how_much_was_new_and_what_became_of_it(
    found: Apart, review: ReviewPage, settled: Settled
) -> None:
    settled()
    cells = shown(review)
    assert set(cells) == {CERTAIN, UNSURE}
    assert cells[UNSURE][1] == "1"
    assert cells[UNSURE][2].startswith("asks you")
    fates = {row.file.fate for row in review.found.table.model_of_files.rows()}
    assert Fate.ASKS in fates
    assert review.found.isVisible()


def test_copies_stand_in_the_table_also_where_nothing_waits_for_a_decision(
    apart: Apart, review: ReviewPage, settled: Settled
) -> None:
    assert not review.found.isVisible()
    apart.ben(change_row, "account", apart.ids.account, {"industry": "Finance"})
    put_beside(apart, CERTAIN)
    settled()
    assert review.cards.cards() == []
    assert review.found.isVisible()
    assert shown(review)[CERTAIN][1:] == ["1", "merged: Taken in: 1 change."]


def test_a_copy_that_asks_is_brought_in_once_one_has_seen_what_it_has(
    qtbot: QtBot, desk: Desk, found: Apart, review: ReviewPage, settled: Settled
) -> None:
    card = question(review)
    assert "accept" not in card.choices(), "first one sees what would come"
    before = due(found)
    card.button("look").click()
    settled()
    assert due(found) == before, "looking changes nothing"
    card = question(review)
    assert any("Jan 15, 2027 → Jan 20, 2027" in text for text in words(card))
    with qtbot.waitSignal(desk.messages.said) as said:
        card.button("accept").click()
    settled()
    assert said.args[0].text == "1 change came in"
    assert due(found) == january(20)
    assert review.cards.cards() == []
    assert shown(review)[UNSURE][2].startswith("merged")


def test_a_copy_that_is_not_part_of_it_is_left_alone_from_then_on(
    qtbot: QtBot, found: Apart, review: ReviewPage, settled: Settled
) -> None:
    before = due(found)
    qtbot.keyClick(question(review), Qt.Key.Key_N)
    settled()
    assert review.cards.cards() == []
    assert shown(review)[UNSURE][2].startswith("left alone")
    found.mine.team.sync()
    settled()
    assert due(found) == before
    assert found.mine.path.with_name(UNSURE).exists()


def test_what_was_read_of_a_copy_stays_in_view_while_other_things_change(
    found: Apart, review: ReviewPage, settled: Settled
) -> None:
    question(review).button("look").click()
    settled()
    found.mine.write("Other", change_row, "account", found.ids.account, {"competitors": "Somebody"})
    settled()
    assert "accept" in question(review).choices()


def test_a_copy_that_went_away_meanwhile_is_told_and_asks_no_more(
    qtbot: QtBot, desk: Desk, found: Apart, review: ReviewPage, settled: Settled
) -> None:
    card = question(review)
    found.mine.path.with_name(UNSURE).unlink()
    with qtbot.waitSignal(desk.messages.said) as said:
        card.button("look").click()
    assert said.args[0].tone == "bad"
    found.mine.team.sync()
    review.hide()
    review.show()
    settled()
    assert review.cards.cards() == []
    assert UNSURE not in shown(review)


def test_a_copy_that_is_refused_says_why_in_the_table(
    apart: Apart, review: ReviewPage, settled: Settled
) -> None:
    apart.mine.team.share()
    content = bytearray(apart.document.read_bytes())
    content[len(content) // 2] ^= 0xFF
    apart.mine.path.with_name(CERTAIN).write_bytes(bytes(content))
    apart.mine.team.sync()
    review.hide()
    review.show()
    settled()
    (row,) = review.found.table.model_of_files.rows()
    assert row.file.fate in (Fate.REFUSED, Fate.WAITING)
    assert row.file.said in shown(review)[CERTAIN][2]


def test_the_model_of_copies_keeps_qts_rules(found: Apart, review: ReviewPage) -> None:
    model = review.found.table.model_of_files
    fail = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model, fail)
    files = found.mine.team.files()
    review.found.show_files(files)
    review.found.show_files(files[:1])
    review.found.show_files([])
    tester.deleteLater()
