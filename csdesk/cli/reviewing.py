"""The command that lists what copies disagreed about, and takes decisions.

An item goes by a short code made of its id, not by its place in the list: what arrives between
looking and deciding moves places, and nobody shall decide about something else than she saw.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterable
from functools import partial
from typing import Any

from csdesk.actions import review
from csdesk.cli.call import Call, Commands, add_file
from csdesk.cli.review_ways import TEXT, takes_text, ways_of
from csdesk.cli.review_words import facts_of, item_json, title_of, ways_facts
from csdesk.errors import UserError
from csdesk.i18n import _, ngettext
from csdesk.queries.review import review_items
from csdesk.queries.review_items import EditItem, ReviewItem

_SHORTEST = 4


def add_commands(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "review",
        help=_("what copies disagreed about, and what to make of it"),
        description=_(
            "Lists what two people changed without knowing of each other, and what may be done;"
            " with WHICH and one of the decisions it decides. A decision is an edit like any"
            " other: it reaches everybody, and “csdesk undo FILE” takes it back."
        ),
    )
    add_file(command)
    command.add_argument(
        "which", metavar=_("WHICH"), nargs="?", help=_("the code of an item in the list")
    )
    decisions = command.add_mutually_exclusive_group()
    decisions.add_argument(
        "--keep", action="store_true", help=_("leave it as it shows: that settles it")
    )
    decisions.add_argument(
        "--take",
        metavar="N",
        nargs="?",
        const=0,
        type=int,
        help=_("take the other value; the Nth where there are several"),
    )
    decisions.add_argument(
        "--join", action="store_true", help=_("take the joined text; make rows of one name one")
    )
    decisions.add_argument("--text", metavar=_("TEXT"), help=_("take this text instead"))
    decisions.add_argument("--delete", action="store_true", help=_("delete it after all"))
    decisions.add_argument(
        "--bring-back", action="store_true", help=_("bring back what it belongs to")
    )
    decisions.add_argument(
        "--move-to", metavar="N", type=int, help=_("move it to the Nth place that is offered")
    )
    decisions.add_argument(
        "--keep-all", action="store_true", help=_("leave everything as it shows; without WHICH")
    )
    command.add_argument("--json", action="store_true", help=_("write JSON for machines"))
    command.set_defaults(run=review_file)


def review_file(call: Call) -> None:
    """List what waits, show one item, or decide."""
    options = call.options
    asked = _asked(options)
    if options.keep_all:
        _keep_all(call)
        return
    if asked is not None and options.which is None:
        raise UserError(
            _("It is not said what {option} is about.").format(option=asked[0]),
            _("Put the code of an item in the list before it."),
        )
    if asked is not None:
        _decide(call, *asked)
        return
    with call.reading() as workspace:
        items = workspace.read(review_items)
    codes = codes_of(items)
    if options.which is not None:
        items = (_item_meant(items, options.which),)
    if options.json:
        call.terminal.json([{"code": codes[item.id], **item_json(item)} for item in items])
    elif not items:
        call.terminal.say(_("Nothing waits for review."))
    for item in items if not options.json else ():
        _print_item(call, item, codes[item.id])


def _asked(options: argparse.Namespace) -> tuple[str, int | str | None] | None:
    """Return the option of the decision that was asked for, with its number or text."""
    for option in ("keep", "join", "delete", "bring_back"):
        if getattr(options, option):
            return f"--{option.replace('_', '-')}", None
    for option in ("take", "move_to", "text"):
        value = getattr(options, option)
        if value is not None:
            return f"--{option.replace('_', '-')}", value
    return None


def _print_item(call: Call, item: ReviewItem, code: str) -> None:
    call.terminal.say(f"{code}  {title_of(item)}")
    call.terminal.facts([(f"  {label}", value) for label, value in facts_of(item)])
    call.terminal.facts([(f"  {option}", words) for option, words in ways_facts(item)])
    call.terminal.say()


def codes_of(items: Iterable[ReviewItem]) -> dict[str, str]:
    """Give each item a short code of its own, by id; the same one as long as the item is there."""
    digests = {item.id: hashlib.sha256(item.id.encode()).hexdigest() for item in items}
    length = _SHORTEST
    while len({digest[:length] for digest in digests.values()}) < len(digests):
        length += 1
    return {item: digest[:length] for item, digest in digests.items()}


def _item_meant(items: Iterable[ReviewItem], which: str) -> ReviewItem:
    """Find the item that a code or an id means; raises UserError for none."""
    meant = which.strip().casefold()
    found = [
        item
        for item in items
        if item.id == which
        or (
            len(meant) >= _SHORTEST
            and hashlib.sha256(item.id.encode()).hexdigest().startswith(meant)
        )
    ]
    if len(found) == 1:
        return found[0]
    raise UserError(
        _("“{which}” does not wait for review.").format(which=which),
        _("“csdesk review FILE” lists what does; it may have been decided meanwhile."),
    )


def _decide(call: Call, option: str, value: int | str | None) -> None:
    """Decide about one item in the way that was asked for, and say what was done."""
    with call.writing() as workspace:
        item = _item_meant(workspace.read(review_items), call.options.which)
        if option == TEXT and takes_text(item) and isinstance(item, EditItem):
            said, decide = str(value), partial(review.use_text, item=item, text=str(value))
        else:
            said, decide = _way_meant(item, option, value)
        label = _("Review: {title}").format(title=title_of(item))
        workspace.write(label, decide)
        left = len(workspace.read(review_items))
    if call.options.json:
        call.terminal.json({"decided": [item.id], "left": left})
        return
    call.terminal.say(_("Decided: {title}: {decision}").format(title=title_of(item), decision=said))
    if left:
        said = ngettext("{n} item still waits.", "{n} items still wait.", left)
        call.terminal.say(said.format(n=left))


def _way_meant(item: ReviewItem, option: str, value: int | str | None) -> tuple[str, Any]:
    of_option = [way for way in ways_of(item) if way.option == option]
    number = value if isinstance(value, int) and value else 1
    if 1 <= number <= len(of_option) and (value or len(of_option) == 1):
        way = of_option[number - 1]
        return way.words, way.decide
    ways = ", ".join(option for option, _words in ways_facts(item))
    raise UserError(
        _("This cannot be decided with {option}.").format(
            option=f"{option} {value}" if value else option
        ),
        _("It takes: {options}").format(options=ways),
    )


def _keep_all(call: Call) -> None:
    """Settle all that may stay as it shows."""
    if call.options.which is not None:
        raise UserError(_("--keep-all is about everything."), _("Leave the code of the item out."))
    with call.writing() as workspace:
        items = workspace.read(review_items)
        kept = workspace.write(_("Keep all as they are"), review.keep_all, items).result
        after = workspace.read(review_items)
    if call.options.json:
        ids = {item.id for item in after}
        decided = [item.id for item in items if item.id not in ids]
        call.terminal.json({"decided": decided, "left": len(after)})
        return
    if not items:
        call.terminal.say(_("Nothing waits for review."))
        return
    call.terminal.say(ngettext("{n} item was kept.", "{n} items were kept.", kept).format(n=kept))
    if after:
        said = ngettext(
            "{n} item needs a decision of its own.",
            "{n} items need decisions of their own.",
            len(after),
        )
        call.terminal.say(said.format(n=len(after)))
