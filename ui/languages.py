"""The language of the interface: our own texts and Qt's, switched while the program runs."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from csdesk.i18n import current, use_language

CHOICES = ("system", "en", "ja")
NAMES = {"en": "English", "ja": "日本語"}
"""Each language in its own words, as a reader looks for it."""


class Languages(QObject):
    """Speaks the chosen language and tells the window when it is another."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._choice = "system"
        self._qt_texts = QTranslator(self)

    @property
    def choice(self) -> str:
        """What the user chose: one of CHOICES."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Speak "en", "ja" or the "system"'s language from now on."""
        if choice not in CHOICES:
            choice = "system"
        before = current().language
        self._choice = choice
        language = use_language(choice).language
        QLocale.setDefault(QLocale("ja_JP" if language == "ja" else "en_US"))
        self._app.removeTranslator(self._qt_texts)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if language != "en" and self._qt_texts.load(f"qtbase_{language}", folder):
            self._app.installTranslator(self._qt_texts)
        if language != before:
            self.changed.emit()
