"""Copies of the document: what services and people call them, who is asked, and who tidies up."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from csdesk.errors import UserError
from csdesk.store.document import read_seal
from csdesk.team.standing import Fate, FolderFile, StateKind
from csdesk.workspace.workspace import Workspace
from tests.store.desk import add_account, names
from tests.store.laws import broken_laws
from tests.team.sharing_desk import Member, exchange_folder, outboxes, team


@pytest.fixture
def members(tmp_path: Path) -> list[Member]:
    """Return Aiko and Ben on one folder, not shared yet, and Ben's copy of the document."""
    two = team(tmp_path, "Aiko", "Ben")
    with two[0].create() as workspace:
        workspace.write("Add", add_account, "North")
    own = tmp_path / "of Ben" / "North.csdesk"
    own.parent.mkdir()
    shutil.copyfile(two[0].document, own)
    two[1].document = own
    return two


@pytest.fixture
def copied(members: list[Member]) -> Path:
    """Return a copy in which Ben added an account, and Aiko does not know it."""
    with members[1].open() as his:
        his.write("Add", add_account, "His")
    return members[1].document


@pytest.fixture
def hers(members: list[Member]) -> Iterator[Workspace]:
    """Return Aiko's open workspace, shared."""
    with members[0].open() as workspace:
        workspace.team.share()
        yield workspace


def told(workspace: Workspace, name: str) -> FolderFile:
    (found,) = [one for one in workspace.team.files() if one.name == name]
    return found


CERTAIN = [
    "North (Ben's conflicted copy 2026-11-22).csdesk",
    "North (Ben の競合コピー 2026-11-22).csdesk",
    "North.sync-conflict-20261122-080000-ABCDEFG.csdesk",
    "NORTH_conflict-20261122-083104.CSDESK",
]
AMBIGUOUS = [
    "North-DESKTOP-A1B2C3.csdesk",
    "North (1).csdesk",
    "North - コピー.csdesk",
    "What Ben sent me.csdesk",
]


@pytest.mark.parametrize("name", CERTAIN)
def test_what_a_service_set_aside_comes_in_without_a_question(
    hers: Workspace, copied: Path, name: str
) -> None:
    shutil.copyfile(copied, hers.path.with_name(name))
    assert hers.team.look()
    hers.team.sync()
    assert hers.read(names) == ["His", "North"]
    assert hers.team.state.asking == 0
    assert told(hers, name).fate is Fate.MERGED


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_what_a_person_may_have_made_is_asked_about_once(
    hers: Workspace, copied: Path, name: str
) -> None:
    copy = hers.path.with_name(name)
    shutil.copyfile(copied, copy)
    hers.team.sync()
    assert hers.read(names) == ["North"]
    assert (told(hers, name).fate, hers.team.state.asking) == (Fate.ASKS, 1)
    assert told(hers, name).said == "Has 2 changes that are not here. Take them in?"
    hers.team.dismiss(name)
    assert hers.read(names) == ["North"]
    assert (told(hers, name).fate, hers.team.state.asking) == (Fate.DISMISSED, 0)
    hers.team.sync()
    assert hers.team.state.asking == 0
    # The answer was to what it says: under another name it needs no second one.
    other = copy.with_name("North (7).csdesk")
    copy.rename(other)
    hers.team.sync()
    assert told(hers, other.name).fate is Fate.DISMISSED
    hers.team.accept(other.name)
    assert hers.read(names) == ["His", "North"]
    assert other.exists()


def test_an_answer_holds_after_the_program_was_closed(members: list[Member], copied: Path) -> None:
    with members[0].open() as hers:
        hers.team.share()
        shutil.copyfile(copied, hers.path.with_name("North (1).csdesk"))
        hers.team.dismiss("North (1).csdesk")
    with members[0].open() as hers:
        hers.team.sync()
        assert told(hers, "North (1).csdesk").fate is Fate.DISMISSED
        assert hers.read(names) == ["North"]


def test_a_copy_that_was_changed_asks_anew(
    members: list[Member], hers: Workspace, copied: Path
) -> None:
    shutil.copyfile(copied, hers.path.with_name("North (1).csdesk"))
    hers.team.dismiss("North (1).csdesk")
    with members[1].open() as his:
        his.write("Add", add_account, "More of his")
    shutil.copyfile(copied, hers.path.with_name("North (1).csdesk"))
    hers.team.sync()
    assert told(hers, "North (1).csdesk").fate is Fate.ASKS


def test_a_copy_that_says_nothing_new_asks_nothing(hers: Workspace) -> None:
    for name in (*AMBIGUOUS, *CERTAIN):
        shutil.copyfile(hers.path, hers.path.with_name(name))
    hers.team.sync()
    assert hers.team.state.asking == 0
    assert {told(hers, name).said for name in AMBIGUOUS} == {"Nothing new."}


