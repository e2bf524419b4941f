"""What people wrote differently is decided by one press, and one undo takes that back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from csdesk.actions.rows import change_row
from csdesk.model.base import entity_records
from csdesk.queries.review import open_review_count, review_items
from csdesk.queries.review_items import EditItem
from csdesk.workspace.workspace import Workspace
from tests.store.desk import Device, row_of
from tests.ui.pages.apart import BEFORE, PRICING, USAGE, Apart, january
from tests.ui.window_words import words
from ui.desk import Desk
from ui.pages.review.card import Card
from ui.pages.review.page import ReviewPage
from ui.widgets.tinted_text import TintedText

Settled = Callable[[], None]


def only_card(page: ReviewPage) -> Card:
    (card,) = page.cards.cards()
    return card


def value(workspace: Workspace, entity: str, row_id: str, field: str) -> Any:
    """Return what a field of a row holds, living or not."""
    return workspace.read(row_of, entity_records()[entity], row_id)[field]


def due(apart: Apart) -> dt.date:
    return value(apart.mine, "milestone", apart.ids.milestone, "due_on")


def summary(apart: Apart) -> str:
    return value(apart.mine, "touchpoint", apart.ids.touchpoint, "summary")


def test_before_now_and_the_other_value_stand_side_by_side_with_who_wrote_them(
    apart: Apart, review: ReviewPage, settled: Settled
) -> None:
    apart.move_milestone()
    apart.meet()
    settled()
    card = only_card(review)
    assert card.accessibleName() == ("Fuji Retail Group · Milestone “Dashboard goes live” · Due")
    said = words(card)
    assert {"Jan 15, 2027", "Jan 31, 2027", "Jan 20, 2027", "kept"} <= said
    heads = {label.whole for label in card.findChildren(QLabel) if hasattr(label, "whole")}
    assert any(head.startswith("In the plan now · Tester · ") for head in heads)
    assert any(head.startswith("Also written · Ben · ") for head in heads)


def test_use_this_takes_the_other_value_and_undo_brings_back_value_and_card(
    qtbot: QtBot, desk: Desk, apart: Apart, review: ReviewPage, settled: Settled
) -> None:
    apart.move_milestone()
    apart.meet()
    settled()
    with qtbot.waitSignal(desk.messages.said) as said:
        only_card(review).button("take:0").click()
    settled()
    assert due(apart) == january(20)
    assert review.cards.cards() == []
    assert desk.workspace.undo_label == "Use Jan 20, 2027"
    with qtbot.waitSignal(desk.messages.said):
        said.args[0].act()
    settled()
    assert due(apart) == january(31)
    assert only_card(review).button("take:0") is not None


def test_a_decision_reaches_the_colleague(
    apart: Apart, review: ReviewPage, settled: Settled
) -> None:
    apart.move_milestone()
    apart.meet()
    settled()
    only_card(review).button("keep").click()
    settled()
    apart.mine.publish()
    with apart.theirs.open() as ben:
        ben.team.merge(apart.mine.path)
        assert ben.read(open_review_count) == 0
        assert value(ben, "milestone", apart.ids.milestone, "due_on") == january(31)


def test_keep_leaves_the_value_and_the_card_goes(
    apart: Apart, review: ReviewPage, settled: Settled
) -> None:
    apart.move_milestone()
    apart.meet()
    settled()
    only_card(review).button("keep").click()
    settled()
    assert due(apart) == january(31)
    assert review.cards.cards() == []
    assert "Nothing to review" in words(review)


def test_texts_are_shown_joined_with_each_part_on_its_authors_ground(
    apart: Apart, review: ReviewPage, settled: Settled
) -> None:
    apart.add_to_text()
    apart.meet()
    settled()
    text = only_card(review).findChild(TintedText)
    assert [(run.text.strip(), run.author) for run in text.runs] == [
        (BEFORE, ""),
        ("Usage fell after the October release.", "Tester"),
        ("Pricing is not the issue.", "Ben"),
    ]
    assert len({run.tint for run in text.runs}) == 3


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("join", f"{USAGE} Pricing is not the issue."),
        ("keep", USAGE),
        ("take:0", PRICING),
    ],
)
def test_of_two_texts_one_takes_the_joined_one_or_either(
    apart: Apart, review: ReviewPage, settled: Settled, choice: str, expected: str
) -> None:
    apart.add_to_text()
    apart.meet()
    settled()
    only_card(review).button(choice).click()
    settled()
    assert summary(apart) == expected
    assert review.cards.cards() == []


def test_texts_changed_at_one_place_are_not_joined_and_it_is_said_where(
    apart: Apart, review: ReviewPage, settled: Settled
) -> None:
    apart.change_same_word()
    apart.meet()
    settled()
    card = only_card(review)
    assert any("“CIO” became “CFO” (Tester) and “CEO” (Ben)" in text for text in words(card))
    assert set(card.choices()) == {"keep", "take:0"}


def test_what_both_wrote_where_nothing_stood_replaces_nothing(
    apart: Apart, review: ReviewPage, settled: Settled
) -> None:
    row = apart.ids.other_touchpoint
    mine, ben = (BEFORE.replace("CIO", f"CIO {more}") for more in ("himself", "of Fuji"))
    apart.both_change("touchpoint", row, "summary", mine=mine, ben=ben)
    apart.meet()
    settled()
    said = " ".join(words(only_card(review)))
    assert "Both wrote at the same place: “himself” (Tester)" in said
    assert "“”" not in said


def test_of_three_values_each_has_a_button_of_its_own(
    apart: Apart, review: ReviewPage, settled: Settled, tmp_path: Any
) -> None:
    other = Device.beside(tmp_path / "cho", apart.document)
    other.clock.now = dt.datetime.now(dt.UTC) - dt.timedelta(hours=3)
    with other.open() as workspace:
        workspace.write(
            "Cho's", change_row, "milestone", apart.ids.milestone, {"due_on": january(10)}
        )
    apart.move_milestone()
    apart.meet()
    apart.mine.team.merge(other.document)
    settled()
    card = only_card(review)
    assert card.choices() == ("keep", "take:0", "take:1")
    assert {"Jan 10, 2027", "Jan 20, 2027"} <= words(card)
    (item,) = apart.mine.read(review_items)
    assert isinstance(item, EditItem)
    place = [other.words for other in item.others].index("Jan 10, 2027")
    card.button(f"take:{place}").click()
    settled()
    assert due(apart) == january(10)


def test_what_was_deleted_and_edited_is_kept_or_deleted_after_all(
    desk: Desk, qtbot: QtBot, apart: Apart, review: ReviewPage, settled: Settled
) -> None:
    apart.delete_what_is_edited()
    apart.meet()
    settled()
    card = only_card(review)
    assert any("Job title: – → CIO" in text for text in words(card))
    named = card.accessibleName()
    card.button("delete").click()
    settled()
    leaver = apart.ids.leaver
    assert value(apart.mine, "contact", leaver, "deleted_at") is not None
    desk.undo()
    settled()
    assert value(apart.mine, "contact", leaver, "deleted_at") is None
    assert only_card(review).accessibleName() == named


def test_what_was_deleted_and_edited_stays_where_one_keeps_it(
    apart: Apart, review: ReviewPage, settled: Settled
) -> None:
    apart.delete_what_is_edited()
    apart.meet()
    settled()
    only_card(review).button("keep").click()
    settled()
    assert value(apart.mine, "contact", apart.ids.leaver, "title") == "CIO"
    assert review.cards.cards() == []


@pytest.mark.parametrize("choice", ["back", "move", "delete"])
def test_what_lost_its_owner_goes_where_one_says(
    apart: Apart, review: ReviewPage, settled: Settled, choice: str
) -> None:
    added = apart.delete_owner()
    apart.meet()
    settled()
    card = only_card(review)
    name = next(name for name in card.choices() if name.startswith(choice))
    card.button(name).click()
    settled()
    assert review.cards.cards() == []
    row = apart.mine.read(row_of, entity_records()["action"], added)
    if choice == "back":
        assert value(apart.mine, "goal", apart.ids.goal, "deleted_at") is None
        assert row["goal_id"] == apart.ids.goal
    elif choice == "move":
        assert row["goal_id"] is None
        assert row["plan_id"] == apart.ids.plan
    else:
        assert row["deleted_at"] is not None


@pytest.mark.parametrize("choice", ["keep", "take:0"])
def test_a_circle_is_named_and_either_reference_can_give_way(
    apart: Apart, review: ReviewPage, settled: Settled, choice: str
) -> None:
    apart.report_in_a_circle()
    apart.meet()
    settled()
    card = only_card(review)
    assert any("would make a circle" in text for text in words(card))
    card.button(choice).click()
    settled()
    assert review.cards.cards() == []
    boss = value(apart.mine, "contact", apart.ids.boss, "reports_to_id")
    other = value(apart.mine, "contact", apart.ids.contact, "reports_to_id")
    expected = (None, apart.ids.boss) if choice == "keep" else (apart.ids.contact, None)
    assert (boss, other) == expected


def test_accounts_of_one_name_stand_side_by_side_and_become_one_or_stay_two(
    desk: Desk, apart: Apart, review: ReviewPage, settled: Settled
) -> None:
    ids = apart.both_add("Hanami Hotels")
    apart.meet()
    settled()
    only_card(review).button("one").click()
    settled()
    gone = [value(apart.mine, "account", one, "deleted_at") is not None for one in ids]
    assert sorted(gone) == [False, True]
    desk.undo()
    settled()
    only_card(review).button("several").click()
    settled()
    assert review.cards.cards() == []
    assert all(value(apart.mine, "account", one, "deleted_at") is None for one in ids)


def test_keep_all_settles_what_can_stay_in_one_step_and_leaves_what_needs_an_answer(
    qtbot: QtBot, desk: Desk, apart: Apart, review: ReviewPage, settled: Settled
) -> None:
    apart.move_milestone()
    apart.add_to_text()
    apart.report_in_a_circle()
    apart.both_add("Hanami Hotels")
    apart.meet()
    settled()
    assert len(review.cards.cards()) == 4
    review.keep_all_button.click()
    settled()
    assert len(review.cards.cards()) == 1
    assert not review.keep_all_button.isVisible()
    assert desk.workspace.undo_label == "Keep all as they are"
    desk.undo()
    settled()
    assert len(review.cards.cards()) == 4


def test_the_page_follows_a_merge_and_keeps_the_cards_that_stay(
    apart: Apart, review: ReviewPage, settled: Settled
) -> None:
    apart.move_milestone()
    apart.meet()
    settled()
    first = only_card(review)
    apart.add_to_text()
    apart.meet()
    settled()
    assert len(review.cards.cards()) == 2
    assert first in review.cards.cards(), "nobody loses the place because something came"


def test_what_was_decided_elsewhere_meanwhile_is_refused_and_shown_as_it_is(
    qtbot: QtBot, desk: Desk, apart: Apart, review: ReviewPage, settled: Settled
) -> None:
    apart.move_milestone()
    apart.meet()
    settled()
    card = only_card(review)
    (item,) = desk.read(review_items)
    review.hide()  # a page that is not in view does not follow at once
    apart.mine.write("Elsewhere", _change_due, apart.ids.milestone)
    settled()
    with qtbot.waitSignal(desk.messages.said) as said:
        card.button("take:0").click()
    assert said.args[0].tone == "bad"
    assert due(apart) == january(5)
    assert item not in desk.read(review_items)


def _change_due(session: Any, milestone: str) -> None:
    change_row(session, "milestone", milestone, {"due_on": january(5)})


def test_a_click_on_the_title_shows_the_item_where_it_belongs(
    qtbot: QtBot, desk: Desk, apart: Apart, review: ReviewPage, settled: Settled
) -> None:
    apart.move_milestone()
    apart.meet()
    settled()
    with qtbot.waitSignal(desk.place_asked) as asked:
        only_card(review).opened.emit()
    assert asked.args == ["milestone", apart.ids.milestone]


def test_the_touchpoint_in_question_is_shown_where_it_stands(
    qtbot: QtBot, desk: Desk, apart: Apart, review: ReviewPage, settled: Settled
) -> None:
    apart.add_to_text()
    apart.meet()
    settled()
    with qtbot.waitSignal(desk.place_asked) as asked:
        qtbot.keyClick(only_card(review), Qt.Key.Key_O)
    assert asked.args == ["touchpoint", apart.ids.touchpoint]
