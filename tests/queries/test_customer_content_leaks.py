"""Nothing internal is in what is kept of an export: its version, its receipt, its file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from csdesk.actions.documents import set_account_logo
from csdesk.actions.plan_items import edit_item
from csdesk.actions.revisions import record_agreement
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.records import ExportReceipt, PlanRevision
from csdesk.model.vocabulary import CUSTOMER_KINDS
from csdesk.progress import SILENT
from csdesk.queries.customer_content import unpacked
from csdesk.queries.document_request import DocumentRequest
from csdesk.report.exporting import export_document
from csdesk.workspace.workspace import Workspace
from tests.report.planting import TODAY, Planter, leaks, plant
from tests.report.tiny_images import PNG

Planted = tuple[Workspace, Planter, Path]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    """Plant the markers and export every kind of document, before and after an agreement."""
    folder = tmp_path_factory.mktemp("planted")
    planter = Planter()
    with Workspace.create(folder / "planted.csdesk", author="QZXauthor") as workspace:
        planter.leaks["QZXauthor"] = "the author's name"
        workspace.write("Plant", plant, planter)
        workspace.write("Logo", set_account_logo, "a", PNG)
        first = _export(workspace, folder)
        workspace.write("Agree", record_agreement, first, "c", TODAY, "signed", "QZX said so")
        action = ItemRef(ItemKind.ACTION, "t")
        workspace.write("Change", edit_item, action, title="VYK another title")
        _export(workspace, folder)
        yield workspace, planter, folder


def _export(workspace: Workspace, folder: Path) -> str:
    """Export every kind in both languages; return the id of the revision they are of."""
    for kind in sorted(CUSTOMER_KINDS):
        for language in ("en", "ja"):
            request = DocumentRequest("a", "p", kind, language, recipient="VYK reader")
            out = folder / f"{kind}-{language}.pdf"
            made = export_document(workspace, request, out, today=TODAY, progress=SILENT)
    return workspace.read(lambda session: _receipt(session, made.receipt_id).revision_id)


def _receipt(session: Session, receipt_id: str) -> ExportReceipt:
    return session.get_one(ExportReceipt, receipt_id)


def test_nothing_internal_is_in_the_content_of_a_version(exported: Planted) -> None:
    workspace, planter, folder = exported
    contents = workspace.read(
        lambda session: [
            unpacked(row.content)
            for row in session.query(PlanRevision).where(PlanRevision.kind == "export")
        ]
    )
    assert len(contents) == 2
    for content in contents:
        assert json.loads(content)["plan"]["account_name"].startswith("VYK")
        assert not leaks(content.encode(), planter, folder=folder)
        assert not leaks(json.dumps(json.loads(content)).encode(), planter, folder=folder)


def test_nothing_internal_is_in_a_receipt(exported: Planted) -> None:
    workspace, planter, folder = exported
    rows = workspace.read(
        lambda session: [
            (row.setup, row.file_name, row.recipient, row.document_kind, row.language)
            for row in session.query(ExportReceipt).where(ExportReceipt.recipient == "VYK reader")
        ]
    )
    assert len(rows) == 8
    for row in rows:
        assert not leaks(repr(row).encode(), planter, folder=folder)


def test_nothing_internal_is_in_the_files_that_are_kept(exported: Planted) -> None:
    workspace, planter, folder = exported
    files = list((workspace.replica.folder / "documents").iterdir())
    assert len(files) == 8
    for path in files:
        assert not leaks(path.read_bytes(), planter, folder=folder)
        assert not leaks(path.name.encode(), planter, folder=folder)
