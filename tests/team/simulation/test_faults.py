"""Whatever file operation fails: nothing lost, whole files, a plain word, and all well next time.

The k-th thing that the program does to any file fails, for every k: once, or from then on until
the end of the round. The quick run takes the kinds of failure in turns; `make soak` takes all.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from csdesk.errors import UserError
from csdesk.workspace.workspace import Workspace
from tests.store.laws import broken_laws
from tests.team.simulation.failing import ERRORS, Disk
from tests.team.simulation.scene import Scene

Round = Callable[[Workspace, Scene], object]


def share(workspace: Workspace, _scene: Scene) -> object:
    workspace.team.share()
    return None


def sync(workspace: Workspace, _scene: Scene) -> object:
    return workspace.team.sync()


def merge(workspace: Workspace, scene: Scene) -> object:
    return workspace.team.merge(scene.copy)


def publish(workspace: Workspace, _scene: Scene) -> object:
    return workspace.publish()


def close(workspace: Workspace, _scene: Scene) -> object:
    workspace.close()
    return None


ROUNDS: dict[str, tuple[Round, bool]] = {
    "share": (share, False),
    "sync": (sync, True),
    "merge": (merge, True),
    "publish": (publish, True),
    "close": (close, True),
}


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let the waits between tries on Windows pass at once; return how long they were."""
    waits: list[float] = []
    monkeypatch.setattr("csdesk.store.document.time.sleep", waits.append)
    return waits


def operations(disk: Disk, scene: Scene, name: str) -> list[str]:
    """Do a round without trouble and return what was done to files on the way."""
    do, shared = ROUNDS[name]
    scene.put_back(shared=shared)
    with scene.open() as workspace, disk.failing(scene.folder):
        do(workspace, scene)
    return list(disk.seen)


def faults(count: int, soaking: bool, every: int) -> Iterator[tuple[int, str, bool]]:
    """Give which operation fails, how, and whether all after it fail, too."""
    kinds = list(ERRORS)
    for number in range(1, count + 1):
        if soaking:
            yield from ((number, kind, lasting) for kind in kinds for lasting in (False, True))
        elif number % every == 0 or number == 1:
            turn = number // every
            yield number, kinds[turn % len(kinds)], turn % 2 == 1


@pytest.mark.soak
@pytest.mark.parametrize("name", ROUNDS)
def test_any_failing_file_operation_is_survived(
    disk: Disk, scene: Scene, name: str, soaking: bool
) -> None:
    done = operations(disk, scene, name)
    assert len(done) > 5
    do, shared = ROUNDS[name]
    for number, kind, lasting in faults(len(done), soaking, 20 if name == "sync" else 30):
        scene.put_back(shared=shared)
        before = scene.sealed_files()
        case = f"{name}, operation {number} ({done[number - 1]}), {kind}, lasting: {lasting}"

        def fails(count: int, number: int = number, kind: str = kind, on: bool = lasting):
            return ERRORS[kind]() if count == number or (on and count > number) else None

        workspace = scene.open()
        with disk.failing(scene.folder, fails), told() as said:
            do(workspace, scene)
        assert all(is_plain(text) for text in said), (case, said)
        assert broken_laws(workspace.replica.database) == [], case
        assert scene.broken(before) == [], case
        with told():
            workspace.close()
        assert scene.wrong_after_another_round() == [], case
        assert scene.drafts() == [], case


@contextlib.contextmanager
def told() -> Iterator[list[str]]:
    """Collect what the user is told; anything else that is raised is a bug."""
    said: list[str] = []
    try:
        yield said
    except UserError as error:
        said.append(error.message)


def is_plain(text: str) -> bool:
    """Tell whether a text is a sentence for people: no draft's name, no number, no class."""
    odd = ("~$", "Errno", "Error", "Traceback", ".tmp", "staged", "<")
    return text.endswith(".") and "\n" not in text and not any(word in text for word in odd)


def test_a_file_that_windows_holds_for_a_moment_is_written_after_all(
    disk: Disk, scene: Scene, no_waiting: list[float]
) -> None:
    scene.put_back()
    renames = 0

    def held(_count: int) -> OSError | None:
        nonlocal renames
        if disk.seen[-1].startswith("os.rename") and ".tmp" in disk.seen[-1]:
            renames += 1
            return ERRORS["winerror 32"]() if renames < 4 else None
        return None

    with scene.open() as workspace, disk.failing(scene.folder, held):
        report = workspace.team.sync()
    assert report.delivered > 0
    assert no_waiting[:3] == [0.05, 0.1, 0.2]
    assert scene.wrong_after_another_round() == []


def test_the_disk_of_these_tests_fails_where_it_is_told_to(disk: Disk, tmp_path: Path) -> None:
    """Else the others would hold for nothing."""
    with disk.failing(tmp_path, lambda count: ERRORS["full"]() if count == 2 else None):
        (tmp_path / "one").write_bytes(b"1")
        with pytest.raises(OSError, match="No space"):
            (tmp_path / "two").write_bytes(b"2")
        (tmp_path / "three").write_bytes(b"3")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "three"]
    assert len(disk.seen) == 3
