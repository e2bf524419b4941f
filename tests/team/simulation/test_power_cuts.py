"""The power goes at any moment, and the disk forgets what was not flushed: nothing is lost."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
from pathlib import Path

import pytest

from benchmarks.simulation.person import abandon
from tests.store.laws import broken_laws
from tests.team.simulation.failing import Disk
from tests.team.simulation.power import ForgetfulDisk, PowerLossError
from tests.team.simulation.scene import Scene
from tests.team.simulation.test_faults import ROUNDS, operations


@pytest.mark.soak
@pytest.mark.parametrize("name", ["share", "sync", "close"])
def test_a_power_cut_at_any_moment_loses_nothing(
    disk: Disk, scene: Scene, monkeypatch: pytest.MonkeyPatch, soaking: bool, name: str
) -> None:
    done = operations(disk, scene, name)
    do, shared = ROUNDS[name]
    step = 1 if soaking else 28
    for number in range(1, len(done) + 2, step):
        for turn in range(8 if soaking else 1):
            scene.put_back(shared=shared)
            before = scene.sealed_files()
            forgetful = ForgetfulDisk(scene.folder, random.Random(number * 100 + turn))
            workspace = scene.open()

            def power(count: int, number: int = number) -> BaseException | None:
                return PowerLossError() if count >= number else None

            with (
                forgetful.watching(monkeypatch),
                disk.failing(scene.folder, power),
                contextlib.suppress(PowerLossError),
            ):
                do(workspace, scene)
            abandon(workspace)
            forgetful.lose_power()
            forgetful.let_go()
            case = f"{name}, power lost before operation {number} ({turn})"
            assert scene.broken(before) == [], case
            assert broken_laws(workspace.replica.database) == [], case
            assert scene.wrong_after_another_round() == [], case


def test_what_lies_beside_the_replica_may_vanish_as_well(scene: Scene) -> None:
    scene.put_back()
    for local in scene.folder.rglob("local.db*"):
        local.unlink()
    for note in scene.folder.rglob("sharing.json"):
        note.write_bytes(b"")
    assert scene.wrong_after_another_round() == []


def test_the_disk_of_these_tests_forgets_what_was_not_flushed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the others would hold for nothing."""
    forgotten = kept = 0
    for seed in range(40):
        folder = tmp_path / f"seed{seed}"
        folder.mkdir()
        (folder / "old").write_bytes(b"old")
        disk = ForgetfulDisk(folder, random.Random(seed))
        with disk.watching(monkeypatch):
            for name in ("flushed", "careless"):
                with (folder / f"{name}.tmp").open("xb") as stream:
                    stream.write(name.encode())
                    if name == "flushed":
                        stream.flush()
                        os.fsync(stream.fileno())
                os.replace(folder / f"{name}.tmp", folder / name)
                if name == "flushed":
                    handle = os.open(folder, os.O_RDONLY)
                    os.fsync(handle)
                    os.close(handle)
        disk.lose_power()
        disk.let_go()
        assert (folder / "flushed").read_bytes() == b"flushed"
        assert (folder / "old").read_bytes() == b"old"
        is_kept = (folder / "careless").exists() and (
            folder / "careless"
        ).read_bytes() == b"careless"
        kept, forgotten = kept + is_kept, forgotten + (not is_kept)
        shutil.rmtree(folder)
    assert kept > 0
    assert forgotten > 10
