"""The row of tabs of an account's page; those that have no room are behind a button at its end."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QTabBar, QWidget

from csdesk.i18n import _

ROOMY, NARROW = 32, 20
"""Pixels of a tab beside its words, and where there is little room (resources/themes/style.qss)."""


class AccountTabs(QWidget):
    """Shows the tabs by name: side by side, then closer together, then the first that fit."""

    currentChanged = Signal(int)
    """The place of the tab in front."""
    stepped = Signal()
    """The keyboard went on to the tab beside."""

    def __init__(self, tabs: Mapping[str, str], parent: QWidget | None = None) -> None:
        """`tabs` are the words on each tab by its name, in their order."""
        super().__init__(parent)
        self._words = dict(tabs)
        self._names = list(tabs)
        self._bar = QTabBar(self)
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setUsesScrollButtons(False)
        self._bar.setElideMode(Qt.TextElideMode.ElideNone)
        self._bar.setAccessibleName(_("Parts of the account"))
        for words in tabs.values():
            self._bar.addTab(words.replace("&", "&&"))
        self._more = QPushButton(_("More"), self)
        self._more.setProperty("kind", "link")
        self._more.setProperty("menu", "yes")
        self._more.setAccessibleName(_("More parts of the account"))
        self._menu = QMenu(self._more)
        self._menu.aboutToShow.connect(self._fill)
        self._more.setMenu(self._menu)
        self._more.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._bar)
        layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self._bar)
        self._bar.currentChanged.connect(self._on_changed)

    @property
    def name(self) -> str:
        """The name of the tab in front."""
        return self._names[self._bar.currentIndex()]

    @property
    def hidden(self) -> list[str]:
        """The names of the tabs that are behind the button, in their order."""
        return [name for at, name in enumerate(self._names) if not self._bar.isTabVisible(at)]

    @property
    def more(self) -> QPushButton:
        """The button with the tabs that have no room."""
        return self._more

    def open(self, name: str) -> None:
        """Bring a tab to the front. Raises ValueError where there is none of this name."""
        self._go(self._names.index(name))

    def step(self, by: int) -> None:
        """Go on by so many tabs, after the last to the first."""
        self._go((self._bar.currentIndex() + by) % len(self._names))
        self.stepped.emit()

    def _go(self, place: int) -> None:
        self._bar.setTabVisible(place, True)
        self._bar.setCurrentIndex(place)

    @Slot(int)
    def _on_changed(self, place: int) -> None:
        self._fit()
        self.currentChanged.emit(place)

    @Slot()
    def _fill(self) -> None:
        """Offer the tabs that have no room."""
        self._menu.clear()
        for name in self.hidden:
            action = self._menu.addAction(self._words[name].replace("&", "&&"))
            action.triggered.connect(partial(self.open, name))

    def _fit(self) -> None:
        """Show as many tabs as there is room for, the one in front among them."""
        bold = QFont(self._bar.font())
        bold.setWeight(QFont.Weight.DemiBold)  # as the one in front is written
        metrics = QFontMetrics(bold)
        widths = [metrics.horizontalAdvance(words) for words in self._words.values()]
        is_narrow = sum(widths) + ROOMY * len(widths) > self.width()
        if (self._bar.property("kind") == "narrow") != is_narrow:
            self._bar.setProperty("kind", "narrow" if is_narrow else "")
            self._bar.style().unpolish(self._bar)
            self._bar.style().polish(self._bar)
        shown = set(range(len(widths)))
        if sum(widths) + NARROW * len(widths) > self.width():
            shown = self._fitting([width + NARROW for width in widths])
        for place in range(len(widths)):
            self._bar.setTabVisible(place, place in shown)
        beside = NARROW if is_narrow else ROOMY
        # The bar asks for its room only when it is laid out again; what it needs is known here.
        self._bar.setFixedWidth(sum(widths[place] + beside for place in shown))
        self._more.setVisible(len(shown) < len(widths))

    def _fitting(self, widths: list[int]) -> set[int]:
        """Choose the tabs that fit beside the button, from the first on."""
        at = self._bar.currentIndex()
        room = self.width() - self._more.sizeHint().width() - 8 - widths[at]
        shown = {at}
        for place, width in enumerate(widths):
            if place != at:
                room -= width
                if room < 0:
                    break
                shown.add(place)
        return shown

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._bar.sizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(600, self._bar.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
