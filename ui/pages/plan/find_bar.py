"""The line above an outline in which one says what one looks for."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from csdesk.i18n import _, current
from csdesk.queries.outline_filter import Found, Sought, Want
from ui.icons import icon
from ui.theme import Look
from ui.widgets.flow import Flow


class FindBar(QFrame):
    """Words to look for, and a key for each thing that often matters; Escape closes it."""

    sought = Signal(object)
    """A Sought without a `me`."""
    entered = Signal()
    """Down or Enter: the keyboard is to go to what was found."""
    closed = Signal()
    opened = Signal(bool)
    """Whether the line is shown now."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = QLineEdit(self)
        self._field.setProperty("kind", "search")
        self._field.setClearButtonEnabled(True)
        self._field.setPlaceholderText(_("Find in this plan"))
        self._field.setAccessibleName(_("Find in this plan"))
        self._field.addAction(icon(look, "search"), QLineEdit.ActionPosition.LeadingPosition)
        self._field.setMinimumWidth(150)
        self._field.setMaximumWidth(230)
        self._chips: dict[Want, QToolButton] = {}
        chips = Flow(self, gap=1)
        for want, text, tip in _wants():
            chip = QToolButton(chips)
            chip.setText(text)
            chip.setToolTip(tip)
            chip.setAccessibleName(text)
            chip.setCheckable(True)
            chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            chip.toggled.connect(self._on_changed)
            chips.add(chip)
            self._chips[want] = chip
        self._count = QLabel(self)
        self._count.setProperty("kind", "small")
        close = QToolButton(self)
        close.setIcon(icon(look, "x"))
        close.setToolTip(_("Show everything again"))
        close.setAccessibleName(_("Show everything again"))
        close.clicked.connect(self.close_bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 2, 4, 4)
        row.setSpacing(5)
        row.addWidget(self._field, 1)
        row.addWidget(chips, 4)
        row.addWidget(self._count)
        row.addWidget(close)
        self._field.textChanged.connect(self._on_changed)
        self._field.returnPressed.connect(self.entered)
        self.hide()

    @property
    def field(self) -> QLineEdit:
        """Where the words are typed."""
        return self._field

    @property
    def words(self) -> str:
        """How many were found, as said here."""
        return self._count.text()

    def chip(self, want: Want) -> QToolButton:
        """Return the button of one thing to look for."""
        return self._chips[want]

    @Slot()
    def start(self) -> None:
        """Show the line and put the cursor into it."""
        self._open(True)
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def turn(self, want: Want) -> None:
        """Look for something more, or no longer for it."""
        self._open(True)
        self._chips[want].toggle()

    @Slot()
    def close_bar(self) -> None:
        """Look for nothing more and go."""
        for chip in self._chips.values():
            with QSignalBlocker(chip):
                chip.setChecked(False)
        with QSignalBlocker(self._field):
            self._field.clear()
        self._open(False)
        self._on_changed()
        self.closed.emit()

    @Slot(object)
    def show_found(self, found: Found | None) -> None:
        """Say how many of how many were found."""
        if found is None:
            self._count.setText("")
            return
        number = current().number
        self._count.setText(
            _("{n} of {total}").format(n=number(len(found.matches)), total=number(found.total))
            if found.matches
            else _("Nothing found")
        )

    def _open(self, is_open: bool) -> None:
        self.setVisible(is_open)
        self.opened.emit(is_open)

    @Slot()
    def _on_changed(self) -> None:
        for want, text, _tip in _wants():
            chip = self._chips[want]
            chip.setText(f"✓ {text}" if chip.isChecked() else text)
        wants = frozenset(want for want, chip in self._chips.items() if chip.isChecked())
        self.sought.emit(Sought(self._field.text(), wants))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() == Qt.Key.Key_Down:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


def _wants() -> tuple[tuple[Want, str, str], ...]:
    """Return each thing to look for with its label and what it means."""
    return (
        (Want.MINE, _("Mine"), _("What you are in charge of")),
        (Want.LATE, _("Late"), _("What was due before today and is not closed")),
        (Want.CUSTOMERS, _("Customer's"), _("What somebody at the customer does")),
        (Want.WAITING, _("Waiting"), _("What waits for the customer or for us")),
        (Want.OPEN, _("Open"), _("What is not closed yet")),
        (Want.DONE, _("Closed"), _("What is done, achieved, or will not be done")),
    )
