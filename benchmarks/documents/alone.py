"""Makes documents in a process of its own and tells what that took.

`python -m benchmarks.documents.alone first`   the first document of a process
`python -m benchmarks.documents.alone batch`   a hundred different plans, one after the other
`python -m benchmarks.documents.alone window`  the longest gap of a window while one is made

Prints seconds, and for a batch the most memory the process held, in bytes.
"""

from __future__ import annotations

import sys
import threading
import time
from itertools import islice

PLANS = 100
PROBE = 1
"""Milliseconds between two looks whether the window still answers."""


def first() -> None:
    """Load what makes documents, make one, and tell how long both took together."""
    from benchmarks.documents.content import documents

    document = next(documents())
    start = time.perf_counter()
    from csdesk.progress import SILENT
    from csdesk.report.customer_document import customer_document_bytes

    customer_document_bytes(document, SILENT)
    print(time.perf_counter() - start)


def batch() -> None:
    """Make a hundred plans that differ, and tell seconds and bytes of memory."""
    from benchmarks.documents.content import documents
    from benchmarks.memory import most_resident_bytes
    from csdesk.progress import SILENT
    from csdesk.report.customer_document import customer_document_bytes

    start = time.perf_counter()
    for document in islice(documents(), PLANS):
        customer_document_bytes(document, SILENT)
    taken = time.perf_counter() - start
    print(taken, most_resident_bytes())


def window() -> None:
    """Make a document in a worker while a window runs; tell the longest time it did not answer.

    The window is prepared as the program prepares its own.
    """
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLabel

    from benchmarks.documents.content import documents
    from csdesk.progress import SILENT
    from csdesk.report.customer_document import customer_document_bytes
    from ui.app import GIVES_WAY
    from ui.pages.document.layouts import load_libraries

    sys.setswitchinterval(GIVES_WAY)
    load_libraries()
    app = QApplication([])
    label = QLabel("…")
    label.show()
    document = next(documents())
    customer_document_bytes(document, SILENT)
    worker = threading.Thread(target=customer_document_bytes, args=(document, SILENT))
    longest, last = 0.0, 0.0

    def look() -> None:
        nonlocal longest, last
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
        if not worker.is_alive():
            app.quit()

    probe = QTimer()
    probe.setInterval(PROBE)
    probe.timeout.connect(look)

    def begin() -> None:
        nonlocal last
        last = time.perf_counter()
        probe.start()
        worker.start()

    QTimer.singleShot(200, begin)
    app.exec()
    print(longest)


if __name__ == "__main__":
    {"first": first, "batch": batch, "window": window}[sys.argv[1]]()
