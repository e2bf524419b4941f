"""The command that gives documents their colour and logos."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy.orm import Session

from csdesk.actions.documents import set_accent, set_account_logo, set_company_logo
from csdesk.cli.call import Call, Commands, add_file
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.queries.document_request import branding
from csdesk.queries.rows import find_row

_DIGITS = re.compile("[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}")
_NONE = "none"
_MOST_BYTES = 50_000_000
"""More than any picture that could become a logo; the rest is not even read."""


def add_commands(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "brand",
        help=_("the colour and the logos of documents"),
        description=_(
            "Sets the accent colour and our logo for all documents of the workspace, or with"
            " --account the logo of a customer. “none” takes one away. Without a choice it tells"
            " what is set."
        ),
    )
    add_file(command)
    command.add_argument("--accent", metavar="#RRGGBB", help=_("the colour of all documents"))
    command.add_argument("--logo", metavar=_("IMAGE"), help=_("a PNG, JPEG, WebP or GIF file"))
    command.add_argument("--account", metavar=_("NAME"), help=_("the customer whose logo it is"))
    command.set_defaults(run=brand)


def brand(call: Call) -> None:
    """Set colour and logo as one step, or tell what is set."""
    options = call.options
    if options.accent is not None and options.account is not None:
        raise UserError(
            _("The colour is that of all documents, not of one account."),
            _("Leave out --account, or set the colour by a command of its own."),
        )
    if options.accent is None and options.logo is None:
        _tell(call)
        return
    image = _image(options.logo) if options.logo is not None else None
    with call.writing() as workspace:
        step = workspace.write(_("Change the look of documents"), _set, call, image)
    changed = step.change is not None
    call.terminal.say(_("The look was changed.") if changed else _("It looks like that already."))


def _set(session: Session, call: Call, image: bytes | None) -> None:
    options = call.options
    if options.accent is not None:
        set_accent(session, _colour(options.accent))
    if options.logo is None:
        return
    if options.account is not None:
        set_account_logo(session, find_row(session, "account", options.account), image)
    else:
        set_company_logo(session, image)


def _colour(text: str) -> str | None:
    """Read a colour, also the short way (#0A7); None for none."""
    code = text.strip()
    if code.casefold() == _NONE:
        return None
    digits = code.removeprefix("#")
    if not _DIGITS.fullmatch(digits):
        # Refused with the words it was given in.
        return text
    return "#" + ("".join(digit * 2 for digit in digits) if len(digits) == 3 else digits)


def _image(name: str) -> bytes | None:
    """Read an image and make it a logo; None for none. Raises UserError where it is no image."""
    if name.casefold() == _NONE:
        return None
    from csdesk.report.images import accepted_image

    path = Path(name).expanduser()
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST_BYTES)
    except (OSError, ValueError) as trouble:
        raise UserError(
            _("The image cannot be read: “{path}”").format(path=path),
            _("Check its name, and that it is a file."),
        ) from trouble
    return accepted_image(data)


def _tell(call: Call) -> None:
    options = call.options
    with call.reading() as workspace:
        account_id = workspace.read(find_row, "account", options.account) if options.account else ""
        looks = workspace.read(branding, account_id)
    facts = [
        (_("Colour"), looks.accent or _("CSDesk's own")),
        (_("Our logo"), _size(looks.logo)),
    ]
    if account_id:
        facts.append((_("The customer's logo"), _size(looks.customer_logo)))
    call.terminal.facts(facts)


def _size(image: bytes) -> str:
    if not image:
        return _("none")
    return _("an image of {n} kB").format(n=max(len(image) // 1000, 1))
