"""The leak guard: what somebody should look at before a document goes to the customer.

Nothing internal can get into a customer's document by itself; people can still write it there.
The guard reads internal fields to find that out, so its findings are for the screen and the
terminal alone: no module that makes a document or a file for the customer may import it, which
a contract in pyproject.toml holds.

It looks at the texts that the document would really show (leak_guard_places.py). For a file that
has everything, such as a workbook, ask with the plain setup.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.model.records import Account, Kpi, Risk, Settlement
from csdesk.model.vocabulary import KpiCategory
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.leak_guard_accounts import account_matches
from csdesk.queries.leak_guard_folding import FoldedTexts, fold
from csdesk.queries.leak_guard_matches import FindingKind, Gravity, Match
from csdesk.queries.leak_guard_notes import note_matches
from csdesk.queries.leak_guard_places import ShownText, shown_texts
from csdesk.queries.leak_guard_seen import first_shown, was_exported
from csdesk.queries.leak_guard_words import internal_words, shipped_words, word_matches

__all__ = [
    "LEAK",
    "Finding",
    "FindingKind",
    "Gravity",
    "internal_words",
    "leak_findings",
    "shipped_words",
]

LEAK = "leak"
"""The kind of the settlements that keep which findings were acknowledged."""

_AROUND = 30
_LONGEST = 90
_KEY = 24
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason to look, and where.

    `excerpt` is cut from the public text and nothing else; its letters from `start` to `end` are
    what was found. `word` is the word of the list, the name of the other account, or the part
    that a note has too. `source_entity` and `source_id` name the row that the text should not
    tell of, for following it in the program. `count` is how many texts one finding sums up.
    """

    kind: FindingKind
    severity: Gravity
    entity: str
    id: str
    field: str
    title: str
    excerpt: str
    start: int
    end: int
    word: str
    key: str
    is_acknowledged: bool = False
    source_entity: str = ""
    source_id: str = ""
    count: int = 1

    @property
    def stops(self) -> bool:
        """Whether an export waits for somebody to look at this."""
        return self.severity == Gravity.SERIOUS and not self.is_acknowledged


def leak_findings(session: Session, document: CustomerDocument) -> tuple[Finding, ...]:
    """Return what the document would show and perhaps should not, serious findings first.

    A finding's `key` is made of its place and its text: an acknowledged text that is changed is
    asked about again. Before the first export one notice stands for all that is shown.
    """
    places = _with_risk_ids(session, document.view.account_id, shown_texts(document))
    texts = FoldedTexts([place.text for place in places])
    account_id, own_names = document.view.account_id, _own_names(session, document)
    matches = [
        *word_matches(session, places, texts, own_names=own_names),
        *account_matches(
            session,
            places,
            texts,
            account_id=account_id,
            own_names=own_names,
            people=[one.title for one in places if one.entity in ("contact", "member")],
        ),
        *note_matches(session, places, account_id=account_id),
        *_revenue_matches(session, places),
    ]
    findings = [_finding(places[one.index], texts.texts[one.index], one) for one in matches]
    findings += _first_shown(session, document, places, texts)
    kinds = list(FindingKind)
    order = {place: index for index, place in enumerate(_rows_of(places))}
    findings.sort(
        key=lambda one: (
            one.severity != Gravity.SERIOUS,
            kinds.index(one.kind),
            order.get((one.entity, one.id), 0),
        )
    )
    return _acknowledged(session, findings)


def _rows_of(places: Sequence[ShownText]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((place.entity, place.id) for place in places))


