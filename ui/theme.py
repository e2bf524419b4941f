"""Colours by role, from files, and the look of the whole program made from them.

Nothing else in the window names a colour: painting code asks `Look.colour("muted")`, the style
sheet says `@muted`. That is what makes light and dark (and a theme of somebody's own) possible.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from ui.fonts import interface_font
from ui.restyling import restyle

CHOICES = ("system", "light", "dark")

GROUNDS = ("background", "surface", "sidebar", "header", "hover", "selection")
TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *(("text", ground) for ground in GROUNDS),
    *(("muted", ground) for ground in GROUNDS),
    *(("faint", ground) for ground in GROUNDS),
    *(("accent", ground) for ground in GROUNDS),
    *(("bad", ground) for ground in GROUNDS),
    *(("warning", ground) for ground in ("surface", "hover", "selection")),
    *(("good", ground) for ground in ("surface", "hover", "selection")),
    ("on_accent", "accent_fill"),
    ("on_accent", "accent_hover"),
    *(("on_bar", f"bar_{kind}") for kind in ("accent", "good", "warning", "bad")),
    *((kind, f"{kind}_soft") for kind in ("accent", "good", "warning", "bad", "neutral")),
    *(("text", f"{kind}_soft") for kind in ("accent", "good", "warning", "bad", "neutral")),
    *(("muted", f"{kind}_soft") for kind in ("accent", "good", "warning", "bad", "neutral")),
    *(("accent", f"{kind}_soft") for kind in ("good", "warning", "bad")),
)
"""Every pair (text role, ground role) that the program draws; a test holds them to 4.5 : 1."""

SIZES = {"title": 1.55, "heading": 1.15, "small": 0.88}
"""Sizes of text as factors of plain text."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One file of named roles, each a colour like #1A2330."""

    name: str
    dark: bool
    roles: Mapping[str, str]


def load_theme(name: str) -> Theme:
    """Read the theme `name` from resources/themes. Raises FileNotFoundError if there is none."""
    text = (resources.files("resources") / "themes" / f"{name}.toml").read_text(encoding="utf-8")
    values = tomllib.loads(text)
    return Theme(values["name"], values["dark"], values["roles"])


def style_sheet(theme: Theme, points: float) -> str:
    """Return the style sheet with each `@role` replaced by its colour, `@size_…` by a size.

    `points` is the size of plain text. Raises KeyError where the sheet names a role that the
    theme does not have.
    """
    folder = resources.files("resources") / "themes"
    text = (folder / "style.qss").read_text(encoding="utf-8")
    values = {
        **theme.roles,
        "folder": str(folder).replace("\\", "/"),
        **{f"size_{name}": f"{points * factor:.1f}pt" for name, factor in SIZES.items()},
    }
    return re.sub(r"@([a-z_]+)", lambda found: values[found[1]], text)


def palette(theme: Theme) -> QPalette:
    """Return the Qt palette of a theme, for everything the style draws by itself."""
    roles = theme.roles
    result = QPalette()
    pairs = {
        QPalette.ColorRole.Window: "background",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "header",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.PlaceholderText: "faint",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.BrightText: "bad",
        QPalette.ColorRole.ToolTipBase: "surface",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.Highlight: "accent_fill",
        QPalette.ColorRole.HighlightedText: "on_accent",
        QPalette.ColorRole.Accent: "accent_fill",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.LinkVisited: "accent",
        QPalette.ColorRole.Light: "surface",
        QPalette.ColorRole.Midlight: "hover",
        QPalette.ColorRole.Mid: "line",
        QPalette.ColorRole.Dark: "control",
        QPalette.ColorRole.Shadow: "line",
    }
    for role, name in pairs.items():
        result.setColor(role, QColor(roles[name]))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(roles["disabled"]))
    return result


class Look(QObject):
    """The theme in force; follows the system until the user chooses one."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._choice = "system"
        self._theme = load_theme("light")
        self._colours: dict[str, QColor] = {}
        app.setFont(interface_font(app))
        app.setStyle(QStyleFactory.create("Fusion"))
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        self._wear(self._theme)

    @property
    def theme(self) -> Theme:
        """The theme now worn."""
        return self._theme

    @property
    def choice(self) -> str:
        """What the user chose: one of CHOICES."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Wear "light", "dark" or whatever the "system" says, from now on."""
        if choice not in CHOICES:
            choice = "system"
        self._choice = choice
        hints = self._app.styleHints()
        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        if choice in schemes:
            hints.setColorScheme(schemes[choice])
        else:
            hints.unsetColorScheme()
        self._follow()

    def colour(self, role: str) -> QColor:
        """Return the colour of a role. Raises KeyError for a role no theme has."""
        found = self._colours.get(role)
        if found is None:
            found = self._colours[role] = QColor(self._theme.roles[role])
        return found

    @Slot()
    def _on_scheme_changed(self) -> None:
        if self._choice == "system":
            self._follow()

    def _follow(self) -> None:
        wanted = self._choice
        if wanted == "system":
            scheme = self._app.styleHints().colorScheme()
            wanted = "dark" if scheme == Qt.ColorScheme.Dark else "light"
        if wanted != self._theme.name:
            self._wear(load_theme(wanted))
            self.changed.emit()

    def _wear(self, theme: Theme) -> None:
        self._theme = theme
        self._colours = {}
        restyle(self._app, palette(theme), style_sheet(theme, self._app.font().pointSizeF()))
