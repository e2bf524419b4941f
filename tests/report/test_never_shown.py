"""What was made internal before any file showed it does not come to light as a change."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from csdesk.actions.plan_items import edit_item
from csdesk.model.document_setup import PLAIN_SETUP, Setup
from csdesk.model.vocabulary import DocumentKind, DocumentSection, Visibility
from csdesk.progress import SILENT
from csdesk.queries.document_request import customer_document
from csdesk.queries.leak_guard import FindingKind, leak_findings
from csdesk.report.exporting import export_again, export_document
from tests.report.reading import whole_text
from tests.report.versioned_plan import TODAY, VersionedPlan

NOT_ACTIONS = Setup(left_out=frozenset({DocumentSection.ACTIONS}))


def text_of(desk: VersionedPlan, name: str) -> str:
    return whole_text((desk.folder / name).read_bytes())


@pytest.mark.parametrize(
    ("kind", "setup"),
    [(DocumentKind.EXECUTIVE, PLAIN_SETUP), (DocumentKind.CUSTOMER, NOT_ACTIONS)],
)
def test_an_item_that_no_file_listed_is_not_told_to_be_taken_out(
    desk: VersionedPlan, kind: DocumentKind, setup: Setup
) -> None:
    desk.edit(title="値引きを相談する")
    desk.export("first.pdf", kind=kind, setup=setup)
    desk.edit(visibility=Visibility.INTERNAL)
    desk.do(edit_item, desk.goal, title="利用率を三割上げる")
    second = desk.export("second.pdf")
    assert second.version == 2
    assert "値引き" not in text_of(desk, "second.pdf")
    assert "値引き" not in repr(second.document)


def test_an_item_that_no_file_listed_is_not_told_to_have_been_renamed(desk: VersionedPlan) -> None:
    desk.edit(title="値引きを相談する")
    desk.export("first.pdf", kind=DocumentKind.EXECUTIVE)
    desk.edit(title="一覧を送る", due_on=dt.date(2026, 3, 20))
    desk.export("second.pdf")
    text = text_of(desk, "second.pdf")
    assert "値引き" not in text
    assert "3/15" in text


def test_an_item_that_a_file_listed_is_told_to_be_taken_out(desk: VersionedPlan) -> None:
    desk.edit(title="店長を招く")
    desk.export("first.pdf")
    desk.edit(visibility=Visibility.INTERNAL)
    desk.export("second.pdf")
    assert "店長を招く" in text_of(desk, "second.pdf")


def test_the_same_file_comes_again_after_the_older_version_was_shown_whole(
    desk: VersionedPlan,
) -> None:
    desk.edit(title="値引きを相談する")
    desk.export("first.pdf", kind=DocumentKind.EXECUTIVE)
    desk.edit(visibility=Visibility.INTERNAL)
    second = desk.export("second.pdf")
    (first,) = (one for one in desk.versions() if one.number == 1)
    # The older one goes out in full after all: the file made meanwhile stays what it was.
    export_document(
        desk.workspace,
        replace(desk.request(), revision_id=first.id),
        desk.folder / "first-whole.pdf",
        today=TODAY,
        progress=SILENT,
    )
    assert "値引き" in text_of(desk, "first-whole.pdf")
    again = export_again(
        desk.workspace, second.receipt_id, desk.folder / "again.pdf", progress=SILENT
    )
    assert again.written.sha256 == second.written.sha256
    assert again.document == second.document


def test_after_a_summary_the_guard_tells_what_only_the_whole_plan_shows(
    desk: VersionedPlan,
) -> None:
    desk.export("first.pdf", kind=DocumentKind.EXECUTIVE)
    document = desk.workspace.read(customer_document, desk.request(), today=TODAY)
    found = desk.workspace.read(leak_findings, document)
    new = {one.id for one in found if one.kind == FindingKind.FIRST_SHOWN}
    assert str(desk.action.id) in new
