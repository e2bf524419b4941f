"""Files that customers got, made again: byte for byte, or with a word about what differs."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from csdesk.actions.documents import set_accent, set_account_logo
from csdesk.actions.editing import delete
from csdesk.actions.people import edit_contact
from csdesk.actions.plans import edit_plan
from csdesk.actions.revisions import record_agreement, take_back_agreement
from csdesk.errors import UserError
from csdesk.exchange.json_export import export_json
from csdesk.exchange.json_import import import_json, read_json
from csdesk.model.document_setup import Setup
from csdesk.model.records import ExportReceipt
from csdesk.model.vocabulary import DocumentKind, DocumentSection, PageSize
from csdesk.progress import SILENT
from csdesk.report.exporting import Exported, export_again
from csdesk.settings import Home
from csdesk.workspace.checking import check
from csdesk.workspace.workspace import Workspace
from tests.report.tiny_images import JPEG, PNG
from tests.report.versioned_plan import VersionedPlan


def _kept(desk: VersionedPlan, exported: Exported) -> Path:
    return desk.workspace.replica.folder / "documents" / f"{exported.written.sha256}.pdf"


def _forget_kept(desk: VersionedPlan) -> None:
    for path in (desk.workspace.replica.folder / "documents").glob("*"):
        path.unlink()


SETUPS = [
    Setup(),
    Setup(page_size=PageSize.LETTER, has_cover=False),
    Setup(page_size=PageSize.WIDE, left_out=frozenset({DocumentSection.ACTIONS})),
    Setup(marks_unagreed=True),
    Setup(is_archival=True),
]


@pytest.mark.parametrize("is_kept", [True, False])
def test_every_export_can_be_made_again_byte_for_byte_whatever_happened_since(
    desk: VersionedPlan, *, is_kept: bool
) -> None:
    desk.do(set_account_logo, desk.account, JPEG)
    desk.do(set_accent, "#AA2211")
    desk.export("first.pdf")
    first = desk.versions()[0].id
    desk.do(record_agreement, first, desk.contact, dt.date(2026, 3, 1), "signed")
    desk.edit(title="名簿を送る", due_on=dt.date(2026, 4, 1))
    made = [desk.export(f"{n}.pdf", setup=setup) for n, setup in enumerate(SETUPS)]
    made.append(desk.export("en.pdf", language="en", kind=DocumentKind.EXECUTIVE))
    desk.edit(title="また別の題名")
    desk.do(set_account_logo, desk.account, None)
    desk.do(set_accent, None)
    desk.do(edit_plan, desk.plan, title="新しい計画")
    desk.do(take_back_agreement, desk.versions()[-1].sign_offs[0].id)
    desk.do(edit_contact, desk.contact, name="佐藤 花子")
    desk.do(delete, "plan_revision", [first])
    if not is_kept:
        _forget_kept(desk)
    for exported in made:
        out = desk.folder / "again.pdf"
        again = export_again(desk.workspace, exported.receipt_id, out, progress=SILENT)
        assert not again.notices
        assert again.version == exported.version == 2
        assert out.read_bytes() == exported.written.path.read_bytes()
        assert again.document == exported.document
        assert again.written == replace(exported.written, path=out)


def test_making_an_export_again_records_nothing(desk: VersionedPlan) -> None:
    exported = desk.export()
    before = desk.workspace.undo_label
    export_again(desk.workspace, exported.receipt_id, desk.folder / "again.pdf", progress=SILENT)
    assert desk.workspace.undo_label == before
    assert [len(version.receipts) for version in desk.versions()] == [1]


def test_a_locked_file_is_given_again_as_it_was_sent(desk: VersionedPlan) -> None:
    exported = desk.export("locked.pdf", password="富士山-2026")
    (receipt,) = desk.versions()[0].receipts
    assert receipt.is_protected
    out = desk.folder / "again.pdf"
    again = export_again(desk.workspace, exported.receipt_id, out, progress=SILENT)
    assert not again.notices
    assert out.read_bytes() == (desk.folder / "locked.pdf").read_bytes()
    assert again.written.pages == exported.written.pages


@pytest.mark.parametrize(
    ("password", "notice"), [("", "without a password"), ("neu-2026", "the new password")]
)
def test_a_locked_file_that_is_kept_nowhere_is_laid_out_anew_and_that_is_said(
    desk: VersionedPlan, password: str, notice: str
) -> None:
    exported = desk.export("locked.pdf", password="富士山-2026")
    _forget_kept(desk)
    out = desk.folder / "again.pdf"
    again = export_again(
        desk.workspace, exported.receipt_id, out, progress=SILENT, password=password
    )
    assert notice in again.notices[0]
    assert (b"/Encrypt" in out.read_bytes()) == bool(password)


def test_a_file_that_today_is_laid_out_differently_is_still_given_and_that_is_said(
    desk: VersionedPlan,
) -> None:
    exported = desk.export()
    _forget_kept(desk)

    def of_another_csdesk(session: Session) -> None:
        receipt = session.get_one(ExportReceipt, exported.receipt_id)
        receipt.sha256 = "0" * 64

    desk.do(of_another_csdesk)
    out = desk.folder / "again.pdf"
    again = export_again(desk.workspace, exported.receipt_id, out, progress=SILENT)
    assert "lays it out differently" in again.notices[0]
    assert out.exists()


def test_where_no_copy_can_be_kept_the_export_holds_and_that_is_said(desk: VersionedPlan) -> None:
    folder = desk.workspace.replica.folder / "documents"
    shutil.rmtree(folder, ignore_errors=True)
    folder.write_text("a file in the way")
    try:
        exported = desk.export()
    finally:
        folder.unlink()
    assert exported.version == 1
    assert "No copy of the file could be kept" in exported.notices[0]
    assert len(desk.versions()[0].receipts) == 1


def test_a_kept_file_that_was_tampered_with_is_not_given(desk: VersionedPlan) -> None:
    exported = desk.export()
    _kept(desk, exported).write_bytes(b"%PDF-1.7 something else")
    out = desk.folder / "again.pdf"
    again = export_again(desk.workspace, exported.receipt_id, out, progress=SILENT)
    assert again.written.sha256 == exported.written.sha256


def test_a_receipt_that_was_undone_cannot_be_made_again(desk: VersionedPlan) -> None:
    exported = desk.export()
    desk.workspace.undo()
    with pytest.raises(UserError, match="no longer in the list"):
        export_again(
            desk.workspace, exported.receipt_id, desk.folder / "again.pdf", progress=SILENT
        )


def test_an_export_comes_through_json_and_can_be_made_again_there(
    desk: VersionedPlan, tmp_path: Path
) -> None:
    desk.do(set_account_logo, desk.account, PNG)
    exported = desk.export()
    with (tmp_path / "all.json").open("wb") as out:
        desk.workspace.read(export_json, out)
    copy = tmp_path / "copy.csdesk"
    with Workspace.create(copy, home=Home.at(tmp_path / "other"), author="Ken") as other:
        other.write("Import", import_json, read_json(tmp_path / "all.json"))
        out = tmp_path / "again.pdf"
        again = export_again(other, exported.receipt_id, out, progress=SILENT)
    assert not again.notices
    assert out.read_bytes() == exported.written.path.read_bytes()
    assert check(copy, Home.at(tmp_path / "other")).is_whole
