"""A logo: how it looks on a white page and on a cover, and how to choose or take away one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from csdesk.i18n import _
from csdesk.report.palette import Palette
from csdesk.report.theme import ACCENT_DEEP, ACCENT_PALE, MUTED, WHITE
from ui.theme import Look
from ui.widgets.cells import small_font
from ui.widgets.file_drop import FileDrop
from ui.widgets.wrapped_label import WrappedLabel

TILE = QSize(132, 66)
"""Pixels of each ground the logo is shown on."""

MARGIN = 12


class LogoTile(QWidget):
    """The logo in the middle of one ground of a document; a dashed frame where there is none."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._name = name
        self._ground = WHITE
        self._ink = MUTED
        self._picture = QPixmap()
        self._is_over = False
        self.setFixedSize(TILE)
        self.setToolTip(name)
        look.changed.connect(self.update)

    def show_picture(self, picture: QPixmap) -> None:
        """Show a picture, an empty one for none."""
        self._picture = picture
        state = _("there is none yet") if picture.isNull() else _("shown")
        self.setAccessibleName(f"{self._name}: {state}")
        self.update()

    def show_ground(self, code: str, ink: str) -> None:
        """Stand on a ground of this #RRGGBB colour, with words in another."""
        self._ground, self._ink = code, ink
        self.update()

    def mark_over(self, is_over: bool) -> None:
        """Show that a file held over here would be taken."""
        self._is_over = is_over
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        pen = QPen(self._look.colour("accent_fill" if self._is_over else "control"), 1)
        if self._is_over:
            pen.setWidth(2)
        if self._picture.isNull() and not self._is_over:
            pen = QPen(QColor(self._ink), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(self._ground))
        painter.drawRoundedRect(whole, 6, 6)
        if self._picture.isNull():
            painter.setPen(QColor(self._ink))
            painter.setFont(small_font(self.font()))
            painter.drawText(whole, int(Qt.AlignmentFlag.AlignCenter), self._name)
        else:
            room = whole.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
            size = self._picture.size().scaled(
                room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio
            )
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(room.center())
            painter.drawPixmap(place, self._picture, QRectF(self._picture.rect()))
        painter.end()


class LogoField(QWidget):
    """Shows a logo; takes another by a button or dropped here."""

    offered = Signal(object)
    """The Path of a picture somebody chose or dropped."""
    removed = Signal()

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        """`name` says whose logo it is, for the buttons' hints and for those who listen."""
        super().__init__(parent)
        self._look = look
        self._name = name
        self._build()
        self._connect()
        self.show_logo(b"")
        self.show_accent("")

    @property
    def choose_button(self) -> QPushButton:
        """The button that asks for a picture."""
        return self._choose

    @property
    def remove_button(self) -> QPushButton:
        """The button that takes the logo away."""
        return self._remove

    @property
    def has_logo(self) -> bool:
        """Whether a logo is shown."""
        return self._has_logo

    def show_logo(self, data: bytes) -> None:
        """Show a picture (PNG or JPEG), none for no bytes."""
        picture = QPixmap()
        if data:
            picture.loadFromData(data)
        self._has_logo = bool(data)
        for tile in (self._page, self._cover):
            tile.show_picture(picture)
        self._choose.setText(_("Another…") if data else _("Choose a picture…"))
        self._remove.setVisible(bool(data))

    def show_accent(self, accent: str) -> None:
        """Let the cover have the ground of this accent."""
        palette = Palette(accent)
        self._cover.show_ground(palette.code(ACCENT_DEEP), palette.code(ACCENT_PALE))

    def allow(self, allowed: bool) -> None:
        """Take pictures, or not for a while."""
        self._choose.setEnabled(allowed)
        self._remove.setEnabled(allowed)
        self.setAcceptDrops(allowed)

    @Slot()
    def ask(self) -> None:
        """Ask for a picture."""
        dialog = QFileDialog(self, self._name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_("Pictures") + " (*.png *.jpg *.jpeg *.webp *.gif)")
        dialog.fileSelected.connect(self._on_file)
        dialog.open()

    @Slot(str)
    def _on_file(self, name: str) -> None:
        self.offered.emit(Path(name))

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit()
        self._choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self._has_logo = False
        self._page = LogoTile(self._look, _("On a white page"), self)
        self._cover = LogoTile(self._look, _("On the cover"), self)
        self._choose = QPushButton(self)
        self._choose.setAccessibleName(_("Choose: {name}").format(name=self._name))
        self._remove = QPushButton(_("Remove"), self)
        self._remove.setAccessibleName(_("Remove: {name}").format(name=self._name))
        self._hint = WrappedLabel(
            _("PNG, JPEG, WebP or GIF; a file can be dropped here."), self, "small"
        )
        for button in (self._choose, self._remove):
            button.setProperty("kind", "small")
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self._choose)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        tiles = QHBoxLayout()
        tiles.setSpacing(8)
        tiles.addWidget(self._page)
        tiles.addWidget(self._cover)
        tiles.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(7)
        layout.addLayout(tiles)
        layout.addLayout(buttons)
        layout.addWidget(self._hint)

    def _connect(self) -> None:
        self._choose.clicked.connect(self.ask)
        self._remove.clicked.connect(self._on_remove)
        drop = FileDrop(self)
        drop.hovered.connect(self._mark_over)
        drop.dropped.connect(self.offered)

    @Slot(bool)
    def _mark_over(self, is_over: bool) -> None:
        for tile in (self._page, self._cover):
            tile.mark_over(is_over)
