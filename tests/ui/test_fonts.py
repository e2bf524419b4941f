"""Japanese is written with a face made for it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from ui.fonts import interface_font, japanese_face, register_own_faces
from ui.theme import Look


@pytest.mark.parametrize(
    ("families", "face"),
    [
        (["Arial", "Yu Gothic UI", "Meiryo"], "Yu Gothic UI"),
        (["Noto Sans CJK JP", "DejaVu Sans"], "Noto Sans CJK JP"),
        (["Hiragino Sans", "Noto Sans JP"], "Hiragino Sans"),
        (["MS Gothic", "DejaVu Sans"], ""),
        ([], ""),
    ],
)
def test_the_best_japanese_face_of_the_system_is_taken(families: list[str], face: str) -> None:
    assert japanese_face(families) == face


def test_our_own_files_write_japanese(qapp: QApplication) -> None:
    families = register_own_faces()
    assert "Noto Sans JP" in families


def test_every_sign_of_a_japanese_sentence_has_a_shape(qapp: QApplication, look: Look) -> None:
    metrics = QFontMetricsF(interface_font(qapp))
    signs = "富士リテールグループ様、髙島屋¥（％）"
    assert [sign for sign in signs if not metrics.inFontUcs4(ord(sign))] == []