def _first_shown(
    session: Session,
    document: CustomerDocument,
    places: Sequence[ShownText],
    texts: FoldedTexts,
) -> Iterator[Finding]:
    """Yield what is shown for the first time; without a plan nothing is kept to compare with."""
    plan_id = document.view.plan_id
    if not plan_id or not places:
        return
    if was_exported(session, plan_id):
        kind, notice = FindingKind.FIRST_SHOWN, Gravity.NOTICE
        for place in first_shown(session, document, places):
            whole = Match(0, kind, notice, "", 0, len(place.text))
            yield _finding(place, fold(place.text), whole)
        return
    title = document.view.title or document.view.account_name
    parts = [FindingKind.FIRST_SHOWN.value, plan_id, *texts.texts]
    yield Finding(
        kind=FindingKind.FIRST_SHOWN,
        severity=Gravity.NOTICE,
        entity="plan",
        id=plan_id,
        field="title",
        title=title,
        excerpt=title[:_LONGEST],
        start=0,
        end=len(title[:_LONGEST]),
        word="",
        key=_key(parts),
        count=len(_rows_of(places)),
    )


def _with_risk_ids(
    session: Session, account_id: str, places: Sequence[ShownText]
) -> list[ShownText]:
    """Name the risks that wordings are of: documents know only the words."""
    rows = session.execute(
        select(Risk.id, Risk.customer_wording)
        .where(
            Risk.account_id == account_id,
            Risk.deleted_at.is_(None),
            Risk.customer_wording.is_not(None),
        )
        .order_by(Risk.id)
    ).all()
    ids = {row.customer_wording.strip(): row.id for row in reversed(rows)}
    return [
        replace(place, id=place.id or ids.get(place.text.strip(), ""))
        if place.entity == "risk"
        else place
        for place in places
    ]


def _own_names(session: Session, document: CustomerDocument) -> list[str]:
    """Return the names that may stand in the document: the account's and our company's."""
    row = session.execute(
        select(Account.name, Account.name_en, Account.name_kana).where(
            Account.id == document.view.account_id
        )
    ).one_or_none()
    view = document.view
    own = [view.account_name, view.account_name_en, view.our_company, *(row or ())]
    return [name for name in own if name]


def _revenue_matches(session: Session, places: Sequence[ShownText]) -> Iterator[Match]:
    revenue = set(session.scalars(select(Kpi.id).where(Kpi.category == KpiCategory.REVENUE)))
    for index, place in enumerate(places):
        if place.entity == "kpi" and place.id in revenue and place.field in ("name", "name_en"):
            yield Match(
                index, FindingKind.REVENUE_KPI, Gravity.SERIOUS, place.text, 0, len(place.text)
            )


def _finding(place: ShownText, folded: str, match: Match) -> Finding:
    excerpt, start, end = _excerpt(place.text, match.start, match.end)
    parts = [match.kind.value, place.entity, place.id, place.field, fold(match.word)]
    return Finding(
        kind=match.kind,
        severity=match.severity,
        entity=place.entity,
        id=place.id,
        field=place.field,
        title=place.title,
        excerpt=excerpt,
        start=start,
        end=end,
        word=match.word,
        key=_key([*parts, match.source_id, folded]),
        source_entity=match.source_entity,
        source_id=match.source_id,
    )


def _key(parts: Iterable[str]) -> str:
    said = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(said).hexdigest()[:_KEY]


def _excerpt(said: str, start: int, end: int) -> tuple[str, int, int]:
    """Cut a line around a part of a text; return it with the place of the part in it."""
    before = _BLANKS.sub(" ", said[max(start - _AROUND, 0) : start]).lstrip()
    if start > _AROUND:
        before = f"…{before}"
    part = _BLANKS.sub(" ", said[start:end])
    if len(part) > _LONGEST:
        return f"{before}{part[:_LONGEST]}…", len(before), len(before) + _LONGEST
    after = _BLANKS.sub(" ", said[end : end + _AROUND]).rstrip()
    if len(said) > end + _AROUND:
        after = f"{after}…"
    return f"{before}{part}{after}", len(before), len(before) + len(part)


def _acknowledged(session: Session, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return each finding once, with whether somebody acknowledged it."""
    known = set(
        session.scalars(
            select(Settlement.subject).where(
                Settlement.kind == LEAK, Settlement.deleted_at.is_(None)
            )
        )
    )
    each = {one.key: one for one in reversed(list(findings))}
    return tuple(
        replace(one, is_acknowledged=key in known) for key, one in reversed(list(each.items()))
    )
