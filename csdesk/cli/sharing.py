"""Commands about one file for a whole team: share, sync, merge, people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from csdesk.cli.call import Call, Commands, add_file
from csdesk.cli.tables import Column
from csdesk.errors import UserError
from csdesk.i18n import _, current, ngettext
from csdesk.model.base import instant_text
from csdesk.queries.arrivals import ArrivalLine, arrival_lines, incoming_lines
from csdesk.queries.copies import PersonSeen, people_seen
from csdesk.queries.review import open_review_count
from csdesk.team.outbox import ENDING as OUTBOX_ENDING
from csdesk.team.place import FOLDER_ENDING
from csdesk.team.standing import Arrival, Fate, FileKind, FolderFile, Report, State, StateKind
from csdesk.workspace.workspace import Workspace

_FAILED = (StateKind.OFFLINE, StateKind.READ_ONLY, StateKind.TROUBLE)
"""How things may stand after a round that was not a whole one."""


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
    share = commands.add_parser(
        "share",
        help=_("work on the file as a team"),
        description=_(
            "Makes a folder beside the file in which the computers of a team leave what they did."
            " Put both where the team's sync service or network drive reaches them."
        ),
    )
    add_file(share)
    share.set_defaults(run=share_file)
    sync = commands.add_parser(
        "sync",
        help=_("take in what others did, and hand over what you did"),
        description=_(
            "Takes in what others left in the shared folder and in copies of the file, tells what"
            " changed, and hands over what the folder lacks."
        ),
    )
    add_file(sync)
    sync.add_argument("--json", action="store_true", help=_("write JSON for machines"))
    sync.set_defaults(run=sync_file)
    merge = commands.add_parser(
        "merge",
        help=_("bring the changes of other copies into the file"),
        description=_(
            "Brings what other copies of the same workspace know into the file, and tells what"
            " changed. The copies stay as they are. With --dry-run it only tells."
        ),
    )
    add_file(merge)
    merge.add_argument("other", metavar=_("OTHER"), nargs="+", help=_("another copy of the file"))
    merge.add_argument("--dry-run", action="store_true", help=_("only tell what it would change"))
    merge.add_argument("--json", action="store_true", help=_("write JSON for machines"))
    merge.set_defaults(run=merge_files)
    people = commands.add_parser(
        "people",
        help=_("who works on the file, and which files lie in the folder"),
        description=_(
            "Lists who was last seen when, on which computer and version, and which files lie in"
            " and beside the shared folder and what became of them."
        ),
    )
    add_file(people)
    people.add_argument("--json", action="store_true", help=_("write JSON for machines"))
    people.set_defaults(run=show_people)


def share_file(call: Call) -> None:
    """Make a file one that a team works on."""
    with call.writing() as workspace:
        already = workspace.team.shared
        workspace.team.share()
        name = workspace.path.name
        folder = f"{workspace.path.stem}{FOLDER_ENDING}"
    if already:
        call.terminal.say(_("“{name}” is shared already.").format(name=name))
        return
    call.terminal.say(_("“{name}” is shared now.").format(name=name))
    call.terminal.say(
        _(
            "Keep it together with the folder “{folder}” where your team's sync service or"
            " network drive reaches them; the others open the file there."
        ).format(folder=folder)
    )


def sync_file(call: Call) -> int:
    """Run one round of the exchange and tell what it did; 1 where the folder did not let it."""
    bar = call.terminal.bar()
    with call.exchanging() as workspace:
        if not workspace.team.shared:
            raise UserError(
                _("“{name}” is not shared.").format(name=workspace.path.name),
                _("“csdesk share FILE” shares it with your team."),
            )
        try:
            report = workspace.team.sync(bar)
        finally:
            bar.clear()
        state = workspace.team.state
        asking = [file for file in workspace.team.files() if file.fate is Fate.ASKS]
        told = _told(workspace, report.arrivals)
        to_review = workspace.read(open_review_count)
    if call.options.json:
        call.terminal.json(_sync_json(report, told, state, asking, to_review))
    else:
        _print_sync(call, report, told, to_review)
        _print_waiting(call, state, asking)
    for notice in dict.fromkeys((*report.notices, *state.notices)):
        call.terminal.note(notice)
    return 1 if state.kind in _FAILED else 0


Told = Sequence[tuple[Arrival, tuple[ArrivalLine, ...]]]
"""What arrived, with what it changed in words."""


def _told(workspace: Workspace, arrivals: Iterable[Arrival]) -> Told:
    return [(arrival, workspace.read(arrival_lines, arrival.merged.steps)) for arrival in arrivals]


def _print_sync(call: Call, report: Report, told: Told, to_review: int) -> None:
    say = call.terminal.say
    for arrival, lines in told:
        _print_arrival(call, arrival, lines)
    if report.delivered:
        count = report.delivered
        said = ngettext("{n} change was handed over.", "{n} changes were handed over.", count)
        say(said.format(n=count))
    if not report.anything:
        say(_("Nothing new on either side."))
    if to_review:
        said = ngettext(
            "{n} item waits for review: “csdesk review FILE”.",
            "{n} items wait for review: “csdesk review FILE”.",
            to_review,
        )
        say(said.format(n=to_review))


def _print_waiting(call: Call, state: State, asking: Sequence[FolderFile]) -> None:
    if state.waiting:
        said = ngettext(
            "{n} file is not completely here yet.",
            "{n} files are not completely here yet.",
            state.waiting,
        )
        call.terminal.say(said.format(n=state.waiting))
    for file in asking:
        said = _("“{name}” may be a copy of yours: “csdesk merge FILE COPY” takes it in.")
        call.terminal.say(said.format(name=file.name))
        call.terminal.say(f"  {file.said}")


def _print_arrival(call: Call, arrival: Arrival, lines: Sequence[ArrivalLine]) -> None:
    count = arrival.merged.added
    is_copy = not arrival.name.endswith(OUTBOX_ENDING)
    if not arrival.author:
        said = ngettext("From “{name}”: {n} change.", "From “{name}”: {n} changes.", count)
    elif is_copy:
        said = ngettext(
            "From {author}, in “{name}”: {n} change.",
            "From {author}, in “{name}”: {n} changes.",
            count,
        )
    else:
        said = ngettext("From {author}: {n} change.", "From {author}: {n} changes.", count)
    call.terminal.say(said.format(author=arrival.author, name=arrival.name, n=count))
    _print_lines(call, lines)
    if arrival.merged.waiting:
        call.terminal.say(_("Some of it waits for earlier changes, which another file has."))


def _print_lines(call: Call, lines: Sequence[ArrivalLine]) -> None:
    """Write lines, those of an account below its name."""
    account = ""
    for line in lines:
        if line.account != account:
            account = line.account
            if account:
                call.terminal.say(f"  {account}")
        what = _("{item}: {change}") if line.item else "{change}"
        said = what.format(item=line.item, change=line.text)
        if line.author != "…":
            said = _("{author}: {change}").format(author=line.author, change=said)
        if line.waits:
            said = _("{change} (waits for review)").format(change=said)
        call.terminal.say(f"{'    ' if account else '  '}{said}")


def merge_files(call: Call) -> None:
    """Bring other copies in, or tell what they would bring; nothing where one is refused."""
    others = [Path(other) for other in call.options.other]
    if call.options.dry_run:
        _preview(call, others)
        return
    with call.writing() as workspace:
        for other in others:
            workspace.team.preview(other)  # all are looked at before the first comes in
        arrivals = [workspace.team.merge(other) for other in others]
        told = _told(workspace, arrivals)
        to_review = workspace.read(open_review_count)
    if call.options.json:
        merged = [_arrival_json(arrival, lines) for arrival, lines in told]
        call.terminal.json({"arrivals": merged, "to_review": to_review})
        return
    for arrival, lines in told:
        if arrival.merged.anything or arrival.merged.waiting:
            _print_arrival(call, arrival, lines)
        else:
            said = _("“{name}” has nothing that is not here.")
            call.terminal.say(said.format(name=arrival.name))


def _preview(call: Call, others: Sequence[Path]) -> None:
    with call.reading() as workspace:
        read = [(other, workspace.team.preview(other)) for other in others]
        told = [
            (other, len(fields), workspace.read(incoming_lines, fields)) for other, fields in read
        ]
    if call.options.json:
        found = [
            {"name": other.name, "fields": count, "changes": [_line_json(line) for line in lines]}
            for other, count, lines in told
        ]
        call.terminal.json({"would_bring": found})
        return
    for other, count, lines in told:
        if not count:
            said = _("“{name}” has nothing that is not here.")
            call.terminal.say(said.format(name=other.name))
            continue
        said = ngettext(
            "“{name}” would change {n} field:", "“{name}” would change {n} fields:", count
        )
        call.terminal.say(said.format(name=other.name, n=count))
        _print_lines(call, lines)
    call.terminal.note(_("This was a dry run: nothing was changed."))


def show_people(call: Call) -> None:
    """List people, and the files as they lie there now."""
    with call.reading() as workspace:
        is_shared = workspace.team.shared
        people = workspace.read(people_seen)
        files = workspace.team.files()
        here = workspace.device
    if call.options.json:
        call.terminal.json(
            {
                "shared": is_shared,
                "people": [_person_json(person, here) for person in people],
                "files": [_file_json(file) for file in files],
            }
        )
        return
    _print_people(call, people, here)
    if files:
        call.terminal.say()
        _print_files(call, files)
    elif is_shared:
        call.terminal.note(_("The window that has the file open shows what lies in its folder."))
    else:
        call.terminal.note(
            _("This file is not shared. “csdesk share FILE” shares it with your team.")
        )


def _print_people(call: Call, people: Sequence[PersonSeen], here: str) -> None:
    rows = [
        [
            person.author,
            _("{computer} (this one)").format(computer=person.computer)
            if person.device == here
            else person.computer,
            current().moment(person.last_at),
            person.app.removeprefix("CSDesk "),
            current().number(person.steps),
        ]
        for person in people
    ]
    columns = [
        Column(_("Who")),
        Column(_("Computer")),
        Column(_("Last seen")),
        Column(_("Version")),
        Column(_("Steps"), is_number=True),
    ]
    call.terminal.table(columns, rows)


def _print_files(call: Call, files: Sequence[FolderFile]) -> None:
    rows = [
        [
            file.name,
            _kind_word(file.kind),
            file.author,
            current().moment(file.modified),
            f"{current().number(-(-file.size // 1000))} kB",
            file.said,
        ]
        for file in files
    ]
    columns = [
        Column(_("File")),
        Column(_("What it is")),
        Column(_("Who")),
        Column(_("Written")),
        Column(_("Size"), is_number=True),
        Column(_("What became of it")),
    ]
    call.terminal.table(columns, rows)


def _kind_word(kind: FileKind) -> str:
    return {
        FileKind.DOCUMENT: _("Team file"),
        FileKind.OUTBOX: _("Changes of one computer"),
        FileKind.CERTAIN_COPY: _("Copy by the sync service"),
        FileKind.AMBIGUOUS_COPY: _("Copy, perhaps by a person"),
        FileKind.PLACEHOLDER: _("Still with the sync service"),
        FileKind.IGNORED: _("Not ours"),
    }[kind]


def _sync_json(
    report: Report, told: Told, state: State, asking: Sequence[FolderFile], to_review: int
) -> dict[str, Any]:
    return {
        "state": state.kind.value,
        "arrivals": [_arrival_json(arrival, lines) for arrival, lines in told],
        "delivered": report.delivered,
        "waiting": state.waiting,
        "asking": [file.name for file in asking],
        "to_review": to_review,
        "notices": list(dict.fromkeys((*report.notices, *state.notices))),
    }


def _arrival_json(arrival: Arrival, lines: Sequence[ArrivalLine]) -> dict[str, Any]:
    return {
        "name": arrival.name,
        "author": arrival.author,
        "rows": arrival.merged.added,
        "waiting": bool(arrival.merged.waiting),
        "changes": [_line_json(line) for line in lines],
    }


def _line_json(line: ArrivalLine) -> dict[str, Any]:
    return {
        "author": line.author,
        "computer": line.computer,
        "at": instant_text(line.at),
        "account_id": line.account_id or None,
        "entity": line.entity,
        "id": line.row_id or None,
        "item": line.item,
        "change": line.text,
        "count": line.count,
        "waits": line.waits,
    }


def _person_json(person: PersonSeen, here: str) -> dict[str, Any]:
    return {
        "author": person.author,
        "computer": person.computer,
        "device": person.device,
        "is_this_computer": person.device == here,
        "app": person.app,
        "first_seen": instant_text(person.first_at),
        "last_seen": instant_text(person.last_at),
        "steps": person.steps,
    }


def _file_json(file: FolderFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "kind": file.kind.value,
        "fate": file.fate.value,
        "said": file.said,
        "author": file.author,
        "device": file.device,
        "size": file.size,
        "modified": instant_text(file.modified),
        "new_rows": file.new_rows,
    }
