"""Rows in groups: each under its head, sorted within it, and as complete as without groups."""

from __future__ import annotations

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tests.ui.test_tables import LINES, Line
from ui.grouped_tables import GroupedRowsModel, GroupHead, Grouping
from ui.tables import ROW_ROLE, Column

Order = Qt.SortOrder


def initial(line: Line) -> str:
    """Group lines by whether and when they are due."""
    return "" if line.due is None else f"{line.due:%Y-%m}"


BY_MONTH = Grouping(
    initial,
    lambda line: ((line.due is None, initial(line)), initial(line) or "no date"),
    lambda lines: f"{len(lines)} lines",
)


def grouped(*lines: Line) -> GroupedRowsModel[Line]:
    """Return a model of lines in groups, watched by Qt's own tester."""
    model: GroupedRowsModel[Line] = GroupedRowsModel(
        (
            Column("name", "Name", lambda line: line.name, lambda line: line.name.casefold()),
            Column("due", "Due", lambda line: str(line.due or ""), lambda line: line.due, True),
        ),
        lambda line: line.name,
    )
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.set_rows(lines)
    model.set_grouping(BY_MONTH)
    return model


def shown(model: GroupedRowsModel[Line]) -> list[str]:
    """Return what is shown from the top: heads in brackets, rows by their id."""
    lines = []
    for place in range(model.rowCount()):
        head = model.head_at(place)
        lines.append(f"[{head.title}]" if head is not None else model.row(place).id)
    return lines


MORE = (*LINES, Line("5", "Beta", dt.date(2026, 3, 9)), Line("6", "Zeta"))


def test_groups_stand_in_their_own_order_with_their_rows_below(qtbot: QtBot) -> None:
    model = grouped(*MORE)
    assert shown(model) == [
        *("[2026-01]", "3", "[2026-03]", "1", "5", "[2026-12]", "4", "[no date]", "2", "6"),
    ]
    assert [line.id for line in model.rows()] == ["3", "1", "5", "4", "2", "6"]


def test_sorting_and_searching_work_within_the_groups(qtbot: QtBot) -> None:
    model = grouped(*MORE)
    model.sort(0, Order.DescendingOrder)
    assert shown(model)[2:5] == ["[2026-03]", "1", "5"]
    model.sort(0, Order.AscendingOrder)
    assert shown(model)[2:5] == ["[2026-03]", "5", "1"]
    model.set_search("eta")
    assert shown(model) == ["[2026-03]", "5", "[no date]", "6"]
    model.set_search("nothing like it")
    assert shown(model) == []
    model.set_search("")
    model.set_grouping(None)
    assert shown(model) == ["2", "5", "4", "1", "6", "3"]


def test_a_closed_group_keeps_its_head_and_its_rows_still_count(qtbot: QtBot) -> None:
    model = grouped(*MORE)
    below = QPersistentModelIndex(model.index(6, 0))
    with qtbot.assertNotEmitted(model.modelReset):
        model.open_group(2, False)
    assert shown(model)[:4] == ["[2026-01]", "3", "[2026-03]", "[2026-12]"]
    assert below.data(ROW_ROLE).id == "4"
    assert {line.id for line in model.rows()} == {line.id for line in MORE}
    assert model.closed_groups == ("2026-03",)
    model.set_search("beta")
    assert shown(model) == ["[2026-03]"]
    model.set_search("")
    model.reveal("5")
    assert shown(model)[2:5] == ["[2026-03]", "1", "5"]
    model.open_all(False)
    assert all(line.startswith("[") for line in shown(model))
    model.open_all(True)
    assert len(shown(model)) == len(MORE) + 4


def test_a_head_says_its_group_and_is_never_chosen(qtbot: QtBot) -> None:
    model = grouped(*MORE)
    head = model.index(2, 0)
    assert head.data() == "2026-03"
    assert model.index(2, 1).data() == ""
    assert head.data(Qt.ItemDataRole.AccessibleTextRole) == "2026-03: 2 lines"
    assert head.data(ROW_ROLE) is None
    assert not model.flags(head) & Qt.ItemFlag.ItemIsSelectable
    assert model.flags(model.index(3, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert isinstance(model.head_at(2), GroupHead)
    assert model.head_above(4) == 2


def test_a_row_that_changes_its_group_moves_there_and_both_heads_count_anew(qtbot: QtBot) -> None:
    model = grouped(*MORE)
    chosen = QPersistentModelIndex(model.index(model.place_of("1"), 0))
    with qtbot.assertNotEmitted(model.modelReset):
        model.update_rows(["1"], [Line("1", "Fuji", dt.date(2026, 1, 2))])
    assert shown(model)[:4] == ["[2026-01]", "1", "3", "[2026-03]"]
    assert chosen.row() == 1
    heads = [model.head_at(place) for place in model.head_places()]
    assert [model.summary(head) for head in heads if head] == [
        *("2 lines", "1 lines", "1 lines", "2 lines")
    ]


lines = st.dictionaries(
    st.sampled_from("abcdefg"),
    st.tuples(st.sampled_from("xyz"), st.sampled_from([None, 1, 2, 3])),
    max_size=7,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines, lines, st.sampled_from(["", "x"]), st.sets(st.sampled_from(["", "2026-01"])))
def test_updating_in_groups_comes_to_the_same_as_reading_everything_again(
    qtbot: QtBot,
    first: dict[str, tuple[str, int | None]],
    second: dict[str, tuple[str, int | None]],
    typed: str,
    closed: set[str],
) -> None:
    def rows(known: dict[str, tuple[str, int | None]]) -> list[Line]:
        return [
            Line(key, f"{name}{key}", None if month is None else dt.date(2026, month, 1))
            for key, (name, month) in known.items()
        ]

    updated, again = grouped(*rows(first)), grouped()
    for model in (updated, again):
        model.sort(0, Order.AscendingOrder)
        model.set_search(typed)
        model.set_grouping(BY_MONTH, closed)
    updated.update_rows({*first, *second}, rows(second))
    again.set_rows(rows(second))
    assert shown(updated) == shown(again)
