"""The command that records that a customer agreed to a version of a plan."""

from __future__ import annotations

from sqlalchemy.orm import Session

from csdesk.actions.revisions import record_agreement, take_back_agreement
from csdesk.cli.call import Call, Commands, add_file
from csdesk.cli.document_choices import add_account_and_plan, day_meant, plan_needed
from csdesk.cli.versions_meant import version_meant
from csdesk.errors import UserError
from csdesk.i18n import _, current
from csdesk.model.vocabulary import SignOffMethod
from csdesk.queries.revisions import Version, plan_versions
from csdesk.queries.rows import find_row


def add_commands(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "signoff",
        help=_("record that the customer agreed to a version"),
        description=_(
            "Records that the customer agreed to a version of the plan: the one they have, or the"
            " one of --version. Whatever changes from then on counts as not agreed yet."
        ),
    )
    add_file(command)
    add_account_and_plan(command)
    command.add_argument("--version", metavar="N", help=_("the version they agreed to"))
    command.add_argument("--by", metavar=_("CONTACT"), help=_("who agreed: id or name"))
    command.add_argument("--on", metavar=_("DATE"), help=_("when; otherwise today"))
    command.add_argument(
        "--how",
        choices=[method.value for method in SignOffMethod],
        default=SignOffMethod.SIGNED.value,
        help=_("in which way (signed)"),
    )
    command.add_argument("--note", metavar=_("TEXT"), default="", help=_("a note beside it"))
    command.add_argument(
        "--take-back", action="store_true", help=_("take the newest agreement to it back")
    )
    command.set_defaults(run=sign_off)


def sign_off(call: Call) -> None:
    """Record an agreement, or take the newest one of the version back."""
    is_taken_back = call.options.take_back
    with call.writing() as workspace:
        if is_taken_back:
            step = workspace.write(_("Take back an agreement"), _take_back, call)
        else:
            step = workspace.write(_("Record an agreement"), _agree, call)
    if is_taken_back:
        said = _("The agreement to version {n} was taken back.")
    else:
        said = _("The agreement to version {n} was recorded ({day}).")
    day = current().date(day_meant(call.options.on))
    call.terminal.say(said.format(n=step.result, day=day))


def _agree(session: Session, call: Call) -> int:
    """Record the agreement; return the number of the version."""
    options = call.options
    account_id, version = _version(session, call, needs_agreement=False)
    contact_id = (
        find_row(session, "contact", options.by, account_id=account_id) if options.by else None
    )
    method = SignOffMethod(options.how)
    day = day_meant(options.on)
    record_agreement(session, version.id, contact_id, day, method, options.note)
    return version.number


def _take_back(session: Session, call: Call) -> int:
    """Take the newest agreement to the version back; return the number of the version."""
    _account_id, version = _version(session, call, needs_agreement=True)
    if not version.sign_offs:
        raise UserError(
            _("The customer has not agreed to version {n}.").format(n=version.number),
            _("“csdesk versions FILE ACCOUNT” lists what was agreed."),
        )
    take_back_agreement(session, version.sign_offs[0].id)
    return version.number


def _version(session: Session, call: Call, *, needs_agreement: bool) -> tuple[str, Version]:
    """Return the account and the version meant: without a number the newest that fits."""
    options = call.options
    meant = plan_needed(session, options.account, options.plan)
    versions = plan_versions(session, meant.plan_id or "")
    if options.version is not None:
        return meant.account_id, version_meant(versions, options.version)
    fitting = (one for one in versions if one.sign_offs or not needs_agreement)
    version = next((one for one in fitting if one.has_customer or needs_agreement), None)
    if version is not None:
        return meant.account_id, version
    if needs_agreement:
        raise UserError(_("The customer has not agreed to a version of this plan yet."))
    raise UserError(
        _("The customer has no version of this plan yet."),
        _("Name another version with --version, or export the plan first."),
    )
