"""A desk with one plan, ready to be sent to its customer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.exchange.workbook.desk import Desk


@pytest.fixture
def desk(tmp_path: Path, home: Home) -> Iterator[Desk]:
    with Workspace.create(tmp_path / "team.csdesk", home=home, author="Yui") as workspace:
        yield Desk(workspace, tmp_path)
