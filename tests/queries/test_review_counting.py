"""What waits is counted again after a change as if from the beginning, with less looking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from csdesk.actions.accounts import add_account, edit_account
from csdesk.actions.kpis import add_kpi, set_kpi_value
from csdesk.actions.people import add_contact, edit_contact
from csdesk.actions.review import keep_item, keep_two
from csdesk.actions.rows import delete_row
from csdesk.queries.duplicates import may_differ
from csdesk.queries.review import count_again, open_review_count, read_again, review_items
from csdesk.queries.review_items import DeletionItem, DuplicateItem
from csdesk.queries.review_tally import Tally
from csdesk.store.touching import Change, everything
from csdesk.workspace.workspace import Workspace
from csdesk.workspace.writing import raw_connection
from tests.queries.apart import Pair, pair_of, prepared


@dataclass
class Desk:
    """What both have at first, and what Aiko's workspace announced since."""

    account: str
    contact: str
    kpi: str
    changes: list[Change] = field(default_factory=list)


def _prepare(workspace: Workspace) -> Desk:
    account = workspace.write("Account", add_account, "Fuji Retail Group").result
    contact = workspace.write("Contact", add_contact, account, "Tanaka").result
    return Desk(account, contact, workspace.write("KPI", add_kpi, "Sales").result)


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Desk]:
    return prepared(tmp_path_factory.mktemp("prepared"), _prepare)


@pytest.fixture
def apart(tmp_path: Path, document: tuple[Path, Desk]) -> Iterator[tuple[Pair, Desk]]:
    """Return two copies, and what the first of them announces."""
    made = document[1]
    with pair_of(tmp_path, document[0]) as pair:
        desk = Desk(made.account, made.contact, made.kpi)
        pair.aiko.subscribe(desk.changes.append)
        yield pair, desk


def _looks_again(pair: Pair, changes: list[Change]) -> bool:
    return pair.aiko.read(lambda session: may_differ(raw_connection(session.connection()), changes))


Step = Callable[[Workspace, Desk], Any]


@pytest.mark.parametrize(
    ("step", "again"),
    [
        (lambda w, d: w.write("Edit", edit_account, d.account, industry="Retail"), False),
        (
            lambda w, d: w.write(
                "KPI", set_kpi_value, d.account, d.kpi, dt.date(2026, 5, 1), Decimal(3)
            ),
            False,
        ),
        (lambda w, d: w.write("Title", edit_contact, d.contact, title="CIO"), False),
        (lambda w, d: w.write("Name", edit_account, d.account, name="Fuji"), True),
        (lambda w, d: w.write("Mail", edit_contact, d.contact, email="t@example.com"), True),
        (lambda w, d: w.write("Add", add_contact, d.account, "Ito"), True),
        (lambda w, d: w.write("Delete", delete_row, "contact", d.contact), True),
    ],
    ids=["field", "kpi value", "title", "name", "mail", "new", "deleted"],
)
def test_rows_are_compared_again_only_where_names_or_lives_changed(
    apart: tuple[Pair, Desk], step: Step, again: bool
) -> None:
    pair, desk = apart
    step(pair.aiko, desk)
    assert _looks_again(pair, desk.changes) is again
    desk.changes.clear()
    pair.aiko.undo()
    assert _looks_again(pair, desk.changes) is again, "an undo is a step like any other"


def test_what_others_wrote_and_what_nobody_can_tell_are_compared_again(
    apart: tuple[Pair, Desk],
) -> None:
    pair, _desk = apart
    assert _looks_again(pair, [everything("Restored")])
    assert _looks_again(pair, [Change("Ben", None, {"account": frozenset({"a"})})])
    assert not _looks_again(pair, [Change("Ben", None, {"touchpoint": frozenset({"a"})})])
    assert not _looks_again(pair, [])


def test_after_every_change_it_is_counted_as_if_from_the_beginning(
    apart: tuple[Pair, Desk],
) -> None:
    pair, desk = apart
    tally: Tally | None = None
    totals = []

    def count() -> None:
        nonlocal tally
        tally = pair.aiko.read(count_again, tally, tuple(desk.changes))
        desk.changes.clear()
        assert tally.total == pair.aiko.read(open_review_count)
        totals.append(tally.total)

    count()
    pair.ben.write("Add", add_account, "Branch")
    pair.ben.write("Leaver", delete_row, "contact", desk.contact)
    other = pair.aiko.write("Add", add_account, "Blanch").result
    pair.aiko.write("Title", edit_contact, desk.contact, title="CIO")
    pair.meet()
    desk.changes.append(everything("Changes from Ben"))
    count()
    for step in (
        lambda: pair.aiko.write("Name", edit_account, other, name="Branch"),
        lambda: pair.aiko.write("Industry", edit_account, other, industry="Bank"),
        lambda: pair.aiko.write("Two", keep_two, _only(pair, DuplicateItem)),
        lambda: pair.aiko.write("Keep", keep_item, _only(pair, DeletionItem)),
        pair.aiko.undo,
        pair.aiko.undo,
        lambda: pair.aiko.write("Name", edit_account, other, name="Other"),
    ):
        step()
        count()
    assert totals == [0, 1, 2, 2, 1, 0, 1, 2, 1]


def _only(pair: Pair, kind: type[Any]) -> Any:
    (item,) = (item for item in pair.aiko.read(review_items) if isinstance(item, kind))
    return item


def test_of_many_the_latest_are_read_and_all_are_counted(apart: tuple[Pair, Desk]) -> None:
    pair, _desk = apart
    names = [f"Account {number}" for number in range(6)]
    accounts = [pair.aiko.write("Add", add_account, name).result for name in names]
    pair.meet()
    for account in sorted(accounts, reverse=True):  # the order of ids is not the order of time
        pair.pass_by(minutes=1)
        pair.aiko.write("Mine", edit_account, account, industry="Retail")
        pair.ben.write("Theirs", edit_account, account, industry="Bank")
        pair.aiko.write("Same", add_account, f"Same {account}")
        pair.ben.write("Same", add_account, f"Same {account}")
    pair.meet()
    whole = pair.aiko.read(review_items)
    assert len(whole) == 12
    items, tally = pair.aiko.read(read_again, None, (), limit=2)
    assert items == whole[:4] == pair.aiko.read(review_items, limit=2)
    assert tally.total == 12
