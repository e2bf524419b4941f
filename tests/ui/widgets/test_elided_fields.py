"""What is too long for its field ends in …, and stays whole for those who edit or listen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.widgets.elided_button import ElidedButton
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.inline_fields import TextField

LONG = "One set of numbers for the stores & the head office, every week"


def test_a_long_text_ends_in_an_ellipsis_until_one_types_in_it(qtbot: QtBot) -> None:
    field = TextField()
    qtbot.addWidget(field)
    field.set_value(LONG)
    field.resize(160, 30)
    with qtbot.waitExposed(field):
        field.show()
    assert field.shown_text.endswith("…")
    assert field.text() == LONG
    pictures = []
    for width in (160, 900):
        field.resize(width, 30)
        field.clearFocus()
        pictures.append(field.grab().toImage())
    assert field.shown_text == LONG
    assert pictures[0].size() != pictures[1].size()
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_End)
    qtbot.keyClicks(field, "!")
    field.flush()
    assert field.text() == LONG + "!"


def test_a_long_line_can_be_pressed_and_is_named_whole(qtbot: QtBot) -> None:
    button = ElidedButton(LONG)
    qtbot.addWidget(button)
    button.resize(120, 28)
    with qtbot.waitExposed(button):
        button.show()
    assert button.shown_text.endswith("…")
    assert button.accessibleName() == LONG
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    button.resize(900, 28)
    assert button.shown_text == LONG


def test_a_line_says_it_shorter_before_its_end_is_cut_off(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.show_text(LONG, "owner Yamada Ayaka", "Yamada")
    shown = []
    for words in (LONG, "owner Yamada Ayaka", "Yamada", "Yam"):
        label.resize(label.fontMetrics().horizontalAdvance(words) + 6, 30)
        label.grab()
        shown.append(label.text())
    assert shown[:3] == [LONG, "owner Yamada Ayaka", "Yamada"]
    assert shown[3].endswith("…")
    assert (label.whole, label.toolTip(), label.accessibleName()) == (LONG, LONG, LONG)


def test_what_is_more_exact_than_the_text_is_told_beside_it(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(400, 30)
    label.show_text("ARR $1,206", "$1,206", told="ARR $1,205.60")
    assert label.text() == "ARR $1,206"
    assert (label.toolTip(), label.accessibleName()) == ("ARR $1,205.60", "ARR $1,205.60")
    label.show_text("ARR $1,206")
    assert (label.toolTip(), label.accessibleName()) == ("", "ARR $1,206")
