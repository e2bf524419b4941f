"""What going back would change is told without changing anything."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from csdesk.actions.accounts import add_account, edit_account
from csdesk.actions.people import add_contact, delete_contacts
from csdesk.errors import UserError
from csdesk.queries.restore_preview import restore_preview
from csdesk.settings import Home
from csdesk.workspace.moments import RestorePoint
from csdesk.workspace.workspace import Workspace


class Ticking:
    """A clock that goes on a second at each look."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        self.now += dt.timedelta(seconds=1)
        return self.now


def test_the_preview_tells_just_what_the_restore_then_does(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "North.csdesk"
    with Workspace.create(path, home=home, author="Aisha", clock=Ticking()) as workspace:
        account = workspace.write("Add", add_account, "Aoba", industry="Retail").result
        sato = workspace.write("Add", add_contact, account, "Sato").result
        moment = workspace.history()[0].at
        workspace.write("Set", edit_account, account, industry="Banking", region="Osaka")
        workspace.write("Delete", delete_contacts, [sato])
        workspace.write("Add", add_contact, account, "Mori")
        steps = len(workspace.history())
        point = RestorePoint(moment, "account", account, "Aoba")
        lines = {line.text for line in restore_preview(workspace, point)}
        assert lines == {
            "Industry Banking → Retail",
            "Region Osaka → –",
            "Contact “Sato” brought back",
            "Contact “Mori” deleted",
        }
        assert len(workspace.history()) == steps
        workspace.restore(point)
        assert restore_preview(workspace, point) == ()
        workspace.undo()
        assert {line.text for line in restore_preview(workspace, point)} == lines


def test_a_moment_before_the_item_is_refused(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "North.csdesk"
    with Workspace.create(path, home=home, clock=Ticking()) as workspace:
        workspace.write("Add", add_account, "Aoba")
        moment = workspace.history()[0].at
        later = workspace.write("Add", add_account, "Blue Harbor").result
        with pytest.raises(UserError, match="not there yet"):
            restore_preview(workspace, RestorePoint(moment, "account", later, "Blue Harbor"))
