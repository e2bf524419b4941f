"""A box to choose one of a list of terms, or of names with ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHelpEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolTip,
    QWidget,
)

from csdesk.model.vocabulary import Term

AROUND = 52
"""Pixels of a box beside its text: margins and the arrow."""


class ElidedBox(QComboBox):
    """Ends in … where its text is too long for its place; the mouse wheel does not change it.

    What arrives while its list is open is shown when the list closes.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list: QWidget | None = None
        self._waiting: Callable[[], None] | None = None

    def when_closed(self, show: Callable[[], None]) -> None:
        """Call `show` now, or once the list of choices is closed."""
        if self._list is not None and self._list.isVisible():
            self._waiting = show
        else:
            show()

    @Slot()
    def _show_waiting(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()

    def showPopup(self) -> None:
        super().showPopup()
        if self._list is None:
            self._list = self.view().window()
            self._list.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide and self._waiting is not None:
            # Not before what was chosen has been told.
            QTimer.singleShot(0, self, self._show_waiting)
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            cut = self.fontMetrics().horizontalAdvance(self.currentText()) > self._room()
            if cut and not self.toolTip():
                QToolTip.showText(event.globalPos(), self.currentText(), self)
                return True
        return super().event(event)

    def _room(self) -> int:
        """Return the pixels there are for the text."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        style, kind = self.style(), QStyle.ComplexControl.CC_ComboBox
        text = QStyle.SubControl.SC_ComboBoxEditField
        return style.subControlRect(kind, option, text, self).width() - 2

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        side = Qt.TextElideMode.ElideRight
        option.currentText = self.fontMetrics().elidedText(option.currentText, side, self._room())
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling a page must not change what happens to lie below the mouse.
        event.ignore()


class ChoiceBox(ElidedBox):
    """Shows terms by their label and tells the code chosen by the user, never while filled."""

    code_chosen = Signal(object)
    """The Term chosen, None for "none"."""

    def __init__(
        self, vocabulary: type[Term], parent: QWidget | None = None, *, none: str = ""
    ) -> None:
        """`none` is the label of "no value", offered first; left out there is no such choice."""
        super().__init__(parent)
        if none:
            self.addItem(none, None)
        for term in vocabulary:
            self.addItem(term.label(), str(term))
        self._vocabulary = vocabulary
        self.activated.connect(self._on_activated)
        self.currentIndexChanged.connect(self.updateGeometry)

    @property
    def code(self) -> Term | None:
        """The term now shown."""
        code = self.currentData()
        return None if code is None else self._vocabulary(code)

    def show_code(self, code: str | None) -> None:
        """Show a term; one this version does not know leaves the box blank."""
        self.when_closed(
            lambda: self.setCurrentIndex(self.findData(None if code is None else str(code)))
        )

    @Slot()
    def _on_activated(self) -> None:
        self.code_chosen.emit(self.code)

    def minimumSizeHint(self) -> QSize:
        # A term is short and says little when cut: it gets the room it needs.
        least = super().minimumSizeHint()
        needed = self.fontMetrics().horizontalAdvance(self.currentText()) + AROUND
        return QSize(max(least.width(), needed), least.height())


class NameBox(ElidedBox):
    """Shows names and tells the id chosen by the user."""

    id_chosen = Signal(object)
    """The id chosen, None for "none"."""

    def __init__(self, none: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._none = none
        self.activated.connect(self._on_activated)

    def offer(self, choices: Iterable[tuple[str, str]], chosen: str | None) -> None:
        """Offer ids with names and show one as chosen."""
        wanted = [(self._none, None), *((name, row_id) for row_id, name in choices)]
        self.when_closed(lambda: self._offer(wanted, chosen))

    def _offer(self, wanted: list[tuple[str, str | None]], chosen: str | None) -> None:
        shown = [(self.itemText(at), self.itemData(at)) for at in range(self.count())]
        if shown != wanted:
            self.clear()
            for name, row_id in wanted:
                self.addItem(name, row_id)
        self.setCurrentIndex(max(0, self.findData(chosen)))

    @Slot()
    def _on_activated(self) -> None:
        self.id_chosen.emit(self.currentData())
