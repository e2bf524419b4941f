"""Who wrote a field last, and who deleted the row it is in."""

from __future__ import annotations

from pathlib import Path

from csdesk.actions.accounts import add_account, delete_accounts, edit_account
from csdesk.actions.people import add_contact
from csdesk.queries.field_state import deletion_of, last_writing
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace


def test_the_last_writer_of_a_field_and_of_a_deletion_are_told(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "North.csdesk"
    with Workspace.create(path, home=home, author="Aisha") as workspace:
        account = workspace.write("Add", add_account, "Aoba").result
        sato = workspace.write("Add", add_contact, account, "Sato").result
    with Workspace.open(path, home=Home.at(tmp_path / "other"), author="鈴木") as workspace:
        workspace.write("Set", edit_account, account, industry="Retail")
        name = workspace.read(last_writing, "account", account, "name")
        industry = workspace.read(last_writing, "account", account, "industry")
        assert name is not None
        assert industry is not None
        assert (name.author, industry.author) == ("Aisha", "鈴木")
        assert industry.device == workspace.device
        assert workspace.read(last_writing, "account", account, "region") is None
        assert workspace.read(deletion_of, "contact", sato) is None
        workspace.write("Delete", delete_accounts, [account])
        gone = workspace.read(deletion_of, "contact", sato)
        assert gone is not None
        assert gone.author == "鈴木"


def test_a_row_whose_holder_alone_is_deleted_counts_as_gone(home: Home, tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "North.csdesk", home=home, author="Aisha") as workspace:
        account = workspace.write("Add", add_account, "Aoba").result
        workspace.write("Delete", delete_accounts, [account])
        assert workspace.read(deletion_of, "account", account) is not None
        assert workspace.read(deletion_of, "account", "nobody") is None
