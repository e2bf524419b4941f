"""The choices about a document on the command line: what is not chosen is as it was last time."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.editing import today
from csdesk.cli.field_text import read_day
from csdesk.errors import UserError
from csdesk.i18n import LANGUAGES, Translator, _
from csdesk.model.document_setup import Setup
from csdesk.model.vocabulary import DocumentKind, DocumentSection, PageSize
from csdesk.queries.document_request import DocumentRequest, document_options
from csdesk.queries.portfolio import portfolio_rows
from csdesk.queries.rows import find_row
from csdesk.store.words import fold

KINDS = (DocumentKind.CUSTOMER, DocumentKind.EXECUTIVE, DocumentKind.INTERNAL)
"""The documents of one account."""


@dataclass(frozen=True, slots=True)
class PlanMeant:
    """The account and the plan a command is about; `plan_id` is None where there is no plan."""

    account_id: str
    plan_id: str | None


def add_account_and_plan(command: argparse.ArgumentParser) -> None:
    """Declare whose plan is meant."""
    command.add_argument("account", metavar=_("ACCOUNT"), help=_("id or name of the account"))
    command.add_argument("--plan", metavar=_("TITLE"), help=_("title or id of the plan"))


def add_kind(command: argparse.ArgumentParser, kinds: Iterable[DocumentKind] = KINDS) -> None:
    """Declare which document is meant, and in which language."""
    command.add_argument(
        "--kind", choices=[kind.value for kind in kinds], help=_("which document (the customer's)")
    )
    add_language(command)


def add_language(command: argparse.ArgumentParser) -> None:
    """Declare the language of the document."""
    command.add_argument("--lang", choices=LANGUAGES, help=_("the language of the document"))


def add_page(command: argparse.ArgumentParser) -> None:
    """Declare what the pages are like."""
    command.add_argument(
        "--page", choices=[size.value for size in PageSize], help=_("the size of the pages")
    )
    command.add_argument(
        "--archival",
        action=argparse.BooleanOptionalAction,
        default=None,
        help=_("make it PDF/A-2b, for archives"),
    )


def add_sections(command: argparse.ArgumentParser) -> None:
    """Declare which sections stand in the document."""
    sections = command.add_mutually_exclusive_group()
    sections.add_argument(
        "--without",
        metavar=_("SECTION"),
        action="append",
        help=_("leave out these sections; commas between, or given again"),
    )
    sections.add_argument(
        "--only", metavar=_("SECTION"), action="append", help=_("show these sections only")
    )
    sections.add_argument("--all-sections", action="store_true", help=_("leave out no section"))


def add_looks(command: argparse.ArgumentParser) -> None:
    """Declare the choices of a customer's document beside its pages and sections."""
    command.add_argument(
        "--cover",
        action=argparse.BooleanOptionalAction,
        default=None,
        help=_("begin with a cover"),
    )
    command.add_argument(
        "--mark-unagreed",
        action=argparse.BooleanOptionalAction,
        default=None,
        help=_("mark what the customer has not agreed to yet"),
    )


def plan_meant(session: Session, account: str, plan: str | None) -> PlanMeant:
    """Find account and plan; without a title it is the plan in force, else the newest one.

    Raises UserError where there is none of that name.
    """
    account_id = find_row(session, "account", account)
    if plan is not None:
        return PlanMeant(account_id, find_row(session, "plan", plan, account_id=account_id))
    (known,) = portfolio_rows(session, today=today(), account_ids=[account_id])
    return PlanMeant(account_id, known.plan_id)


def plan_needed(session: Session, account: str, plan: str | None) -> PlanMeant:
    """Do as `plan_meant`; raises UserError where the account has no plan."""
    meant = plan_meant(session, account, plan)
    if meant.plan_id is None:
        raise UserError(
            _("“{account}” has no plan yet.").format(account=account),
            _("Versions are kept of plans: make one first."),
        )
    return meant


def request_meant(session: Session, options: argparse.Namespace) -> DocumentRequest:
    """Read which document the options mean; what they do not say is remembered for the account.

    Raises UserError for an account, a plan or a section that is not there.
    """
    meant = plan_meant(session, options.account, options.plan)
    kind = DocumentKind(options.kind or DocumentKind.CUSTOMER)
    language, setup = document_options(session, meant.account_id, kind)
    return DocumentRequest(
        account_id=meant.account_id,
        plan_id=meant.plan_id,
        kind=kind,
        language=options.lang or language,
        setup=chosen_setup(options, setup),
        recipient=(getattr(options, "to", None) or "").strip(),
    )


def chosen_setup(options: argparse.Namespace, setup: Setup) -> Setup:
    """Return the setup with what the options choose; those that a command lacks choose nothing."""
    chosen: dict[str, Any] = {
        "page_size": PageSize(options.page) if getattr(options, "page", None) else None,
        "has_cover": getattr(options, "cover", None),
        "marks_unagreed": getattr(options, "mark_unagreed", None),
        "is_archival": getattr(options, "archival", None),
        "left_out": _left_out(options),
    }
    return replace(setup, **{name: value for name, value in chosen.items() if value is not None})


def _left_out(options: argparse.Namespace) -> frozenset[DocumentSection] | None:
    if getattr(options, "all_sections", False):
        return frozenset()
    if getattr(options, "only", None):
        return frozenset(DocumentSection) - sections_named(options.only)
    if getattr(options, "without", None):
        return sections_named(options.without)
    return None


def sections_named(texts: Iterable[str]) -> frozenset[DocumentSection]:
    """Read sections by their codes or labels, commas between; raises UserError for others."""
    languages = [Translator(language) for language in LANGUAGES]
    names = [name.strip() for text in texts for name in text.replace("、", ",").split(",")]
    found = set()
    for name in filter(None, names):
        meant = [
            section
            for section in DocumentSection
            if fold(name) in map(fold, (section.value, *map(section.label, languages)))
        ]
        if not meant:
            raise UserError(
                _("There is no section “{name}”.").format(name=name[:80]),
                _("There are: {names}").format(names=_codes()),
            )
        found |= set(meant)
    if not found:
        raise UserError(_("No section was named."), _("There are: {names}").format(names=_codes()))
    return frozenset(found)


def _codes() -> str:
    return ", ".join(section.value for section in DocumentSection)


def day_meant(text: str | None) -> dt.date:
    """Read the day the document speaks of; today without one. Raises UserError for no day."""
    if text is None:
        return today()
    try:
        return read_day(text)
    except ValueError as error:
        raise UserError(
            _("“{text}” is not a date.").format(text=text[:80]),
            _("Write it as 2026-03-31, for example."),
        ) from error
