"""Who was seen last, on which computer, with which version."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from csdesk import __version__, settings
from csdesk.actions.accounts import add_account, edit_account
from csdesk.queries.copies import people_seen
from csdesk.settings import Home, computer_name, load_settings
from tests.queries.apart import pair_after


def test_the_one_seen_last_comes_first(tmp_path: Path) -> None:
    with pair_after(tmp_path, lambda w: w.write("Add", add_account, "North").result) as (
        pair,
        account,
    ):
        pair.aiko.write("Edit", edit_account, account, region="East")
        pair.pass_by(hours=2)
        for region in ("West", "South"):
            pair.ben.write("Edit", edit_account, account, region=region)
        pair.meet()
        seen = pair.aiko.read(people_seen)
        assert [(person.author, person.steps) for person in seen] == [
            ("Ben", 2),
            ("Aiko", 1),
            ("Aiko", 1),
        ]
        ben = seen[0]
        assert ben.app == f"CSDesk {__version__}"
        assert ben.device == pair.ben.device
        assert ben.last_at - ben.first_at < dt.timedelta(seconds=1)
        assert ben.last_at - seen[1].last_at > dt.timedelta(hours=1)
        assert len({person.computer for person in seen}) == 3, "of one name, told apart"


@pytest.mark.parametrize(
    ("node", "name"),
    [
        ("DESKTOP-8K2", "DESKTOP-8K2"),
        ("macbook.local", "macbook"),
        ("田中のPC", "田中のPC"),
        ("a/b:c", "a-b-c"),
        ("", ""),
        ("x" * 80, "x" * 30),
    ],
)
def test_a_computer_is_called_as_people_call_it(
    node: str, name: str, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings.platform, "node", lambda: node)
    device = load_settings(home).device
    assert load_settings(home).device == device, "it never changes"
    if name:
        assert computer_name(device) == name
        assert device.startswith(f"{name} · ")
    else:
        assert computer_name(device) == device[:4]


def test_a_device_of_before_goes_by_its_first_letters() -> None:
    assert computer_name("3f9a1c2b00112233") == "3f9a"
