"""One account and one plan to act upon, in a fresh workspace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from csdesk.actions.accounts import add_account
from csdesk.actions.plans import add_plan
from csdesk.workspace.workspace import Workspace
from tests.actions.outlines import Outline
from tests.actions.review_desk import Desk
from tests.queries.apart import Pair, pair_of, prepared
from tests.store.laws import broken_laws


@pytest.fixture
def account(workspace: Workspace) -> str:
    """Add an account and return its id."""
    return workspace.write("Add", add_account, "青葉物流").result


@pytest.fixture
def plan(workspace: Workspace, account: str) -> str:
    """Add a plan to the account and return its id."""
    return workspace.write("Plan", add_plan, account, "Onboarding").result


@pytest.fixture
def outline(workspace: Workspace, plan: str) -> Outline:
    """Show the outline of the plan, still empty."""
    return Outline(workspace, plan)


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Desk]:
    """Return the document of a small workspace and what is in it."""
    return prepared(tmp_path_factory.mktemp("prepared"), Desk)


@pytest.fixture
def apart(tmp_path: Path, document: tuple[Path, Desk]) -> Iterator[tuple[Pair, Desk]]:
    """Return two copies of it, open."""
    with pair_of(tmp_path, document[0]) as pair:
        yield pair, document[1]
        pair.meet()
        for workspace in (pair.aiko, pair.ben):
            assert broken_laws(workspace.replica.database) == []


@pytest.fixture(scope="session")
def two(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Pair]:
    """Open two copies of one workspace for all tests; each has an account of its own in them."""
    folder = tmp_path_factory.mktemp("two")
    document, _made = prepared(folder, lambda workspace: None)
    with pair_of(folder, document) as pair:
        yield pair
        pair.meet()
        for workspace in (pair.aiko, pair.ben):
            assert broken_laws(workspace.replica.database) == []
