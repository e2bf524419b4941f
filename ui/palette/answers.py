"""Answers what somebody asks the palette: groups of finds, the best first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from csdesk.i18n import _
from csdesk.insight.fuzzy import Spelled, fitted
from csdesk.insight.name_index import Found
from csdesk.queries.entity_words import entity_label
from csdesk.queries.palette import KINDS, Kind, palette_names, tagged_accounts
from csdesk.queries.search import SearchHit, search
from csdesk.store.words import fold
from ui.commands import Command, Commands
from ui.desk import Desk
from ui.palette.asked import COMMANDS, PEOPLE, TAGS, Asked
from ui.palette.finder import finder_of
from ui.palette.finds import COMMAND, Find, Group, icon_of

FEW, MANY, ALL = 5, 50, 200
"""How many finds of a kind are shown beside others, and alone; ALL is more than commands are."""

APART = " · "

READ = 30
"""How many texts are asked for; some may lead nowhere."""

FIRST_COMMANDS = ("accounts.new", "file.import", "file.export_pdf", "help.keys")
"""What is offered before anything is typed, after what the page in front can do."""

_FURTHER = 8
"""How much worse a command fits than a name that fits as well."""
_FAR = 9
"""How much worse a command fits that is done elsewhere than one in front that fits as well."""

_NO_FIT = 90
"""The badness of what was found by words within texts: after everything found by name."""


class Answers(QObject):
    """What one window's palette knows: its desk, its commands, what was opened lately."""

    def __init__(
        self, desk: Desk, commands: Commands, can_show: Callable[[str], bool], parent: QObject
    ) -> None:
        """`can_show` tells whether the window has a page for the items of an entity."""
        super().__init__(parent)
        self._desk = desk
        self._commands = commands
        self._can_show = can_show
        self._finder = finder_of(desk)
        self._workspace_id = desk.workspace.id
        self._spelled: dict[str, Spelled] = {}

    def by_name(self, asked: Asked) -> list[Group]:
        """Return what fits by name, the group with the best find first."""
        if asked.only == COMMANDS:
            return self._of_commands(asked.words, ALL)
        if not asked.words and not asked.only:
            return self.first()
        if asked.only == TAGS:
            return self._of_tags(asked.words)
        groups = [
            group
            for kind in KINDS
            if asked.only in ("", kind.name) and all(map(self._can_show, kind.entities))
            if (group := self._of_kind(kind, asked)) is not None
        ]
        if not asked.only:
            groups += self._of_commands(asked.words, FEW)
        return sorted(groups, key=lambda group: group.badness)

    def by_text(self, asked: Asked, found: Sequence[Group]) -> list[Group]:
        """Return what has the words anywhere in its texts, beside what was found by name."""
        if asked.only or not asked.words:
            return []
        known = {find.goes_to for group in found for find in group.finds}
        hits = self._desk.read(search, asked.words, limit=READ)
        finds = [
            find
            for hit in hits
            if (find := self._of_hit(hit)) is not None and (hit.entity, hit.id) not in known
        ]
        return [Group(_("In texts"), finds[: FEW + 1], _NO_FIT)] if finds else []

    def first(self) -> list[Group]:
        """Return what is offered before anything is typed: where one was, and what one can do."""
        groups = [Group(_("Opened lately"), self._recent())]
        here = [one for one in self._commands.of_page if one.in_menu]
        groups.append(Group(_("On this page"), self._usable(here)[:FEW]))
        always = [one for one in self._commands.of_window if one.id in FIRST_COMMANDS]
        groups.append(Group(_("Everywhere"), self._usable(always)))
        return [group for group in groups if group.finds]

    def _recent(self) -> list[Find]:
        """Return what was opened lately and is still there."""
        opened = self._desk.preferences.opened(self._workspace_id)
        by_entity: dict[str, list[str]] = {}
        for entity, item_id in opened:
            by_entity.setdefault(entity, []).append(item_id)
        names = {
            (entity, name.id): name
            for kind in KINDS
            for entity in kind.entities
            if entity in by_entity
            for name in self._desk.read(palette_names, entity, None, by_entity[entity])
        }
        known = [names[place] for place in opened if place in names]
        return [
            Find(
                name.entity,
                name.id,
                name.title,
                icon_of(name.entity),
                self._where(name.entity, name.about),
            )
            for name in known[: FEW + 1]
        ]

    def _of_kind(self, kind: Kind, asked: Asked) -> Group | None:
        opened = self._desk.preferences.opened(self._workspace_id)
        recent = [item_id for entity, item_id in opened if entity in kind.entities]
        if asked.words:
            limit = MANY if asked.only else FEW
            found = self._finder.find(kind, asked.words, limit, recent)
        else:
            found = []
        if not found:
            return None
        return Group(_head(kind.name), [self._find(one) for one in found], found[0].badness)

    def _find(self, found: Found) -> Find:
        name = found.name
        # The head over it says what it is, where there is nothing else to say.
        below = self._where(name.entity, name.about) if name.about else ""
        places = found.beside_places
        if found.beside and below:
            places = tuple(len(below) + len(APART) + place for place in places)
        below = APART.join(part for part in (below, found.beside) if part)
        picture = icon_of(name.entity)
        return Find(name.entity, name.id, name.title, picture, below, found.places, places)

    def _where(self, entity: str, account_id: str) -> str:
        account = self._finder.account(account_id) if account_id else ""
        return APART.join(part for part in (entity_label(entity), account) if part)

    def _of_tags(self, words: str) -> list[Group]:
        """Return the accounts with a tag that begins so."""
        tags = self._desk.read(tagged_accounts, words)
        finds = [
            Find("account", account_id, self._finder.account(account_id), icon_of("account"), tag)
            for account_id, tag in tags.items()
            if self._finder.account(account_id)
        ]
        return [Group(_("Accounts"), finds[:MANY])] if finds else []

    def _of_commands(self, words: str, limit: int) -> list[Group]:
        """Return the places to go to and the commands that fit and can be used now."""
        fits: dict[bool, list[tuple[int, Find]]] = {True: [], False: []}
        near = [one for one in self._commands if self._commands.can_run(one.id)]
        far = [one for one in self._commands.further if one.can_run]
        for command, further in (*((one, 0) for one in near), *((one, _FAR) for one in far)):
            badness, find = self._fit(command, words)
            if find is not None:
                fits[_is_place(command)].append((badness + _FURTHER + further, find))
        groups = []
        for is_place, found in fits.items():
            found.sort(key=lambda one: (one[0], one[1].title) if words else (0, ""))
            if found:
                head = _("Go to") if is_place else _("Commands")
                groups.append(Group(head, [find for _bad, find in found[:limit]], found[0][0]))
        return sorted(groups, key=lambda group: group.badness if words else 0)

    def _usable(self, commands: Sequence[Command]) -> list[Find]:
        """Return commands that can be used now."""
        able = [one for one in commands if self._commands.can_run(one.id)]
        return [find for one in able if (find := self._fit(one, "")[1]) is not None]

    def _fit(self, command: Command, words: str) -> tuple[int, Find | None]:
        """Fit a command by its title, or by its English name, whatever language is spoken."""
        title, keys = command.title, command.keys_text
        picture = command.icon or "chevron-right"
        phrase = " ".join(fold(words).split())
        if not phrase:
            return 0, Find(COMMAND, command.id, title, picture, command.place, keys=keys)
        hit = fitted(phrase, self._spelling(title))
        if hit is not None:
            return int(hit.fit), Find(
                COMMAND, command.id, title, picture, command.place, hit.places, keys=keys
            )
        named = fitted(phrase, self._spelling(command.id.replace(".", " ").replace("_", " ")))
        if named is None:
            return 0, None
        return int(named.fit) + 2, Find(
            COMMAND, command.id, title, picture, command.place, keys=keys
        )

    def _spelling(self, text: str) -> Spelled:
        """Make a text ready for comparing, once."""
        if text not in self._spelled:
            self._spelled[text] = Spelled.of(text, fold)
        return self._spelled[text]

    def _of_hit(self, hit: SearchHit) -> Find | None:
        """Tell what to show for a hit: itself, else its account; None for what belongs to none."""
        if hit.account_id is None:
            return None
        target = None if self._can_show(hit.entity) else ("account", hit.account_id)
        picture = icon_of(hit.entity)
        return Find(hit.entity, hit.id, hit.title, picture, _where(hit), target=target)


def _head(kind: str) -> str:
    return {
        "accounts": _("Accounts"),
        PEOPLE: _("People"),
        "plans": _("Success plans"),
        "items": _("Goals, milestones, actions"),
        "templates": _("Templates"),
        "views": _("Saved views"),
    }[kind]


def _is_place(command: Command) -> bool:
    return command.id.startswith(("page.", "account.tab_"))


def _where(hit: SearchHit) -> str:
    """Say what a hit is and where it belongs, with the words around the match."""
    parts = [entity_label(hit.entity)]
    if hit.entity != "account" and hit.account:
        parts.append(hit.account)
    if hit.snippet and hit.snippet != hit.title:
        parts.append(hit.snippet)
    return APART.join(parts)
