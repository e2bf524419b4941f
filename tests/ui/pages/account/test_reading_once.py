"""What was written in a page is read once, and a page is right whoever wrote."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import edit_account
from csdesk.actions.plan_items import ItemKind, edit_item
from csdesk.queries.accounts import account_detail
from csdesk.queries.outline import plan_outline
from tests.actions.outlines import Outline
from tests.ui.pages.fuji import Fuji, settle, undone
from ui.desk import Desk
from ui.pages.account.page import AccountPage
from ui.pages.plan.plan_section import PlanSection


@pytest.fixture
def asked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[Callable[..., Any]]:
    """Return the queries run at the desk from now on."""
    queries: list[Callable[..., Any]] = []
    read = desk.read

    def noted(query: Callable[..., Any], *args: Any, **options: Any) -> Any:
        queries.append(query)
        return read(query, *args, **options)

    monkeypatch.setattr(desk, "read", noted)
    return queries


def test_a_tick_reads_the_plan_and_its_account_once(
    plan: PlanSection, outline: Outline, qtbot: QtBot, asked: list[Callable[..., Any]]
) -> None:
    plan.view.choose(outline.ref("A1").id)
    settle()
    asked.clear()
    qtbot.keyClick(plan.view, Qt.Key.Key_Space)
    settle()
    assert outline.item("A1").is_done
    shown = plan.model.outline
    assert shown is not None
    found = shown.find(outline.ref("A1").id)
    assert found is not None
    assert found.is_done
    assert asked.count(plan_outline) == 1
    assert asked.count(account_detail) == 1


def test_a_field_of_the_profile_reads_the_account_once(
    page: AccountPage, qtbot: QtBot, asked: list[Callable[..., Any]]
) -> None:
    page.open_tab("overview")
    settle()
    asked.clear()
    field = page.section("overview").field("industry")  # type: ignore[attr-defined]
    field.setFocus()
    qtbot.keyClicks(field, "Retail")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle()
    assert "Retail" in page.header.facts
    assert asked.count(account_detail) == 1


def test_what_somebody_else_writes_right_after_is_shown_too(
    plan: PlanSection, page: AccountPage, outline: Outline, fuji: Fuji, qtbot: QtBot
) -> None:
    ref = outline.ref("A1")
    plan.view.choose(ref.id)
    qtbot.keyClick(plan.view, Qt.Key.Key_Space)
    # Both are announced when the page gets its turn.
    outline.workspace.write("Rename", edit_item, ref, title="Renamed elsewhere")
    outline.workspace.write("Profile", edit_account, fuji.account, industry="Retail")
    settle()
    shown = plan.model.outline
    assert shown is not None
    found = shown.find(ref.id)
    assert found is not None
    assert (found.title, found.is_done) == ("Renamed elsewhere", True)
    assert ref.kind is ItemKind.ACTION
    assert "Retail" in page.header.facts


def test_an_undo_right_after_a_tick_is_shown(
    plan: PlanSection, outline: Outline, desk: Desk, qtbot: QtBot
) -> None:
    ref = outline.ref("A1")
    plan.view.choose(ref.id)
    qtbot.keyClick(plan.view, Qt.Key.Key_Space)
    undone(desk, qtbot, desk.undo)
    settle()
    shown = plan.model.outline
    assert shown is not None
    found = shown.find(ref.id)
    assert found is not None
    assert not found.is_done
