"""The command line as a user meets it: arguments in; output, complaints and a status out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from csdesk.actions.editing import today
from csdesk.actions.sample import add_sample
from csdesk.cli import main
from csdesk.settings import Home
from tests.moulds import Mould, filled_mould


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
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Mould[None]]:
    """Make both samples once; tests work on copies."""
    return {
        language: filled_mould(
            tmp_path_factory.mktemp(language), "Maker", "Sample", add_sample, language, today()
        )
        for language in ("en", "ja")
    }


@pytest.fixture
def file(mould: Mould[None], home: Home, tmp_path: Path) -> Path:
    """Return an empty workspace."""
    return laid(mould, tmp_path / "North.csdesk", home)


@pytest.fixture
def sample(samples: dict[str, Mould[None]], home: Home, tmp_path: Path) -> Path:
    """Return a workspace with the English sample."""
    return laid(samples["en"], tmp_path / "sample.csdesk", home)


@pytest.fixture
def japanese(samples: dict[str, Mould[None]], home: Home, tmp_path: Path) -> Path:
    """Return a workspace with the Japanese sample."""
    return laid(samples["ja"], tmp_path / "見本.csdesk", home)


def laid(mould: Mould[None], document: Path, home: Home) -> Path:
    """Lay a copy on this computer, which had it open before, but did not make it."""
    mould.lay_beside(document, home)
    return document
