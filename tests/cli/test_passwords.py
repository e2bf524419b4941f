"""A password for a document is asked for twice, and never shown."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

import pytest

from csdesk.cli.call import Call
from csdesk.cli.passwords import add_password, password_meant
from csdesk.cli.terminal import Terminal
from csdesk.errors import UserError
from csdesk.settings import Home


def meant(home: Home, *arguments: str) -> str:
    parser = argparse.ArgumentParser()
    add_password(parser)
    return password_meant(Call(parser.parse_args(arguments), home, "Yui", Terminal()))


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Sit somebody down at the keyboard, who types what is put into the list."""
    answers: list[str] = []

    def ask(prompt: str) -> str:
        assert prompt.endswith(": ")
        return answers.pop(0)

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(getpass, "getpass", ask)
    return answers


def test_without_the_options_there_is_none(home: Home) -> None:
    assert meant(home) == ""


def test_it_is_typed_twice(home: Home, typed: list[str]) -> None:
    typed += ["ひみつ", "ひみつ"]
    assert meant(home, "--password") == "ひみつ"


@pytest.mark.parametrize(("first", "second"), [("", ""), ("secret", "Secret")])
def test_none_or_another_the_second_time_is_refused(
    home: Home, typed: list[str], first: str, second: str
) -> None:
    typed += [first, second]
    with pytest.raises(UserError):
        meant(home, "--password")


@pytest.mark.parametrize(
    ("content", "password"),
    [(b"secret", "secret"), (b"two words \n", "two words "), (b"\xef\xbb\xbfa\r\nb", "a")],
)
def test_a_file_has_it_in_its_first_line(
    home: Home, tmp_path: Path, content: bytes, password: str
) -> None:
    path = tmp_path / "secret.txt"
    path.write_bytes(content)
    assert meant(home, "--password-file", str(path)) == password


@pytest.fixture
def unreadable(tmp_path: Path) -> list[Path]:
    binary, empty = tmp_path / "binary", tmp_path / "empty"
    binary.write_bytes(b"\xff\xfe\x00")
    empty.write_bytes(b"\n\nsecret")
    return [binary, empty, tmp_path, tmp_path / "missing"]


def test_a_file_without_one_is_refused(home: Home, unreadable: list[Path]) -> None:
    for path in unreadable:
        with pytest.raises(UserError):
            meant(home, "--password-file", str(path))
