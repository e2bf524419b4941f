"""Commands about the file as a whole: new, backup, restore."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from csdesk.actions.editing import today
from csdesk.actions.sample import add_sample
from csdesk.cli.call import Call, Commands, add_file, refuse_unwritable
from csdesk.cli.field_text import entity_named, is_time, read_moment
from csdesk.cli.tables import Column
from csdesk.errors import UserError
from csdesk.i18n import LANGUAGES, _, current, ngettext
from csdesk.model.base import entity_records
from csdesk.queries.rows import find_row
from csdesk.queries.value_words import ValueWords
from csdesk.store.backup import Backup, backups
from csdesk.store.driver import told_plainly
from csdesk.store.replica import known_replica
from csdesk.workspace.checking import check
from csdesk.workspace.moments import RestorePoint
from csdesk.workspace.repairing import repair
from csdesk.workspace.workspace import Outcome, Workspace


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
    new = commands.add_parser(
        "new",
        help=_("make a new workspace"),
        description=_("Makes a new workspace file. An existing file is never overwritten."),
    )
    add_file(new)
    new.add_argument(
        "--sample", choices=LANGUAGES, help=_("fill it with a realistic sample in this language")
    )
    new.set_defaults(run=make_new)
    backup = commands.add_parser(
        "backup",
        help=_("keep a backup now, or list the backups"),
        description=_("Keeps a backup of this moment beside the hourly and daily ones."),
    )
    add_file(backup)
    backup.add_argument("--list", action="store_true", help=_("list the backups there are"))
    backup.add_argument("--json", action="store_true", help=_("write JSON for machines"))
    backup.set_defaults(run=back_up)
    restore = commands.add_parser(
        "restore",
        help=_("make everything as it was in a backup or at a moment"),
        description=_(
            "Makes everything as it was in a backup, as one step that can be undone. Without a"
            " backup it lists those there are. With --at it goes back to a moment instead: with"
            " everything, or with one row and what belongs to it (csdesk restore FILE --at MOMENT"
            " ENTITY WHICH)."
        ),
    )
    add_file(restore)
    restore.add_argument(
        "what",
        metavar=_("BACKUP"),
        nargs="*",
        help=_(
            "its number or time in the list, or the path of a backup file; with --at: ENTITY and"
            " WHICH"
        ),
    )
    restore.add_argument(
        "--at",
        metavar=(_("MOMENT"), _("ENTITY WHICH")),
        nargs="+",
        help=_("such as “2026-11-20 14:00” or yesterday; a day means its end"),
    )
    restore.add_argument(
        "--account", metavar=_("NAME"), help=_("with --at: look among the rows of this account")
    )
    restore.set_defaults(run=restore_file)


def make_new(call: Call) -> None:
    """Make a workspace file, with a sample where one is asked for."""
    with Workspace.create(call.file, home=call.home, author=call.author) as workspace:
        if call.options.sample:
            language: str = call.options.sample
            workspace.write(_("Add the sample"), add_sample, language, today())
    call.terminal.say(_("“{name}” was made.").format(name=call.file.name))


def back_up(call: Call) -> None:
    """Keep a backup, or list those there are."""
    if call.options.list:
        _list(call, _known_backups(call))
        return
    with call.reading() as workspace:
        kept = workspace.back_up()
    if call.options.json:
        call.terminal.json(_backup_json(kept))
    else:
        call.terminal.say(_("A backup was kept: {path}").format(path=kept.path))


def restore_file(call: Call) -> None:
    """Go back to a backup or a moment; the file as it is now stays in the history."""
    moment, item = _moment_and_item(call.options.at or [])
    what = [*call.options.what, *item]
    if len(what) not in ((0, 1) if moment is None else (0, 2)):
        raise UserError(
            _("It is not clear what is to be restored."),
            _("Write “restore FILE BACKUP”, or “restore FILE --at MOMENT [ENTITY WHICH]”."),
        )
    if moment is not None:
        _restore_moment(call, read_moment(moment), what)
    elif what:
        _restore_backup(call, what[0])
    else:
        _list(call, _known_backups(call))


def _moment_and_item(typed: Sequence[str]) -> tuple[str | None, Sequence[str]]:
    """Part the moment from what follows it; its time of day may stand apart, without quotes."""
    if not typed:
        return None, ()
    if len(typed) > 1 and is_time(typed[1]):
        return f"{typed[0]} {typed[1]}", typed[2:]
    return typed[0], typed[1:]


def _restore_moment(call: Call, moment: dt.datetime, what: Sequence[str]) -> None:
    with call.writing() as workspace:
        point = RestorePoint(moment)
        if what:
            entity, which = what
            point = workspace.read(_item_meant, moment, entity, which, call.options.account)
        outcome = workspace.restore(point)
    if outcome.change is None:
        call.terminal.say(_("Everything is as it was then already."))
        return
    _say_restored(call, outcome)


def _item_meant(
    session: Session, moment: dt.datetime, entity: str, which: str, account: str | None
) -> RestorePoint:
    """Find the item to go back with; it may be deleted now."""
    known = entity_named(entity, list(entity_records()))
    account_id = find_row(session, "account", account, deleted=True) if account else None
    row_id = find_row(session, known, which, account_id=account_id, deleted=True)
    name = ValueWords(session).item(known, row_id)
    return RestorePoint(moment, known, row_id, name)


def _restore_backup(call: Call, which: str) -> None:
    chosen = _chosen(call, which)
    with told_plainly():
        refuse_unwritable(call.file)
    if not check(call.file, call.home).is_whole:
        for line in repair(call.file, call.home).lines():
            call.terminal.note(line)
    with call.writing() as workspace:
        outcome = workspace.restore(chosen)
    if outcome.change is None:
        call.terminal.say(_("Everything is as it was in that backup already."))
        return
    _say_restored(call, outcome)


def _say_restored(call: Call, outcome: Outcome) -> None:
    assert outcome.change is not None
    count = sum(len(rows) for rows in outcome.change.rows.values())
    call.terminal.say(
        ngettext("{n} row was restored.", "{n} rows were restored.", count).format(n=count)
    )


def _known_backups(call: Call) -> list[Backup]:
    """Find the backups of a file, also where it can no longer be opened."""
    with told_plainly():
        replica = known_replica(call.home.replicas, call.file.expanduser().absolute())
        if replica is not None:
            return backups(replica.backups)
    with call.reading() as workspace:
        return workspace.backups()


def _list(call: Call, found: list[Backup]) -> None:
    if getattr(call.options, "json", False):
        call.terminal.json([_backup_json(backup) for backup in found])
        return
    if not found:
        call.terminal.say(_("There are no backups of this file yet."))
        return
    rows = [
        [str(number), current().moment(backup.made_at), _size(backup.path), str(backup.path)]
        for number, backup in enumerate(found, 1)
    ]
    columns = [
        Column("#", is_number=True),
        Column(_("Made at")),
        Column(_("Size"), is_number=True),
        Column(_("Path")),
    ]
    call.terminal.table(columns, rows)


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1000:,.0f} kB"


def _backup_json(backup: Backup) -> dict[str, str]:
    return {"made_at": _moment(backup.made_at), "path": str(backup.path)}


def _moment(instant: dt.datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


def _chosen(call: Call, which: str) -> Path:
    """Find the backup that a number, a time or a path means; raises UserError for none."""
    if Path(which).is_file():
        return Path(which)
    found = _known_backups(call)
    if which.isdigit() and 1 <= int(which) <= len(found):
        return found[int(which) - 1].path
    meant = [
        backup
        for backup in found
        if which in (current().moment(backup.made_at), _moment(backup.made_at), backup.path.stem)
    ]
    if len(meant) == 1:
        return meant[0].path
    raise UserError(
        _("There is no backup “{which}”.").format(which=which),
        _("“csdesk restore FILE” lists the backups there are."),
    )
