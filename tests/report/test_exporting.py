"""Exports for a customer: the file, then the version, its receipt and the options, in one step."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account
from csdesk.actions.documents import set_accent, set_account_logo
from csdesk.actions.editing import delete
from csdesk.actions.plans import delete_plan
from csdesk.actions.revisions import record_agreement
from csdesk.errors import CancelledError, UserError
from csdesk.model.document_setup import Setup
from csdesk.model.records import PlanRevision
from csdesk.model.vocabulary import DocumentKind, DocumentSection, PageSize
from csdesk.progress import SILENT
from csdesk.queries.customer_content import freeze, thaw
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.document_request import (
    DocumentRequest,
    customer_document,
    document_options,
)
from csdesk.queries.revisions import version_content, version_of_customer
from csdesk.queries.search import search
from csdesk.report.exporting import Exported, export_again, export_document, export_internal
from csdesk.workspace.workspace import Workspace
from tests.report.reading import whole_text
from tests.report.tiny_images import PNG
from tests.report.versioned_plan import TODAY, VersionedPlan


def test_an_export_makes_a_version_with_a_receipt_of_the_file(desk: VersionedPlan) -> None:
    exported = desk.export("導入計画.pdf", recipient="山田様")
    data = (desk.folder / "導入計画.pdf").read_bytes()
    (version,) = desk.versions()
    (receipt,) = version.receipts
    assert (version.number, version.author, version.kind) == (1, "Yui", "export")
    assert receipt.sha256 == hashlib.sha256(data).hexdigest() == exported.written.sha256
    assert (receipt.file_name, receipt.recipient) == ("導入計画.pdf", "山田様")
    assert (receipt.language, receipt.kind) == ("ja", DocumentKind.CUSTOMER)
    assert (exported.version, exported.receipt_id) == (1, receipt.id)
    assert not exported.notices


def test_the_same_plan_again_is_the_same_version_and_the_same_bytes(desk: VersionedPlan) -> None:
    first, again = desk.export("a.pdf"), desk.export("b.pdf")
    assert again.version == 1
    assert again.written.sha256 == first.written.sha256
    assert [len(version.receipts) for version in desk.versions()] == [2]


def test_both_languages_and_kinds_of_one_moment_are_one_version(desk: VersionedPlan) -> None:
    desk.export("ja.pdf")
    desk.export("en.pdf", language="en")
    desk.export("one.pdf", kind=DocumentKind.EXECUTIVE)
    (version,) = desk.versions()
    assert [(receipt.language, receipt.kind.value) for receipt in version.receipts] == [
        ("ja", "executive"),
        ("en", "customer"),
        ("ja", "customer"),
    ]


def test_another_plan_is_the_next_version_and_tells_what_changed(desk: VersionedPlan) -> None:
    desk.export("a.pdf")
    desk.edit(due_on=dt.date(2026, 3, 31))
    exported = desk.export("b.pdf")
    assert desk.numbers() == [2, 1]
    assert exported.document.since is not None
    assert exported.document.since.version == 1
    assert "v2" in whole_text((desk.folder / "b.pdf").read_bytes())


def test_a_plan_that_was_changed_back_is_a_version_of_its_own(desk: VersionedPlan) -> None:
    desk.export("a.pdf")
    desk.edit(title="名簿を送る")
    desk.export("b.pdf")
    desk.edit(title="一覧を送る")
    assert desk.export("c.pdf").version == 3


@pytest.mark.parametrize("what", ["colour", "logo", "day"])
def test_looks_and_the_day_are_part_of_a_version(desk: VersionedPlan, what: str) -> None:
    desk.export("a.pdf")
    if what == "colour":
        desk.do(set_accent, "#AA2211")
    elif what == "logo":
        desk.do(set_account_logo, desk.account, PNG)
    later = TODAY + dt.timedelta(days=1) if what == "day" else TODAY
    assert desk.export("b.pdf", today=later).version == 2
    desk.do(set_accent, None)


def test_a_version_is_not_found_for_what_its_plan_says(desk: VersionedPlan) -> None:
    desk.edit(title="珍しい題名")
    desk.export()
    hits = desk.workspace.read(search, "珍しい題名")
    assert [(hit.entity, hit.id) for hit in hits] == [("action", desk.action.id)]


def test_an_export_is_one_step_and_undo_takes_version_receipt_and_options_back(
    desk: VersionedPlan,
) -> None:
    before = desk.workspace.read(document_options, desk.account, "customer")
    desk.export(language="en", setup=Setup(page_size=PageSize.LETTER))
    assert desk.workspace.undo_label == "Export v1 of “導入計画”"
    desk.workspace.undo()
    assert not desk.versions()
    assert desk.workspace.read(document_options, desk.account, "customer") == before
    desk.workspace.redo()
    (version,) = desk.versions()
    assert len(version.receipts) == 1
    assert version_content_of(desk).title == "導入計画"


def version_content_of(desk: VersionedPlan) -> object:
    return desk.workspace.read(version_content, desk.versions()[0].id)


def test_options_are_remembered_for_each_kind_of_an_account(desk: VersionedPlan) -> None:
    setup = Setup(
        page_size=PageSize.WIDE,
        has_cover=False,
        left_out=frozenset({DocumentSection.RISKS, DocumentSection.PEOPLE}),
        marks_unagreed=True,
        is_archival=True,
    )
    desk.export(language="en", setup=setup)
    read = desk.workspace.read
    assert read(document_options, desk.account, "customer") == ("en", setup)
    assert read(document_options, desk.account, "executive") == ("ja", Setup())


def test_nothing_is_recorded_where_the_file_cannot_be_written(desk: VersionedPlan) -> None:
    before = desk.workspace.undo_label
    with pytest.raises(UserError):
        desk.export("missing/plan.pdf")
    assert not desk.versions()
    assert desk.workspace.undo_label == before


def test_a_workspace_is_never_replaced_by_a_document(desk: VersionedPlan) -> None:
    desk.workspace.publish()
    before = desk.workspace.path.read_bytes()
    with pytest.raises(UserError, match="is a CSDesk file"):
        desk.export(str(desk.workspace.path))
    assert desk.workspace.path.read_bytes() == before
    assert not desk.versions()


def test_what_cannot_be_recorded_is_not_written_first(desk: VersionedPlan) -> None:
    with pytest.raises(UserError, match="too long"):
        desk.export(recipient="様" * 200_001)
    assert not (desk.folder / "plan.pdf").exists()


def test_an_older_version_goes_out_in_another_language_under_its_own_number(
    desk: VersionedPlan,
) -> None:
    desk.export("a.pdf")
    desk.edit(title="名簿を送る")
    desk.export("b.pdf")
    first = desk.versions()[-1]
    desk.do(record_agreement, desk.versions()[0].id, None, TODAY, "spoken")
    request = replace(desk.request("en"), revision_id=first.id)
    later = TODAY + dt.timedelta(days=9)
    out = desk.folder / "first in English.pdf"
    exported = export_document(desk.workspace, request, out, today=later, progress=SILENT)
    assert exported.version == 1
    assert (exported.document.since, exported.document.agreed) == (None, None)
    assert exported.document.view.actions[0].title == "一覧を送る"
    first = desk.versions()[-1]
    assert [receipt.language for receipt in first.receipts] == ["en", "ja"]
    again = desk.folder / "again.pdf"
    export_again(desk.workspace, exported.receipt_id, again, progress=SILENT)
    assert again.read_bytes() == out.read_bytes()


def test_a_version_of_another_plan_is_none_of_this_one(desk: VersionedPlan) -> None:
    other = VersionedPlan(desk.workspace, desk.folder)
    other.export("other.pdf")
    request = replace(desk.request(), revision_id=other.versions()[0].id)
    with pytest.raises(UserError, match="no longer there"):
        desk.workspace.read(customer_document, request, today=TODAY)


def test_changes_can_be_told_since_any_version_but_one_that_is_gone(desk: VersionedPlan) -> None:
    for title in ("一", "二", "三"):
        desk.edit(title=title)
        desk.export(f"{title}.pdf")
    first = desk.versions()[-1].id
    request = replace(desk.request(), since_id=first)
    seen = desk.workspace.read(customer_document, request, today=TODAY)
    assert seen.since is not None
    assert (seen.view.version, seen.since.version) == (3, 1)
    desk.do(delete, "plan_revision", [first])
    with pytest.raises(UserError, match="no longer there"):
        desk.workspace.read(customer_document, request, today=TODAY)


def test_a_cancelled_export_leaves_nothing(desk: VersionedPlan) -> None:
    class Impatient:
        def report(self, done: int, total: int | None, note: str = "") -> None:
            raise CancelledError

    with pytest.raises(CancelledError):
        export_document(
            desk.workspace,
            desk.request(),
            desk.folder / "plan.pdf",
            today=TODAY,
            progress=Impatient(),
        )
    assert not desk.versions()
    assert not (desk.folder / "plan.pdf").exists()


def test_where_the_workspace_is_open_elsewhere_the_file_is_written_and_a_notice_says_the_rest(
    desk: VersionedPlan, elsewhere: Workspace
) -> None:
    out = desk.folder / "plan.pdf"
    exported = export_document(elsewhere, desk.request(), out, today=TODAY, progress=SILENT)
    assert (desk.folder / "plan.pdf").exists()
    assert (exported.version, exported.receipt_id) == (None, "")
    assert "open in another CSDesk" in exported.notices[0]
    assert not desk.versions()


def test_an_account_without_a_plan_gets_its_file_and_no_version(desk: VersionedPlan) -> None:
    account = desk.do(add_account, "North")
    request = DocumentRequest(account, None, DocumentKind.CUSTOMER, "en")
    exported = export_document(
        desk.workspace, request, desk.folder / "north.pdf", today=TODAY, progress=SILENT
    )
    assert exported.version is None
    assert "no plan yet" in exported.notices[0]
    assert (desk.folder / "north.pdf").exists()


def test_a_version_made_meanwhile_under_the_same_number_is_not_overwritten(
    desk: VersionedPlan,
) -> None:
    class Meddling:
        """Somebody else exports another plan while this one is laid out."""

        def __init__(self) -> None:
            self.waits = True

        def report(self, done: int, total: int | None, note: str = "") -> None:
            if self.waits:
                self.waits = False
                desk.edit(title="別の題名")
                desk.export("theirs.pdf")

    with pytest.raises(UserError, match="Version 1 was made by Yui meanwhile") as refusal:
        export_document(
            desk.workspace,
            desk.request(),
            desk.folder / "mine.pdf",
            today=TODAY,
            progress=Meddling(),
        )
    assert "Export again" in refusal.value.advice
    assert (desk.folder / "mine.pdf").exists()
    (version,) = desk.versions()
    assert [receipt.file_name for receipt in version.receipts] == ["theirs.pdf"]


def test_the_same_export_made_meanwhile_is_the_same_version(desk: VersionedPlan) -> None:
    class Meddling:
        def __init__(self) -> None:
            self.waits = True

        def report(self, done: int, total: int | None, note: str = "") -> None:
            if self.waits:
                self.waits = False
                desk.export("theirs.pdf")
                desk.edit(title="その後の題名")
                desk.export("later.pdf")

    exported = export_document(
        desk.workspace, desk.request(), desk.folder / "mine.pdf", today=TODAY, progress=Meddling()
    )
    assert exported.version == 1
    newest, first = desk.versions()
    assert {receipt.file_name for receipt in first.receipts} == {"mine.pdf", "theirs.pdf"}
    assert [receipt.file_name for receipt in newest.receipts] == ["later.pdf"]


def test_a_document_that_changed_after_it_was_looked_through_is_not_written(
    desk: VersionedPlan,
) -> None:
    checked = desk.workspace.read(customer_document, desk.request(), today=TODAY)
    desk.edit(title="解約を止める")
    out = desk.folder / "plan.pdf"

    def export(checked: CustomerDocument) -> Exported:
        return export_document(
            desk.workspace, desk.request(), out, today=TODAY, progress=SILENT, checked=checked
        )

    with pytest.raises(UserError, match="changed after the document was looked through"):
        export(checked)
    assert not out.exists()
    assert not desk.versions()
    assert export(desk.workspace.read(customer_document, desk.request(), today=TODAY)).version == 1


def test_a_plan_deleted_while_it_is_laid_out_is_told_and_the_file_stays(
    desk: VersionedPlan,
) -> None:
    class Deleting:
        def report(self, done: int, total: int | None, note: str = "") -> None:
            desk.do(delete_plan, desk.plan)

    with pytest.raises(UserError, match="deleted"):
        export_document(
            desk.workspace,
            desk.request(),
            desk.folder / "plan.pdf",
            today=TODAY,
            progress=Deleting(),
        )
    assert (desk.folder / "plan.pdf").exists()


def _damage(desk: VersionedPlan, content: str) -> None:
    def damage(session: Session) -> None:
        session.get_one(PlanRevision, desk.versions()[0].id).content = content

    desk.do(damage)


def test_a_damaged_version_does_not_keep_the_next_from_being_exported(desk: VersionedPlan) -> None:
    desk.export("a.pdf")
    _damage(desk, "z1:damaged")
    with pytest.raises(UserError, match="Changes since version 1") as refusal:
        desk.export("b.pdf")
    assert "section about changes" in refusal.value.advice
    exported = desk.export("b.pdf", setup=Setup(left_out=frozenset({DocumentSection.CHANGES})))
    assert exported.version == 2


def test_a_damaged_agreement_says_what_to_do(desk: VersionedPlan) -> None:
    desk.export("a.pdf")
    desk.do(record_agreement, desk.versions()[0].id, None, TODAY, "spoken")
    _damage(desk, "{}")
    with pytest.raises(UserError, match="agreed to") as refusal:
        desk.export("b.pdf", setup=Setup(left_out=frozenset({DocumentSection.CHANGES})))
    assert "Take its agreement back" in refusal.value.advice


def test_a_preview_shows_the_number_the_export_will_have(desk: VersionedPlan) -> None:
    seen = desk.workspace.read(customer_document, desk.request(), today=TODAY)
    assert seen.view.version == 1
    assert desk.export().document == seen
    assert desk.workspace.read(customer_document, desk.request(), today=TODAY) == seen
    desk.edit(title="別の題名")
    seen = desk.workspace.read(customer_document, desk.request(), today=TODAY)
    assert seen.view.version == 2
    assert desk.export("b.pdf").document == seen


def test_a_version_written_by_a_newer_csdesk_is_read_as_far_as_it_is_known(
    desk: VersionedPlan,
) -> None:
    desk.export()
    content = freeze(thaw(_content(desk)))
    newer = content.replace('"format":1', '"aura":"blue","format":1', 1)
    assert newer != content
    _damage(desk, newer)
    assert desk.workspace.read(version_content, desk.versions()[0].id).title == "導入計画"


def _content(desk: VersionedPlan) -> str:
    revision = desk.versions()[0].id
    return desk.workspace.read(lambda session: session.get_one(PlanRevision, revision).content)


def test_which_version_the_customer_has_is_one_look(desk: VersionedPlan) -> None:
    assert desk.workspace.read(version_of_customer, desk.plan) is None
    desk.export("a.pdf")
    desk.edit(title="別の題名")
    newest = desk.workspace.read(version_of_customer, desk.plan)
    assert newest is not None
    assert newest.number == 1


@pytest.mark.parametrize("kind", [DocumentKind.INTERNAL, DocumentKind.PORTFOLIO])
def test_documents_for_ourselves_have_no_version(desk: VersionedPlan, kind: DocumentKind) -> None:
    is_brief = kind == DocumentKind.INTERNAL
    setup = Setup(page_size=PageSize.LETTER)
    request = DocumentRequest(
        desk.account if is_brief else "", desk.plan if is_brief else None, kind, "en", setup
    )
    out = desk.folder / "ours.pdf"
    written = export_internal(desk.workspace, request, out, today=TODAY, progress=SILENT)
    assert written.sha256 == hashlib.sha256(out.read_bytes()).hexdigest()
    assert not desk.versions()
    expected = ("en", setup) if is_brief else ("ja", Setup())
    assert desk.workspace.read(document_options, desk.account, kind) == expected


def test_a_document_for_ourselves_is_written_where_the_workspace_is_open_elsewhere(
    desk: VersionedPlan, elsewhere: Workspace
) -> None:
    request = DocumentRequest(desk.account, desk.plan, DocumentKind.INTERNAL, "ja")
    out = desk.folder / "ours.pdf"
    export_internal(elsewhere, request, out, today=TODAY, progress=SILENT)
    assert out.exists()
