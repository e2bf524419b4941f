"""The menus of what can be done with accounts: one for a whole account, one for each field.

They are filled when they open, so they always offer the people, segments and tags of now, and
tick what all the accounts have already.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from csdesk.i18n import _
from csdesk.model.vocabulary import AccountStatus, Phase, TouchModel
from csdesk.queries.account_tags import known_tags
from csdesk.queries.accounts import Choice, member_choices, segment_choices
from ui.commands import Command
from ui.icons import icon
from ui.menus import underline
from ui.pages.accounts.doing import Accounts, AccountsDoing, common

Fill = Callable[[QMenu, AccountsDoing, Accounts], None]
"""Fills a menu about one field of accounts."""


class FieldMenu(QMenu):
    """A menu about one field of the accounts that are chosen when it opens."""

    def __init__(
        self,
        title: str,
        fill: Fill,
        doing: AccountsDoing,
        rows: Callable[[], Accounts],
        parent: QWidget,
    ) -> None:
        super().__init__(title, parent)
        self._fill = fill
        self._doing = doing
        self._rows = rows
        self.aboutToShow.connect(self._on_about_to_show)

    @Slot()
    def _on_about_to_show(self) -> None:
        self.clear()
        rows = self._rows()
        if rows:
            self._fill(self, self._doing, rows)


class AccountMenu(QMenu):
    """What can be done with one account or several.

    `with_fields` offers what stands in the head of an account's own page already: owner, phase
    and the like; `further` commands stand before the last line.
    """

    def __init__(
        self,
        doing: AccountsDoing,
        rows: Callable[[], Accounts],
        parent: QWidget,
        *,
        with_fields: bool = False,
        further: Sequence[Command] = (),
    ) -> None:
        super().__init__(parent)
        self._further = further
        self._doing = doing
        self._rows = rows
        self._with_fields = with_fields
        self.setAccessibleName(_("What can be done with the account"))
        self.aboutToShow.connect(self._on_about_to_show)

    @Slot()
    def _on_about_to_show(self) -> None:
        self.clear()
        for opened_before in self.findChildren(FieldMenu):
            opened_before.deleteLater()
        rows = tuple(self._rows())
        if not rows:
            return
        if self._with_fields:
            for title, fill in field_menus():
                self.addMenu(FieldMenu(title, fill, self._doing, lambda: rows, self))
        for title, fill in tag_menus():
            menu = self.addMenu(FieldMenu(title, fill, self._doing, lambda: rows, self))
            menu.setEnabled(fill is not fill_tags_off or any(row.tags for row in rows))
        self.addSeparator()
        self._offer_one(rows)
        self._offer_archive(rows)
        self.addSeparator()
        for command in self._further:
            keys = f"\t{command.keys_text}" if command.keys_text else ""
            self._offer(f"{command.text()}{keys}", command.icon, command.run)
        if self._further:
            self.addSeparator()
        self._offer(_("Delete"), "trash-2", partial(self._doing.delete, rows))
        underline(self)

    def _offer_one(self, rows: Accounts) -> None:
        """Offer what is done with one account at a time."""
        if len(rows) != 1:
            return
        row = rows[0]
        self._offer(_("Duplicate"), "copy", partial(self._doing.duplicate, row))
        churn = partial(self._doing.ask_churn, row)
        if row.status == AccountStatus.CHURNED:
            self._offer(_("Win back"), "handshake", partial(self._doing.win_back, row))
            self._offer(_("Details of the churn…"), "unplug", churn)
        else:
            self._offer(_("Note churn…"), "unplug", churn)

    def _offer_archive(self, rows: Accounts) -> None:
        if any(row.archived_on is None for row in rows):
            self._offer(_("Archive"), "archive", partial(self._doing.archive, rows))
        if any(row.archived_on is not None for row in rows):
            back = partial(self._doing.bring_back, rows)
            self._offer(_("Bring back from the archive"), "archive-restore", back)

    def _offer(self, title: str, picture: str, run: Callable[[], object]) -> QAction:
        action = add_action(self, title, run)
        if picture:
            action.setIcon(icon(self._doing.desk.look, picture))
        return action


def field_menus() -> tuple[tuple[str, Fill], ...]:
    """Return the titles of the fields that several accounts can get at once, and their menus."""
    return (
        (_("Owner"), fill_owners),
        (_("Phase"), fill_phases),
        (_("Touch model"), fill_touch_models),
        (_("Segment"), fill_segments),
    )


def tag_menus() -> tuple[tuple[str, Fill], ...]:
    """Return the menus of tags with their titles."""
    return (_("Add tag"), fill_tags_on), (_("Remove tag"), fill_tags_off)


def fill_owners(menu: QMenu, doing: AccountsDoing, rows: Accounts) -> None:
    """Offer the team members, and nobody."""
    members = doing.desk.read(member_choices)
    _offer_named(menu, rows, "owner_id", (members, _("Nobody")), doing.set_owner)


def fill_phases(menu: QMenu, doing: AccountsDoing, rows: Accounts) -> None:
    """Offer the phases."""
    chosen = common(rows, "phase")
    for phase in Phase:
        run = partial(doing.set_phase, rows, phase)
        add_choice(menu, phase.label(), run, is_chosen=phase == chosen)


def fill_touch_models(menu: QMenu, doing: AccountsDoing, rows: Accounts) -> None:
    """Offer the touch models."""
    chosen = common(rows, "touch_model")
    for touch_model in TouchModel:
        run = partial(doing.set_touch_model, rows, touch_model)
        add_choice(menu, touch_model.label(), run, is_chosen=touch_model == chosen)


def fill_segments(menu: QMenu, doing: AccountsDoing, rows: Accounts) -> None:
    """Offer the segments, and none."""
    segments = doing.desk.read(segment_choices)
    _offer_named(menu, rows, "segment_id", (segments, _("None")), doing.set_segment)


def fill_tags_on(menu: QMenu, doing: AccountsDoing, rows: Accounts) -> None:
    """Offer the tags in use, those ticked that all the accounts have, and a new one."""
    everywhere = set.intersection(*({tag.casefold() for tag in row.tags} for row in rows))
    for tag in doing.desk.read(known_tags):
        run = partial(doing.add_tag, rows, tag)
        add_choice(menu, tag, run, is_chosen=tag.casefold() in everywhere)
    menu.addSeparator()
    add_action(menu, _("New tag…"), partial(doing.ask_tag, rows))


def fill_tags_off(menu: QMenu, doing: AccountsDoing, rows: Accounts) -> None:
    """Offer the tags that any of the accounts has."""
    for tag in tags_of(row.tags for row in rows):
        add_action(menu, tag, partial(doing.remove_tag, rows, tag))


def tags_of(each: Iterable[Collection[str]]) -> list[str]:
    """Return all tags of accounts once, by name."""
    known = {tag.casefold(): tag for tags in each for tag in tags}
    return [known[key] for key in sorted(known)]


def add_choice(menu: QMenu, title: str, run: Callable[[], object], *, is_chosen: bool) -> QAction:
    """Add one of several values, ticked where it is the one in force."""
    action = add_action(menu, title, run)
    action.setCheckable(True)
    action.setChecked(is_chosen)
    return action


def add_action(menu: QMenu, title: str, run: Callable[[], object]) -> QAction:
    """Add something to do; a name with & in it is shown as it is."""
    action = menu.addAction(title.replace("&", "&&"))
    action.triggered.connect(partial(_run, run))
    return action


def _run(run: Callable[[], object], _checked: bool = False) -> None:
    run()


def _offer_named(
    menu: QMenu,
    rows: Accounts,
    field: str,
    offered: tuple[Sequence[Choice], str],
    put: Callable[[Accounts, Choice | None], None],
) -> None:
    """Offer what has an id and a name, and last the word for none of them."""
    choices, nothing = offered
    chosen, is_one = common(rows, field), len({getattr(row, field) for row in rows}) == 1
    for choice in choices:
        run = partial(put, rows, choice)
        add_choice(menu, choice.name, run, is_chosen=choice.id == chosen)
    menu.addSeparator()
    run = partial(put, rows, None)
    add_choice(menu, nothing, run, is_chosen=is_one and chosen is None)
