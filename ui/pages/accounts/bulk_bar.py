"""The bar of what can be done with the accounts chosen in the table, as soon as there are several.

It lies on the heads of the columns: nothing moves while one chooses, so the next click hits the
row it is meant for.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from csdesk.i18n import _, current, ngettext
from ui.icons import icon
from ui.pages.accounts.account_menu import AccountMenu, FieldMenu, field_menus, tag_menus
from ui.pages.accounts.doing import Accounts, AccountsDoing
from ui.widgets.choosing_table import ChoosingTable
from ui.widgets.key_button import KeyButton
from ui.widgets.tab_order import in_order

SEVERAL = 2
"""So many chosen accounts make the bar appear."""


class BulkBar(QFrame):
    """Says how many accounts are chosen, and offers what can be done with all of them."""

    left = Signal()
    """The keyboard goes back to the table."""

    def __init__(self, doing: AccountsDoing, table: ChoosingTable) -> None:
        super().__init__(table)
        self._doing = doing
        self._table = table
        self._rows: Accounts = ()
        # What is chosen changes row by row while one drags: it is counted once after each.
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(0)
        self._count = QLabel(self)
        self._count.setProperty("kind", "strong")
        self._watch()
        self.hide()

    @property
    def words(self) -> str:
        """What the bar says of how many are chosen."""
        return self._count.text()

    def rows(self) -> Accounts:
        """Return the accounts chosen when they were last counted."""
        return self._rows

    def enter(self) -> None:
        """Give the keyboard to the bar, where it is shown."""
        self._show_count()
        if not self.isHidden():
            self._buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _count_soon(self, *_what: object) -> None:
        self._counting.start()

    @Slot()
    def _show_count(self) -> None:
        """Show how many accounts are chosen; the bar goes where there are not several."""
        self._rows = tuple(self._table.chosen_rows())
        count = len(self._rows)
        if count < SEVERAL:
            focus = QApplication.focusWidget()
            self.hide()
            if isinstance(focus, QWidget) and self.isAncestorOf(focus):
                self.left.emit()
            return
        if self.layout() is None:
            self._build()
        words = ngettext("{n} chosen", "{n} chosen", count).format(n=current().number(count))
        self._count.setText(words)
        self.setAccessibleName(words)
        self._fit()
        self.show()
        self.raise_()

    @Slot()
    def _on_archive(self) -> None:
        self._doing.archive(self._rows)

    @Slot()
    def _on_delete(self) -> None:
        self._doing.delete(self._rows)

    @Slot()
    def _on_close(self) -> None:
        """Let only the row stay chosen at which the keyboard is."""
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._table.choose_place(self._table.currentIndex().row())

    def _build(self) -> None:
        self.setObjectName("bulkBar")
        self.setAutoFillBackground(True)
        self._buttons: list[QPushButton] = [
            self._opening(FieldMenu(title, fill, self._doing, self.rows, self), title)
            for title, fill in (*field_menus(), *tag_menus())
        ]
        self._buttons.append(self._button(_("Archive"), self._on_archive))
        self._buttons.append(self._button(_("Delete"), self._on_delete))
        more = AccountMenu(self._doing, self.rows, self, with_fields=True)
        self._more = self._opening(more, _("More"))
        self._close = QToolButton(self)
        self._close.setIcon(icon(self._doing.desk.look, "x"))
        self._close.setToolTip(_("Choose one row only (Esc)"))
        self._close.setAccessibleName(_("Choose one row only"))
        layout = self._line = QHBoxLayout(self)
        layout.setContentsMargins(10, 0, 4, 0)
        layout.setSpacing(6)
        layout.addWidget(self._count)
        layout.addSpacing(6)
        for button in (*self._buttons, self._more):
            layout.addWidget(button)
        layout.addStretch(1)
        layout.addWidget(self._close)
        self._close.clicked.connect(self._on_close)
        in_order((self._table,))  # and with it this bar, which lies in it

    def _opening(self, menu: QMenu, title: str) -> QPushButton:
        """Make a button that opens a menu."""
        button = KeyButton(title, self)
        button.setProperty("kind", "small")
        button.setProperty("menu", "yes")
        button.setMenu(menu)
        return button

    def _button(self, title: str, run: Callable[[], object]) -> QPushButton:
        button = KeyButton(title, self)
        button.setProperty("kind", "small")
        button.clicked.connect(run)
        return button

    def _watch(self) -> None:
        self._counting.timeout.connect(self._show_count)
        model = self._table.model()
        changed = self._table.selectionModel().selectionChanged
        for signal in (changed, model.modelReset, model.rowsRemoved, model.dataChanged):
            signal.connect(self._count_soon)
        self._table.horizontalHeader().installEventFilter(self)

    def _fit(self) -> None:
        """Lie on the heads of the columns, as many buttons in view as there is room for."""
        heads = self._table.horizontalHeader().geometry()
        self.setGeometry(heads.adjusted(0, 0, 0, -1))
        for button in self._buttons:
            button.setVisible(True)
        self._more.setVisible(False)
        hidden = list(self._buttons)
        while hidden and self._wanted() > self.width():
            hidden.pop().setVisible(False)
            self._more.setVisible(True)

    def _wanted(self) -> int:
        self._line.invalidate()
        return self._line.sizeHint().width()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show)
        if event.type() in kinds and not self.isHidden():
            self._fit()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
        event.accept()  # the table below must not hear what is meant for a button