def test_answering_what_does_not_ask_is_told(hers: Workspace) -> None:
    with pytest.raises(UserError, match="does not ask anything"):
        hers.team.accept("North (1).csdesk")


@pytest.mark.parametrize("name", CERTAIN[:2])
def test_a_conflict_copy_beside_a_document_nobody_shares_comes_in_as_well(
    members: list[Member], copied: Path, name: str
) -> None:
    with members[0].open() as alone:
        alone.team.sync()
        shutil.copyfile(copied, alone.path.with_name(name))
        assert alone.team.look()
        report = alone.team.sync()
        assert [arrival.author for arrival in report.arrivals] == ["Ben"]
        assert alone.read(names) == ["His", "North"]
        assert alone.team.state.kind is StateKind.SAVED_HERE
    fresh = Member("New", members[1].home, members[0].document)
    shutil.rmtree(members[1].home.data)
    with fresh.open() as newcomer:
        assert newcomer.read(names) == ["His", "North"]


def test_a_copy_beside_a_document_nobody_shares_may_ask(
    members: list[Member], copied: Path
) -> None:
    with members[0].open() as alone:
        shutil.copyfile(copied, alone.path.with_name("North (1).csdesk"))
        alone.team.sync()
        assert alone.team.state.asking == 1
        alone.team.accept("North (1).csdesk")
        assert alone.read(names) == ["His", "North"]


def test_conflict_copies_go_to_the_archive_a_day_after_all_they_say_is_elsewhere(
    members: list[Member], hers: Workspace, copied: Path
) -> None:
    copy = hers.path.with_name(CERTAIN[0])
    outbox_copy = exchange_folder(hers.path) / "vm1234567 (Case Conflict).csdx"
    person_made = hers.path.with_name("North - Copy.csdesk")
    shutil.copyfile(copied, copy)
    shutil.copyfile(copied, person_made)
    hers.team.sync()
    shutil.copyfile(outboxes(hers.path)[0], outbox_copy)
    hers.team.sync()
    members[0].clock.pass_by(hours=20)
    hers.team.sync()
    assert copy.exists()
    content = copy.read_bytes()
    members[0].clock.pass_by(hours=5)
    hers.team.sync()
    assert [path.exists() for path in (copy, outbox_copy, person_made)] == [False, False, True]
    archived = {path.name[18:]: path for path in (hers.replica.archive / "shared").iterdir()}
    assert set(archived) == {copy.name, outbox_copy.name}
    assert archived[copy.name].read_bytes() == content
    assert not hers.team.look()
    assert hers.read(names) == ["His", "North"]


