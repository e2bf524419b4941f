"""The workbook a customer fills in and sends back: all that other parts need of it."""

from __future__ import annotations

from pathlib import Path

from csdesk.exchange.whole_file import whole_file
from csdesk.exchange.workbook.accepting import accept_differences
from csdesk.exchange.workbook.comparing import workbook_review
from csdesk.exchange.workbook.differences import Difference, WorkbookReview
from csdesk.exchange.workbook.reading import read_workbook
from csdesk.exchange.workbook.returned import ReturnedWorkbook
from csdesk.exchange.workbook.writing import workbook_bytes
from csdesk.queries.customer_document import CustomerDocument

__all__ = [
    "Difference",
    "ReturnedWorkbook",
    "WorkbookReview",
    "accept_differences",
    "read_workbook",
    "workbook_bytes",
    "workbook_review",
    "write_workbook",
]


def write_workbook(document: CustomerDocument, out: Path) -> None:
    """Write the workbook of a document to `out`, whole or not at all.

    Raises UserError where the folder is missing or cannot be written to.
    """
    data = workbook_bytes(document)
    with whole_file(out) as stream:
        stream.write(data)
