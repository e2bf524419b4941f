"""review: what two people changed without knowing of each other, listed and decided."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.cli.test_sharing import At, at, folder, names, shared

__all__ = ["at", "folder", "shared"]


@contextlib.contextmanager
def held_back(file: Path) -> Iterator[None]:
    """Let the service bring what lies in the folder only later, as without a network."""
    sync = file.parent / "North.csdesk-sync"
    late = {path: path.read_bytes() for path in sync.iterdir()}
    for path in late:
        path.unlink()
    yield
    for path, content in late.items():
        if not path.exists():
            path.write_bytes(content)


def both_edit(at: At, file: Path, field: str, aiko: str, ben: str) -> None:
    """Let both set a field of Alder, neither knowing of the other; Ben's is later."""
    at("Ben", "sync", file)
    at("Aiko", "set", file, "account", "Alder", f"{field}={aiko}")
    with held_back(file):
        at("Ben", "set", file, "account", "Alder", f"{field}={ben}")
    for who in ("Ben", "Aiko", "Ben"):
        at(who, "sync", file)


def waiting(at: At, who: str, file: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = at(who, "review", file, "--json").json()
    return found


def phase(at: At, who: str, file: Path) -> str:
    (row,) = at(who, "show", file, "account", "--json").json()
    return str(row["phase"])


@pytest.fixture
def disputed(at: At, shared: Path) -> Path:
    both_edit(at, shared, "phase", "adoption", "renewal")
    return shared


def test_nothing_to_review(run: Run, file: Path) -> None:
    assert run("review", file).out == "Nothing waits for review.\n"
    assert run("review", file, "--json").json() == []
    assert run("review", file, "--keep-all").out == "Nothing waits for review.\n"


def test_both_values_are_listed_with_who_wrote_them_and_what_can_be_done(
    at: At, disputed: Path
) -> None:
    (item,) = waiting(at, "Aiko", disputed)
    assert (item["kind"], item["field"], item["entity"]) == ("edit", "phase", "account")
    assert (item["now"]["value"], item["now"]["author"]) == ("renewal", "Ben")
    assert [(one["value"], one["author"]) for one in item["others"]] == [("adoption", "Aiko")]
    assert [way["option"] for way in item["ways"]] == ["--keep", "--take"]
    lines = at("Aiko", "review", disputed).out.splitlines()
    assert lines[0].startswith(item["code"])
    assert "Phase" in lines[0]
    assert "Renewal (Ben" in lines[2]
    assert "Adoption (Aiko" in lines[3]
    assert lines[5].split() == ["--take", "take", "Adoption"]
    assert waiting(at, "Ben", disputed) == [item], "the code is the same for everybody"


def test_the_other_value_is_taken_and_that_reaches_everybody(at: At, disputed: Path) -> None:
    (item,) = waiting(at, "Ben", disputed)
    said = at("Ben", "review", disputed, item["code"], "--take").out
    assert "take Adoption" in said
    assert phase(at, "Ben", disputed) == "adoption"
    told = at("Aiko", "sync", disputed).out
    assert "Phase Renewal → Adoption" in told
    assert "wait" not in told
    assert waiting(at, "Aiko", disputed) == []


def test_keeping_settles_it_for_everybody_and_can_be_undone(at: At, disputed: Path) -> None:
    (item,) = waiting(at, "Aiko", disputed)
    at("Aiko", "review", disputed, item["code"], "--keep")
    at("Ben", "sync", disputed)
    assert waiting(at, "Ben", disputed) == []
    assert phase(at, "Ben", disputed) == "renewal"
    at("Aiko", "undo", disputed)
    at("Ben", "sync", disputed)
    assert waiting(at, "Ben", disputed) == [item]


def test_long_texts_are_joined_or_written_anew(at: At, shared: Path) -> None:
    begin = "The rollout starts in spring. The data team helps. Finance pays in June."
    at("Aiko", "set", shared, "account", "Alder", f"business_summary={begin}")
    both_edit(
        at,
        shared,
        "business_summary",
        begin.replace("spring", "autumn"),
        begin.replace("June", "July"),
    )
    (item,) = waiting(at, "Aiko", shared)
    joined = begin.replace("spring", "autumn").replace("June", "July")
    assert item["joined"] == joined
    assert {way["option"] for way in item["ways"]} >= {"--join", "--text …"}
    at("Aiko", "review", shared, item["code"], "--join")
    (row,) = at("Aiko", "show", shared, "account", "--json").json()
    assert row["business_summary"] == joined
    at("Aiko", "undo", shared)
    at("Aiko", "review", shared, item["code"], "--text", "Something else.")
    (row,) = at("Aiko", "show", shared, "account", "--json").json()
    assert row["business_summary"] == "Something else."
    assert waiting(at, "Aiko", shared) == []


def test_what_was_deleted_and_edited_is_kept_or_deleted(at: At, shared: Path) -> None:
    at("Aiko", "delete", shared, "account", "Alder")
    with held_back(shared):
        at("Ben", "set", shared, "account", "Alder", "phase=renewal")
    at("Ben", "sync", shared)
    at("Aiko", "sync", shared)
    assert names(at, "Aiko", shared) == names(at, "Ben", shared) == {"Alder"}
    (item,) = waiting(at, "Aiko", shared)
    assert (item["kind"], item["deleted"]["author"]) == ("deletion", "Aiko")
    assert "But edited" in at("Aiko", "review", shared, item["code"]).out
    at("Aiko", "review", shared, item["code"], "--delete")
    at("Ben", "sync", shared)
    assert names(at, "Ben", shared) == set()
    assert waiting(at, "Ben", shared) == []


def test_rows_of_one_name_are_made_one_or_kept_apart(at: At, shared: Path) -> None:
    at("Aiko", "set", shared, "account", "new", "name=Birch", "region=North")
    with held_back(shared):
        at("Ben", "set", shared, "account", "new", "name=Birch", "phase=renewal")
    at("Ben", "sync", shared)
    at("Aiko", "sync", shared)
    (item,) = waiting(at, "Aiko", shared)
    assert item["kind"] == "duplicate"
    at("Aiko", "review", shared, item["code"], "--join")
    rows = at("Aiko", "show", shared, "account", "--json").json()
    (birch,) = [row for row in rows if row["name"] == "Birch"]
    assert (birch["region"], birch["phase"]) == ("North", "renewal")
    at("Aiko", "undo", shared)
    at("Aiko", "review", shared, item["code"], "--keep")
    assert waiting(at, "Aiko", shared) == []
    rows = at("Aiko", "show", shared, "account", "--json").json()
    assert [row["name"] for row in rows].count("Birch") == 2


def test_all_is_kept_at_once(at: At, disputed: Path) -> None:
    both_edit(at, disputed, "region", "North", "South")
    assert len(waiting(at, "Aiko", disputed)) == 2
    assert at("Aiko", "review", disputed, "--keep-all").out == "2 items were kept.\n"
    assert waiting(at, "Aiko", disputed) == []
    assert len(at("Aiko", "history", disputed, "--limit", "1", "--json").json()) == 1


def test_a_decision_that_does_not_fit_changes_nothing(at: At, disputed: Path) -> None:
    (item,) = waiting(at, "Aiko", disputed)
    before = at("Aiko", "history", disputed, "--json").json()
    for wrong in (["--join"], ["--take", "2"], ["--delete"], ["--text", "x"], ["--move-to", "1"]):
        ran = at("Aiko", "review", disputed, item["code"], *wrong, status=1)
        assert "It takes: --keep, --take" in ran.err
    assert "does not wait" in at("Aiko", "review", disputed, "ffff", "--keep", status=1).err
    assert "does not wait" in at("Aiko", "review", disputed, "", "--keep", status=1).err
    assert "code of an item" in at("Aiko", "review", disputed, "--keep", status=1).err
    assert (
        "Leave the code" in at("Aiko", "review", disputed, item["code"], "--keep-all", status=1).err
    )
    at("Aiko", "review", disputed, item["code"], "--keep", "--take", status=2)
    assert at("Aiko", "history", disputed, "--json").json() == before


def test_what_somebody_else_decided_meanwhile_is_not_decided_again(at: At, disputed: Path) -> None:
    (item,) = waiting(at, "Aiko", disputed)
    at("Ben", "review", disputed, item["code"], "--take")
    at("Aiko", "sync", disputed)
    ran = at("Aiko", "review", disputed, item["code"], "--keep", status=1)
    assert "may have been decided meanwhile" in ran.err
    assert phase(at, "Aiko", disputed) == "adoption"
