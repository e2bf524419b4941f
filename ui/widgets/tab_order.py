"""Where Tab leads: in the order in which one reads, also to what is made later."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_before(anchor: QWidget, widgets: Iterable[QWidget]) -> None:
    """Let Tab come by `widgets`, in their order, just before `anchor`.

    Qt puts what is made last at the end of the window, wherever it stands.
    """
    before: QWidget | None = anchor.previousInFocusChain()
    # Qt passes over an order in which one of the two takes no focus.
    while before is not None and before is not anchor:
        if before.focusPolicy() != Qt.FocusPolicy.NoFocus:
            break
        before = before.previousInFocusChain()
    for widget in widgets:
        if before is not None and widget is not before:
            QWidget.setTabOrder(before, widget)
        before = widget


def in_order(parts: Iterable[QWidget]) -> None:
    """Let Tab come by widgets in this order, by each and then by what it holds."""
    before: QWidget | None = None
    for part in parts:
        for widget in (part, *part.findChildren(QWidget)):
            if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or widget.focusProxy() is not None:
                continue
            if widget.window() is not part.window():
                continue  # the list that a choice opens
            if before is not None:
                QWidget.setTabOrder(before, widget)
            before = widget
