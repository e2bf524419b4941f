"""What texts stand on a widget, and which of them have too little room."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPushButton, QWidget


def words(widget: QWidget) -> set[str]:
    """Return every text that stands on the labels and buttons of a widget."""
    labels = {label.text() for label in widget.findChildren(QLabel)}
    return labels | {button.text().strip() for button in widget.findChildren(QPushButton)}


def cut_words(window: QWidget) -> list[str]:
    """Return the words of labels and buttons that have less room than they need."""
    return [
        widget.text()
        for kind in (QLabel, QPushButton)
        for widget in window.findChildren(kind)
        if widget.isVisible() and widget.text() and not getattr(widget, "wordWrap", bool)()
        if widget.width() < widget.sizeHint().width()
    ]
