"""A team on one folder: what one does, the others get, and nothing that befalls a file loses it."""

from __future__ import annotations

from pathlib import Path

import pytest

from csdesk.store.touching import Change
from csdesk.team.standing import StateKind
from tests.store.desk import add_account, names, rename
from tests.store.laws import broken_laws
from tests.team.sharing_desk import Member, exchange_folder, outboxes, team


@pytest.fixture
def two(tmp_path: Path) -> list[Member]:
    """Return two people; Aiko has made the workspace, with one account, and shared it."""
    members = team(tmp_path, "Aiko", "Ben")
    with members[0].create() as workspace:
        workspace.write("Add", add_account, "North")
        workspace.team.share()
    return members


def test_what_one_does_the_other_gets_with_word_of_what_was_touched(two: list[Member]) -> None:
    aiko, ben = two
    with aiko.open() as hers, ben.open() as his:
        heard: list[Change] = []
        his.subscribe(heard.append)
        made = hers.write("Add", add_account, "South").result
        assert hers.team.state.kind is StateKind.TO_SHARE
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
    assert len(outboxes(two[0].document)) == 2
    assert exchange_folder(two[0].document).is_dir()
