"""The line above the pages: small pages on and off, where one is, how large, and the search."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from csdesk.i18n import _
from ui.icons import icon
from ui.pages.document.zoom import STEPS, Fit, Zoom
from ui.theme import Look
from ui.widgets.choice_box import ElidedBox


class PreviewBar(QWidget):
    """Shows page and zoom, and asks for others."""

    page_asked = Signal(int)
    """A page, from 0."""
    zoom_asked = Signal(object)
    """A Zoom."""
    step_asked = Signal(int)
    """The next zoom above (1) or below (-1)."""
    strip_switched = Signal(bool)
    find_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._build(look)
        self._connect()
        self.show_page(0, 0)

    @property
    def place(self) -> str:
        """Page and number of pages as shown."""
        return f"{self._page.text()} {self._of.text()}"

    def show_page(self, page: int, count: int) -> None:
        """Show which page of how many is in view."""
        self._count = count
        if not self._page.isModified() or not self._page.hasFocus():
            self._page.setText(str(page + 1) if count else "")
        self._page.setEnabled(count > 0)
        self._of.setText(f"/ {count}")

    def show_zoom(self, zoom: Zoom, percent: float) -> None:
        """Show how large pages are."""
        for at in range(self._zoom.count()):
            if self._zoom.itemData(at) == zoom:
                self._zoom.setCurrentIndex(at)
                return
        if self._zoom.itemData(self._zoom.count() - 1) not in self._kinds:
            self._zoom.removeItem(self._zoom.count() - 1)
        self._zoom.addItem(f"{round(percent)} %", zoom)
        self._zoom.setCurrentIndex(self._zoom.count() - 1)

    def show_strip(self, is_on: bool) -> None:
        """Show whether the small pages are there."""
        self._strip.setChecked(is_on)

    @Slot()
    def _on_page(self) -> None:
        text = self._page.text()
        self._page.setModified(False)
        if text.isdigit() and 1 <= int(text) <= self._count:
            self.page_asked.emit(int(text) - 1)

    @Slot(int)
    def _on_zoom(self, at: int) -> None:
        self.zoom_asked.emit(self._zoom.itemData(at))

    def _build(self, look: Look) -> None:
        self._strip = self._button(look, "panel-left", _("Small pages"))
        self._strip.setCheckable(True)
        self._page = QLineEdit(self)
        self._page.setFixedWidth(46)
        self._page.setValidator(QIntValidator(1, 99_999, self._page))
        self._page.setAccessibleName(_("Page in view"))
        self._of = QLabel(self)
        self._of.setProperty("kind", "muted")
        self._smaller = self._button(look, "zoom-out", _("Smaller"), "Ctrl+-")
        self._larger = self._button(look, "zoom-in", _("Larger"), "Ctrl++")
        self._zoom = ElidedBox(self)
        self._zoom.setAccessibleName(_("Size of the pages"))
        self._zoom.setMinimumWidth(128)
        self._zoom.addItem(_("Fit width"), Zoom(Fit.WIDTH))
        self._zoom.addItem(_("Whole page"), Zoom(Fit.PAGE))
        for step in STEPS:
            self._zoom.addItem(f"{step} %", Zoom(None, step))
        self._kinds = tuple(self._zoom.itemData(at) for at in range(self._zoom.count()))
        self._find = self._button(look, "search", _("Search in the document"), "Ctrl+F")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.setSpacing(4)
        layout.addWidget(self._strip)
        layout.addStretch(1)
        layout.addWidget(self._page)
        layout.addWidget(self._of)
        layout.addSpacing(10)
        for widget in (self._smaller, self._zoom, self._larger):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self._find)

    def _button(self, look: Look, picture: str, name: str, keys: str = "") -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(look, picture, "muted", "accent"))
        button.setToolTip(f"{name} ({keys})" if keys else name)
        button.setAccessibleName(name)
        return button

    def _connect(self) -> None:
        self._page.returnPressed.connect(self._on_page)
        self._zoom.activated.connect(self._on_zoom)
        self._smaller.clicked.connect(lambda: self.step_asked.emit(-1))
        self._larger.clicked.connect(lambda: self.step_asked.emit(1))
        self._strip.toggled.connect(self.strip_switched)
        self._find.clicked.connect(self.find_asked)
