"""What can be done with accounts that are shown, in the table or on a page of their own.

Each is one step to undo, says what it did, and offers to take it back. Whatever concerns many
accounts runs in the background.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from csdesk.actions.accounts import (
    archive_accounts,
    change_accounts,
    delete_accounts,
    duplicate_account,
    tag_accounts,
    unarchive_accounts,
    untag_accounts,
)
from csdesk.actions.churn import win_back
from csdesk.i18n import _, current, ngettext
from csdesk.model.vocabulary import Phase, TouchModel
from csdesk.queries.accounts import Choice
from csdesk.queries.portfolio import AccountRow
from csdesk.workspace.workspace import Step
from ui.desk import Desk
from ui.prompts import Message

AT_ONCE = 60
"""So many accounts are changed while one looks on; more of them in the background."""

Accounts = Sequence[AccountRow]


class AccountsDoing(QObject):
    """Does things with accounts and says so."""

    churn_asked = Signal(str)
    """The id of an account whose churn is to be noted, or looked at."""
    tag_asked = Signal(object)
    """The accounts that are to get a new tag, whose words are to be typed."""
    added = Signal(str)
    """The id of an account that was added."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    @property
    def desk(self) -> Desk:
        """The desk at which this is done."""
        return self._desk

    def set_owner(self, rows: Accounts, owner: Choice | None) -> None:
        """Give accounts to a team member, or to nobody."""
        name = owner.name if owner else _("Nobody")
        self._change(rows, _("Owner"), name, owner_id=owner.id if owner else None)

    def set_phase(self, rows: Accounts, phase: Phase) -> None:
        """Move accounts to a phase."""
        self._change(rows, _("Phase"), phase.label(), phase=phase)

    def set_touch_model(self, rows: Accounts, touch_model: TouchModel) -> None:
        """Give accounts a touch model."""
        self._change(rows, _("Touch model"), touch_model.label(), touch_model=touch_model)

    def set_segment(self, rows: Accounts, segment: Choice | None) -> None:
        """Put accounts into a segment, or into none."""
        name = segment.name if segment else _("None")
        self._change(rows, _("Segment"), name, segment_id=segment.id if segment else None)

    def add_tag(self, rows: Accounts, tag: str) -> None:
        """Put a tag on accounts."""
        label = _("Tag “{tag}” on {accounts}").format(tag=tag, accounts=accounts_named(rows))
        self._write(rows, label, label, tag_accounts, tag)

    def remove_tag(self, rows: Accounts, tag: str) -> None:
        """Take a tag off accounts."""
        label = _("Tag “{tag}” off {accounts}").format(tag=tag, accounts=accounts_named(rows))
        self._write(rows, label, label, untag_accounts, tag)

    def archive(self, rows: Accounts) -> None:
        """Put accounts out of sight."""
        label = _("Archive {accounts}").format(accounts=accounts_named(rows))
        if len(rows) == 1:
            said = _("{name} was archived.").format(name=rows[0].name)
        else:
            count = len(rows)
            said = ngettext(
                "{n} account was archived.", "{n} accounts were archived.", count
            ).format(n=current().number(count))
        advice = _("The filter “Archived” finds it again.") if len(rows) == 1 else ""
        self._write(rows, label, " ".join(filter(None, (said, advice))), archive_accounts)

    def bring_back(self, rows: Accounts) -> None:
        """Bring accounts back from the archive."""
        label = _("Bring back {accounts}").format(accounts=accounts_named(rows))
        self._write(rows, label, label, unarchive_accounts)

    def delete(self, rows: Accounts) -> None:
        """Delete accounts with all that belongs to them."""
        count = len(rows)
        if count == 1:
            label = _("Delete {name}").format(name=rows[0].name)
            said = _("{name} was deleted.").format(name=rows[0].name)
        else:
            label = ngettext("Delete {n} account", "Delete {n} accounts", count).format(n=count)
            said = ngettext("{n} account was deleted.", "{n} accounts were deleted.", count).format(
                n=count
            )
        self._write(rows, label, said, delete_accounts)

    def duplicate(self, row: AccountRow) -> None:
        """Add an account with the profile of another."""
        label = _("Duplicate {name}").format(name=row.name)
        step = self._desk.write(label, duplicate_account, row.id)
        if step is not None:
            self.added.emit(step.result)
            self._desk.offer_undo(
                _("{name} was duplicated: its profile and its tags.").format(name=row.name)
            )

    def ask_churn(self, row: AccountRow) -> None:
        """Ask when and why a customer left."""
        self.churn_asked.emit(row.id)

    def ask_tag(self, rows: Accounts) -> None:
        """Ask for the words of a new tag."""
        self.tag_asked.emit(tuple(rows))

    def win_back(self, row: AccountRow) -> None:
        """Make a customer who left ours again."""
        label = _("Win back {name}").format(name=row.name)
        if self._desk.write(label, win_back, row.id) is not None:
            self._desk.offer_undo(
                _("{name} is a customer again. Its contracts stay ended: add the new one.").format(
                    name=row.name
                )
            )

    def _change(self, rows: Accounts, title: str, value: str, **fields: Any) -> None:
        label = _("{field} of {accounts}: {value}").format(
            field=title, accounts=accounts_named(rows), value=value
        )
        self._write(rows, label, label, partial(change_accounts, **fields))

    def _write(
        self, rows: Accounts, label: str, said: str, action: Callable[..., Any], *args: Any
    ) -> None:
        """Write one step about accounts, and say what was done once it is."""
        if not rows:
            return
        ids = [row.id for row in rows]
        if len(ids) <= AT_ONCE:
            step = self._desk.write(label, action, ids, *args)
            if step is not None:
                self._tell(said, step)
            return
        workspace = self._desk.workspace
        task = self._desk.work(label, lambda progress: workspace.write(label, action, ids, *args))
        task.can_cancel = False
        task.succeeded.connect(partial(self._tell, said))
        self._desk.tasks.start(task)

    def _tell(self, said: str, step: Step[Any]) -> None:
        if step.change is None:
            self._desk.messages.say(Message(_("That is so already: nothing was changed.")))
        else:
            self._desk.offer_undo(said)


def accounts_named(rows: Accounts) -> str:
    """Name one account, count several."""
    if len(rows) == 1:
        return rows[0].name
    return ngettext("{n} account", "{n} accounts", len(rows)).format(n=current().number(len(rows)))


def common(rows: Accounts, field: str) -> Any:
    """Return the value of a field that all accounts share; None where they differ."""
    values = {getattr(row, field) for row in rows}
    return values.pop() if len(values) == 1 else None
