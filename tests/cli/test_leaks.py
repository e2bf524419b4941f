"""leaks: what a document should perhaps not show, and the list of internal words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

GOAL = "20 % more new deals per month"


@pytest.fixture
def spoken(run: Run, sample: Path) -> Path:
    """Return the sample with one goal that says too much."""
    why = "why=To churn out ARR like Blue Larch Insurance"
    run("set", sample, "goal", GOAL, "--account", "C-1001", why)
    return sample


def test_findings_are_listed_with_their_place_and_a_code(run: Run, spoken: Path) -> None:
    said = run("leaks", spoken, "Harrowgate & Finch Stores").out
    assert f"Goal “{GOAL}”, Why" in said
    assert "[churn] out ARR" in said
    assert "“Blue Larch Insurance” is another customer" in said
    rows = run("leaks", spoken, "C-1001", "--json").json()
    assert [row["kind"] for row in rows] == [
        "internal_word",
        "internal_word",
        "other_account",
        "first_shown",
    ]
    for row in rows[:3]:
        assert (row["entity"], row["field"], row["severity"]) == ("goal", "why", "serious")
        assert row["excerpt"][row["start"] : row["end"]] == row["word"]
        assert row["key"].startswith(row["code"])
        assert row["code"] in said


def test_what_is_not_shown_is_not_listed(run: Run, spoken: Path) -> None:
    without = run("leaks", spoken, "C-1001", "--without", "goals,changes,achieved", "--json").json()
    assert [row["kind"] for row in without] == ["first_shown"]
    summary = run("leaks", spoken, "C-1001", "--kind", "executive", "--json").json()
    assert [row["kind"] for row in summary] == ["first_shown"]
    nothing = run("leaks", spoken, "Cloudwell Bridge Builders").out
    assert "Nothing was found." in nothing


def test_findings_are_acknowledged_and_asked_about_again_as_one_step(
    run: Run, spoken: Path
) -> None:
    first, second, *_rest = run("leaks", spoken, "C-1001", "--json").json()
    said = run("leaks", spoken, "C-1001", "--acknowledge", first["code"], second["key"]).out
    assert "2 findings are acknowledged." in said

    def known() -> list[bool]:
        rows = run("leaks", spoken, "C-1001", "--json").json()
        return [row["is_acknowledged"] for row in rows]

    assert known() == [True, True, False, False]
    assert "acknowledged" in run("leaks", spoken, "C-1001").out
    run("leaks", spoken, "C-1001", "--take-back", first["code"])
    assert known() == [False, True, False, False]
    run("undo", spoken)
    assert known() == [True, True, False, False]
    run("leaks", spoken, "C-1001", "--acknowledge", "all")
    assert known() == [True] * 4
    run("set", spoken, "goal", GOAL, "--account", "C-1001", "why=To churn out ARR at last")
    assert known() == [False, False, False]


def test_a_code_that_is_no_longer_a_finding_is_refused(run: Run, spoken: Path) -> None:
    (first, *_rest) = run("leaks", spoken, "C-1001", "--json").json()
    run("set", spoken, "goal", GOAL, "--account", "C-1001", "why=To sell more")
    refused = run("leaks", spoken, "C-1001", "--acknowledge", first["code"], status=1).err
    assert "not one of the findings" in refused
    assert "not one of" in run("leaks", spoken, "C-1001", "--take-back", "ab", status=1).err


def test_the_list_of_words_is_shown_and_changed(run: Run, spoken: Path) -> None:
    shipped = run("leaks", spoken, "--words", "--json").json()
    assert {"解約", "チャーン", "ARR", "churn"} <= set(shipped)
    run("leaks", spoken, "--add-word", "deals", "特価")
    rows = run("leaks", spoken, "C-1001", "--json").json()
    assert "deals" in {row["word"] for row in rows}
    run("leaks", spoken, "--remove-word", "ARR", "ＤＥＡＬＳ")
    words = {row["word"] for row in run("leaks", spoken, "C-1001", "--json").json()}
    assert words & {"deals", "ARR"} == set()
    assert run("leaks", spoken, "--words").out.split() == [
        part for word in shipped if word != "ARR" for part in word.split()
    ] + ["特価"]
    assert "not in the list" in run("leaks", spoken, "--remove-word", "xyz", status=1).err


def test_it_has_to_be_said_whose_document_is_meant(run: Run, spoken: Path) -> None:
    assert "whose document" in run("leaks", spoken, status=1).err
    run("leaks", spoken, "C-1001", "--words", "--acknowledge", "all", status=2)


@pytest.mark.parametrize("command", ["workbook", "calendar"])
def test_other_files_for_the_customer_wait_as_the_document_does(
    run: Run, spoken: Path, tmp_path: Path, command: str
) -> None:
    out, pdf = tmp_path / "file", tmp_path / "plan.pdf"
    # The PDF leaves out what is wrong, and is not stopped; the other files have no sections.
    run("plan", spoken, "C-1001", "--pdf", pdf, "--only", "people", "--no-cover")
    said = run(command, spoken, "C-1001", "--out", out, status=1).err
    assert "[churn] out ARR" in said
    assert not out.exists()
    run(command, spoken, "C-1001", "--out", out, "--yes")
    assert out.exists()
