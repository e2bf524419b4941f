"""Finds words on a window that have too little room, and widgets that lie on one another.

Measured, not looked at: what a widget's text needs in its font against the room it has. Words
that are shortened on purpose (an ellipsis, with the whole text as a tooltip) are no finding.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenuBar,
    QScrollArea,
    QScrollBar,
    QSplitterHandle,
    QStackedWidget,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionHeader,
    QTabBar,
    QToolButton,
    QWidget,
)

from ui.widgets.choice_box import NameBox
from ui.widgets.elided_button import ElidedButton
from ui.widgets.elided_label import ElidedLabel

SLACK = 1
"""Pixels that rounding may take."""
TOUCHING = 3
"""Pixels by which neighbours may reach into each other: frames do."""


def clipped(window: QWidget) -> list[str]:
    """Say what is cut off, lies on something else, or hangs out of what holds it."""
    return [
        f"{_place(widget)}: {problem}"
        for widget in _shown(window)
        for problem in (_cut(widget), _hangs_out(widget), _overlaps(widget))
        if problem
    ]


def _shown(window: QWidget) -> Iterator[QWidget]:
    """Return the widgets that can be seen, also where one has to scroll to see them."""
    for widget in (window, *window.findChildren(QWidget)):
        own = widget is window or not widget.isWindow()
        if own and widget.isVisible() and not isinstance(widget, QScrollBar | QSplitterHandle):
            yield widget


def _cut(widget: QWidget) -> str:
    """Say which words of a widget have too little room."""
    if isinstance(widget, QLabel):
        return _cut_label(widget)
    if isinstance(widget, QTabBar):
        return _cut_tabs(widget)
    if isinstance(widget, QHeaderView):
        return _cut_heads(widget)
    if isinstance(widget, QAbstractButton):
        return _cut_button(widget)
    if isinstance(widget, QComboBox):
        return _cut_choice(widget)
    if isinstance(widget, QLineEdit):
        return _cut_placeholder(widget)
    return ""


def _cut_label(label: QLabel) -> str:
    text = label.text()
    if not text.strip() or isinstance(label, ElidedLabel):
        return ""
    room = label.contentsRect().size()
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if needed > label.height() + SLACK:
            return f"{text[:60]!r} needs {needed} px of height and has {label.height()}"
        widest = _widest_word(label)
        if widest > room.width() + SLACK:
            return f"a word of {text[:60]!r} needs {widest} px and has {room.width()}"
        return ""
    needs = label.sizeHint()
    if needs.width() > label.width() + SLACK or needs.height() > label.height() + SLACK:
        return f"{text[:60]!r} needs {_size(needs)} and has {_size(label.size())}"
    return ""


def _widest_word(label: QLabel) -> int:
    text = label.text()
    if "<" in text and label.textFormat() != Qt.TextFormat.PlainText:
        document = QTextDocument()
        document.setHtml(text)
        text = document.toPlainText()
    metrics = label.fontMetrics()
    # A zero-width space and each Japanese letter is a place to break a line at.
    words = text.replace("\u200b", " ").split()
    return max((metrics.horizontalAdvance(word) for word in words if word.isascii()), default=0)


def _cut_button(button: QAbstractButton) -> str:
    if not button.text() or isinstance(button, ElidedButton):
        return ""
    if (
        isinstance(button, QToolButton)
        and button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
        and not button.icon().isNull()
    ):
        return ""
    needs, room = button.sizeHint(), button.size()
    # A button may be lower than its style would like, as long as its letters fit.
    height = button.fontMetrics().height()
    if needs.width() > room.width() + SLACK or height > room.height() + SLACK:
        return f"{button.text()!r} needs {needs.width()}×{height} and has {_size(room)}"
    return ""


def _cut_tabs(bar: QTabBar) -> str:
    for number in range(bar.count()):
        if not bar.isTabVisible(number):
            continue
        room = bar.tabRect(number)
        needs = bar.fontMetrics().horizontalAdvance(bar.tabText(number))
        if needs > room.width() + SLACK:
            return f"tab {bar.tabText(number)!r} needs {needs} px and has {room.width()}"
    last = bar.tabRect(bar.count() - 1)
    if bar.count() and last.right() > bar.width() + SLACK:
        return f"tabs need {last.right()} px and have {bar.width()}"
    return ""


def _cut_heads(head: QHeaderView) -> str:
    model = head.model()
    if model is None or head.orientation() != Qt.Orientation.Horizontal:
        return ""
    for number in range(head.count()):
        if head.isSectionHidden(number):
            continue
        text = model.headerData(number, Qt.Orientation.Horizontal)
        whole = model.headerData(number, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        if not isinstance(text, str) or (isinstance(whole, str) and text in whole):
            continue
        option = QStyleOptionHeader()
        head.initStyleOption(option)
        margin = head.style().pixelMetric(QStyle.PixelMetric.PM_HeaderMargin, option, head)
        needs = max(_width(head.fontMetrics(), line) for line in text.split("\n")) + 2 * margin
        if needs > head.sectionSize(number) + SLACK:
            return f"head {text!r} needs {needs} px and has {head.sectionSize(number)}"
    return ""


def _cut_choice(box: QComboBox) -> str:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    room = box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
    )
    text = box.currentText()
    if not text or text in box.toolTip() or isinstance(box, NameBox):
        return ""  # names are as long as they are: cut with …, whole as a tooltip
    needs = _width(box.fontMetrics(), text)
    if needs > room.width() + SLACK:
        return f"choice {text!r} needs {needs} px and has {room.width()}"
    return ""


def _cut_placeholder(line: QLineEdit) -> str:
    text = line.placeholderText()
    if not text or line.text() or text in line.toolTip():
        return ""
    margins = line.textMargins()
    room = line.contentsRect().width() - margins.left() - margins.right()
    needs = _width(line.fontMetrics(), text)
    if needs > room + SLACK:
        return f"placeholder {text!r} needs {needs} px and has {room}"
    return ""


def _hangs_out(widget: QWidget) -> str:
    """Say by how much a widget reaches over the edge of what holds it."""
    holder = widget.parentWidget()
    if holder is None or widget.isWindow() or _scrolls(holder) or isinstance(widget, QMenuBar):
        return ""
    room = QRect(QPoint(0, 0), holder.size()).adjusted(-SLACK, -SLACK, SLACK, SLACK)
    if widget.width() and widget.height() and not room.contains(widget.geometry()):
        return (
            f"{_rect(widget.geometry())} hangs out of {type(holder).__name__} {_size(room.size())}"
        )
    return ""


def _overlaps(widget: QWidget) -> str:
    """Say which of a widget's children lie on one another."""
    if isinstance(widget, QStackedWidget | QMainWindow | QAbstractScrollArea | QComboBox):
        return ""
    children = [
        child
        for child in widget.children()
        if isinstance(child, QWidget)
        and child.isVisible()
        and not child.isWindow()
        and not child.property("overlay")
        and not isinstance(child, QScrollBar | QSplitterHandle)
        and min(child.width(), child.height()) > 0
    ]
    if isinstance(widget, QLineEdit | QTabBar | QHeaderView):
        return ""
    for number, one in enumerate(children):
        for other in children[number + 1 :]:
            common = one.geometry().intersected(other.geometry())
            if common.width() > TOUCHING and common.height() > TOUCHING:
                return f"{_place(one)} and {_place(other)} share {_rect(common)}"
    return ""


def _scrolls(holder: QWidget) -> bool:
    """Tell whether a widget is the window through which a scrolled one is seen."""
    area = holder.parentWidget()
    return isinstance(area, QScrollArea | QAbstractScrollArea) and area.viewport() is holder


def _place(widget: QWidget) -> str:
    """Name a widget by its classes, from what is closest to it."""
    names: list[str] = []
    at: QWidget | None = widget
    while at is not None and len(names) < 4:
        words = at.accessibleName() or at.objectName()
        names.append(type(at).__name__ + (f"({words[:24]})" if words else ""))
        at = at.parentWidget()
    return " < ".join(names)


def _width(metrics: QFontMetrics, text: str) -> int:
    return metrics.horizontalAdvance(text.replace("&", ""))


def _size(size: QSize) -> str:
    return f"{size.width()}×{size.height()}"


def _rect(rect: QRect) -> str:
    return f"{rect.x()},{rect.y()} {rect.width()}×{rect.height()}"
