"""share, sync, merge, people: two people at two computers, with one folder between them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.cli.conftest import Ran, Run

At = Callable[..., Ran]


@pytest.fixture
def folder(file: Path, tmp_path: Path) -> Path:
    """Return the file in a folder of its own, as it lies with a sync service."""
    team = tmp_path / "Dropbox" / "Team"
    team.mkdir(parents=True)
    return Path(shutil.move(file, team / "North.csdesk"))


@pytest.fixture
def at(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> At:
    """Run a command at somebody's computer."""

    def call(who: str, command: str, *arguments: str | Path, status: int = 0) -> Ran:
        monkeypatch.setenv("CSDESK_HOME", str(tmp_path / "homes" / who))
        return run(command, *arguments, "--author", who, status=status)

    return call


@pytest.fixture
def shared(at: At, folder: Path) -> Path:
    """Return a shared file with the account Alder, which Aiko and Ben have open by turns."""
    at("Aiko", "set", folder, "account", "new", "name=Alder")
    at("Aiko", "share", folder)
    at("Ben", "sync", folder)
    return folder


def names(at: At, who: str, file: Path) -> set[str]:
    return {row["name"] for row in at(who, "show", file, "account", "--json").json()}


def test_sharing_makes_a_folder_beside_the_file_once(at: At, folder: Path) -> None:
    said = at("Aiko", "share", folder).out
    assert "“North.csdesk” is shared now." in said
    assert "North.csdesk-sync" in said
    outboxes = list((folder.parent / "North.csdesk-sync").iterdir())
    assert [path.suffix for path in outboxes] == [".csdx"]
    assert "already" in at("Aiko", "share", folder).out
    assert list((folder.parent / "North.csdesk-sync").iterdir()) == outboxes


def test_what_one_does_is_handed_over_when_the_command_ends(at: At, shared: Path) -> None:
    before = shared.read_bytes()
    at("Aiko", "set", shared, "account", "Alder", "phase=renewal")
    assert shared.read_bytes() == before, "the document is not rewritten for an edit"
    said = at("Ben", "sync", shared).out
    assert said.splitlines() == [
        "From Aiko: 1 change.",
        "  Alder",
        "    Aiko: Phase – → Renewal",
    ]
    assert at("Ben", "sync", shared).out == "Nothing new on either side.\n"


def test_changes_are_told_in_the_language_that_is_asked_for(at: At, shared: Path) -> None:
    at("Aiko", "set", shared, "account", "Alder", "phase=renewal")
    told = at("Ben", "sync", shared, "--language", "ja").out
    assert "フェーズ" in told
    assert "→" in told


def test_a_sync_for_machines_tells_what_came_and_how_things_stand(at: At, shared: Path) -> None:
    at("Aiko", "set", shared, "account", "new", "name=Birch")
    told = at("Ben", "sync", shared, "--json").json()
    assert told["state"] == "shared"
    assert (told["delivered"], told["waiting"], told["to_review"]) == (0, 0, 0)
    (arrival,) = told["arrivals"]
    assert (arrival["author"], arrival["rows"]) == ("Aiko", 2)
    (change,) = arrival["changes"]
    assert (change["entity"], change["author"], change["waits"]) == ("account", "Aiko", False)


def test_every_command_begins_with_what_others_left_and_says_so(at: At, shared: Path) -> None:
    at("Aiko", "set", shared, "account", "new", "name=Birch")
    ran = at("Ben", "set", shared, "account", "Birch", "phase=renewal")
    assert ran.err == "Changes from Aiko\n"
    shown = at("Aiko", "show", shared, "account", "--columns", "name,phase")
    assert "Renewal" in shown.out
    assert "Changes from Ben" in shown.err
    assert at("Aiko", "show", shared).err == ""
    assert names(at, "Aiko", shared) == names(at, "Ben", shared) == {"Alder", "Birch"}


def test_a_file_that_is_not_shared_is_not_synced(at: At, folder: Path) -> None:
    ran = at("Aiko", "sync", folder, status=1)
    assert "is not shared" in ran.err
    assert "csdesk share" in ran.err


def test_a_sync_while_a_window_has_the_file_open_says_so(
    at: At, shared: Path, tmp_path: Path
) -> None:
    home = Home.at(tmp_path / "homes" / "Ben")
    with Workspace.open(shared, home=home, author="Ben") as window:
        assert not window.read_only
        ran = at("Ben", "sync", shared, status=1)
        assert "open in another CSDesk" in ran.err
        assert "exchanges changes there by itself" in ran.err
        assert "Ben" not in at("Ben", "people", shared).err
        at("Aiko", "set", shared, "account", "new", "name=Birch")
        assert len(window.team.sync().arrivals) == 1


def test_files_that_are_not_completely_here_are_told(at: At, shared: Path) -> None:
    at("Aiko", "set", shared, "account", "new", "name=Birch")
    sync = shared.parent / "North.csdesk-sync"
    newest = max(sync.iterdir(), key=lambda path: path.stat().st_size)
    whole = newest.read_bytes()
    newest.write_bytes(whole[:-700])
    told = at("Ben", "sync", shared)
    assert "1 file is not completely here yet." in told.out
    newest.write_bytes(whole)
    assert "Birch" in at("Ben", "sync", shared).out


