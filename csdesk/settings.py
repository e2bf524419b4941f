"""What the person chose on this computer, and the folders the program keeps its things in.

Nothing of this lies in a workspace file. One table, `Settings`, declares every option.
"""

from __future__ import annotations

import dataclasses
import getpass
import os
import platform
import secrets
import tomllib
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs
import tomlkit

from csdesk.errors import UserError
from csdesk.i18n import _


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of this computer's CSDesk."""

    data: Path
    config: Path

    @classmethod
    def of_this_computer(cls) -> Home:
        """Take `CSDESK_HOME` when it is set (tests, a stick), else the platform's folders."""
        chosen = os.environ.get("CSDESK_HOME")
        if chosen:
            return cls.at(Path(chosen))
        return cls(
            data=Path(platformdirs.user_data_dir("CSDesk", appauthor=False)),
            config=Path(platformdirs.user_config_dir("CSDesk", appauthor=False)),
        )

    @classmethod
    def at(cls, folder: Path) -> Home:
        """Keep everything below one folder."""
        folder = folder.expanduser().absolute()
        return cls(data=folder / "data", config=folder / "config")

    @property
    def replicas(self) -> Path:
        """Where the live databases lie."""
        return self.data / "replicas"

    @property
    def settings_file(self) -> Path:
        """Where the person's options lie."""
        return self.config / "settings.toml"

    @property
    def crash_reports(self) -> Path:
        """Where reports of our own bugs lie."""
        return self.data / "crashes"


MOST_OPENED = 40
"""How many items opened lately are remembered of a workspace."""


@dataclass(slots=True)
class Settings:
    """The person's options; every one has a default, and unknown ones are kept as they are."""

    author: str = ""
    device: str = ""
    language: str = "system"
    theme: str = "system"
    last_file: str = ""
    recent_files: list[str] = field(default_factory=list)
    window: dict[str, Any] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)
    """Workspace id to the id of the team member who sits at this computer ("me")."""
    opened: dict[str, list[str]] = field(default_factory=dict)
    """Workspace id to what was opened there lately, the newest first, each as "entity:id"."""

    def note_opened(self, workspace_id: str, entity: str, item_id: str) -> None:
        """Put an item first among those opened lately in a workspace."""
        place = f"{entity}:{item_id}"
        known = self.opened.get(workspace_id, [])
        self.opened[workspace_id] = [place, *(old for old in known if old != place)][:MOST_OPENED]

    def remember_file(self, path: Path) -> None:
        """Put `path` first among the ten files opened last."""
        name = str(path)
        self.last_file = name
        self.recent_files = [name, *(old for old in self.recent_files if old != name)][:10]


def load_settings(home: Home) -> Settings:
    """Read the options of this computer; a missing file gives the defaults.

    Raises UserError when the file cannot be read or is no TOML.
    """
    try:
        text = home.settings_file.read_text(encoding="utf-8")
        values = tomllib.loads(text)
    except FileNotFoundError:
        values = {}
    except (OSError, ValueError) as error:
        raise UserError(
            _("The settings file cannot be read: {reason}").format(reason=error),
            _("Mend or remove {path} and try again.").format(path=home.settings_file),
        ) from error
    settings = Settings()
    for option in dataclasses.fields(Settings):
        value = values.get(option.name)
        if isinstance(value, type(getattr(settings, option.name))):
            setattr(settings, option.name, value)
    settings.recent_files = _texts(settings.recent_files)
    members: dict[str, object] = {**settings.members}
    settings.members = {key: one for key, one in members.items() if isinstance(one, str)}
    settings.opened = {key: _texts(places) for key, places in settings.opened.items()}
    settings.window = _in_pixels(settings.window)
    if not settings.device:
        settings.device = _new_device()
        save_settings(home, settings)
    if not settings.author:
        settings.author = _login_name()
    return settings


def _texts(values: object) -> list[str]:
    """Leave out what is no text, where somebody wrote into the file by hand."""
    return [one for one in values if isinstance(one, str)] if isinstance(values, list) else []


def _in_pixels(value: Any) -> Any:
    """Leave out whole numbers that are too large for any place on a screen."""
    if isinstance(value, dict):
        return {key: _in_pixels(one) for key, one in value.items() if _is_drawable(one)}
    if isinstance(value, list):
        return [_in_pixels(one) for one in value if _is_drawable(one)]
    return value


def _is_drawable(value: object) -> bool:
    return not isinstance(value, int) or abs(value) < 2**31


def save_settings(home: Home, settings: Settings) -> None:
    """Write the options, keeping lines this version does not know.

    Raises UserError when the folder cannot be written to.
    """
    path = home.settings_file
    try:
        home.config.mkdir(parents=True, exist_ok=True)
        try:
            document = tomlkit.parse(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            document = tomlkit.document()
        for option in dataclasses.fields(Settings):
            document[option.name] = getattr(settings, option.name)
        draft = path.with_name(f"{path.name}.{os.getpid()}{secrets.token_hex(3)}.tmp")
        draft.write_text(tomlkit.dumps(document), encoding="utf-8")
        os.replace(draft, path)
    except OSError as error:
        raise UserError(
            _("Your settings could not be kept: {reason}").format(reason=error.strerror or error),
            _("Check that {folder} can be written to.").format(folder=home.config),
        ) from error


def computer_name(device: str) -> str:
    """Tell what a device calls itself; the first letters of an id that has no name in it."""
    name, mark, _rest = device.rpartition(_MARK)
    return name if mark and name else device[:4]


_MARK = " · "
_LONGEST_NAME = 30


def _new_device() -> str:
    """Make an id for this computer: its name, for people, and 32 random bits.

    It never changes, though the computer may be renamed: the undo stack goes by it. It may stand
    in a file name on every system.
    """
    name = unicodedata.normalize("NFC", platform.node().partition(".")[0])
    safe = "".join(char if char.isalnum() else "-" for char in name).strip("-")[:_LONGEST_NAME]
    random = secrets.token_hex(4)
    return f"{safe}{_MARK}{random}" if safe else random


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
