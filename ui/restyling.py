"""Gives all widgets another palette and style sheet: what is in view now, the rest when it is seen.

Qt styles each widget anew once for every widget it lies in where one style sheet follows another
(a dozen times in this window), but once where a style sheet is taken off and once where one is put
on. Pages that are not in front wait: they are taken out of it by the two marks by which Qt tells
whom to style, and styled when they come to the front.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

POLISHED = Qt.WidgetAttribute.WA_WState_Polished
"""What Qt styles anew when the style changes."""
OWN_STYLE = Qt.WidgetAttribute.WA_SetStyle
"""What Qt does not tell of another style."""


class LateStack(QStackedWidget):
    """A stack of pages of which those behind take up another look when they come to the front."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._late: set[QWidget] = set()
        self.currentChanged.connect(self._on_front)

    def put_off(self) -> None:
        """Let the pages behind the one in front take up the look that comes when they are seen."""
        front = self.currentWidget()
        pages = (self.widget(place) for place in range(self.count()))
        self._late = {page for page in pages if page is not None and page is not front}

    @property
    def late(self) -> frozenset[QWidget]:
        """The pages that still wear the look of before."""
        return frozenset(self._late)

    @Slot(int)
    def _on_front(self, place: int) -> None:
        page = self.widget(place)
        if page is not None and page in self._late:
            self._late.discard(page)
            _style(list(_inside(page)))


def restyle(app: QApplication, palette: QPalette, sheet: str) -> None:
    """Let the whole program wear a palette and a style sheet from now on."""
    everybody = {one for one in app.allWidgets() if not one.testAttribute(OWN_STYLE)}
    behind = everybody & _behind(app)
    _mark(everybody, OWN_STYLE, True)
    app.setStyleSheet("")
    _mark(everybody - behind, OWN_STYLE, False)
    _mark(behind, POLISHED, False)
    app.setPalette(palette)
    app.setStyleSheet(sheet)
    _mark(behind, OWN_STYLE, False)


def _mark(widgets: Iterable[QWidget], mark: Qt.WidgetAttribute, on: bool) -> None:
    for widget in widgets:
        widget.setAttribute(mark, on)


def _behind(app: QApplication) -> set[QWidget]:
    """Put off what no stack has in front, and return all widgets of it."""
    found: set[QWidget] = set()
    for window in app.topLevelWidgets():
        for stack in window.findChildren(LateStack):
            stack.put_off()
            for page in stack.late - found:
                found.update((page, *page.findChildren(QWidget)))
    return found


def _inside(page: QWidget) -> Iterator[QWidget]:
    """Yield a page and what is in it, but for pages that are not in front there either."""
    yield page
    waiting = page.late if isinstance(page, LateStack) else frozenset()
    for child in page.children():
        if isinstance(child, QWidget) and child not in waiting:
            yield from _inside(child)


def _style(widgets: Iterable[QWidget]) -> None:
    """Style widgets that were left out, in the two rounds in which Qt does it."""
    left_out = []
    for widget in widgets:
        widget.ensurePolished()
        if not widget.testAttribute(POLISHED):
            QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.Polish))
            left_out.append(widget)
    for widget in left_out:
        QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
