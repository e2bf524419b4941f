"""The program's icons: one set of line drawings, tinted by role, sharp at every scale.

An icon keeps the role, not the colour: it is drawn when it is shown, in the theme of that moment.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from ui.theme import Look


def icon(look: Look, name: str, role: str = "muted", on_role: str = "") -> QIcon:
    """Return the icon `name` of resources/icons in the colour of `role`.

    `on_role` is the colour while its button is switched on, `role` where it is left out.
    Raises FileNotFoundError for a name that is not in the set.
    """
    _drawing(name)
    return QIcon(_TintedEngine(look, name, role, on_role or role))


def pixmap(look: Look, name: str, role: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return the icon as a picture `size` logical pixels wide, for painting code."""
    return _picture(name, look.colour(role).name(), size, size, ratio)


@cache
def _drawing(name: str) -> str:
    file = resources.files("resources") / "icons" / f"{name}.svg"
    return file.read_text(encoding="utf-8")


def _picture(name: str, colour: str, width: int, height: int, ratio: float) -> QPixmap:
    key = f"csdesk/{name}/{colour}/{width}x{height}@{ratio}"
    known = QPixmap()
    if QPixmapCache.find(key, known):
        return known
    text = _drawing(name).replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(text.encode()))
    # A button squeezed to nothing still asks for its picture.
    picture = QPixmap(max(1, round(width * ratio)), max(1, round(height * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    renderer.render(painter, QRectF(0, 0, width, height))
    painter.end()
    QPixmapCache.insert(key, picture)
    return picture


class _TintedEngine(QIconEngine):
    """Draws one icon in the colour its role has now; greyed where its button is disabled."""

    def __init__(self, look: Look, name: str, role: str, on_role: str) -> None:
        super().__init__()
        self._look = look
        self._name = name
        self._role = role
        self._on_role = on_role

    def _colour(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        role = self._on_role if state == QIcon.State.On else self._role
        if mode == QIcon.Mode.Disabled:
            role = "disabled"
        return self._look.colour(role).name()

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF()
        colour = self._colour(mode, state)
        painter.drawPixmap(rect, _picture(self._name, colour, rect.width(), rect.height(), ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return _picture(self._name, self._colour(mode, state), size.width(), size.height(), 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        return _picture(self._name, self._colour(mode, state), size.width(), size.height(), scale)

    def clone(self) -> QIconEngine:
        return _TintedEngine(self._look, self._name, self._role, self._on_role)
