"""The command line as a user meets it: arguments in; output, complaints and a status out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from csdesk.actions.editing import today
from csdesk.actions.sample import add_sample
from csdesk.cli import main
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Ran:
    """What one run of the program came to."""

    status: int
    out: str
    err: str

    def json(self) -> Any:
        """Return what was written for machines."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command in this process; fails where the status is not the expected one."""

    def call(*arguments: str | Path, status: int = 0) -> Ran:
        capfdbinary.readouterr()
        came_to = main([str(argument) for argument in arguments])
        out, err = (text.decode("utf-8") for text in capfdbinary.readouterr())
        ran = Ran(came_to, out, err)
        assert ran.status == status, (arguments, ran)
        assert not (status and ran.out and status != 1), ran
        return ran

    return call


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Make an empty workspace and both samples once; tests work on copies."""
    folder = tmp_path_factory.mktemp("templates")
    files = {name: folder / f"{name}.csdesk" for name in ("empty", "en", "ja")}
    for name, path in files.items():
        with Workspace.create(path, home=Home.at(folder / "home"), author="Maker") as workspace:
            if name != "empty":
                workspace.write("Add the sample", add_sample, name, today())
    return files


@pytest.fixture
def file(templates: dict[str, Path], tmp_path: Path) -> Path:
    """Return an empty workspace."""
    return Path(shutil.copyfile(templates["empty"], tmp_path / "North.csdesk"))


@pytest.fixture
def sample(templates: dict[str, Path], tmp_path: Path) -> Path:
    """Return a workspace with the English sample."""
    return Path(shutil.copyfile(templates["en"], tmp_path / "sample.csdesk"))


@pytest.fixture
def japanese(templates: dict[str, Path], tmp_path: Path) -> Path:
    """Return a workspace with the Japanese sample."""
    return Path(shutil.copyfile(templates["ja"], tmp_path / "見本.csdesk"))
