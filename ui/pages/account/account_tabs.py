"""The row of tabs of an account's page: known by name, closer together where room is short."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from csdesk.i18n import _

SAVED = 12
"""Pixels that a tab of the narrow kind takes less (resources/themes/style.qss)."""


class AccountTabs(QTabBar):
    """Shows the tabs; all of them stay in reach, by arrows at its end where it is too narrow."""

    stepped = Signal()
    """The keyboard went on to the tab beside."""

    def __init__(self, tabs: Mapping[str, str], parent: QWidget | None = None) -> None:
        """`tabs` are the words on each tab by its name, in their order."""
        super().__init__(parent)
        self._names = list(tabs)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Parts of the account"))
        for words in tabs.values():
            self.addTab(words.replace("&", "&&"))

    @property
    def name(self) -> str:
        """The name of the tab in front."""
        return self._names[self.currentIndex()]

    def open(self, name: str) -> None:
        """Bring a tab to the front. Raises ValueError where there is none of this name."""
        self.setCurrentIndex(self._names.index(name))

    def step(self, by: int) -> None:
        """Go on by so many tabs, after the last to the first."""
        self.setCurrentIndex((self.currentIndex() + by) % self.count())
        self.stepped.emit()

    def _fit(self) -> None:
        """Put the tabs closer together where they do not fit side by side."""
        wanted = sum(self.tabSizeHint(at).width() for at in range(self.count()))
        is_narrow = self.property("kind") == "narrow"
        if is_narrow:
            wanted += SAVED * self.count()
        if (wanted > self.width()) != is_narrow:
            self.setProperty("kind", "" if is_narrow else "narrow")
            self.style().unpolish(self)
            self.style().polish(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
