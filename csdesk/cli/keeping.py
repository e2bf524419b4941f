"""Commands about the file as a whole: new, backup, restore."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from csdesk.actions.editing import today
from csdesk.actions.sample import add_sample
from csdesk.cli.call import Call, Commands, add_file, refuse_unwritable
from csdesk.cli.tables import Column
from csdesk.errors import UserError
from csdesk.i18n import LANGUAGES, _, current, ngettext
from csdesk.store.backup import Backup, backups
from csdesk.store.driver import told_plainly
from csdesk.store.replica import known_replica
from csdesk.workspace.checking import check
from csdesk.workspace.repairing import repair
from csdesk.workspace.workspace import Workspace


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
        help=_("make everything as it was in a backup"),
        description=_(
            "Makes everything as it was in a backup, as one step that can be undone. Without a"
            " backup it lists those there are."
        ),
    )
    add_file(restore)
    restore.add_argument(
        "backup",
        metavar=_("BACKUP"),
        nargs="?",
        help=_("its number or time in the list, or the path of a backup file"),
    )
    restore.set_defaults(run=restore_backup)


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


def restore_backup(call: Call) -> None:
    """Go back to a backup; the file as it is now stays in the history."""
    if call.options.backup is None:
        _list(call, _known_backups(call))
        return
    chosen = _chosen(call, call.options.backup)
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
