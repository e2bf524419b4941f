"""Every kind of document on every page size in both languages, made once for all who look."""

from __future__ import annotations

import datetime as dt
import tempfile
from functools import cache
from itertools import product
from pathlib import Path

from csdesk.actions.sample import add_sample
from csdesk.model.document_setup import Setup
from csdesk.model.vocabulary import CUSTOMER_KINDS, DocumentKind, PageSize
from csdesk.progress import SILENT
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.internal_brief import InternalBrief, internal_brief
from csdesk.queries.portfolio_report import PortfolioReport, portfolio_report
from csdesk.queries.rows import find_row
from csdesk.report.customer_document import customer_document_bytes
from csdesk.report.internal_brief import internal_brief_bytes
from csdesk.report.portfolio import portfolio_report_bytes
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.report.full_documents import agreement, branding, full_plan, older_plan

LANGUAGES = ("ja", "en")
EVERY = tuple(product(DocumentKind, LANGUAGES, PageSize))
"""Kind, language and page size."""
DAY = dt.date(2026, 11, 22)


@cache
def document(
    kind: DocumentKind, language: str, page_size: PageSize, *, is_archival: bool = False
) -> bytes:
    """Return a document of that kind with all it can have, logos and marks included."""
    setup = Setup(page_size=page_size, marks_unagreed=True, is_archival=is_archival)
    if kind in CUSTOMER_KINDS:
        whole = CustomerDocument(
            kind,
            language,
            full_plan(language),
            setup,
            branding(),
            older_plan(language),
            agreement(language),
        )
        return customer_document_bytes(whole, SILENT).data
    brief, report = our_views()
    if kind == DocumentKind.INTERNAL:
        return internal_brief_bytes(brief, language=language, progress=SILENT, setup=setup).data
    return portfolio_report_bytes(report, language=language, progress=SILENT, setup=setup).data


@cache
def our_views() -> tuple[InternalBrief, PortfolioReport]:
    """Read what we know of the sample's accounts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = Home.at(folder)
        with Workspace.create(folder / "w.csdesk", home=home, author="Kim") as workspace:
            workspace.write("Sample", add_sample, "ja", DAY)
            account = workspace.read(find_row, "account", "C-1001")
            plan = workspace.read(find_row, "plan", "店舗と本部のデータ活用プラン")
            brief = workspace.read(internal_brief, account, plan, today=DAY)
            return brief, workspace.read(portfolio_report, today=DAY)
