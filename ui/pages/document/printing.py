"""Prints a document through the system's dialog, page after page off the interface thread."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QRect, QRectF, QSize
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

from csdesk.errors import CancelledError, UserError
from csdesk.i18n import _
from csdesk.progress import Progress
from ui.pages.document.pdf_pages import PdfPages

SHARPEST = 300
"""Dots an inch beyond which nothing gets sharper on paper, only slower."""

BAND = 512
"""Pixels of height drawn at once: a whole page of a good printer would be 130 MB."""


def printer_for(sizes: tuple[tuple[float, float], ...], name: str) -> QPrinter:
    """Prepare a printer for pages of these sizes, in points, without margins of its own."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setFullPage(True)
    wide = bool(sizes) and sizes[0][0] > sizes[0][1]
    sides = QPageLayout.Orientation
    printer.setPageOrientation(sides.Landscape if wide else sides.Portrait)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))
    return printer


def chosen_pages(printer: QPrinter, count: int) -> list[int]:
    """Return the pages the dialog asked for, from 0, in the order they are to be printed."""
    first, last = printer.fromPage() or 1, printer.toPage() or count
    if printer.printRange() != QPrinter.PrintRange.PageRange:
        first, last = 1, count
    pages = list(range(max(1, first) - 1, min(last, count)))
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    copies = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
    return pages * copies


def print_document(data: bytes, printer: QPrinter, progress: Progress) -> int:
    """Print a PDF on a printer that was prepared; return the number of sheets' pages.

    Raises UserError where the printer does not take it, CancelledError from `progress`; what was
    printed by then is on paper.
    """
    document = PdfPages(data)
    painter = QPainter()
    try:
        pages = chosen_pages(printer, document.count)
        if not painter.begin(printer):
            raise UserError(
                _("The printer does not take the document."),
                _("Look whether it is switched on and connected, or choose another one."),
            )
        for number, page in enumerate(pages):
            progress.report(number, len(pages))
            if number and not printer.newPage():
                raise UserError(
                    _("The printer stopped after page {n}.").format(n=number),
                    _("Look at the printer, then print the pages that are missing."),
                )
            _print_page(document, page, painter, printer)
        progress.report(len(pages), len(pages))
        return len(pages)
    except CancelledError:
        printer.abort()
        raise
    finally:
        if painter.isActive():
            painter.end()
        document.close()


def _print_page(document: PdfPages, page: int, painter: QPainter, printer: QPrinter) -> None:
    """Draw a page as large as the sheet allows, in its middle."""
    sheet = printer.pageLayout().fullRectPixels(printer.resolution())
    wide, high = document.sizes[page]
    scale = min(sheet.width() / wide, sheet.height() / high)
    place = QRectF(0, 0, wide * scale, high * scale)
    place.moveCenter(QRectF(0, 0, sheet.width(), sheet.height()).center())
    dots = min(SHARPEST, printer.resolution()) / 72
    inches = scale / (printer.resolution() / 72)
    whole = QSize(round(wide * dots * inches), round(high * dots * inches))
    for top in range(0, whole.height(), BAND):
        part = QRect(0, top, whole.width(), min(BAND, whole.height() - top))
        image = document.picture(page, whole, part)
        down = place.height() / whole.height()
        target = QRectF(place.x(), place.y() + top * down, place.width(), part.height() * down)
        painter.drawImage(target, image)
