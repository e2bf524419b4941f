"""What is said of a plan's versions: number, when, by whom, to whom, how agreed."""

from __future__ import annotations

import datetime as dt

from csdesk.i18n import _, current
from csdesk.model.vocabulary import RevisionKind, label_of
from csdesk.queries.revisions import Receipt, SignOffRow, Version
from ui.pages.plan.outline_words import customer_name

SHA_SHOWN = 12
"""Characters of a SHA-256 that are shown: enough to compare by eye."""


def number_words(version: Version) -> str:
    """Name a version by its number; one that was damaged has none."""
    return f"v{version.number}" if version.number else _("without a number")


def choice_words(version: Version) -> str:
    """Name a version in a list to choose from: number, day, and its author where two have it."""
    parts = [number_words(version), day_words(version.made_at)]
    if version.is_ambiguous:
        parts = [number_words(version), moment_words(version.made_at), version.author]
    return " · ".join(part for part in parts if part)


def made_words(version: Version) -> str:
    """Say when a version was made and by whom."""
    return " · ".join(part for part in (moment_words(version.made_at), version.author) if part)


def kind_words(version: Version) -> str:
    """Say what a version was made for."""
    words: dict[str, str] = {
        RevisionKind.EXPORT: _("Exported"),
        RevisionKind.AGREEMENT: _("Agreed"),
        RevisionKind.MANUAL: _("Kept by hand"),
    }
    return words.get(version.kind, "")


def receipt_words(receipt: Receipt) -> str:
    """Say what was made and for whom: Success plan · Japanese · for 山田様."""
    recipient = customer_name(receipt.recipient)
    whom = _("for {name}").format(name=recipient) if recipient else ""
    return " · ".join(part for part in (document_words(receipt), whom) if part)


def document_words(receipt: Receipt) -> str:
    """Say what was made: Success plan · Japanese · with a password."""
    parts = (
        label_of(receipt.kind),
        label_of(receipt.language) if receipt.language else "",
        _("with a password") if receipt.is_protected else "",
    )
    return " · ".join(part for part in parts if part)


def sign_off_words(sign_off: SignOffRow) -> str:
    """Say that the customer agreed: on which day, who, and how."""
    day = current().date(sign_off.signed_on)
    who = customer_name(sign_off.contact)
    if who and day:
        words = _("{name} agreed on {date}").format(name=who, date=day)
    elif day:
        words = _("The customer agreed on {date}").format(date=day)
    else:
        words = _("The customer agreed")
    how = label_of(sign_off.how) if sign_off.how else ""
    return f"{words} · {how}" if how else words


def moment_words(moment: dt.datetime | None) -> str:
    """Write day and time as they were here; empty where nobody knows."""
    return current().moment(moment) if moment is not None else ""


def day_words(moment: dt.datetime | None) -> str:
    """Write the day of a moment as it was here; empty where nobody knows."""
    return current().date(moment.astimezone().date()) if moment is not None else ""
