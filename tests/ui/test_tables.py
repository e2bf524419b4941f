"""Tables keep their rows in order, find as one types, and touch only what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from ui.tables import ROW_ROLE, SORT_ROLE, Column, RowsModel

Order = Qt.SortOrder


@dataclass(frozen=True, slots=True)
class Line:
    """A row of these tests."""

    id: str
    name: str
    due: dt.date | None = None


LINES = (
    Line("1", "Fuji", dt.date(2026, 3, 1)),
    Line("2", "aoba"),
    Line("3", "ﾌｼﾞ商事", dt.date(2026, 1, 31)),
    Line("4", "Cascade", dt.date(2026, 12, 24)),
)


def lines_model(*lines: Line) -> RowsModel[Line]:
    """Return a model of lines, watched by Qt's own tester."""
    model: RowsModel[Line] = RowsModel(
        (
            Column("name", "Name", lambda line: line.name, lambda line: line.name.casefold()),
            Column("due", "Due", lambda line: str(line.due or ""), lambda line: line.due, True),
        ),
        lambda line: line.name,
    )
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.set_rows(lines)
    return model


def ids(model: RowsModel[Line]) -> list[str]:
    """Return the ids of the rows shown."""
    return [line.id for line in model.rows()]


@pytest.mark.parametrize(
    ("column", "order", "expected"),
    [
        (0, Order.AscendingOrder, ["2", "4", "1", "3"]),
        (0, Order.DescendingOrder, ["3", "1", "4", "2"]),
        (1, Order.AscendingOrder, ["3", "1", "4", "2"]),
        (1, Order.DescendingOrder, ["4", "1", "3", "2"]),
    ],
)
def test_rows_are_sorted_by_native_values_and_those_without_come_last(
    qtbot: QtBot, column: int, order: Qt.SortOrder, expected: list[str]
) -> None:
    model = lines_model(*LINES)
    model.sort(column, order)
    assert ids(model) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("FUJI", ["1"]),
        ("フジ", ["3"]),
        ("ふじ 商", ["3"]),
        ("ca de", ["4"]),
        ("", ["1", "2", "3", "4"]),
        ("zzz", []),
    ],
)
def test_typing_shows_the_rows_that_have_every_word(
    qtbot: QtBot, typed: str, expected: list[str]
) -> None:
    model = lines_model(*LINES)
    model.set_search(typed)
    assert ids(model) == expected


TYPED = ("a", "a b", "ab", "b", "ab a", "b a", "abc", "", "c")
"""Words that narrow and widen what earlier ones found."""


