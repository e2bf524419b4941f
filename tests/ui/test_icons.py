"""Icons wear the colour of their role and stay sharp."""

from __future__ import annotations

from importlib import resources

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage

from ui.icons import icon, pixmap
from ui.theme import Look

NAMES = sorted(
    file.name.removesuffix(".svg")
    for file in (resources.files("resources") / "icons").iterdir()
    if file.name.endswith(".svg")
)


def strongest(image: QImage) -> QColor:
    """Return the colour of the most opaque pixel."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return max(pixels, key=lambda colour: colour.alpha())


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_of_the_set_can_be_drawn_in_a_role(look: Look, name: str) -> None:
    colour = strongest(pixmap(look, name, "bad", 32).toImage())
    wanted = look.colour("bad")
    assert colour.alpha() > 200
    assert abs(colour.red() - wanted.red()) < 12
    assert abs(colour.green() - wanted.green()) < 12


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_an_icon_has_a_pixel_for_every_pixel_of_the_screen(look: Look, scale: float) -> None:
    picture = icon(look, "users").pixmap(QSize(20, 20), scale)
    assert picture.width() == round(20 * scale)
    assert picture.devicePixelRatio() == pytest.approx(scale)


def test_an_icon_changes_with_the_theme(look: Look) -> None:
    look.choose("light")
    users = icon(look, "users", "text")
    light = strongest(users.pixmap(QSize(32, 32), 1.0).toImage())
    look.choose("dark")
    dark = strongest(users.pixmap(QSize(32, 32), 1.0).toImage())
    look.choose("light")
    assert light.lightness() < 80 < 180 < dark.lightness()


def test_an_icon_of_a_disabled_button_is_grey(look: Look) -> None:
    users = icon(look, "users", "bad")
    grey = strongest(users.pixmap(QSize(32, 32), 1.0, QIcon.Mode.Disabled).toImage())
    assert abs(grey.red() - grey.blue()) < 60


def test_an_icon_that_is_not_in_the_set_is_a_mistake_of_ours(look: Look) -> None:
    with pytest.raises(FileNotFoundError):
        icon(look, "no-such-icon")
