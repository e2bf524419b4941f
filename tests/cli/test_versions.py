"""versions, changes and signoff: what went to whom, what changed since, what was agreed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from csdesk.actions.editing import today
from csdesk.actions.revisions import record_version
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.cli.conftest import Run

GOAL = "20 % more new deals per month"
DAY = "2026-11-20"


@pytest.fixture
def exported(run: Run, sample: Path, tmp_path: Path) -> Path:
    """Return the sample with one version that the customer has."""
    out = tmp_path / "plan.pdf"
    sections = ("--only", "goals", "--no-cover", "--on", DAY)
    run("plan", sample, "C-1001", "--pdf", out, "--to", "Renee Whitlock", *sections)
    return sample


def test_the_list_says_what_the_customer_has(run: Run, exported: Path, tmp_path: Path) -> None:
    said = run("versions", exported, "C-1001").out
    assert said.startswith("The customer has version 1 (")
    assert "for Renee Whitlock)" in said
    code = hashlib.sha256((tmp_path / "plan.pdf").read_bytes()).hexdigest()[:8]
    for words in ("plan.pdf", code, "Success plan · en"):
        assert words in said
    assert run("versions", exported, "C-1002").out == "This plan has no versions yet.\n"
    assert "has no plan yet" in run("versions", exported, "Starling Row Software", status=1).err


def test_a_version_by_hand_is_not_the_customers(run: Run, exported: Path) -> None:
    run("set", exported, "goal", GOAL, "--account", "C-1001", "due_on=2027-04-30")
    plan_id = run("versions", exported, "C-1001", "--json").json()["plan_id"]
    with Workspace.open(exported, home=Home.of_this_computer(), author="Maya") as workspace:
        workspace.write("Keep", record_version, plan_id, "Before the holidays", today=today())
    known = run("versions", exported, "C-1001", "--json").json()
    assert [one["number"] for one in known["versions"]] == [2, 1]
    assert known["customer_has"] == known["versions"][1]["id"]
    said = run("versions", exported, "C-1001").out
    assert "The customer has version 1" in said
    assert "Before the holidays" in said


def test_changes_are_told_in_sentences_of_the_language_asked_for(run: Run, exported: Path) -> None:
    assert run("changes", exported, "C-1001", "--on", DAY).err == "0 changes\n"
    run("set", exported, "goal", GOAL, "--account", "C-1001", "due_on=2027-04-30")
    ran = run("changes", exported, "C-1001", "--on", DAY)
    assert ran.err == "1 change\n"
    assert f"Goal “{GOAL}”" in ran.out
    assert "Apr 30" in ran.out
    japanese = run("changes", exported, "C-1001", "--lang", "ja", "--since", "1", "--on", DAY).out
    assert "4/30" in japanese
    told = run("changes", exported, "C-1001", "--on", DAY, "--json").json()
    assert told["since"]["number"] == 1
    (change,) = told["changes"]
    assert (change["entity"], change["field"]) == ("goal", "due_on")
    assert (change["before"], change["after"]) == ("2027-03-31", "2027-04-30")
    assert "Apr 30" in change["sentence"]
    assert "has no version of this plan" in run("changes", exported, "C-1002", status=1).err
    assert "There are: 1" in run("changes", exported, "C-1001", "--since", "9", status=1).err


def test_an_agreement_is_recorded_and_taken_back(run: Run, exported: Path) -> None:
    said = run(
        *("signoff", exported, "C-1001", "--by", "Renee Whitlock", "--how", "email"),
        *("--on", "2026-11-21", "--note", "by reply"),
    ).out
    assert said == "The agreement to version 1 was recorded (Nov 21, 2026).\n"
    known = run("versions", exported, "C-1001", "--json").json()
    assert known["agreed"] == known["versions"][0]["id"]
    (sign_off,) = known["versions"][0]["sign_offs"]
    assert sign_off["contact"] == "Renee Whitlock"
    assert (sign_off["signed_on"], sign_off["how"]) == ("2026-11-21", "email")
    assert sign_off["note"] == "by reply"
    listed = run("versions", exported, "C-1001").out
    assert "Renee Whitlock agreed to version 1 (Nov 21, 2026, By e-mail)." in listed
    run("signoff", exported, "C-1001", "--version", "1", "--take-back")
    assert run("versions", exported, "C-1001", "--json").json()["agreed"] is None
    run("undo", exported)
    assert run("versions", exported, "C-1001", "--json").json()["agreed"] is not None


def test_an_agreement_to_nothing_is_refused(run: Run, exported: Path) -> None:
    for arguments, words in (
        (("C-1002",), "has no version of this plan"),
        (("C-1001", "--version", "4"), "There is no version 4"),
        (("C-1001", "--by", "Nobody"), "There is no"),
        (("C-1001", "--on", "someday"), "not a date"),
        (("C-1001", "--take-back"), "has not agreed"),
        (("C-1001", "--version", "1", "--take-back"), "has not agreed"),
    ):
        assert words in run("signoff", exported, *arguments, status=1).err, arguments
    assert run("versions", exported, "C-1001", "--json").json()["agreed"] is None
