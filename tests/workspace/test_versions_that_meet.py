"""Two people export one plan without seeing each other: both versions stay, with their receipts."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest

from csdesk.actions.documents import set_account_logo
from csdesk.actions.revisions import record_agreement
from csdesk.model.document_setup import Setup
from csdesk.model.vocabulary import CUSTOMER_KINDS, PageSize
from csdesk.progress import SILENT
from csdesk.queries.document_request import branding
from csdesk.queries.review import open_review_count
from csdesk.queries.revisions import version_content
from csdesk.report.exporting import export_again
from csdesk.workspace.workspace import Workspace
from tests.queries.agreements import newest_agreement
from tests.report.tiny_images import PNG
from tests.report.versioned_plan import VersionedPlan

Two = tuple[VersionedPlan, VersionedPlan]


@pytest.fixture
def desks(two: tuple[Workspace, Workspace], tmp_path: Path) -> Two:
    """Return one plan as both see it."""
    folders = [tmp_path / "hers", tmp_path / "his"]
    for folder in folders:
        folder.mkdir()
    hers = VersionedPlan(two[0], folders[0])
    his = VersionedPlan(two[1], folders[1], same=hers)
    _meet((hers, his))
    return hers, his


def _meet(desks: Two) -> None:
    for _turn in range(2):
        for desk in desks:
            desk.workspace.team.sync()


def test_two_versions_of_one_number_are_both_kept_and_told_apart(desks: Two) -> None:
    hers, his = desks
    hers.export("first.pdf")
    _meet(desks)
    hers.edit(title="名簿を送る")
    his.edit(due_on=dt.date(2026, 4, 1))
    mine, yours = hers.export("hers.pdf"), his.export("his.pdf")
    _meet(desks)
    for desk in desks:
        newest, second, first = desk.versions()
        assert [newest.number, second.number, first.number] == [2, 2, 1]
        assert (newest.is_ambiguous, second.is_ambiguous, first.is_ambiguous) == (True, True, False)
        assert {newest.author, second.author} == {"Aiko", "Ben"}
        files = {receipt.file_name for one in (newest, second) for receipt in one.receipts}
        assert files == {"hers.pdf", "his.pdf"}
    assert hers.versions() == his.versions()
    assert hers.export("next.pdf").version == 3
    for exported, other in ((mine, his), (yours, hers)):
        out = other.folder / "again.pdf"
        again = export_again(other.workspace, exported.receipt_id, out, progress=SILENT)
        assert not again.notices
        assert out.read_bytes() == exported.written.path.read_bytes()


def test_the_same_export_of_two_people_is_one_number_and_one_content(desks: Two) -> None:
    hers, his = desks
    hers.export("hers.pdf")
    his.export("his.pdf")
    _meet(desks)
    assert (hers.folder / "hers.pdf").read_bytes() == (his.folder / "his.pdf").read_bytes()
    contents = [his.workspace.read(version_content, one.id) for one in his.versions()]
    assert contents[0] == contents[1]
    assert his.export("again.pdf").version == 1


@pytest.mark.parametrize("signer", [0, 1])
def test_an_agreement_and_a_logo_reach_the_other(desks: Two, signer: int) -> None:
    one, other = desks[signer], desks[1 - signer]
    one.do(set_account_logo, one.account, PNG)
    one.export("one.pdf")
    one.do(record_agreement, one.versions()[0].id, one.contact, dt.date(2026, 3, 4), "signed")
    _meet(desks)
    agreed = other.workspace.read(newest_agreement, other.plan)
    assert agreed is not None
    assert (agreed.signed_by, agreed.view.version) == ("山田 太郎", 1)
    assert other.workspace.read(branding, other.account).customer_logo == PNG


def test_exports_leave_nothing_to_decide_however_they_looked(desks: Two) -> None:
    hers, his = desks
    hers.export("hers.pdf", language="en", setup=Setup(page_size=PageSize.LETTER))
    his.export("his.pdf", language="ja", setup=Setup(marks_unagreed=True))
    _meet(desks)
    assert hers.workspace.read(open_review_count) == his.workspace.read(open_review_count) == 0


def test_whatever_two_people_do_every_file_can_be_made_again_in_both_homes(
    desks: Two, soaking: bool
) -> None:
    chance = random.Random(4)
    for turn in range(400 if soaking else 24):
        desk = chance.choice(desks)
        step = chance.choice(["edit", "edit", "export", "export", "agree", "undo", "redo", "meet"])
        if step == "edit":
            desk.edit(title=f"題名 {turn}")
        elif step == "export":
            kind, language = chance.choice(list(CUSTOMER_KINDS)), chance.choice(["ja", "en"])
            desk.export(f"{turn}.pdf", kind=kind, language=language)
        elif step == "agree" and desk.versions():
            version = chance.choice(desk.versions())
            desk.do(record_agreement, version.id, desk.contact, dt.date(2026, 3, 4), "signed")
        elif step == "undo" and desk.workspace.undo_label not in ("Fill", "Add", None):
            desk.workspace.undo()
        elif step == "redo" and desk.workspace.redo_label:
            desk.workspace.redo()
        elif step == "meet":
            _meet(desks)
    _meet(desks)
    hers, his = desks
    assert hers.versions() == his.versions()
    receipts = [receipt for version in hers.versions() for receipt in version.receipts]
    assert receipts
    for desk in desks:
        for receipt in receipts:
            out = desk.folder / "again.pdf"
            again = export_again(desk.workspace, receipt.id, out, progress=SILENT)
            assert not again.notices
            assert again.written.sha256 == receipt.sha256
