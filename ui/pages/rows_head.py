"""The line above a table edited in place: what it is, how many rows, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from csdesk.i18n import _, current
from ui.icons import icon
from ui.theme import Look
from ui.widgets.pill import Pill


@dataclass(frozen=True, slots=True)
class RowsWords:
    """The words of a tab with a table; `closed` tells of how many rows are folded away."""

    title: str
    new: str
    new_hint: str
    icon: str
    nothing: str
    purpose: str
    closed: Callable[[int], str] | None = None
    only_closed: str = ""
    is_titled: bool = True
    """Says by itself what stands here; a list below tabs of its own is named by these."""


class FindLine(QLineEdit):
    """A field in which one types what rows should hold; Escape empties and leaves it."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class RowsHead(QWidget):
    """Title and count on the left; filter, folded rows, columns, details and "new" on the right."""

    new_asked = Signal()
    searched = Signal(str)
    search_left = Signal()
    closed_shown = Signal(bool)
    details_shown = Signal(bool)
    columns_chosen = Signal(object)
    """The keys of the columns to show, None for the usual ones."""

    def __init__(self, look: Look, words: RowsWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._words = words
        self._columns: list[tuple[str, str]] = []
        self._shown: frozenset[str] = frozenset()
        self._is_usual = True
        self._build()
        self._connect()

    @property
    def find_line(self) -> FindLine:
        """The field one filters by."""
        return self._find

    @property
    def is_closed_shown(self) -> bool:
        """Whether rows that are over are shown too."""
        return self._closed.isChecked()

    @property
    def is_details_shown(self) -> bool:
        """Whether the chosen row is shown whole beside the table."""
        return self._details.isChecked()

    @property
    def columns_button(self) -> QToolButton:
        """The button that offers the columns."""
        return self._pick

    def add(self, widget: QWidget) -> None:
        """Put a control after the title."""
        self._own.addWidget(widget)

    def show_count(self, count: int, closed: int) -> None:
        """Say how many rows there are, and how many of them are over."""
        self._count.show_words(current().number(count) if self._words.is_titled else "")
        words = self._words.closed(closed) if self._words.closed and closed else ""
        self._closed.setText(words)
        self._closed.setAccessibleName(words or _("Show what is over"))
        self._closed.setVisible(bool(words))

    def show_closed(self, on: bool) -> None:
        """Show the rows that are over, or fold them away."""
        self._closed.setChecked(on)

    def show_details(self, on: bool) -> None:
        """Show the chosen row whole, or not."""
        self._details.setChecked(on)

    def offer_details(self) -> None:
        """Let the user show and hide the panel beside the table."""
        self._details.show()

    def offer_columns(
        self, columns: Sequence[tuple[str, str]], shown: Collection[str], *, is_usual: bool
    ) -> None:
        """Offer columns by key and title; those shown are ticked."""
        self._columns = list(columns)
        self._shown = frozenset(shown)
        self._is_usual = is_usual
        self._pick.setVisible(bool(columns))

    @Slot()
    def unfold(self) -> None:
        """Show the rows that are over too."""
        self.show_closed(on=True)

    @Slot()
    def start_search(self) -> None:
        """Put the cursor into the filter."""
        self._find.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._find.selectAll()

    @Slot()
    def open_columns(self) -> None:
        """Offer the columns in a menu that stays open while one ticks."""
        menu = QMenu(self._pick)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, title in self._columns:
            action = menu.addAction(title.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(key in self._shown)
            action.setData(key)
        menu.addSeparator()
        usual = menu.addAction(_("The usual columns"))
        usual.setEnabled(not self._is_usual)
        menu.triggered.connect(self._on_column)
        menu.popup(self._pick.mapToGlobal(self._pick.rect().bottomLeft()))
        if menu.actions():
            menu.setActiveAction(menu.actions()[0])

    @Slot(object)
    def _on_column(self, action: object) -> None:
        key = action.data()  # type: ignore[attr-defined]
        self.columns_chosen.emit(None if key is None else self._shown ^ {key})

    def _build(self) -> None:
        words = self._words
        title = QLabel(words.title, self)
        title.setProperty("kind", "heading")
        title.setVisible(words.is_titled)
        self._count = Pill(self)
        self._find = FindLine(self)
        self._find.setProperty("kind", "search")
        self._find.setPlaceholderText(_("Filter"))
        self._find.setAccessibleName(_("Filter the rows of “{title}”").format(title=words.title))
        self._find.setToolTip(_("Filter (Ctrl+F)"))
        self._find.setMinimumWidth(70)
        self._find.setMaximumWidth(140)
        self._closed = self._toggle("chevron-down")
        self._closed.setAccessibleName(_("Show what is over"))
        self._details = QToolButton(self)
        self._details.setCheckable(True)
        self._details.setIcon(icon(self._look, "panel-right", "muted", "accent"))
        self._details.setToolTip(_("Details beside the table (F6)"))
        self._details.setAccessibleName(_("Details beside the table"))
        self._details.hide()
        self._pick = QToolButton(self)
        self._pick.setIcon(icon(self._look, "columns-3"))
        self._pick.setToolTip(_("Columns to show"))
        self._pick.setAccessibleName(_("Columns to show"))
        self._pick.hide()
        self._new = QPushButton(words.new, self)
        self._new.setIcon(icon(self._look, "plus", "text"))
        self._new.setIconSize(QSize(16, 16))
        self._new.setToolTip(_("{command} (Insert)").format(command=words.new))
        self._own = QHBoxLayout()
        self._own.setSpacing(2)
        head = QHBoxLayout(self)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(title)
        head.addWidget(self._count)
        head.addLayout(self._own)
        head.addStretch(1)
        for widget in (self._closed, self._find, self._pick, self._details, self._new):
            head.addWidget(widget)

    def _toggle(self, picture: str) -> QPushButton:
        button = QPushButton(self)
        button.setCheckable(True)
        button.setProperty("kind", "segment")
        button.setIcon(icon(self._look, picture, "muted", "accent"))
        button.setIconSize(QSize(14, 14))
        button.hide()
        return button

    def _connect(self) -> None:
        self._new.clicked.connect(self.new_asked)
        self._find.textChanged.connect(self.searched)
        self._find.left.connect(self.search_left)
        self._closed.toggled.connect(self.closed_shown)
        self._details.toggled.connect(self.details_shown)
        self._pick.clicked.connect(self.open_columns)
