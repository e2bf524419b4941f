"""What the check says: the kinds of findings, why each matters, and where a finding stands."""

from __future__ import annotations

import contextlib

from csdesk.i18n import _
from csdesk.queries.entity_words import entity_label
from csdesk.queries.fields import field_of
from csdesk.queries.leak_guard import Finding
from csdesk.queries.leak_guard_matches import FindingKind

NAMES = frozenset({"title", "name", "name_en"})
"""Fields whose text is the title itself."""


def kind_title(kind: FindingKind) -> str:
    """Name a kind of finding as the heading of a list."""
    return {
        FindingKind.INTERNAL_WORD: _("Internal words"),
        FindingKind.OTHER_ACCOUNT: _("Names of other customers"),
        FindingKind.LIKE_INTERNAL_NOTE: _("Texts like an internal note"),
        FindingKind.REVENUE_KPI: _("Our own revenue figures"),
        FindingKind.FIRST_SHOWN: _("Shown for the first time"),
    }[kind]


def kind_hint(kind: FindingKind) -> str:
    """Say why findings of a kind deserve a look."""
    return {
        FindingKind.INTERNAL_WORD: _("These words are on the list of internal words (Settings)."),
        FindingKind.OTHER_ACCOUNT: _("The customer would read whom else we work with."),
        FindingKind.LIKE_INTERNAL_NOTE: _("They nearly repeat what a note keeps inside."),
        FindingKind.REVENUE_KPI: _("KPIs of the category “revenue” are usually for us alone."),
        FindingKind.FIRST_SHOWN: _("No document that this customer has shows these yet."),
    }[kind]


def line_title(finding: Finding) -> str:
    """Say where a finding stands: what it is, the field, and the title where the text is not it."""
    what = entity_label(finding.entity)
    if finding.field in NAMES and finding.excerpt:
        return what
    with contextlib.suppress(KeyError):  # of no field: it is about the item as a whole
        what = f"{what} · {field_of(finding.entity, finding.field).label()}"
    if not finding.title:
        return what
    return _("{label}: {text}").format(label=what, text=finding.title)
