"""Where widgets that are made later come when one goes on with Tab."""

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
