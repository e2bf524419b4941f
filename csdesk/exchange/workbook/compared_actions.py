"""Compares the action items of a returned workbook with those of the plan."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.actions.customer_answers import is_noted
from csdesk.actions.editing import clean
from csdesk.exchange.tables import header_key, shorten
from csdesk.exchange.workbook.comments import entries
from csdesk.exchange.workbook.differences import (
    CommentAnswer,
    Difference,
    FieldAnswer,
    NewAction,
    StatusAnswer,
)
from csdesk.exchange.workbook.returned import ReturnedAction, ReturnedWorkbook
from csdesk.exchange.workbook.rows import same
from csdesk.exchange.workbook.sent import Sent, SentAction
from csdesk.i18n import P_, _, current
from csdesk.model.identity import natural_id
from csdesk.model.records import Action, Contact, Plan
from csdesk.model.vocabulary import ActionStatus, label_of

_LABELS = {
    "title": P_("field", "Action item"),
    "due_on": P_("field", "Due"),
    "owner": P_("field", "Customer owner"),
    "status": P_("field", "Status"),
    "done_on": P_("field", "Done on"),
    "comment": P_("workbook", "Comment"),
    "new": P_("workbook", "New action item"),
}
_IN_WORKBOOK = ("comment", "new")
_HONORIFICS = ("様", "さん", "さま", "氏")


class ActionComparison:
    """Compares action items; what cannot be decided about is told in `notices`."""

    def __init__(
        self, session: Session, plan: Plan, sent: Sent | None, returned: ReturnedWorkbook
    ) -> None:
        self._plan = plan
        self._sent = {one.id: one for one in sent.actions} if sent else {}
        self._version = sent
        self._returned = returned
        self._added = _ids_of_added(plan.id, returned)
        ids = [one.id for one in returned.actions if one.id] + list(self._added.values())
        self._rows = {row.id: row for row in session.scalars(_rows(plan.id, ids))}
        self._contacts = _contacts(session, plan.account_id)
        self.notices: list[str] = []

    def differences(self) -> list[Difference]:
        """Return what the customer changed, row by row."""
        found: list[Difference] = []
        for theirs in self._returned.actions:
            row = self._rows.get(theirs.id or self._added[theirs.key])
            if row is not None and row.deleted_at is None:
                sent = self._sent.get(row.id)
                found += self._changed(theirs, row, sent)
            elif theirs.id:
                self._tell_gone(theirs)
            else:
                found.append(self._new(theirs))
        return found

    def _changed(
        self, theirs: ReturnedAction, row: Action, sent: SentAction | None
    ) -> Iterator[Difference]:
        # Built once for each row: what all its differences have in common.
        one = partial(_difference, theirs, "action", row.id, row.title)
        yield from self._fields(theirs, row, sent, one)
        yield from self._status(theirs, row, sent, one)
        if theirs.comment:
            known = entries(self._version, theirs.comment)
            if not any(is_noted(row.internal_note, entry) for entry in known.values()):
                entry = known[current().language]
                yield one("comment", "", theirs.comment, "", False, CommentAnswer(entry))

    def _fields(
        self, theirs: ReturnedAction, row: Action, sent: SentAction | None, one: Any
    ) -> Iterator[Difference]:
        title = clean("title", theirs.title) if theirs.title else ""
        was = same(sent.title) if sent else None
        if title and title != was and title != same(row.title):
            is_conflict = was is None or was != same(row.title)
            answer = FieldAnswer("title", title, row.title)
            yield one("title", was or "", title, row.title, is_conflict, answer)
        due, was_due = theirs.due_on, sent.due_on if sent else None
        if due and due != was_due and due != row.due_on:
            is_conflict = sent is None or was_due != row.due_on
            answer = FieldAnswer("due_on", due, row.due_on)
            yield one("due_on", _day(was_due), _day(due), _day(row.due_on), is_conflict, answer)
        if theirs.owner and (sent is None or _person(theirs.owner) != _person(sent.owner)):
            yield from self._owner(theirs, row, sent, one)

    def _owner(
        self, theirs: ReturnedAction, row: Action, sent: SentAction | None, one: Any
    ) -> Iterator[Difference]:
        contact_id = self._contact(theirs)
        if contact_id is None or contact_id == row.customer_owner_id:
            return
        names = {row_id: name for ids, name in self._contacts.values() for row_id in ids}
        now = names.get(row.customer_owner_id or "", "")
        is_conflict = sent is None or _person(sent.owner) != _person(now)
        answer = FieldAnswer("customer_owner_id", contact_id, row.customer_owner_id)
        was = sent.owner if sent else ""
        yield one("owner", was, names[contact_id], now, is_conflict, answer)

    def _contact(self, theirs: ReturnedAction) -> str | None:
        """Find the contact a name means; None, with a notice, where it is none or several."""
        ids, _name = self._contacts.get(_person(theirs.owner), ((), ""))
        if len(ids) == 1:
            return ids[0]
        said = (
            _("{place}: there are several contacts called “{name}”; choose one in the plan.")
            if ids
            else _("{place}: “{name}” is not among the customer's contacts; add them first.")
        )
        self.notices.append(said.format(place=theirs.place, name=shorten(theirs.owner)))
        return None

    def _status(
        self, theirs: ReturnedAction, row: Action, sent: SentAction | None, one: Any
    ) -> Iterator[Difference]:
        was, now = (sent.status if sent else ""), str(row.status or ActionStatus.OPEN)
        status = theirs.status or was or now
        was_done = sent.done_on if sent else None
        is_newly_dated = theirs.done_on is not None and theirs.done_on != was_done
        if is_newly_dated and status != ActionStatus.DONE:
            if theirs.status in ("", was):
                status = ActionStatus.DONE.value
                said = _("{place}: “{title}” has a day it was done on, so it is taken as done.")
            else:
                said = _("{place}: “{title}” has a day it was done on, but is not marked as done.")
            self.notices.append(said.format(place=theirs.place, title=shorten(row.title)))
        done_on = theirs.done_on if status == ActionStatus.DONE else None
        answer = StatusAnswer(status, done_on, (row.status, row.done_on))
        if status != was and status != now:
            is_conflict = sent is None or was != now
            yield one(
                "status",
                _state(was, was_done),
                _state(status, done_on),
                _state(now, row.done_on),
                is_conflict,
                answer,
            )
        elif status == ActionStatus.DONE and done_on and is_newly_dated and done_on != row.done_on:
            is_conflict = sent is None or was_done != row.done_on or now != was
            yield one(
                "done_on", _day(was_done), _day(done_on), _day(row.done_on), is_conflict, answer
            )

    def _new(self, theirs: ReturnedAction) -> Difference:
        comment = theirs.comment
        entry = entries(self._version, comment)[current().language] if comment else None
        status = theirs.status or (ActionStatus.DONE.value if theirs.done_on else "")
        done_on = theirs.done_on if status == ActionStatus.DONE else None
        answer = NewAction(
            plan_id=self._plan.id,
            title=theirs.title,
            status=status,
            due_on=theirs.due_on,
            done_on=done_on,
            customer_owner_id=self._contact(theirs) if theirs.owner else None,
            note=entry,
        )
        facts = [
            theirs.title,
            _day(theirs.due_on),
            _state(status, done_on),
            theirs.owner,
            comment,
        ]
        said = " · ".join(fact for fact in facts if fact)
        row_id = self._added[theirs.key]
        return _difference(
            theirs, "action", row_id, theirs.title, "new", "", said, "", False, answer
        )

    def _tell_gone(self, theirs: ReturnedAction) -> None:
        """Tell what was said about an item that the plan has no more."""
        sent = self._sent.get(theirs.id)
        said = [
            _state(theirs.status, theirs.done_on)
            if sent is None or theirs.status != sent.status or theirs.done_on != sent.done_on
            else "",
            _day(theirs.due_on) if sent is None or theirs.due_on != sent.due_on else "",
            theirs.comment,
        ]
        text = " · ".join(one for one in said if one)
        if text:
            self.notices.append(
                _(
                    "{place}: “{title}” is not in the plan any more. The customer says: {text}"
                ).format(place=theirs.place, title=shorten(theirs.title), text=shorten(text, 400))
            )


def _difference(
    theirs: ReturnedAction,
    entity: str,
    row_id: str,
    title: str,
    field: str,
    was: str,
    said: str,
    now: str,
    is_conflict: bool,
    answer: Any,
) -> Difference:
    context = "workbook" if field in _IN_WORKBOOK else "field"
    return Difference(
        key=f"{theirs.key}.{field}",
        place=theirs.place,
        entity=entity,
        id=row_id,
        title=title,
        field=field,
        label=current().context(context, _LABELS[field]),
        was=was,
        theirs=said,
        now=now,
        is_conflict=is_conflict,
        answer=answer,
    )


def _rows(plan_id: str, ids: list[str]) -> Any:
    return select(Action).where(Action.plan_id == plan_id, Action.id.in_(ids))


def _ids_of_added(plan_id: str, returned: ReturnedWorkbook) -> dict[str, str]:
    """Give each added row an id made of its title, by which it is known when it comes again."""
    count: Counter[str] = Counter()
    found = {}
    for action in returned.actions:
        if not action.id:
            title = header_key(action.title)
            count[title] += 1
            parts = (plan_id, "workbook", title, str(count[title]))
            found[action.key] = natural_id("action", *parts)
    return found


def _contacts(session: Session, account_id: str) -> dict[str, tuple[list[str], str]]:
    """Return the customer's people who are still there: ids and name, by name."""
    rows = session.execute(
        select(Contact.id, Contact.name).where(
            Contact.account_id == account_id, Contact.deleted_at.is_(None)
        )
    )
    found: dict[str, tuple[list[str], str]] = {}
    for row in rows:
        found.setdefault(_person(row.name or ""), ([], row.name or ""))[0].append(row.id)
    return found


def _person(name: str) -> str:
    """Reduce a name to what tells a person: no blanks, no width, no 様."""
    key = header_key(name)
    for ending in _HONORIFICS:
        key = key.removesuffix(ending)
    return key


def _day(day: dt.date | None) -> str:
    return current().date(day)


def _state(status: str, done_on: dt.date | None) -> str:
    """Name a status, with the day it was done on."""
    known = ActionStatus(status) if status in set(ActionStatus) else status
    word = label_of(known, current()) if status else ""
    return f"{word} ({_day(done_on)})" if done_on and status == ActionStatus.DONE else word