def test_a_copy_stays_while_something_it_says_is_nowhere_else(
    members: list[Member], hers: Workspace, copied: Path
) -> None:
    """What this computer gave on of it is spoiled, and the seal does not show it."""
    members[0].clock.pass_by(hours=3)
    hers.team.sync()
    copy = hers.path.with_name(CERTAIN[0])
    shutil.copyfile(copied, copy)
    hers.team.sync()
    members[0].clock.pass_by(hours=26)
    outbox = outboxes(hers.path)[0]
    stamp, whole = outbox.stat(), outbox.read_bytes()
    outbox.write_bytes(whole[:3100] + b"xxxx" + whole[3104:])
    os.utime(outbox, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    hers.team.sync()
    assert copy.exists()
    outbox.write_bytes(whole)
    hers.team.sync()
    assert not copy.exists()


def test_a_document_that_was_renamed_is_followed_by_who_has_it_open(
    members: list[Member], hers: Workspace
) -> None:
    here = Member("Ben", members[1].home, members[0].document)
    with here.open() as his:
        his.write("Add", add_account, "His")
        his.team.sync()
        hers.team.sync()
        renamed = hers.path.with_name("Northern.csdesk")
        hers.path.rename(renamed)
        report = hers.team.sync()
        assert report.notices == (
            "“North.csdesk” is called “Northern.csdesk” now. You go on working in it.",
        )
        assert hers.path == renamed
        his.team.sync()
        hers.write("Add", add_account, "After")
        hers.team.sync()
        his.team.sync()
        assert his.read(names) == ["After", "His", "North"]
        assert [path.name for path in renamed.parent.glob("*.csdesk")] == ["Northern.csdesk"]
    newcomer = Member("Late", type(here.home).at(renamed.parent.parent / "late"), renamed)
    with newcomer.open() as late:
        late.team.sync()
        assert late.team.shared
        assert late.read(names) == ["After", "His", "North"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere two such names are one file")
def test_a_name_in_another_form_is_the_document_or_a_copy_of_it(
    members: list[Member], hers: Workspace, copied: Path
) -> None:
    other = hers.path.with_name("NORTH.csdesk")
    shutil.copyfile(copied, other)
    hers.team.sync()
    assert hers.read(names) == ["His", "North"]
    assert hers.path.name == "North.csdesk"
    hers.path.unlink()
    hers.team.sync()
    assert hers.path == other
    assert not hers.path.with_name("North.csdesk").exists()


def test_the_document_is_written_by_one_of_them_a_day_after_it_lacks_something(
    members: list[Member], hers: Workspace
) -> None:
    here = Member("Ben", members[1].home, members[0].document, members[0].clock)
    with here.open() as his:
        before = read_seal(hers.path)
        wrote = []
        for hour in range(40):
            for workspace, name in ((hers, "Aiko"), (his, "Ben")):
                if hour < 20:
                    workspace.write("Add", add_account, f"{name} {hour:02}")
                seal = read_seal(hers.path)
                workspace.team.sync()
                if read_seal(hers.path) != seal:
                    wrote.append(name)
            members[0].clock.pass_by(hours=1)
        assert read_seal(hers.path) != before
        assert len(wrote) == 1
        assert broken_laws(hers.path) == []
        for path in outboxes(hers.path):
            assert path.stat().st_size < 20_000, "what the document has is left out"
        assert hers.team.state.kind is StateKind.SHARED
    fresh = Member("New", type(here.home).at(hers.path.parent.parent / "new"), hers.path)
    with fresh.open() as newcomer:
        assert len(newcomer.read(names)) == 41


def test_large_outboxes_bring_the_next_document_sooner(
    members: list[Member], hers: Workspace
) -> None:
    before = read_seal(hers.path)
    for number in range(12):
        hers.write("Add", add_account, f"Large {number}", business_summary=f"{number} " * 50_000)
        members[0].clock.pass_by(minutes=1)
    hers.team.sync()
    assert read_seal(hers.path) == before
    members[0].clock.pass_by(minutes=30)
    hers.team.sync()
    assert read_seal(hers.path) != before
    members[0].clock.pass_by(hours=2)
    hers.team.sync()
    assert outboxes(hers.path)[0].stat().st_size < 20_000


def test_two_documents_written_at_once_lose_nothing(
    members: list[Member], hers: Workspace, tmp_path: Path
) -> None:
    """The service keeps one of them, and sets the other aside."""
    hers.write("Add", add_account, "Hers")
    hers.team.sync()
    folder = tmp_path / "of Ben"
    shutil.copyfile(hers.path, folder / "North.csdesk")
    shutil.copytree(exchange_folder(hers.path), exchange_folder(folder / "North.csdesk"))
    with members[1].open() as his:
        his.team.sync()
        his.write("Add", add_account, "His")
        for _turn in range(4):
            members[1].clock.pass_by(hours=13)
            his.team.sync()
        his_document = members[1].document.read_bytes()
        assert his.read(names) == ["Hers", "His", "North"]
    for _turn in range(4):
        members[0].clock.pass_by(hours=13)
        hers.write("Add", add_account, "Hers later")
        hers.team.sync()
    hers.path.with_name(CERTAIN[0]).write_bytes(his_document)
    hers.team.sync()
    assert "His" in hers.read(names)
    with members[1].open() as his:
        for path in outboxes(hers.path):
            shutil.copyfile(path, exchange_folder(his.path) / path.name)
        shutil.copyfile(hers.path, his.path)
        his.team.sync()
        assert his.read(names) == hers.read(names)


def test_outboxes_that_come_before_what_they_build_on_wait_for_it(
    members: list[Member], tmp_path: Path
) -> None:
    """Ben's computer gets the newest outbox days before the document that it goes on from."""
    aiko = members[0]
    with aiko.open() as hers:
        hers.team.share()
        hers.write("Add", add_account, "In the document")
        for _turn in range(6):
            aiko.clock.pass_by(hours=13)
            hers.team.sync()
        hers.write("Add", add_account, "In the outbox")
        hers.team.sync()
        (outbox,) = outboxes(hers.path)
        folder = exchange_folder(members[1].document)
        folder.mkdir()
        shutil.copyfile(outbox, folder / outbox.name)
        with members[1].open() as his:
            his.team.sync()
            waiting = told(his, outbox.name)
            new = his.read(names)
            assert (new, waiting.fate) in [
                (["North"], Fate.GAPS),
                (["In the outbox", "North"], Fate.MERGED),
            ]
            shutil.copyfile(hers.path, his.path)
            his.team.sync()
            assert his.read(names) == ["In the document", "In the outbox", "North"]