@given(
    names=st.lists(st.text("abc", max_size=4), max_size=8),
    steps=st.lists(
        st.one_of(st.sampled_from(TYPED), st.tuples(st.integers(0, 8), st.text("abc", max_size=4))),
        max_size=12,
    ),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_typed_before_does_not_change_what_is_found(
    qtbot: QtBot, names: list[str], steps: list[str | tuple[int, str]]
) -> None:
    lines = {str(number): Line(str(number), name) for number, name in enumerate(names)}
    model, typed = lines_model(*lines.values()), ""
    for step in steps:
        if isinstance(step, str):
            typed = step
            model.set_search(typed)
        else:
            line = Line(str(step[0]), step[1])
            lines[line.id] = line
            model.update_rows([line.id], [line])
        found = {
            line.id for line in lines.values() if all(word in line.name for word in typed.split())
        }
        assert set(ids(model)) == found


def test_an_order_turned_round_and_back_keeps_rows_of_one_value_as_they_were(qtbot: QtBot) -> None:
    days = (dt.date(2026, 3, 1), None, dt.date(2026, 1, 31))
    lines = [Line(str(number), "x", days[number % 3]) for number in range(9)]
    model = lines_model(*lines)
    up, down = ["2", "5", "8", "0", "3", "6"], ["0", "3", "6", "2", "5", "8"]
    for order, known in ((Order.AscendingOrder, up), (Order.DescendingOrder, down)) * 2:
        model.sort(1, order)
        assert ids(model) == [*known, "1", "4", "7"]


def test_a_change_repaints_only_the_touched_row(qtbot: QtBot) -> None:
    model = lines_model(*LINES)
    with (
        qtbot.waitSignal(model.dataChanged) as painted,
        qtbot.assertNotEmitted(model.modelReset),
        qtbot.assertNotEmitted(model.layoutChanged),
    ):
        model.update_rows(["2"], [Line("2", "Aoba", dt.date(2026, 5, 5))])
    assert painted.args is not None
    first, last = painted.args[:2]
    assert (first.row(), last.row()) == (1, 1)
    assert model.data(model.index(1, 1), SORT_ROLE) == dt.date(2026, 5, 5)


def test_a_row_that_sorts_elsewhere_moves_and_takes_the_selection_along(qtbot: QtBot) -> None:
    model = lines_model(*LINES)
    model.sort(0, Order.AscendingOrder)
    chosen = QPersistentModelIndex(model.index(model.place_of("1"), 0))
    model.update_rows(["1"], [Line("1", "0 Fuji")])
    assert ids(model)[0] == "1"
    assert chosen.row() == 0
    assert chosen.data(ROW_ROLE).name == "0 Fuji"


def test_added_and_deleted_rows_come_and_go_one_by_one(qtbot: QtBot) -> None:
    model = lines_model(*LINES)
    kept = QPersistentModelIndex(model.index(model.place_of("4"), 0))
    with qtbot.assertNotEmitted(model.modelReset):
        model.update_rows(["1", "9"], [Line("9", "Kite")])
    assert ids(model) == ["2", "3", "4", "9"]
    assert kept.data() == "Cascade"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("xyz"), max_size=8),
    second=st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("xyz"), max_size=8),
    typed=st.sampled_from(["", "x", "y"]),
)
def test_updating_comes_to_the_same_as_reading_everything_again(
    qtbot: QtBot, first: dict[str, str], second: dict[str, str], typed: str
) -> None:
    def rows(names: dict[str, str]) -> list[Line]:
        return [Line(key, name) for key, name in names.items()]

    updated, read_again = lines_model(*rows(first)), lines_model()
    for model in (updated, read_again):
        model.sort(0, Order.AscendingOrder)
        model.set_search(typed)
    updated.update_rows({*first, *second}, rows(second))
    read_again.set_rows(rows(second))
    assert sorted(ids(updated)) == sorted(ids(read_again))
    shown = [line.name for line in updated.rows()]
    assert shown == sorted(shown)


def test_a_filter_and_a_search_work_together(qtbot: QtBot) -> None:
    model = lines_model(*LINES)
    model.set_filter(lambda line: line.due is not None)
    model.set_search("c")
    assert ids(model) == ["4"]
    model.set_filter(None)
    model.set_search("")
    assert model.rowCount() == model.total == 4


def test_what_qt_asks_of_a_header_and_a_cell_is_answered(qtbot: QtBot) -> None:
    model: QAbstractItemModel = lines_model(*LINES)
    ask: Callable[..., object] = model.headerData
    assert ask(1, Qt.Orientation.Horizontal) == "Due"
    assert ask(9, Qt.Orientation.Horizontal) is None
    align = model.data(model.index(0, 1), Qt.ItemDataRole.TextAlignmentRole)
    assert align & Qt.AlignmentFlag.AlignRight


@pytest.mark.parametrize(
    "now", [("3", "1"), ("4", "3", "2", "1"), ("1", "2", "3", "4"), (), ("5", "1", "6")]
)
def test_rows_shown_anew_stand_in_their_order_and_those_that_stay_keep_their_place_in_mind(
    now: tuple[str, ...],
) -> None:
    model = lines_model(*LINES)
    known = {line.id: line for line in LINES}
    kept = {
        line.id: QPersistentModelIndex(model.index(model.place_of(line.id), 0)) for line in LINES
    }
    model.show_rows(known.get(row_id) or Line(row_id, f"New {row_id}") for row_id in now)
    assert ids(model) == list(now)
    for row_id, index in kept.items():
        assert index.isValid() == (row_id in now)
        if index.isValid():
            assert index.data(ROW_ROLE).id == row_id
