"""What rows held at moments of the past: by what was noted of them, and when they were deleted."""

from __future__ import annotations

from typing import Any

import pytest

from csdesk.insight.looking_back import BIRTH, DELETION, Noted, Present, stretches

MOMENTS = (10, 20, 30, 40)


def told(row: Present, *noted: Noted) -> list[Any]:
    """Return what is told of the second field of a row at each moment; "-" where it was not."""
    values: list[Any] = ["-"] * len(MOMENTS)
    for one in stretches([(row, noted)], MOMENTS):
        assert one.row == row.id
        assert one.first < one.end
        for place in range(one.first, one.end):
            assert values[place] == "-"
            values[place] = one.values[1]
    return values


@pytest.mark.parametrize(
    ("born", "expected"),
    [(0, "xxxx"), (9, "xxxx"), (10, "-xxx"), (25, "--xx"), (39, "---x"), (40, "----")],
)
def test_a_row_is_told_from_the_first_moment_after_its_birth(born: int, expected: str) -> None:
    assert told(Present("row", born, ("name", "x"))) == list(expected)


def field(*stamps_and_values: Any) -> list[Noted]:
    """Note what the second field was given, and when."""
    return [Noted(stamp, 1, value) for stamp, value in stamps_and_values]


def deleted(*stamps_and_values: Any) -> list[Noted]:
    """Note when the row was deleted, and when that was taken back."""
    return [Noted(stamp, DELETION, value) for stamp, value in stamps_and_values]


@pytest.mark.parametrize(
    ("noted", "is_deleted", "expected"),
    [
        # Values count from the moment after they were noted; the last of several counts.
        (field((5, "a"), (15, "b"), (35, "x")), False, "abbx"),
        (field((35, "x"), (5, "a"), (12, "b"), (18, "c")), False, "accx"),
        (field((20, "x")), False, [None, None, "x", "x"]),
        (field((5, "x"), (41, "y")), False, "xxxx"),
        (deleted((15, True), (35, False)), False, "x--x"),
        (deleted((15, True)), True, "x---"),
        (deleted((5, True), (15, False), (35, True)), True, "-xx-"),
        (deleted((15, True), (16, False)), False, "xxxx"),
        # One that did not hold: the row lives, or was deleted once more.
        (deleted((15, True)), False, "xxxx"),
        (deleted((15, True), (35, True)), True, "xxx-"),
        ([*field((5, "a"), (25, "x")), *deleted((12, True), (35, False))], False, "a--x"),
    ],
)
def test_a_row_is_told_by_what_was_noted(
    noted: list[Noted], is_deleted: bool, expected: Any
) -> None:
    row = Present("row", 0, ("name", "x"), is_deleted)
    assert told(row, *noted) == list(expected)
    assert told(row, *noted[::-1]) == list(expected)


def test_a_birth_that_was_written_over_counts_from_the_first_time() -> None:
    row = Present("row", 25, ("plan 2", "x"))
    assert told(row, Noted(15, BIRTH, "plan 1"), Noted(25, BIRTH, "plan 2")) == list("-xxx")


def test_a_row_that_changed_back_is_told_whole() -> None:
    row = Present("row", 0, ("name", "x"))
    found = list(stretches([(row, field((5, "x"), (35, "y"), (36, "x")))], MOMENTS))
    assert {one.values for one in found} == {("name", "x")}