def test_a_folder_that_cannot_be_reached_is_told_and_nothing_is_lost(
    at: At, shared: Path, tmp_path: Path
) -> None:
    away = shared.parent.rename(tmp_path / "unplugged")
    ran = at("Ben", "sync", shared, status=1)
    assert "not found" in ran.err or "cannot be reached" in ran.err
    away.rename(shared.parent)
    at("Ben", "set", shared, "account", "new", "name=Birch")
    assert "Birch" in at("Aiko", "sync", shared).out


@pytest.fixture
def stick(at: At, shared: Path, tmp_path: Path) -> Path:
    """Return a copy of the file that Ben carried away and worked on."""
    copy = Path(shutil.copyfile(shared, tmp_path / "from the stick.csdesk"))
    at("Ben", "set", copy, "account", "Alder", "phase=renewal")
    at("Ben", "set", copy, "account", "new", "name=Cedar")
    return copy


def test_a_dry_run_tells_what_a_copy_would_bring_and_changes_nothing(
    at: At, shared: Path, stick: Path
) -> None:
    before = at("Aiko", "history", shared, "--json").json()
    ran = at("Aiko", "merge", shared, stick, "--dry-run")
    assert "“from the stick.csdesk” would change 3 fields:" in ran.out
    assert "Phase – → Renewal" in ran.out
    assert "Cedar" in ran.out
    assert "nothing was changed" in ran.err
    assert at("Aiko", "history", shared, "--json").json() == before


def test_merging_brings_a_copy_in_and_leaves_it_as_it_is(at: At, shared: Path, stick: Path) -> None:
    content = stick.read_bytes()
    said = at("Aiko", "merge", shared, stick).out
    assert "From Ben, in “from the stick.csdesk”: 3 changes." in said
    assert "Phase – → Renewal" in said
    assert stick.read_bytes() == content
    assert names(at, "Aiko", shared) == {"Alder", "Cedar"}
    assert "nothing that is not here" in at("Aiko", "merge", shared, stick).out


def test_merging_for_machines(at: At, shared: Path, stick: Path) -> None:
    (would,) = at("Aiko", "merge", shared, stick, "--dry-run", "--json").json()["would_bring"]
    assert (would["name"], would["fields"]) == (stick.name, 3)
    (arrival,) = at("Aiko", "merge", shared, stick, "--json").json()["arrivals"]
    assert (arrival["name"], arrival["author"], arrival["rows"]) == (stick.name, "Ben", 3)


def test_where_one_copy_is_refused_none_comes_in(
    at: At, shared: Path, stick: Path, tmp_path: Path
) -> None:
    torn = tmp_path / "torn.csdesk"
    torn.write_bytes(stick.read_bytes()[:-5000])
    other = tmp_path / "other.csdesk"
    at("Aiko", "new", other)
    for refused, reason in ((torn, "damaged"), (other, "another workspace")):
        ran = at("Aiko", "merge", shared, stick, refused, status=1)
        assert reason in ran.err
        assert refused.name in ran.err
    missing = at("Aiko", "merge", shared, stick, tmp_path / "none.csdesk", status=1)
    assert "not found" in missing.err
    assert names(at, "Aiko", shared) == {"Alder"}


def test_a_copy_a_person_may_have_made_is_asked_about(at: At, shared: Path, stick: Path) -> None:
    copy = Path(shutil.copyfile(stick, shared.with_name("North (1).csdesk")))
    said = at("Aiko", "sync", shared).out
    assert "“North (1).csdesk” may be a copy of yours" in said
    assert names(at, "Aiko", shared) == {"Alder"}
    at("Aiko", "merge", shared, copy)
    assert "North (1)" not in at("Aiko", "sync", shared).out
    assert names(at, "Aiko", shared) == {"Alder", "Cedar"}


def test_people_lists_who_was_seen_and_what_lies_in_the_folder(at: At, shared: Path) -> None:
    at("Ben", "set", shared, "account", "new", "name=Birch")
    told = at("Aiko", "people", shared, "--json").json()
    assert told["shared"] is True
    people = {person["author"]: person for person in told["people"]}
    assert people["Aiko"]["is_this_computer"]
    assert not people["Ben"]["is_this_computer"]
    assert people["Ben"]["app"].startswith("CSDesk ")
    kinds = sorted(file["kind"] for file in told["files"])
    assert kinds == ["document", "outbox", "outbox"]
    fates = {file["author"]: file["fate"] for file in told["files"] if file["kind"] == "outbox"}
    assert fates["Aiko"] == "mine"
    shown = at("Aiko", "people", shared).out
    assert "(this one)" in shown
    assert "Team file" in shown
    assert "This computer writes it." in shown


def test_people_of_a_file_that_is_not_shared(at: At, folder: Path) -> None:
    at("Aiko", "set", folder, "account", "new", "name=Alder")
    ran = at("Aiko", "people", folder)
    assert "Aiko" in ran.out
    assert "not shared" in ran.err
    assert at("Aiko", "people", folder, "--json").json()["files"] == []
