"""Text from an input method that begins an edit in a table or tree.

Qt opens the editor but keeps what was composed for itself, so that the first word typed in
Japanese would be lost.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit


def forward_composed(view: QAbstractItemView, event: QInputMethodEvent) -> None:
    """Give what was composed to the editor that its arrival has opened."""
    editor = view.indexWidget(view.currentIndex())
    if event.commitString() and isinstance(editor, QLineEdit):
        composed = QInputMethodEvent()
        composed.setCommitString(event.commitString())
        QCoreApplication.sendEvent(editor, composed)
