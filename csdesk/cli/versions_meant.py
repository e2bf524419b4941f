"""Which version or which file somebody means by a number or a code."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from sqlalchemy.orm import Session

from csdesk.cli.document_choices import plan_needed
from csdesk.errors import UserError
from csdesk.i18n import _, current
from csdesk.queries.revisions import Receipt, Version, plan_versions

_SHORTEST = 4
CODE = 8
"""So many characters of a receipt's SHA-256 are its code, as lists show it."""


def version_meant(versions: Sequence[Version], which: str) -> Version:
    """Return the version of a number, or of an id; raises UserError for none or several."""
    wanted = which.strip().casefold().removeprefix("v")
    found = [one for one in versions if one.id == which.strip() or str(one.number) == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        told = ", ".join(f"{one.id} ({one.author}, {_when(one)})" for one in found)
        raise UserError(
            _("Two people made a version {n} apart from each other.").format(n=wanted),
            _("Name one of them by its id: {ids}").format(ids=told),
        )
    if not versions:
        raise UserError(
            _("This plan has no versions yet."), _("“csdesk plan FILE ACCOUNT” makes the first.")
        )
    numbers = ", ".join(str(one.number) for one in reversed(versions))
    raise UserError(
        _("There is no version {n}.").format(n=which.strip()[:40]),
        _("There are: {numbers}").format(numbers=numbers),
    )


def _when(version: Version) -> str:
    return current().moment(version.made_at) if version.made_at else ""


def receipt_meant(session: Session, options: argparse.Namespace) -> Receipt:
    """Return the file that --receipt or --revision means; raises UserError for none or several.

    Of a version it is the newest file for the customer, of the kind and language that are asked
    for.
    """
    meant = plan_needed(session, options.account, options.plan)
    assert meant.plan_id is not None
    versions = plan_versions(session, meant.plan_id)
    if options.receipt is not None:
        return _receipt_of_code(versions, options.receipt)
    version = version_meant(versions, options.revision)
    found = [
        one
        for one in version.receipts
        if one.is_customers
        and options.kind in (None, one.kind)
        and options.lang in (None, one.language)
    ]
    if found:
        return found[0]
    if version.receipts:
        raise UserError(
            _("Version {n} was not written as that.").format(n=version.number),
            _("“csdesk versions FILE ACCOUNT” lists its files; --receipt names one."),
        )
    raise UserError(
        _("No file was written of version {n}.").format(n=version.number),
        _("It was kept for an agreement or by hand; “csdesk changes” compares with it."),
    )


def _receipt_of_code(versions: Sequence[Version], code: str) -> Receipt:
    wanted = code.strip().casefold()
    found = [
        one
        for version in versions
        for one in version.receipts
        if one.id == code.strip() or (len(wanted) >= _SHORTEST and one.sha256.startswith(wanted))
    ]
    # The same bytes delivered twice are one file.
    if found and len({one.sha256 for one in found}) == 1:
        return found[0]
    raise UserError(
        _("“{code}” is not one file of this plan.").format(code=code[:80]),
        _("“csdesk versions FILE ACCOUNT” lists them with their codes."),
    )
