"""How the desk, the pages on it, what was found and what can be clicked look."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from csdesk.report.places import Place
from ui.pages.document.drawing import Pictures
from ui.pages.document.page_layout import PageLayout, Piece
from ui.pages.document.pdf_pages import Hit
from ui.theme import Look

SHADOW = 5
"""Logical pixels a page's shadow reaches beyond it."""


class PagePainting:
    """Paints in the colours of the theme; paper stays white, as it will be printed."""

    def __init__(self, look: Look) -> None:
        self._look = look

    def paint(self, painter: QPainter, layout: PageLayout, view: QRect, pictures: Pictures) -> None:
        """Paint the part `view` of the desk with what is drawn of its pages.

        From here on the painter counts in pixels of the desk.
        """
        ratio = painter.device().devicePixelRatioF()
        painter.scale(1 / ratio, 1 / ratio)
        painter.fillRect(QRect(0, 0, view.width(), view.height()), self._look.colour("track"))
        painter.translate(-view.topLeft())
        for page in layout.visible(view):
            place = layout.pages[page]
            self._paint_shadow(painter, QRectF(place), ratio)
            painter.fillRect(place, Qt.GlobalColor.white)
            for piece in layout.pieces(page, view):
                self._paint_piece(painter, place, piece, pictures)

    def paint_desk(self, painter: QPainter, place: QRect) -> None:
        """Paint the desk without a page on it."""
        painter.fillRect(place, self._look.colour("track"))

    def paint_marks(
        self, painter: QPainter, layout: PageLayout, hits: Sequence[Hit], now: Hit | None
    ) -> None:
        """Mark what was found, as with a marker pen; the one looked at has a frame."""
        soft = _with_alpha(self._look.colour("warning_fill"), 90)
        strong = _with_alpha(self._look.colour("warning_fill"), 190)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Ink stays as black below the marker as it was.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for hit in hits:
            if hit.page < len(layout.pages):
                for box in hit.boxes:
                    painter.fillRect(
                        self.box(layout, hit.page, box), strong if hit is now else soft
                    )
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        if now is not None and now.page < len(layout.pages):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._look.colour("accent_fill"), 2))
            for box in now.boxes:
                painter.drawRoundedRect(self.box(layout, now.page, box), 3, 3)

    def paint_place(
        self,
        painter: QPainter,
        layout: PageLayout,
        place: Place,
        sizes: Sequence[tuple[float, float]],
    ) -> None:
        """Mark the item below the mouse, which a click would go to."""
        if place.page >= len(layout.pages):
            return
        top = sizes[place.page][1] - place.y1
        box = QRectF(place.x0, top, place.x1 - place.x0, place.y1 - place.y0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._look.colour("accent_fill")
        painter.setBrush(_with_alpha(colour, 22))
        painter.setPen(QPen(_with_alpha(colour, 150), 1.5))
        painter.drawRoundedRect(self.box(layout, place.page, box).adjusted(-3, -2, 3, 2), 4, 4)

    def paint_focus(self, painter: QPainter, place: QRect) -> None:
        """Show that the keyboard works here; `place` in logical pixels."""
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._look.colour("accent"), 1))
        painter.drawRect(place.adjusted(0, 0, -1, -1))

    @staticmethod
    def box(layout: PageLayout, page: int, box: QRectF) -> QRectF:
        """Return where a box of a page, in points from its upper left corner, lies on the desk."""
        place, scale = layout.pages[page], layout.scale
        return QRectF(
            place.x() + box.x() * scale,
            place.y() + box.y() * scale,
            box.width() * scale,
            box.height() * scale,
        ).adjusted(-1, -1, 1, 1)

    def _paint_shadow(self, painter: QPainter, place: QRectF, ratio: float) -> None:
        dark = self._look.theme.dark
        for reach in range(SHADOW, 0, -1):
            alpha = round((34 if dark else 11) * (1 - reach / (SHADOW + 1)))
            grown = place.adjusted(-reach + 1, -reach + 3, reach - 1, reach + 1)
            spread = (reach - 1) * (ratio - 1)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(0, 0, 0, alpha))
            painter.drawRoundedRect(grown.adjusted(-spread, -spread, spread, spread), reach, reach)

    @staticmethod
    def _paint_piece(painter: QPainter, place: QRect, piece: Piece, pictures: Pictures) -> None:
        x, y, width, height = piece.part
        target = QRect(place.x() + x, place.y() + y, width, height)
        image = pictures.find(piece)
        if image is not None:
            painter.drawImage(target.topLeft(), image)
            return
        rough = pictures.stand_in(piece.page)
        if rough is not None:
            across, down = rough.width() / piece.whole[0], rough.height() / piece.whole[1]
            source = QRectF(x * across, y * down, width * across, height * down)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(target), rough, source)


def _with_alpha(colour: QColor, alpha: int) -> QColor:
    colour = QColor(colour)
    colour.setAlpha(alpha)
    return colour
