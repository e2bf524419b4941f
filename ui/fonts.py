"""The font of the window: the system's own where it can write Japanese well, else our Noto Sans."""

from __future__ import annotations

import sys
from importlib import resources

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

GOOD_JAPANESE = (
    "Hiragino Sans",
    "Hiragino Kaku Gothic ProN",
    "Yu Gothic UI",
    "Meiryo UI",
    "Meiryo",
    "BIZ UDPGothic",
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "Source Han Sans JP",
    "Source Han Sans",
)
"""Japanese faces that are pleasant at 14 pixels, the system's own first."""

OWN_FILES = ("NotoSansJP-Regular.ttf", "NotoSansJP-Bold.ttf", "NotoEmoji-Regular.ttf")


def japanese_face(families: list[str]) -> str:
    """Return the best Japanese face among `families`, or "" where there is none."""
    there = set(families)
    return next((face for face in GOOD_JAPANESE if face in there), "")


def interface_font(app: QApplication) -> QFont:
    """Return the font for the window, registering our own files where the system has no face.

    The size is in points, so that it follows the person's text size on her system.
    """
    system = app.font().families()
    face = japanese_face(QFontDatabase.families())
    if face and sys.platform in ("win32", "darwin"):
        families = [*system, face]  # the system's Latin letters were made to stand beside it
    else:
        families = [*([face] if face else register_own_faces()), *system]
    font = QFont(app.font())
    font.setFamilies(list(dict.fromkeys(families)))
    font.setPointSizeF(13 if sys.platform == "darwin" else 10.5)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return font


def register_own_faces() -> list[str]:
    """Make the fonts that ship with the program known to Qt and return their family names."""
    families: list[str] = []
    for name in OWN_FILES:
        with resources.as_file(resources.files("resources") / "fonts" / name) as path:
            number = QFontDatabase.addApplicationFont(str(path))
        families += QFontDatabase.applicationFontFamilies(number)
    return list(dict.fromkeys(families))
