"""A team on one folder: what one does, the others get, and nothing that befalls a file loses it."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from csdesk.errors import UserError
from csdesk.queries.search import search
from csdesk.store.document import read_seal
from csdesk.store.touching import Change
from csdesk.team.standing import Fate, FileKind, StateKind
from csdesk.workspace.workspace import Workspace
from tests.store.desk import add_account, names, rename
from tests.store.laws import broken_laws
from tests.team.sharing_desk import Member, exchange_folder, outboxes, team


@pytest.fixture
def members(tmp_path: Path) -> list[Member]:
    """Return three people; Aiko has made the workspace, with one account, and shared it."""
    three = team(tmp_path, "Aiko", "Ben", "Chloé")
    with three[0].create() as workspace:
        workspace.write("Add", add_account, "North")
        workspace.team.share()
    return three


@pytest.fixture
def two(members: list[Member]) -> Iterator[tuple[Workspace, Workspace]]:
    """Return the open workspaces of Aiko and of Ben."""
    with members[0].open() as hers, members[1].open() as his:
        his.team.sync()
        hers.team.sync()
        yield hers, his


def settle(*workspaces: Workspace) -> None:
    """Let everybody take part until all have everything."""
    for _turn in range(2):
        for workspace in workspaces:
            workspace.team.sync()


def test_what_one_does_the_other_gets_with_word_of_what_was_touched(
    two: tuple[Workspace, Workspace],
) -> None:
    hers, his = two
    heard: list[Change] = []
    his.subscribe(heard.append)
    made = hers.write("Add", add_account, "South").result
    assert hers.team.state.kind is StateKind.TO_SHARE
    assert hers.team.look()
    assert hers.team.sync().delivered > 0
    assert hers.team.state.kind is StateKind.SHARED
    assert his.team.look()
    report = his.team.sync()
    assert his.read(names) == ["North", "South"]
    assert [arrival.author for arrival in report.arrivals] == ["Aiko"]
    assert [(change.label, dict(change.rows)) for change in heard] == [
        ("Changes from Aiko", {"account": frozenset({made})})
    ]
    assert not his.team.look()
    his.write("Rename", rename, made, "Southern")
    his.team.sync()
    assert hers.team.look()
    hers.team.sync()
    assert hers.read(names) == ["North", "Southern"]
    assert broken_laws(hers.replica.database) == []


def test_what_arrived_can_be_searched_at_once(two: tuple[Workspace, Workspace]) -> None:
    hers, his = two
    hers.write("Add", add_account, "Zanzibar")
    settle(hers, his)
    assert [hit.title for hit in his.read(search, "zanzi")] == ["Zanzibar"]


def test_undo_takes_back_ones_own_step_never_the_others(two: tuple[Workspace, Workspace]) -> None:
    hers, his = two
    hers.write("Add", add_account, "Hers")
    his.write("Add", add_account, "His")
    settle(hers, his)
    hers.undo()
    settle(hers, his)
    assert hers.read(names) == his.read(names) == ["His", "North"]


def test_who_opens_a_document_beside_such_a_folder_takes_part_without_a_click(
    members: list[Member],
) -> None:
    with members[2].open() as hers:
        assert hers.team.shared
        hers.write("Add", add_account, "From the newcomer")
    with members[0].open() as workspace:
        workspace.team.sync()
        assert workspace.read(names) == ["From the newcomer", "North"]


def test_the_document_is_left_alone_while_the_outboxes_carry_the_edits(
    members: list[Member],
) -> None:
    before = read_seal(members[0].document)
    with members[0].open() as hers:
        for number in range(5):
            hers.write("Add", add_account, f"Account {number}")
            hers.publish()
    assert read_seal(members[0].document) == before
    assert len(outboxes(members[0].document)) == 1


def test_sharing_twice_changes_nothing(members: list[Member]) -> None:
    with members[0].open() as hers:
        before = {path: path.read_bytes() for path in outboxes(hers.path)}
        hers.team.share()
        assert {path: path.read_bytes() for path in outboxes(hers.path)} == before


def test_closing_gives_the_folder_what_it_lacks(members: list[Member]) -> None:
    with members[0].open() as hers:
        hers.write("Add", add_account, "At the last moment")
    with members[1].open() as his:
        his.team.sync()
        assert his.read(names) == ["At the last moment", "North"]


def test_a_new_start_knows_when_everything_was_shared(members: list[Member]) -> None:
    with members[0].open() as hers:
        hers.team.sync()
        shared_at = hers.team.state.shared_at
    with members[0].open() as hers:
        assert shared_at is not None
        assert (hers.team.state.kind, hers.team.state.shared_at) == (StateKind.SHARED, shared_at)
        hers.write("Add", add_account, "South")
        assert hers.team.state.kind is StateKind.TO_SHARE
    assert hers.team.state.kind is StateKind.SHARED, "it may be asked after closing, too"


def test_closing_without_an_edit_writes_nothing(members: list[Member]) -> None:
    folder = exchange_folder(members[0].document)
    with members[0].open() as hers:
        hers.team.sync()
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    members[0].open().close()
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_without_publishing_a_round_only_takes_in(two: tuple[Workspace, Workspace]) -> None:
    hers, his = two
    hers.write("Add", add_account, "Hers")
    hers.team.sync()
    his.write("Add", add_account, "His")
    before = {path: path.read_bytes() for path in outboxes(his.path)}
    assert his.team.sync(publish=False).delivered == 0
    assert his.read(names) == ["Hers", "His", "North"]
    assert {path: path.read_bytes() for path in outboxes(his.path)} == before
    assert his.team.state.kind is StateKind.TO_SHARE


def test_a_second_program_on_the_computer_leaves_sharing_to_the_first(
    members: list[Member],
) -> None:
    with members[0].open(), members[0].open() as second:
        assert second.read_only
        assert second.team.shared
        assert not second.team.look()
        with pytest.raises(UserError, match="open in another CSDesk"):
            second.team.sync()


def test_a_workspace_that_is_not_shared_says_that_it_is_saved_here(tmp_path: Path) -> None:
    (alone,) = team(tmp_path, "Aiko")
    with alone.create() as workspace:
        workspace.write("Add", add_account, "North")
        assert not workspace.team.shared
        assert workspace.team.look()
        workspace.team.sync()
        assert workspace.team.state.kind is StateKind.SAVED_HERE
        assert not workspace.team.look()
    assert not exchange_folder(alone.document).exists()
    with Workspace.open(alone.document, home=alone.home) as again:
        assert again.read(names) == ["North"]


def test_a_laptop_that_was_offline_for_a_week_catches_up_and_is_caught_up_with(
    members: list[Member], tmp_path: Path
) -> None:
    aiko, ben, chloe = members
    laptop = Member("Ben", ben.home, tmp_path / "laptop" / "North.csdesk", ben.clock)
    laptop.document.parent.mkdir()
    with ben.open() as his:
        his.team.sync()
    copied = shutil.copytree(aiko.document.parent, tmp_path / "away", dirs_exist_ok=True)
    away = Member("Ben", ben.home, copied / "North.csdesk", ben.clock)
    with aiko.open() as hers, chloe.open() as third:
        for day in range(7):
            for member in members:
                member.clock.pass_by(days=1, minutes=20)
            hers.write("Add", add_account, f"Aiko {day}")
            third.write("Add", add_account, f"Chloé {day}")
            settle(hers, third)
        with away.open() as his:
            for day in range(7):
                his.write("Add", add_account, f"Ben {day}")
            his.team.sync()
        for path in outboxes(away.document):
            mine = exchange_folder(aiko.document) / path.name
            if not mine.exists() or mine.stat().st_mtime < path.stat().st_mtime:
                shutil.copyfile(path, mine)
        settle(hers, third)
        with ben.open() as his:
            settle(his, hers, third)
            expected = sorted(
                [
                    "North",
                    *(f"{name} {day}" for name in ("Aiko", "Ben", "Chloé") for day in range(7)),
                ]
            )
            assert his.read(names) == hers.read(names) == third.read(names) == expected


def test_a_clock_that_is_years_ahead_spoils_nothing(two: tuple[Workspace, Workspace]) -> None:
    hers, his = two
    made = hers.write("Add", add_account, "South").result
    settle(hers, his)
    his._clock.pass_by(days=3000)  # type: ignore[attr-defined]
    his.write("Rename", rename, made, "From the future")
    settle(hers, his)
    hers.write("Rename", rename, made, "From now")
    settle(hers, his)
    assert his.read(names) == hers.read(names) == ["From now", "North"]
    his._clock.pass_by(days=-3000)  # type: ignore[attr-defined]
    his.write("Add", add_account, "Put right")
    settle(hers, his)
    assert hers.read(names) == ["From now", "North", "Put right"]


def test_files_tells_whose_each_is_and_what_became_of_it(
    two: tuple[Workspace, Workspace],
) -> None:
    hers, his = two
    hers.write("Add", add_account, "South")
    settle(hers, his)
    told = {file.kind: file for file in his.team.files() if file.fate is not Fate.MINE}
    assert told[FileKind.OUTBOX].author == "Aiko"
    assert told[FileKind.OUTBOX].device == hers.device
    assert (told[FileKind.OUTBOX].fate, told[FileKind.OUTBOX].said) == (
        Fate.MERGED,
        f"Taken in: {told[FileKind.OUTBOX].new_rows} changes.",
    )
    assert told[FileKind.DOCUMENT].said == "Nothing new."
    assert told[FileKind.DOCUMENT].size == his.path.stat().st_size


def test_nobody_hears_of_a_round_in_which_nothing_came(two: tuple[Workspace, Workspace]) -> None:
    hers, his = two
    heard: list[Change] = []
    hers.subscribe(heard.append)
    settle(hers, his)
    assert heard == []


def test_backups_are_kept_though_the_document_is_seldom_written(members: list[Member]) -> None:
    with members[0].open() as hers:
        before = len(hers.backups())
        members[0].clock.pass_by(hours=2)
        hers.write("Add", add_account, "South")
        hers.publish()
        assert len(hers.backups()) == before + 1


def test_a_mailed_document_is_looked_at_and_brought_in_by_hand(
    members: list[Member], tmp_path: Path
) -> None:
    mailed = tmp_path / "mailed" / "North for you.csdesk"
    mailed.parent.mkdir()
    shutil.copyfile(members[0].document, mailed)
    stranger = Member("Dora", members[2].home, mailed)
    with stranger.open() as hers:
        hers.write("Add", add_account, "On the train")
    before = mailed.read_bytes()
    with members[0].open() as workspace:
        brought = workspace.team.preview(mailed)
        assert "Dora" in str(brought)
        assert workspace.read(names) == ["North"]
        arrival = workspace.team.merge(mailed)
        assert (arrival.author, workspace.read(names)) == ("Dora", ["North", "On the train"])
        assert workspace.team.merge(mailed).merged.added == 0
        assert workspace.team.preview(mailed) == ()
    assert mailed.read_bytes() == before
    with members[1].open() as his:
        his.team.sync()
        assert his.read(names) == ["North", "On the train"]


def test_a_copy_of_another_workspace_is_refused_by_hand(
    members: list[Member], tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    (stranger,) = team(tmp_path / "other", "Eva")
    stranger.create().close()
    with members[0].open() as workspace, contextlib.suppress(FileNotFoundError):
        for work in (workspace.team.merge, workspace.team.preview):
            with pytest.raises(UserError, match="belongs to another workspace"):
                work(stranger.document)


def test_a_fork_is_not_shared_with_those_it_left(members: list[Member]) -> None:
    fork = members[0].document.with_name("Mine.csdesk")
    with members[0].open() as workspace:
        workspace.save_copy_as(fork)
    with Workspace.open(fork, home=members[0].home) as mine:
        assert not mine.team.shared
        mine.team.sync()
        mine.write("Add", add_account, "Only here")
    with members[1].open() as his:
        his.team.sync()
        assert his.read(names) == ["North"]
        assert his.team.state.asking == 0
