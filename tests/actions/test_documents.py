"""The looks of documents: colour and logos of the workspace and of accounts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account, edit_account
from csdesk.actions.desk import COMPANY_LOGO, IMAGE_PREFIX, set_setting
from csdesk.actions.documents import (
    keep_options,
    remember_setup,
    set_accent,
    set_account_logo,
    set_company_logo,
)
from csdesk.actions.editing import delete
from csdesk.errors import UserError
from csdesk.i18n import use_language
from csdesk.model.document_setup import Setup
from csdesk.model.identity import natural_id
from csdesk.model.records import DocumentOptions, WorkspaceSetting
from csdesk.model.vocabulary import DocumentSection, PageSize
from csdesk.queries.document_request import branding, document_options
from csdesk.queries.search import search
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.report.tiny_images import JPEG, PNG


class Desk:
    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.account: str = self.do(add_account, "North")

    def do(self, action: Any, *arguments: Any, **fields: Any) -> Any:
        return self.workspace.write("Test", action, *arguments, **fields).result

    def looks(self) -> tuple[str, bytes, bytes]:
        found = self.workspace.read(branding, self.account)
        return found.accent, found.logo, found.customer_logo


@pytest.fixture
def desk(tmp_path: Path, home: Home) -> Iterator[Desk]:
    with Workspace.create(tmp_path / "team.csdesk", home=home) as workspace:
        yield Desk(workspace)


def test_colour_and_logos_are_set_seen_and_taken_off(desk: Desk) -> None:
    assert desk.looks() == ("", b"", b"")
    desk.do(set_accent, "#aa2211")
    desk.do(set_company_logo, PNG)
    desk.do(set_account_logo, desk.account, JPEG)
    assert desk.looks() == ("#AA2211", PNG, JPEG)
    for action, where in ((set_accent, ()), (set_company_logo, ()), (set_account_logo, (1,))):
        desk.do(action, *(desk.account for _ in where), None)
    assert desk.looks() == ("", b"", b"")


def test_an_image_is_kept_once_and_for_good(desk: Desk) -> None:
    desk.do(set_company_logo, PNG)
    desk.do(set_account_logo, desk.account, PNG)
    desk.do(set_company_logo, None)
    name = IMAGE_PREFIX + hashlib.sha256(PNG).hexdigest()
    images = desk.workspace.read(
        lambda session: [
            row.id for row in session.query(WorkspaceSetting) if row.id.startswith(IMAGE_PREFIX)
        ]
    )
    assert images == [name]
    assert desk.looks() == ("", b"", PNG)


def test_what_is_no_colour_is_refused(desk: Desk) -> None:
    for code in ("red", "#12345", "#GGGGGG", "#1234567", "", "＃ＡＢＣＤＥＦ"):
        with pytest.raises(UserError, match="not a colour"):
            desk.do(set_accent, code)


def test_what_is_no_png_or_jpeg_is_refused(desk: Desk) -> None:
    for data in (b"", b"GIF89a", b"<svg/>", b"%PDF-1.7", b" " + PNG):
        with pytest.raises(UserError, match="not an image"):
            desk.do(set_company_logo, data)


def test_an_image_larger_than_every_copy_should_carry_is_refused(desk: Desk) -> None:
    desk.do(set_company_logo, PNG + bytes(300_000 - len(PNG)))
    with pytest.raises(UserError, match="301 KB"):
        desk.do(set_company_logo, PNG + bytes(300_001 - len(PNG)))


def test_an_image_is_not_searched_for_words(desk: Desk) -> None:
    desk.do(set_company_logo, PNG)
    assert not desk.workspace.read(search, "iVBORw0KGgo")


def test_an_account_whose_logo_is_something_else_has_none(desk: Desk) -> None:
    for value in ("https://example.com/logo.png", "logo.png", "ab" * 32, "../../etc/passwd"):
        desk.do(edit_account, desk.account, logo=value)
        assert desk.looks() == ("", b"", b"")


def test_an_image_under_a_wrong_name_is_none(desk: Desk) -> None:
    desk.do(set_company_logo, PNG)

    def swap(session: Session) -> None:
        name = hashlib.sha256(JPEG).hexdigest()
        kept = session.get_one(WorkspaceSetting, IMAGE_PREFIX + hashlib.sha256(PNG).hexdigest())
        session.add(WorkspaceSetting(id=IMAGE_PREFIX + name, value=kept.value))
        set_setting(session, COMPANY_LOGO, name)

    desk.do(swap)
    assert desk.looks() == ("", b"", b"")


def test_an_image_that_is_damaged_is_none(desk: Desk) -> None:
    def damage(session: Session, value: str | None) -> None:
        name = hashlib.sha256(PNG).hexdigest()
        session.get_one(WorkspaceSetting, IMAGE_PREFIX + name).value = value

    for value in ("", "no base64 at all!", "é", None):
        desk.do(set_company_logo, PNG)
        desk.do(damage, value)
        assert desk.looks() == ("", b"", b"")


def test_a_colour_from_elsewhere_that_is_none_is_our_own(desk: Desk) -> None:
    desk.do(set_setting, "accent_colour", "javascript:alert(1)")
    assert desk.looks()[0] == ""


def test_a_deleted_account_gets_no_logo(desk: Desk) -> None:
    desk.do(delete, "account", [desk.account])
    with pytest.raises(UserError):
        desk.do(set_account_logo, desk.account, PNG)


def test_sections_that_only_a_newer_version_knows_stay_left_out(desk: Desk) -> None:
    desk.do(keep_options, desk.account, "customer", left_out="risks hologram people")
    _language, setup = desk.workspace.read(document_options, desk.account, "customer")
    assert setup.left_out == {DocumentSection.RISKS, DocumentSection.PEOPLE}
    shown = Setup(left_out=frozenset({DocumentSection.PEOPLE}))
    desk.do(remember_setup, desk.account, "customer", "en", shown)
    row_id = natural_id("document_options", desk.account, "customer")
    kept = desk.workspace.read(lambda session: session.get_one(DocumentOptions, row_id).left_out)
    assert kept == "hologram people"


def test_the_same_options_again_are_no_step(desk: Desk) -> None:
    setup = Setup(page_size=PageSize.LETTER)
    desk.do(remember_setup, desk.account, "customer", "en", setup)
    step = desk.workspace.write("Again", remember_setup, desk.account, "customer", "en", setup)
    assert step.change is None


def test_without_options_a_document_speaks_the_accounts_language_or_ours(desk: Desk) -> None:
    for interface in ("en", "ja"):
        use_language(interface)
        for chosen, expected in ((None, interface), ("ja", "ja"), ("fr", interface)):
            desk.do(edit_account, desk.account, document_language=chosen)
            assert desk.workspace.read(document_options, desk.account, "customer")[0] == expected


def test_options_of_a_newer_version_fall_back_to_plain_ones(desk: Desk) -> None:
    desk.do(keep_options, desk.account, "customer", page_size="scroll", language="fr")
    use_language("en")
    assert desk.workspace.read(document_options, desk.account, "customer") == ("en", Setup())
