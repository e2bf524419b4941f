"""What the keys do on a timeline: one table, so that no two places disagree."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ui.pages.plan.timeline.holding import Grip


class Act(StrEnum):
    """What can be done by keys."""

    STEP = "step"
    EDGE = "edge"
    """To the first or the last row."""
    NUDGE = "nudge"
    SCROLL = "scroll"
    ZOOM = "zoom"
    FIT = "fit"
    TODAY = "today"
    END = "end"
    """To the plan's end."""
    ENTER = "enter"
    ESCAPE = "escape"


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do: by how much (rows, days, steps), and by which grip."""

    act: Act
    by: int = 0
    grip: Grip = Grip.MOVE


_SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ROWS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -8,
    Qt.Key.Key_PageDown: 8,
}
_WEEK = 7
_IGNORED = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier


def deed_of(event: QKeyEvent) -> Deed | None:
    """Tell what a key does; None where it does nothing here.

    Alt+Left and Alt+Right move an item by a day, Shift its end, Alt+Shift its start; with Ctrl by
    a week. Ctrl alone with an arrow moves it by a week too.
    """
    key = Qt.Key(event.key())
    held = event.modifiers() & ~_IGNORED
    mods = Qt.KeyboardModifier
    control = bool(held & mods.ControlModifier)
    alt, shift = bool(held & mods.AltModifier), bool(held & mods.ShiftModifier)
    if key in _SIDES:
        side = _SIDES[key]
        if not (control or alt or shift):
            return Deed(Act.SCROLL, side)
        grip = Grip.MOVE
        if shift:
            grip = Grip.START if alt else Grip.END
        return Deed(Act.NUDGE, side * (_WEEK if control else 1), grip)
    if control and not alt:
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Semicolon):
            return Deed(Act.ZOOM, 1)
        if key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            return Deed(Act.ZOOM, -1)
        if key == Qt.Key.Key_0:
            return Deed(Act.FIT)
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            return Deed(Act.EDGE, -1 if key == Qt.Key.Key_Home else 1)
    if held & ~mods.ShiftModifier:
        return None
    if key in _ROWS and not shift:
        return Deed(Act.STEP, _ROWS[key])
    return _PLAIN.get(key) if not shift or key == Qt.Key.Key_Plus else None


_PLAIN = {
    Qt.Key.Key_T: Deed(Act.TODAY),
    Qt.Key.Key_Home: Deed(Act.TODAY),
    Qt.Key.Key_End: Deed(Act.END),
    Qt.Key.Key_Plus: Deed(Act.ZOOM, 1),
    Qt.Key.Key_Minus: Deed(Act.ZOOM, -1),
    Qt.Key.Key_0: Deed(Act.FIT),
    Qt.Key.Key_Return: Deed(Act.ENTER),
    Qt.Key.Key_Enter: Deed(Act.ENTER),
    Qt.Key.Key_Escape: Deed(Act.ESCAPE),
}
