"""What every hub promises, held against the folder and against one that is no folder at all."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from csdesk.store import local
from csdesk.store.driver import RawConnection
from csdesk.store.schema import workspace_id
from csdesk.store.versions import versions
from csdesk.team.contents import Notes
from csdesk.team.exchange import fetch
from csdesk.team.files import DiskFiles
from csdesk.team.folder import Desk, FolderHub, Memory
from csdesk.team.glance import glance
from csdesk.team.hub import Hub
from csdesk.team.outbox import Sender
from csdesk.team.place import Place, Told, outbox_name
from csdesk.workspace.workspace import Workspace
from tests.store.desk import Device, add_account, names, rename
from tests.store.laws import broken_laws
from tests.team.memory_hub import MemoryHub

MakeHub = Callable[[Workspace, RawConnection], Hub]
"""Gives the hub as one replica meets it now."""


@pytest.fixture(params=["folder", "memory"])
def make_hub(request: pytest.FixtureRequest, tmp_path: Path) -> MakeHub:
    """Return how a replica gets at the hub, which is the same for all of them."""
    if request.param == "memory":
        hub = MemoryHub(tmp_path)
        return lambda _workspace, _connection: hub
    folder = tmp_path / "shared" / "North.csdesk-sync"
    folder.mkdir(parents=True)

    def on_folder(workspace: Workspace, connection: RawConnection) -> Hub:
        sender = Sender(workspace.device, workspace.author)
        files = DiskFiles()
        place = Place(folder.with_name("North.csdesk"), folder, exists=True)
        desk = Desk(workspace.replica, workspace_id(connection), files, random.Random(1), sender)
        told = Told(folder.name, outbox_name(workspace.device))
        glimpses = glance(files, place)
        now = workspace._clock()
        return FolderHub(desk, place, glimpses, Notes(connection), told, Memory(), now)

    return on_folder


@pytest.fixture
def three(tmp_path: Path) -> Iterator[list[Workspace]]:
    """Return three open replicas of one workspace with an account."""
    first = Device.beside(tmp_path / "one")
    with contextlib.ExitStack() as stack:
        with first.create() as workspace:
            workspace.write("Add", add_account, "North")
        devices = [first, *(Device.beside(tmp_path / name, first.document) for name in "23")]
        yield [stack.enter_context(device.open()) for device in devices]


def give(workspace: Workspace, make_hub: MakeHub) -> int:
    with contextlib.closing(local.connect_with(workspace.replica)) as connection:
        return make_hub(workspace, connection).take(connection)


def get(workspace: Workspace, make_hub: MakeHub) -> int:
    added = 0

    def count(_parcel: object, merged: object) -> None:
        nonlocal added
        added += merged.added  # type: ignore[attr-defined]

    def never(error: BaseException) -> None:
        raise error

    with contextlib.closing(local.connect_with(workspace.replica)) as connection:
        hub = make_hub(workspace, connection)
        fetch(hub, connection, contextlib.nullcontext(), count, never)
    return added


def has(workspace: Workspace, make_hub: MakeHub) -> dict[int, int]:
    with contextlib.closing(local.connect_with(workspace.replica)) as connection:
        return make_hub(workspace, connection).versions()


def knows(workspace: Workspace) -> dict[int, int]:
    with contextlib.closing(local.connect_with(workspace.replica)) as connection:
        return versions(connection)


def test_an_empty_hub_has_nothing_and_gives_nothing(
    three: list[Workspace], make_hub: MakeHub
) -> None:
    assert has(three[0], make_hub) == {}
    assert get(three[0], make_hub) == 0


def test_what_one_gave_it_has_and_another_gets(three: list[Workspace], make_hub: MakeHub) -> None:
    one, two, _three = three
    one.write("Add", add_account, "South")
    assert give(one, make_hub) > 0
    assert has(two, make_hub) == knows(one)
    assert get(two, make_hub) > 0
    assert two.read(names) == ["North", "South"]
    assert knows(two) == knows(one)
    assert broken_laws(two.replica.database) == []


def test_giving_and_getting_again_changes_nothing(
    three: list[Workspace], make_hub: MakeHub
) -> None:
    one, two, _three = three
    one.write("Add", add_account, "South")
    give(one, make_hub)
    get(two, make_hub)
    before = has(one, make_hub)
    assert give(one, make_hub) == 0
    assert give(two, make_hub) == 0
    assert get(two, make_hub) == 0
    assert has(one, make_hub) == before


def test_only_what_is_new_is_counted(three: list[Workspace], make_hub: MakeHub) -> None:
    one, two, _three = three
    give(one, make_hub)
    made = one.write("Add", add_account, "South").result
    first = give(one, make_hub)
    one.write("Rename", rename, made, "Southern")
    assert (first > 1, give(one, make_hub)) == (True, 1)
    assert get(two, make_hub) == first + 1


def test_everybody_ends_with_everything_whatever_the_order(
    three: list[Workspace], make_hub: MakeHub
) -> None:
    for number, workspace in enumerate(three):
        workspace.write("Add", add_account, f"From {number}")
    chance = random.Random(3)
    for _turn in range(12):
        workspace = chance.choice(three)
        chance.choice([give, get])(workspace, make_hub)
    for _turn in range(2):
        for workspace in three:
            get(workspace, make_hub)
            give(workspace, make_hub)
    assert {tuple(workspace.read(names)) for workspace in three} == {
        ("From 0", "From 1", "From 2", "North")
    }
    assert has(three[0], make_hub) == knows(three[0]) == knows(three[1]) == knows(three[2])


def test_what_came_from_others_is_given_on_where_it_is_lacking(
    three: list[Workspace], make_hub: MakeHub
) -> None:
    """The second has the first one's edit from elsewhere; the hub never got it from the first."""
    one, two, third = three
    one.write("Add", add_account, "South")
    one.publish()
    two.team.merge(one.path)
    give(two, make_hub)
    get(third, make_hub)
    assert third.read(names) == ["North", "South"]
