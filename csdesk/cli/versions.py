"""The commands about a plan's versions: the list of them, and what changed since one."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from csdesk.cli.call import Call, Commands, add_file
from csdesk.cli.document_choices import add_account_and_plan, add_language, day_meant, plan_needed
from csdesk.cli.row_json import json_value
from csdesk.cli.tables import Column
from csdesk.cli.versions_meant import CODE, version_meant
from csdesk.errors import UserError
from csdesk.i18n import Translator, _, current, ngettext
from csdesk.model.vocabulary import label_of
from csdesk.queries.customer_plan import customer_plan
from csdesk.queries.customer_rows import in_language
from csdesk.queries.document_request import account_language
from csdesk.queries.entity_words import entity_label
from csdesk.queries.plan_changes import PlanChange, plan_changes
from csdesk.queries.revisions import (
    Receipt,
    SignOffRow,
    Version,
    plan_versions,
    version_content,
)


def add_commands(commands: Commands) -> None:
    """Declare the commands of this module."""
    versions = commands.add_parser(
        "versions",
        help=_("the versions of a plan: what went to whom, what was agreed"),
        description=_(
            "Lists the versions of a plan, newest first, with each file that was made of them:"
            " when, by whom, for whom, as which document. The code of a file goes with"
            " “csdesk plan --receipt”, which writes it again."
        ),
    )
    add_file(versions)
    add_account_and_plan(versions)
    versions.add_argument("--json", action="store_true", help=_("write JSON for machines"))
    versions.set_defaults(run=show_versions)
    changes = commands.add_parser(
        "changes",
        help=_("what changed since the version the customer has"),
        description=_(
            "Tells in sentences what changed in a plan since the version the customer has, or"
            " since another one."
        ),
    )
    add_file(changes)
    add_account_and_plan(changes)
    changes.add_argument("--since", metavar="N", help=_("since version N"))
    add_language(changes)
    changes.add_argument(
        "--on", metavar=_("DATE"), help=_("the day to compare on; otherwise today")
    )
    changes.add_argument("--json", action="store_true", help=_("write JSON for machines"))
    changes.set_defaults(run=show_changes)


def show_versions(call: Call) -> None:
    """List the versions of a plan, and say which one the customer has."""
    options = call.options
    with call.reading() as workspace:
        meant = workspace.read(plan_needed, options.account, options.plan)
        versions = workspace.read(plan_versions, meant.plan_id or "")
    customers = next((one for one in versions if one.has_customer), None)
    agreed = next((one for one in versions if one.sign_offs), None)
    if options.json:
        call.terminal.json(
            {
                "account_id": meant.account_id,
                "plan_id": meant.plan_id,
                "customer_has": customers.id if customers else None,
                "agreed": agreed.id if agreed else None,
                "versions": [_version_json(one) for one in versions],
            }
        )
        return
    if not versions:
        call.terminal.say(_("This plan has no versions yet."))
        return
    call.terminal.say(_customers_version(customers))
    if agreed is not None:
        call.terminal.say(_agreement(agreed, agreed.sign_offs[0]))
    call.terminal.say()
    columns = [
        Column(_("Version"), is_number=True),
        Column(_("When")),
        Column(_("By")),
        Column(_("Document")),
        Column(_("For")),
        Column(_("File")),
        Column(_("Code")),
        Column(_("Agreed")),
    ]
    call.terminal.table(columns, [cells for one in versions for cells in _rows_of(one)])


def _rows_of(version: Version) -> list[list[str]]:
    """Write a version as one row for each file, or one alone where it has none."""
    agreed = ", ".join(current().date(one.signed_on) for one in version.sign_offs)
    if not version.receipts:
        when = current().moment(version.made_at) if version.made_at else ""
        kind = version.note or label_of(version.kind)
        return [[str(version.number), when, version.author, kind, "", "", "", agreed]]
    return [
        [
            str(version.number),
            current().moment(receipt.exported_at) if receipt.exported_at else "",
            version.author,
            _document(receipt),
            receipt.recipient,
            receipt.file_name,
            receipt.sha256[:CODE],
            "" if index else agreed,
        ]
        for index, receipt in enumerate(version.receipts)
    ]


def _document(receipt: Receipt) -> str:
    parts = (
        label_of(receipt.kind),
        receipt.language,
        _("with a password") if receipt.is_protected else "",
    )
    return " · ".join(part for part in parts if part)


def _customers_version(version: Version | None) -> str:
    if version is None:
        return _("The customer has no version yet.")
    receipt = next(one for one in version.receipts if one.is_customers)
    when = current().moment(receipt.exported_at) if receipt.exported_at else ""
    if receipt.recipient:
        return _("The customer has version {n} ({when}, for {name}).").format(
            n=version.number, when=when, name=receipt.recipient
        )
    return _("The customer has version {n} ({when}).").format(n=version.number, when=when)


def _agreement(version: Version, sign_off: SignOffRow) -> str:
    day = current().date(sign_off.signed_on)
    who = sign_off.contact or _("The customer")
    return _("{who} agreed to version {n} ({day}, {how}).").format(
        who=who, n=version.number, day=day, how=label_of(sign_off.how)
    )


def _version_json(version: Version) -> dict[str, Any]:
    return {
        "id": version.id,
        "number": version.number,
        "made_at": json_value(version.made_at),
        "author": version.author,
        "kind": str(version.kind),
        "note": version.note,
        "receipts": [
            {
                "id": one.id,
                "exported_at": json_value(one.exported_at),
                "file_name": one.file_name,
                "recipient": one.recipient,
                "language": one.language,
                "kind": str(one.kind),
                "sha256": one.sha256,
                "page_size": one.setup.page_size.value,
                "has_cover": one.setup.has_cover,
                "left_out": sorted(section.value for section in one.setup.left_out),
                "marks_unagreed": one.setup.marks_unagreed,
                "is_archival": one.setup.is_archival,
                "is_protected": one.is_protected,
            }
            for one in version.receipts
        ],
        "sign_offs": [
            {
                "id": one.id,
                "contact": one.contact,
                "signed_on": json_value(one.signed_on),
                "how": str(one.how),
                "note": one.note,
            }
            for one in version.sign_offs
        ],
    }


def show_changes(call: Call) -> None:
    """Tell what changed since a version, item by item."""
    from csdesk.report.change_words import change_sentence
    from csdesk.report.words import Words

    with call.reading() as workspace:
        version, language, changes = workspace.read(_changes, call)
    words = Words(Translator(language))
    told = [(one, change_sentence(one, words, day_meant(call.options.on))) for one in changes]
    if call.options.json:
        call.terminal.json(
            {
                "since": {"id": version.id, "number": version.number},
                "changes": [_change_json(change, sentence) for change, sentence in told],
            }
        )
        return
    when = current().moment(version.made_at) if version.made_at else ""
    call.terminal.say(_("Since version {n} ({when}):").format(n=version.number, when=when))
    before = None
    for change, sentence in told:
        item = (change.entity, change.id, change.title)
        if item != before:
            call.terminal.say()
            kind = entity_label(change.entity)
            call.terminal.say(_("{kind} “{title}”").format(kind=kind, title=change.title))
        call.terminal.say(f"  {sentence}")
        before = item
    count = len(changes)
    call.terminal.note(
        ngettext("{n} change", "{n} changes", count).format(n=current().number(count))
    )


def _changes(session: Session, call: Call) -> tuple[Version, str, tuple[PlanChange, ...]]:
    """Compare the plan of today with the version that is meant."""
    options = call.options
    meant = plan_needed(session, options.account, options.plan)
    plan_id = meant.plan_id or ""
    versions = plan_versions(session, plan_id)
    if options.since is not None:
        version = version_meant(versions, options.since)
    else:
        customers = next((one for one in versions if one.has_customer), None)
        if customers is None:
            raise UserError(
                _("The customer has no version of this plan yet."),
                _("Name another version with --since, or export the plan first."),
            )
        version = customers
    language = options.lang or account_language(session, meant.account_id)
    before = in_language(version_content(session, version.id), language)
    today = day_meant(options.on)
    now = in_language(customer_plan(session, plan_id, meant.account_id, today=today), language)
    return version, language, plan_changes(before, now)


def _change_json(change: PlanChange, sentence: str) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "entity": change.entity,
        "id": change.id,
        "title": change.title,
        "parent": change.parent,
        "field": change.field,
        "before": json_value(change.before),
        "after": json_value(change.after),
        "sentence": sentence,
    }
