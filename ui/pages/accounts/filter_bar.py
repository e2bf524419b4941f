"""The line above the accounts table: words to filter by, chips of what is chosen, and + Filter."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QWidget,
)

from csdesk.i18n import _, current
from csdesk.insight.account_view import FACETS, AccountFilter
from csdesk.queries.account_filter import Facets
from ui.icons import icon
from ui.pages.accounts.facets import FacetWords
from ui.theme import Look
from ui.widgets.check_popup import Check, CheckPopup
from ui.widgets.flow import Flow
from ui.widgets.tab_order import put_before


class FilterChip(QFrame):
    """What is chosen of one facet: pressed it can be changed, Delete or its cross takes it away."""

    pressed = Signal(str)
    """The facet whose values are to be chosen."""
    removed = Signal(str)

    def __init__(self, look: Look, facet: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facet = facet
        self.setProperty("kind", "chip")
        self.label = QPushButton(self)
        self.label.setProperty("kind", "chipLabel")
        self.label.clicked.connect(partial(self.pressed.emit, facet))
        self.cross = QPushButton(self)
        self.cross.setProperty("kind", "chipCross")
        self.cross.setIcon(icon(look, "x", "accent"))
        self.cross.setIconSize(QSize(13, 13))
        self.cross.clicked.connect(partial(self.removed.emit, facet))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 3, 0)
        layout.setSpacing(0)
        layout.addWidget(self.label)
        layout.addWidget(self.cross)

    def show_words(self, words: str, title: str) -> None:
        """Show what is chosen, and of which facet."""
        room = 280
        shown = self.label.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        self.label.setText(shown.replace("&", "&&"))
        self.label.setToolTip(words if shown != words else "")
        self.label.setAccessibleName(words)
        remove = _("Remove the filter {name}").format(name=title)
        self.cross.setAccessibleName(remove)
        self.cross.setToolTip(remove)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self.facet)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.cross if self.cross.hasFocus() else self.label).click()
        elif event.key() == Qt.Key.Key_Down:
            self.label.click()
        else:
            super().keyPressEvent(event)


class FilterBar(Flow):
    """Shows a filter and lets it be changed; every change counts at once."""

    filter_changed = Signal(object)
    """The AccountFilter of now."""
    left_down = Signal()
    """Down or Enter was pressed in the words: the table is meant."""

    def __init__(self, look: Look, words: FacetWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._words = words
        self._facets: Facets | None = None
        self._filter = AccountFilter()
        self._chips: dict[str, FilterChip] = {}
        self.field = _FilterField(self)
        self.field.setPlaceholderText(_("Filter the table…"))
        self.field.setAccessibleName(_("Filter the table"))
        self.field.setClearButtonEnabled(True)
        self.field.setFixedWidth(210)
        self.field.textChanged.connect(self._on_text)
        self.field.left_down.connect(self.left_down)
        self.add(self.field)
        self.more = QPushButton(_("+ Filter"), self)
        self.more.setProperty("kind", "chipAdd")
        self.more.setAccessibleName(_("Add a filter"))
        self.more.clicked.connect(self.add_filter)
        self.add(self.more)
        self.clear = QPushButton(_("Clear filters"), self)
        self.clear.setProperty("kind", "menuButton")
        self.clear.clicked.connect(self.clear_filter)
        self.clear.hide()
        self.add(self.clear)

    @property
    def filter(self) -> AccountFilter:
        """The filter in force."""
        return self._filter

    @property
    def chips(self) -> dict[str, FilterChip]:
        """The chips shown, by their facet."""
        made = ((facet, self._chips.get(facet)) for facet in FACETS)
        return {facet: chip for facet, chip in made if chip and not chip.isHidden()}

    def set_facets(self, facets: Facets) -> None:
        """Count by these from now on."""
        self._facets = facets

    def show_filter(self, wanted: AccountFilter) -> None:
        """Show a filter, saying nothing of it."""
        self._filter = wanted
        if self.field.text() != wanted.text:
            self.field.blockSignals(True)
            self.field.setText(wanted.text)
            self.field.blockSignals(False)
        for facet in FACETS:
            values = wanted.values(facet)
            if values:
                chip = self._chips.get(facet) or self._make_chip(facet)
                chip.show_words(self._words.chip(facet, values), self._words.title(facet))
                chip.show()
            elif facet in self._chips:
                self._chips[facet].hide()
        self.clear.setVisible(not wanted.is_empty)

    @Slot()
    def add_filter(self) -> None:
        """Offer the facets in a menu, then the values of the one chosen."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(_("Add a filter"))
        for facet in FACETS:
            action = menu.addAction(self._words.title(facet))
            action.setData(facet)
        menu.triggered.connect(self._on_facet)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))
        menu.setActiveAction(menu.actions()[0])

    @Slot(str)
    def choose_values(self, facet: str) -> None:
        """Show what can be chosen of a facet, with ticks at what is."""
        popup = CheckPopup(self._look, self._words.title(facet), self._checks(facet), self)
        popup.changed.connect(partial(self._on_values, facet))
        anchor = self.chips.get(facet) or self.more
        popup.open_at(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))

    @Slot(str)
    def remove_filter(self, facet: str) -> None:
        """Take a facet's filter away; the keyboard goes to what stands beside it."""
        focused = QApplication.focusWidget()
        chip = self._chips.get(facet)
        had_focus = focused is not None and chip is not None and chip.isAncestorOf(focused)
        self._change(self._filter.choosing(facet, ()))
        if had_focus:
            beside = next(iter(self.chips.values()), None)
            (beside.label if beside else self.more).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def clear_filter(self) -> None:
        """Let every account through that is not archived."""
        self.show_filter(AccountFilter())
        self.filter_changed.emit(self._filter)

    @Slot(QAction)
    def _on_facet(self, action: QAction) -> None:
        self.choose_values(str(action.data()))

    @Slot(str)
    def _on_text(self, text: str) -> None:
        self._change(self._filter.saying(text))

    def _on_values(self, facet: str, values: tuple[str, ...]) -> None:
        self._change(self._filter.choosing(facet, values))

    def _checks(self, facet: str) -> list[Check]:
        assert self._facets is not None
        return [
            Check(one.value, one.label, current().number(one.count), one.is_chosen)
            for one in self._words.choices(facet, self._filter, self._facets)
        ]

    def _make_chip(self, facet: str) -> FilterChip:
        """Make the chip of a facet at its first use: of most facets nothing is ever chosen."""
        chip = FilterChip(self._look, facet, self)
        chip.pressed.connect(self.choose_values)
        chip.removed.connect(self.remove_filter)
        self._chips[facet] = chip
        made = [self._chips[one] for one in FACETS if one in self._chips]
        self.insert(1 + made.index(chip), chip)
        put_before(self.more, (part for one in made for part in (one.label, one.cross)))
        return chip

    def _change(self, wanted: AccountFilter) -> None:
        self.show_filter(wanted)
        self.filter_changed.emit(wanted)


class _FilterField(QLineEdit):
    """The words to filter by: Down and Enter lead to the table, Escape empties it."""

    left_down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left_down.emit()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
