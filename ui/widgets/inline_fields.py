"""Fields that store what is typed when one leaves them, and never while they are filled."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QRect, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionFrame,
    QStylePainter,
    QToolTip,
    QWidget,
)

from ui.widgets.typing_line import TypingLine

MOST_LINES = 14
"""Lines from which a note scrolls instead of growing."""

SIDE = 2
"""Pixels that a line of text keeps from either side of its field."""

INSIDE = 5
"""Pixels before the text of a field of the kind "below": a label above it begins there too."""

SLACK = 1
"""Pixels that keep the last line of a note from being scrolled to."""


class TextField(TypingLine):
    """One line of text; Escape takes back what was typed."""

    entered = Signal(str)
    """The text, where it is another one than before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editingFinished.connect(self.flush)

    def set_value(self, value: str, *, force: bool = False) -> None:
        """Show a text, unless somebody is typing here; `force` shows it all the same."""
        self.store_shown(value, force=force)

    @Slot()
    def flush(self) -> None:
        """Store what is typed."""
        if self.isModified():
            before, text = self.stored, self.text()
            self.store_shown(text, force=True)
            if text != before:
                self.entered.emit(text)

    @property
    def shown_text(self) -> str:
        """What is seen of the text while nobody types here."""
        side = Qt.TextElideMode.ElideRight
        return self.fontMetrics().elidedText(self.text(), side, self._inside().width())

    def _inside(self) -> QRect:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        contents = QStyle.SubElement.SE_LineEditContents
        return self.style().subElementRect(contents, option, self).adjusted(SIDE, 0, -SIDE, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.show_stored()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and not self.toolTip():
            # Only a text that is cut has more to say.
            if (
                not self.hasFocus()
                and self.shown_text != self.text()
                and isinstance(event, QHelpEvent)
            ):
                QToolTip.showText(event.globalPos(), self.text(), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self.shown_text
        if self.hasFocus() or shown == self.text():
            super().paintEvent(event)
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option)
        painter.setPen(self.palette().color(self.foregroundRole()))
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self._inside(), int(side), shown)
        painter.end()


class NoteField(QPlainTextEdit):
    """Several lines of text, as high as its text; Tab goes on to the next field."""

    entered = Signal(str)
    """The text, where it is another one than before."""

    def __init__(
        self, least_lines: int = 2, parent: QWidget | None = None, *, enter_stores: bool = False
    ) -> None:
        """With `enter_stores` the text is one paragraph, and Enter stores it."""
        super().__init__(parent)
        self._enter_stores = enter_stores
        self._composing = ""
        self._base = self._value = ""
        self._least_lines = least_lines
        self.setTabChangesFocus(True)
        # It wraps anywhere, so that there is never anything to the side.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.textChanged.connect(self._fit)
        self._fit()

    @property
    def is_typing(self) -> bool:
        """Whether there is text here that is not stored yet."""
        return self.document().isModified() or bool(self._composing)

    @property
    def typed(self) -> str:
        """The text as it stands here, with what an input method still composes."""
        text, place = self.toPlainText(), self.textCursor().position()
        return text[:place] + self._composing + text[place:]

    @property
    def base(self) -> str:
        """The stored text when the typing began."""
        return self._base if self.is_typing else self._value

    @property
    def stored(self) -> str:
        """The stored text of now."""
        return self._value

    def set_value(self, value: str, *, force: bool = False) -> None:
        """Show a text, unless somebody is typing here; `force` shows it all the same."""
        self._value = value
        if self.is_typing and not force:
            return
        self._base = value
        if self.toPlainText() != value:
            self.setPlainText(value)
        self.document().setModified(False)

    def show_stored(self) -> None:
        """Give up what is typed for what is stored."""
        self.set_value(self._value, force=True)

    def acknowledge(self) -> None:
        """Count what is stored now as known to who is typing here."""
        self._base = self._value

    @Slot()
    def flush(self) -> None:
        """Store what is typed."""
        if self.document().isModified():
            self.document().setModified(False)
            before, text = self._value, self.toPlainText().rstrip()
            self._value = self._base = text
            if text != before:
                self.entered.emit(text)

    @Slot()
    def _fit(self) -> None:
        line = QFontMetrics(self.font()).lineSpacing()
        block, text = self.document().begin(), 0.0
        while block.isValid():
            text += self.blockBoundingRect(block).height()
            block = block.next()
        # Qt's own “as needed” swings for ever where only the bar makes a text too long.
        bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        margin = self.document().documentMargin()  # the first block has the one above in it
        if text > MOST_LINES * line + margin:
            bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        if self.verticalScrollBarPolicy() != bar:
            self.setVerticalScrollBarPolicy(bar)
        wanted = min(max(text, self._least_lines * line + margin), MOST_LINES * line + margin)
        frame = self.height() - self.contentsRect().height()
        height = math.ceil(wanted + margin) + frame + SLACK
        if self.height() != height or self.maximumHeight() != height:
            self.setFixedHeight(height)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit()  # its border and padding are known only now

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        self._composing = event.preeditString()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._composing = ""  # the input method has handed over or dropped what it had
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        control = Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape and self.document().isModified():
            self.show_stored()
        elif enter and (self._enter_stores or event.modifiers() & control):
            self.flush()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
