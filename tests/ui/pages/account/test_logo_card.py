"""The customer's logo is chosen on the page of the account and belongs to it alone."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from pytestqt.qtbot import QtBot

from csdesk.actions.accounts import add_account
from csdesk.queries.document_request import branding
from tests.ui.pages.fuji import Fuji, settle, undone
from ui.desk import Desk
from ui.pages.account.overview_section import OverviewSection
from ui.pages.account.page import AccountPage


def test_a_logo_is_kept_with_its_account_and_undone(
    page: AccountPage, desk: Desk, fuji: Fuji, qtbot: QtBot, tmp_path: Path
) -> None:
    overview = page.section("overview")
    assert isinstance(overview, OverviewSection)
    logo = overview.logo.logo
    path = tmp_path / "fuji.png"
    Image.new("RGBA", (30, 30), (20, 90, 200, 255)).save(path)
    logo.take(path)
    qtbot.waitUntil(lambda: logo.has_logo)
    assert desk.read(branding, fuji.account).customer_logo.startswith(b"\x89PNG")
    other = desk.write("Add", add_account, "Blue Harbor Bank")
    assert other is not None
    page.show_item("account", other.result)
    settle()
    assert not logo.has_logo
    page.show_item("account", fuji.account)
    settle()
    assert logo.has_logo
    undone(desk, qtbot)  # the other account
    undone(desk, qtbot)
    assert not logo.has_logo


def test_a_picture_read_for_one_account_never_reaches_another(
    page: AccountPage, desk: Desk, fuji: Fuji, qtbot: QtBot, tmp_path: Path
) -> None:
    overview = page.section("overview")
    assert isinstance(overview, OverviewSection)
    path = tmp_path / "fuji.png"
    Image.new("RGB", (30, 30), "#1450C8").save(path)
    other = desk.write("Add", add_account, "Blue Harbor Bank")
    assert other is not None
    overview.logo.logo.take(path)
    page.show_item("account", other.result)
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    settle()
    assert desk.read(branding, other.result).customer_logo == b""
    assert desk.read(branding, fuji.account).customer_logo == b""
