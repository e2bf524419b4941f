"""What the person chose on this computer, carried out and kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from csdesk.errors import UserError
from csdesk.settings import Home, Settings, save_settings
from ui.languages import Languages
from ui.prompts import Messages
from ui.theme import Look


class Preferences(QObject):
    """The options of the window: each choice takes effect at once and is kept at once."""

    changed = Signal()

    def __init__(
        self,
        settings: Settings,
        home: Home,
        look: Look,
        languages: Languages,
        messages: Messages,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._home = home
        self._look = look
        self._languages = languages
        self._messages = messages
        look.choose(settings.theme)
        languages.choose(settings.language)

    @property
    def home(self) -> Home:
        """The folders of this computer's CSDesk."""
        return self._home

    @property
    def language(self) -> str:
        """The language chosen: "system", "en" or "ja"."""
        return self._languages.choice

    @property
    def theme(self) -> str:
        """The theme chosen: "system", "light" or "dark"."""
        return self._look.choice

    @property
    def author(self) -> str:
        """The name that stands in the history of what this person changes."""
        return self._settings.author

    @property
    def last_file(self) -> Path | None:
        """The workspace that was open last, where it still exists."""
        path = Path(self._settings.last_file) if self._settings.last_file else None
        return path if path is not None and path.is_file() else None

    def recent_files(self) -> list[Path]:
        """Return the files opened last that are still there."""
        return [path for name in self._settings.recent_files if (path := Path(name)).is_file()]

    def window(self) -> dict[str, Any]:
        """Return what the window kept of itself."""
        return self._settings.window

    def choose_language(self, choice: str) -> None:
        """Speak another language from now on."""
        self._settings.language = choice
        self._languages.choose(choice)
        self._keep()

    def choose_theme(self, choice: str) -> None:
        """Wear another theme from now on."""
        self._settings.theme = choice
        self._look.choose(choice)
        self._keep()

    def name_author(self, name: str) -> None:
        """Sign further work with this name, from the next workspace that is opened."""
        self._settings.author = name
        self._keep()

    def me(self, workspace_id: str) -> str:
        """Return the id of the team member of a workspace who sits here; empty where not said."""
        return self._settings.members.get(workspace_id, "")

    def choose_me(self, workspace_id: str, member_id: str) -> None:
        """Say which team member of a workspace sits here; empty for nobody."""
        if member_id:
            self._settings.members[workspace_id] = member_id
        else:
            self._settings.members.pop(workspace_id, None)
        self._keep()

    def opened(self, workspace_id: str) -> list[tuple[str, str]]:
        """Return entity and id of what was opened lately in a workspace, the newest first."""
        places = self._settings.opened.get(workspace_id, ())
        pairs = (str(place).partition(":") for place in places)
        return [(entity, item_id) for entity, _mark, item_id in pairs if item_id]

    def note_opened(self, workspace_id: str, entity: str, item_id: str) -> None:
        """Remember that an item was opened; written when the window closes, not each time."""
        self._settings.note_opened(workspace_id, entity, item_id)

    def remember_file(self, path: Path) -> None:
        """Put a workspace first among those opened last."""
        self._settings.remember_file(path)
        self._keep()

    def remember_window(self, window: dict[str, Any]) -> None:
        """Keep what the window wants to know at the next start."""
        self._settings.window = storable(window)
        self._keep()

    def _keep(self) -> None:
        try:
            save_settings(self._home, self._settings)
        except UserError as error:
            self._messages.error(error)
        self.changed.emit()


def storable(value: Any) -> Any:
    """Return plain data without what a settings file cannot hold: values that are None."""
    if isinstance(value, dict):
        return {str(key): storable(one) for key, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [storable(one) for one in value if one is not None]
    return value
