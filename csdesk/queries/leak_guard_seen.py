"""What a customer would see for the first time, compared with all that was exported before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.errors import UserError
from csdesk.model.document_setup import Setup
from csdesk.model.records import PlanRevision
from csdesk.model.vocabulary import CUSTOMER_KINDS, DocumentKind
from csdesk.queries.customer_content import thaw
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.leak_guard_places import ShownText, shown_measures, shown_texts
from csdesk.queries.revisions import Version, plan_versions


class Shown(NamedTuple):
    """What one or more files showed: rows as `(entity, id)`, and texts without double blanks."""

    rows: frozenset[tuple[str, str]]
    texts: frozenset[str]


_NOTHING = Shown(frozenset(), frozenset())


def was_exported(session: Session, plan_id: str) -> bool:
    """Tell whether a document for the customer was ever made of the plan."""
    return any(version.has_customer for version in plan_versions(session, plan_id))


def first_shown(
    session: Session, document: CustomerDocument, places: Sequence[ShownText]
) -> Iterator[ShownText]:
    """Yield what no document for the customer showed before.

    A new item is told once, by the first of its texts; a known one by each text that is new. A
    text that was shown anywhere in the plan's documents is not new. A measure is new by itself: it
    promises something else of a KPI that may be known.
    """
    shown = _shown_before(session, document.view.plan_id)
    told: set[tuple[str, str]] = set()
    told_texts: set[str] = set()
    for place in places:
        said = " ".join(place.text.split())
        row = (place.entity, place.id or said)
        if said in shown.texts or row in told:
            continue
        if row not in shown.rows:
            told.add(row)
        told_texts.add(place.text)
        yield place
    for measure in shown_measures(document):
        if (measure.entity, measure.id) not in shown.rows | told and measure.text not in told_texts:
            yield measure


def _shown_before(session: Session, plan_id: str) -> Shown:
    versions = [one for one in plan_versions(session, plan_id) if one.has_customer]
    contents = session.execute(
        select(PlanRevision.id, PlanRevision.content).where(
            PlanRevision.id.in_([version.id for version in versions])
        )
    )
    content_of = {row.id: row.content or "" for row in contents}
    files = [
        _shown_by(content_of[version.id], *way) for version in versions for way in _ways(version)
    ]
    return Shown(
        frozenset().union(*(file.rows for file in files)),
        frozenset().union(*(file.texts for file in files)),
    )


def _ways(version: Version) -> set[tuple[DocumentKind | str, str, Setup]]:
    """Return the ways in which documents for the customer were made of a version."""
    return {
        (receipt.kind, receipt.language, Setup(left_out=receipt.setup.left_out))
        for receipt in version.receipts
        if receipt.is_customers
    }


@lru_cache(maxsize=64)
def _shown_by(content: str, kind: str, language: str, setup: Setup) -> Shown:
    """Return what a file of a kept content showed; a content never changes once it is kept."""
    try:
        view = thaw(content).plan
    except UserError:
        # What cannot be read proves nothing: all of it counts as not shown yet.
        return _NOTHING
    kinds = (one for one in CUSTOMER_KINDS if one == kind)
    document = CustomerDocument(next(kinds), language, view, setup)
    places = shown_texts(document, surely=True)
    return Shown(
        frozenset(
            (place.entity, place.id) for place in (*places, *shown_measures(document)) if place.id
        ),
        frozenset(" ".join(place.text.split()) for place in places),
    )
