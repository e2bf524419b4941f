"""The search field above the pages, which is the palette: places, texts and commands in one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from shiboken6 import isValid

from csdesk.i18n import _
from ui.commands import Commands
from ui.desk import Desk
from ui.icons import icon
from ui.palette.answers import Answers
from ui.palette.asked import COMMANDS, Asked
from ui.palette.finder import finder_of
from ui.palette.finds import COMMAND, Find
from ui.palette.palette_list import PaletteList
from ui.palette.popup import PalettePopup

KEYS = "Ctrl+K"

PAUSE = 60
"""Milliseconds between the last keystroke and the search within texts; names come at once."""

PAGE = 8
"""How many finds PageUp and PageDown pass over."""

STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: PAGE,
    Qt.Key.Key_PageUp: -PAGE,
}
"""How many finds a key passes over."""

OWN_KEYS = frozenset(
    {
        *STEPS,
        *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Escape),
        *(Qt.Key.Key_Return, Qt.Key.Key_Enter),
    }
)


class SearchBox(QLineEdit):
    """Finds as one types; the arrows choose, Enter opens, Escape goes back to where one was."""

    chosen = Signal(str, str)
    """Entity and id of the find to show."""
    chosen_apart = Signal(str, str)
    """Entity and id of a find to show in a window of its own."""

    def __init__(
        self, desk: Desk, commands: Commands, can_show: Callable[[str], bool], frame: QWidget
    ) -> None:
        """`can_show` tells whether the window has a page for an entity."""
        super().__init__(frame)
        self._desk = desk
        self._commands = commands
        self._answers = Answers(desk, commands, can_show, self)
        self._composed = ""
        self._before: QWidget | None = None
        self._entered: bool | None = None
        """Whether Enter, pressed before the names were read, asked for a window of its own."""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._popup = PalettePopup(desk.look, self, frame)
        self._build()
        self._connect()

    @property
    def popup(self) -> PalettePopup:
        """The frame with the finds."""
        return self._popup

    @property
    def finds(self) -> PaletteList:
        """The finds shown."""
        return self._popup.model

    @property
    def asked(self) -> str:
        """What is asked for, with what an input method still composes."""
        at = self.cursorPosition()
        return f"{self.text()[:at]}{self._composed}{self.text()[at:]}"

    @Slot()
    def start(self) -> None:
        """Put the cursor into the field, with its words marked, and offer what is near."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self.find_now()

    @Slot()
    def find_now(self) -> None:
        """Show what fits by name now; what has it in its texts follows."""
        finder_of(self._desk).prepare()
        self._entered = None
        groups = self._answers.by_name(Asked.read(self.asked))
        self._popup.show_groups(groups)
        self._pause.start()

    @Slot()
    def search_now(self) -> None:
        """Add what has the words anywhere in its texts."""
        self._pause.stop()
        if self._popup.isVisible():
            asked = Asked.read(self.asked)
            self._popup.add_groups(self._answers.by_text(asked, self._popup.groups))

    @Slot()
    def leave(self) -> None:
        """Close the palette, and let the keyboard go on where it was before."""
        self._close()
        before = self._before
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.clearFocus()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        apart = Qt.KeyboardModifier.ControlModifier in QApplication.keyboardModifiers()
        self._choose(self.finds.find(index.row()), apart=apart)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is self and old is not None and old is not self:
            self._before = old

    @Slot()
    def _on_ready(self) -> None:
        entered = self._entered
        if self._popup.isVisible():
            self.find_now()
            if entered is not None:
                self._enter(apart=entered)

    def _choose(self, find: Find | None, *, apart: bool) -> None:
        if find is None:
            return
        self.leave()
        if find.entity == COMMAND:
            self._commands.run(find.id)
        elif apart:
            self.chosen_apart.emit(*find.goes_to)
        else:
            self.chosen.emit(*find.goes_to)

    def _enter(self, *, apart: bool) -> None:
        """Open what is chosen; what was typed a moment ago is looked for first."""
        if not self._popup.isVisible():
            self.find_now()
        asked = Asked.read(self.asked)
        finder = finder_of(self._desk)
        if asked.words and asked.only != COMMANDS and not finder.is_ready:
            finder.read_accounts()
            self.find_now()
            found = self.finds.find(self._popup.current)
            if found is None or found.entity != "account":
                self._entered = apart  # the other names are there in a moment
                return
        if self._pause.isActive() and not self.finds.finds:
            self.search_now()
        self._choose(self.finds.find(self._popup.current), apart=apart)

    def _close(self) -> None:
        self._pause.stop()
        self._entered = None
        self._popup.hide()
        self._composed = ""
        self.setAccessibleDescription(_help())
        self.blockSignals(True)  # nothing is asked for any more
        self.clear()
        self.blockSignals(False)
        self._show_hint()

    def _show_hint(self) -> None:
        self._hint.setVisible(not self.asked)
        self._place_hint()

    def _place_hint(self) -> None:
        size = self._hint.sizeHint()
        self._hint.setGeometry(
            self.width() - size.width() - 8,
            (self.height() - size.height()) // 2,
            size.width(),
            size.height(),
        )

    def _build(self) -> None:
        self.setProperty("kind", "search")
        self.setPlaceholderText(_("Search accounts, plans, people, notes…"))
        self.setAccessibleName(_("Search"))
        self.setAccessibleDescription(_help())
        self.setClearButtonEnabled(True)
        self.addAction(icon(self._desk.look, "search"), QLineEdit.ActionPosition.LeadingPosition)
        keys = QKeySequence(KEYS).toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(_("Search ({keys})").format(keys=keys))
        self._hint = QLabel(keys.replace("+", " "), self)
        self._hint.setProperty("kind", "pill")
        self._hint.setProperty("tone", "neutral")
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _connect(self) -> None:
        self._pause.timeout.connect(self.search_now)
        self.textChanged.connect(self.find_now)
        self.textChanged.connect(self._show_hint)
        self._popup.clicked.connect(self._on_clicked)
        self._popup.told.connect(self.setAccessibleDescription)
        finder_of(self._desk).ready.connect(self._on_ready)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def event(self, event: QEvent) -> bool:
        # The palette's own keys come before those of the page behind it.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and Qt.Key(event.key()) in OWN_KEYS
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        ctrl = Qt.KeyboardModifier.ControlModifier in event.modifiers()
        if key in STEPS and not self._popup.isVisible():
            self.find_now()
        elif key in STEPS:
            self._popup.step(STEPS[key])
        elif key == Qt.Key.Key_Home and (ctrl or self.cursorPosition() == 0):
            self._popup.step_to_end(-1)
        elif key == Qt.Key.Key_End and (ctrl or self.cursorPosition() == len(self.text())):
            self._popup.step_to_end(1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(apart=ctrl)
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        # What is composed is found while it is: フジ for “ふj” already, without leaving the field.
        self._composed = event.preeditString()
        super().inputMethodEvent(event)
        self._show_hint()
        if self.hasFocus():
            self.find_now()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self._popup.isVisible():
            self.find_now()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self._popup.hide()
            self._composed = ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_hint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._place_hint()


def _help() -> str:
    return _("Type > for commands, @ for people, # for tags. The arrows choose, Enter opens.")
