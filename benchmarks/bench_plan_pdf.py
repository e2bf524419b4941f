"""How long a success plan takes as PDF, against its lines written without any layout."""

from __future__ import annotations

import datetime as dt
import io
from importlib import resources

import pypdfium2
from sqlalchemy.orm import Session

from benchmarks.measure import Result, Target, in_turns, seconds
from benchmarks.workspaces import Bench
from csdesk.model.records import Plan
from csdesk.model.vocabulary import DocumentKind
from csdesk.progress import SILENT
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.customer_plan import customer_plan
from csdesk.report.customer_document import customer_document_bytes

TODAY = dt.date(2026, 11, 22)


def measure(bench: Bench) -> list[Result]:
    """Write one plan of 30 items in Japanese: from reading it to the finished bytes."""
    with bench.open() as workspace:
        plan_id, account_id = workspace.read(first_plan)

        def make() -> bytes:
            view = workspace.read(customer_plan, plan_id, account_id, today=TODAY)
            document = CustomerDocument(DocumentKind.CUSTOMER, "ja", view)
            return customer_document_bytes(document, SILENT).data

        pages = lines_of(make())
        times, bare_times = in_turns(
            lambda: seconds(make), lambda: seconds(lambda: bare_canvas(pages)), runs=bench.runs
        )
    return [
        Result(
            f"success plan PDF, {len(pages)} pages",
            bench.size.name,
            "s",
            times,
            bare_times,
            "its lines on a bare canvas, no charts",
            Target(),
        )
    ]


def first_plan(session: Session) -> tuple[str, str]:
    """Return the first plan and its account."""
    plan = session.query(Plan).order_by(Plan.id).first()
    if plan is None:
        raise LookupError("no plan")
    return plan.id, plan.account_id


def lines_of(pdf: bytes) -> list[list[str]]:
    """Read the lines of each page back."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded().splitlines() for page in document]
    document.close()
    return pages


def bare_canvas(pages: list[list[str]]) -> bytes:
    """Write lines below each other with ReportLab alone, in the same font."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    if "bare" not in pdfmetrics.getRegisteredFontNames():
        font = resources.files("resources") / "fonts" / "NotoSansJP-Regular.ttf"
        with resources.as_file(font) as path:
            pdfmetrics.registerFont(TTFont("bare", str(path)))
    content = io.BytesIO()
    canvas = Canvas(content, pageCompression=1)
    for lines in pages:
        canvas.setFont("bare", 9)
        for number, line in enumerate(lines):
            canvas.drawString(40, 800 - number * 11, line)
        canvas.showPage()
    canvas.save()
    return content.getvalue()
