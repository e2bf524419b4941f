"""What the tests of a plan's tab start from."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.actions.outlines import Outline
from tests.ui.pages.plan.hands import Hands
from ui.pages.plan.plan_section import PlanSection


@pytest.fixture
def hands(qtbot: QtBot, plan: PlanSection, outline: Outline) -> Hands:
    """Return hands on the outline."""
    return Hands(qtbot, plan, outline)
