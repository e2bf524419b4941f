"""The columns of the accounts table that are hidden until somebody asks for them."""

from __future__ import annotations

import datetime as dt

from csdesk.i18n import _, current, ngettext
from csdesk.model.vocabulary import AccountStatus, label_of
from csdesk.queries.at_risk import RiskReason, risk_reasons
from csdesk.queries.portfolio import AccountRow
from csdesk.store.words import fold
from ui.tables import Column

FURTHER_WIDTHS = {
    "status": 110,
    "segment": 116,
    "industry": 116,
    "region": 104,
    "tags": 130,
    "external_id": 96,
    "employees": 88,
    "seats": 72,
    "notice": 108,
    "late_actions": 88,
    "risk": 160,
    "plan": 160,
    "name_en": 150,
}
"""Pixels at 96 dots per inch."""


def further_columns(today: dt.date) -> tuple[Column[AccountRow], ...]:
    """Return the further columns in the language of the moment."""
    return (*_profile_columns(), *_standing_columns(today))


def status_text(row: AccountRow) -> str:
    """Say whether the customer is ours, since when it is not, and that it was put away."""
    words = [label_of(row.status)]
    if row.status == AccountStatus.CHURNED and row.churned_on is not None:
        words.append(current().date(row.churned_on))
    if row.archived_on is not None:
        words.append(_("Archived"))
    return " · ".join(word for word in words if word)


def reason_label(reason: RiskReason) -> str:
    """Say why an account is at risk."""
    return {
        RiskReason.RED: _("CSM's view is red"),
        RiskReason.OFF_TRACK: _("Plan off track"),
        RiskReason.RENEWAL: _("Renewal near and not well"),
    }[reason]


def _profile_columns() -> tuple[Column[AccountRow], ...]:
    statuses: dict[str | None, int] = {status: place for place, status in enumerate(AccountStatus)}
    return (
        Column(
            "status",
            _("Status"),
            status_text,
            lambda row: statuses.get(row.status),
            tip=status_text,
        ),
        _words("segment", _("Segment"), "segment"),
        _words("industry", _("Industry"), "industry"),
        _words("region", _("Region"), "region"),
        Column(
            "tags",
            _("Tags"),
            _tags_text,
            lambda row: fold(_tags_text(row)) or None,
            tip=_tags_text,
        ),
        _words("external_id", _("External ID"), "external_id"),
        _words("name_en", _("Name (English)"), "name_en"),
        _number("employees", _("Employees")),
        _number("seats", _("Seats"), _("Seats of the running contracts.")),
    )


def _standing_columns(today: dt.date) -> tuple[Column[AccountRow], ...]:
    return (
        Column(
            "notice",
            _("Notice deadline"),
            lambda row: "" if row.notice_on is None else current().date(row.notice_on),
            lambda row: row.notice_on,
            hint=_("The next day by which a running contract can be given notice of."),
        ),
        Column(
            "plan",
            _("Success plan"),
            lambda row: row.plan_title,
            lambda row: fold(row.plan_title) or None,
            tip=lambda row: row.plan_title,
        ),
        Column(
            "late_actions",
            _("Late actions"),
            lambda row: current().number(row.late_actions) if row.late_actions else "",
            lambda row: row.late_actions or None,
            right=True,
        ),
        Column(
            "risk",
            _("At risk because"),
            lambda row: _reasons(row, today),
            lambda row: len(risk_reasons(row, today)) or None,
            tip=lambda row: _reasons(row, today),
        ),
    )


def _words(key: str, title: str, field: str) -> Column[AccountRow]:
    def text(row: AccountRow) -> str:
        return str(getattr(row, field))

    return Column(key, title, text, lambda row: fold(text(row)) or None, tip=text)


def _number(key: str, title: str, hint: str = "") -> Column[AccountRow]:
    def value(row: AccountRow) -> int | None:
        found: int | None = getattr(row, key)
        return found

    def text(row: AccountRow) -> str:
        number = value(row)
        return "" if number is None else current().number(number)

    return Column(key, title, text, value, right=True, hint=hint)


def _tags_text(row: AccountRow) -> str:
    return ", ".join(row.tags)


def _reasons(row: AccountRow, today: dt.date) -> str:
    return ", ".join(reason_label(reason) for reason in risk_reasons(row, today))


def accounts_text(count: int) -> str:
    """Count accounts in words."""
    number = current().number(count)
    return ngettext("{n} account", "{n} accounts", count).format(n=number)
