"""The accent colour of our documents: some to choose from, any other as #RRGGBB, and how it reads.

Whatever is chosen, documents stay readable: a colour too light for text on white is darkened for
text (csdesk.report.palette), and this says so before anybody wonders.
"""

from __future__ import annotations

import re
from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from csdesk.errors import UserError
from csdesk.i18n import _, current
from csdesk.report.palette import OUR_ACCENT, Palette, contrast
from csdesk.report.theme import ACCENT, ACCENT_DEEP, ACCENT_MIDDLE, ACCENT_PALE, BODY, WHITE
from ui.theme import Look
from ui.widgets.flow import Flow
from ui.widgets.inline_fields import TextField
from ui.widgets.swatch import Swatch
from ui.widgets.wrapped_label import WrappedLabel

_CODE = re.compile("#?([0-9A-Fa-f]{6})")
BAND = 0.42
"""Which share of the preview's width the cover takes."""


def accents() -> tuple[tuple[str, str], ...]:
    """Return the colours offered, each with its name, our own blue first."""
    return (
        (OUR_ACCENT, _("Blue")),
        ("#0F6E84", _("Teal")),
        ("#157347", _("Green")),
        ("#6B4FBB", _("Violet")),
        ("#A8326F", _("Plum")),
        ("#B3261E", _("Red")),
        ("#B45309", _("Orange")),
        ("#334155", _("Slate")),
    )


def read_code(typed: str) -> str:
    """Return #RRGGBB for what was typed, "" for nothing. Raises UserError for anything else."""
    words = typed.strip()
    found = _CODE.fullmatch(words)
    if words and found is None:
        raise UserError(
            _("“{text}” is no colour.").format(text=words[:40]),
            _("Type it as # with six digits, such as #2B5FD9."),
        )
    return f"#{found[1].upper()}" if found else ""


def reading_words(accent: str) -> str:
    """Say how text in an accent stands out on white, and what becomes of one too light for it."""
    chosen = accent or OUR_ACCENT
    drawn = Palette(chosen).code(ACCENT)
    if contrast(chosen, WHITE) >= contrast(drawn, WHITE):
        ratio = _ratio(chosen)
        return _("Text in this colour stands out {ratio} : 1 on white.").format(ratio=ratio)
    return _(
        "This colour is too light for text on white ({ratio} : 1), so text is drawn in {code} "
        "({better} : 1)."
    ).format(
        ratio=_ratio(chosen),
        code=drawn,
        better=_ratio(drawn),
    )


def _ratio(code: str) -> str:
    """Write how a colour stands out on white, with one digit."""
    # Cut, not rounded: 4.46 is not 4.5.
    tenths = int(contrast(code, WHITE) * 10)
    return current().number(Decimal(tenths) / 10, places=1)


