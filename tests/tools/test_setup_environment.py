"""Setting up leaves alone what is there, and says in one sentence what a person has to do."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import pytest

from tools import setup_environment


def test_a_missing_library_is_named_by_its_package() -> None:
    libraries = {"libc.so.6": "libc6", "libno-such-thing.so.7": "libno-such-thing7"}
    if not sys.platform.startswith("linux"):
        libraries = {"libno-such-thing.so.7": "libno-such-thing7"}
    assert setup_environment.missing_packages(libraries) == ["libno-such-thing7"]


def test_what_a_person_has_to_install_is_one_line_to_copy() -> None:
    said = setup_environment.by_hand(["libegl1", "libgl1"])
    assert said == "sudo apt-get install libegl1 libgl1"


def test_a_command_that_does_not_exist_does_not_work() -> None:
    assert not setup_environment.works(["no-such-program-anywhere"])
    assert setup_environment.works([sys.executable, "-c", ""])
    assert not setup_environment.works([sys.executable, "-c", "raise SystemExit(3)"])


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone whose environment has the tests' packages, but no Python to install more with."""
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    monkeypatch.setattr(setup_environment, "ROOT", tmp_path)
    monkeypatch.setattr(setup_environment, "VENV", tmp_path / ".venv")
    (tmp_path / ".venv").mkdir()
    state = hashlib.sha256(b"[project]\n").hexdigest()
    stamp = tmp_path / ".venv" / "csdesk-setup.json"
    stamp.write_text(json.dumps({"state": state, "extras": ["test"]}), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("extras", [set(), {"test"}])
def test_what_is_installed_is_not_installed_again(checkout: Path, extras: set[str]) -> None:
    setup_environment.install_packages(extras)


def test_another_extra_or_a_changed_project_is_installed(checkout: Path) -> None:
    with pytest.raises(FileNotFoundError):
        setup_environment.install_packages({"lint"})
    (checkout / "pyproject.toml").write_text("[project]\nname='x'\n", encoding="utf-8")
    with pytest.raises(FileNotFoundError):
        setup_environment.install_packages({"test"})
