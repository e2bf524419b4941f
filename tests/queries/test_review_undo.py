"""An undo gives back the choice: a deletion that did not hold waits again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from csdesk.actions.accounts import add_account
from csdesk.actions.people import add_contact, edit_contact
from csdesk.actions.review import delete_after_all, keep_item
from csdesk.actions.reviving import bring_back
from csdesk.actions.rows import delete_row
from csdesk.queries.review_items import DeletionItem
from csdesk.workspace.workspace import Workspace
from tests.queries.apart import Pair, pair_of, prepared


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[tuple[Pair, str]]:
    """Return two copies: Ben deleted a contact of which Aiko wrote the title."""

    def prepare(workspace: Workspace) -> str:
        account = workspace.write("Account", add_account, "Fuji Retail Group").result
        return workspace.write("Contact", add_contact, account, "Tanaka").result

    document, contact = prepared(tmp_path, prepare)
    with pair_of(tmp_path, document) as pair:
        pair.ben.write("Leaver", delete_row, "contact", contact)
        pair.pass_by(minutes=1)
        pair.aiko.write("Title", edit_contact, contact, title="CIO")
        pair.meet()
        pair.pass_by(minutes=1)
        yield pair, contact


def waiting(pair: Pair) -> DeletionItem:
    (item,) = pair.waiting()
    assert isinstance(item, DeletionItem)
    return item


def test_deleted_after_all_and_undone_it_waits_as_it_did(apart: tuple[Pair, str]) -> None:
    pair, _contact = apart
    before = waiting(pair)
    for _time in range(2):
        pair.aiko.write("Delete", delete_after_all, waiting(pair))
        pair.meet()
        assert pair.waiting() == ()
        pair.pass_by(minutes=1)
        pair.aiko.undo()
        pair.meet()
        assert waiting(pair) == before, "what was edited, and who deleted, is told again"
        pair.aiko.redo()
        pair.meet()
        assert pair.waiting() == ()
        pair.aiko.undo()
        pair.meet()


def test_it_can_be_decided_again_also_by_the_other_one(apart: tuple[Pair, str]) -> None:
    pair, contact = apart
    pair.aiko.write("Delete", delete_after_all, waiting(pair))
    pair.aiko.undo()
    pair.meet()
    pair.pass_by(minutes=1)
    pair.ben.write("Keep", keep_item, waiting(pair))
    pair.meet()
    assert pair.waiting() == ()
    pair.aiko.write("Title", edit_contact, contact, title="CFO")
    pair.meet()
    assert pair.waiting() == ()


def test_what_somebody_brought_back_knowingly_does_not_wait(apart: tuple[Pair, str]) -> None:
    pair, contact = apart
    pair.aiko.write("Delete", delete_after_all, waiting(pair))
    pair.aiko.write("Back", bring_back, [("contact", contact)])
    pair.meet()
    assert pair.waiting() == ()


def test_a_deletion_of_ones_own_that_was_undone_never_waits(apart: tuple[Pair, str]) -> None:
    pair, contact = apart
    pair.aiko.write("Keep", keep_item, waiting(pair))
    account = pair.aiko.write("Account", add_account, "Hanami Hotels").result
    other = pair.aiko.write("Add", add_contact, account, "Ito").result
    for _time in range(2):
        for row in (other, contact):
            pair.aiko.write("Delete", delete_row, "contact", row)
            pair.aiko.undo()
    pair.meet()
    assert pair.waiting() == ()