class AccentPreview(QWidget):
    """A small drawing of a document in an accent: its cover, and a page beside it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._palette = Palette()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(220)
        self.setAccessibleName(_("How a document looks in this colour"))

    def show_accent(self, accent: str) -> None:
        """Draw in an accent, "" for our own blue."""
        self._palette = Palette(accent)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(340, 5 * self.fontMetrics().height())

    def _paint_cover(self, painter: QPainter, place: QRectF) -> None:
        ground = QLinearGradient(place.topLeft(), place.bottomRight())
        ground.setColorAt(0, QColor(self._palette.code(ACCENT_DEEP)))
        ground.setColorAt(1, QColor(self._palette.code(ACCENT_MIDDLE)))
        painter.fillRect(place, ground)
        inside = place.adjusted(12, 8, -8, -8)
        painter.fillRect(
            QRectF(inside.left(), inside.center().y() - 12, 24, 2.5),
            QColor(self._palette.code(ACCENT_PALE)),
        )
        painter.setPen(QColor(WHITE))
        font = self.font()
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        line = QRectF(inside.left(), inside.center().y() - 6, inside.width(), 28)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), _("Success plan"))

    def _paint_page(self, painter: QPainter, place: QRectF) -> None:
        accent = QColor(self._palette.code(ACCENT))
        inside = place.adjusted(14, 8, -14, -8)
        font = self.font()
        painter.setFont(font)
        height = self.fontMetrics().height()
        painter.setPen(accent)
        bold = self.font()
        bold.setWeight(bold.Weight.DemiBold)
        painter.setFont(bold)
        painter.drawText(QRectF(inside.left(), inside.top(), inside.width(), height), _("Goals"))
        painter.setPen(QPen(accent, 1.2))
        y = inside.top() + height + 3
        painter.drawLine(int(inside.left()), int(y), int(inside.right()), int(y))
        painter.setFont(font)
        painter.setPen(QColor(BODY))
        words = QRectF(inside.left(), y + 3, inside.width(), height)
        painter.drawText(words, _("Weekly use by every team"))
        bar = QRectF(inside.left(), words.bottom() + 5, inside.width(), 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._palette.code(ACCENT_PALE)))
        painter.drawRoundedRect(bar, 3, 3)
        painter.setBrush(accent)
        bar.setWidth(bar.width() * 0.62)
        painter.drawRoundedRect(bar, 3, 3)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.fillRect(whole, QColor(WHITE))
        cover = QRectF(whole)
        cover.setWidth(whole.width() * BAND)
        self._paint_cover(painter, cover)
        page = QRectF(whole)
        page.setLeft(cover.right())
        self._paint_page(painter, page)
        painter.setPen(QPen(self._look.colour("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(whole)
        painter.end()


class AccentChoice(QWidget):
    """Swatches, a field for any other colour, and what a document looks like in it."""

    chosen = Signal(str)
    """#RRGGBB, or "" for our own blue; only where it is another one than before."""
    refused = Signal(object)
    """A UserError: what was typed is no colour."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._accent = ""
        self._build()
        self._connect()
        self.show_accent("")

    @property
    def swatches(self) -> tuple[Swatch, ...]:
        """The colours to choose from."""
        return self._swatches

    @property
    def code_field(self) -> TextField:
        """The field of the colour as #RRGGBB."""
        return self._code

    @property
    def words(self) -> str:
        """What is said of how the colour reads."""
        return self._words.text()

    def show_accent(self, accent: str) -> None:
        """Show the accent in force, "" for our own blue."""
        self._accent = accent
        shown = accent or OUR_ACCENT
        for swatch in self._swatches:
            swatch.setChecked(swatch.code == shown)
        self._code.set_value(shown)
        self._preview.show_accent(accent)
        self._words.setText(reading_words(accent))

    @Slot()
    def _on_swatch(self) -> None:
        swatch = self.sender()
        if isinstance(swatch, Swatch):
            self._choose("" if swatch.code == OUR_ACCENT else swatch.code)

    @Slot(str)
    def _on_code(self, typed: str) -> None:
        try:
            code = read_code(typed)
        except UserError as error:
            self._code.set_value(self._accent or OUR_ACCENT, force=True)
            self.refused.emit(error)
        else:
            self._choose("" if code == OUR_ACCENT else code)

    def _choose(self, accent: str) -> None:
        before = self._accent
        self._code.set_value(accent or OUR_ACCENT, force=True)
        self.show_accent(accent)
        if accent != before:
            self.chosen.emit(accent)

    def _build(self) -> None:
        self._swatches = tuple(Swatch(self._look, *pair, self) for pair in accents())
        self._code = TextField(self)
        self._code.setAccessibleName(_("Colour as # and six digits"))
        self._code.setMaxLength(20)
        self._code.setFixedWidth(self._code.fontMetrics().horizontalAdvance("#MMMMMM") + 30)
        self._preview = AccentPreview(self._look, self)
        self._words = WrappedLabel("", self, "small")
        line = Flow(self, gap=3)
        for widget in (*self._swatches, self._code):
            line.add(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(line)
        layout.addWidget(self._preview)
        layout.addWidget(self._words)

    def _connect(self) -> None:
        for swatch in self._swatches:
            swatch.clicked.connect(self._on_swatch)
        self._code.entered.connect(self._on_code)
