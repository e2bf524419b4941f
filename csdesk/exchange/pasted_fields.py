"""Turns what a pasted row says into the fields of an item; what fits none goes to its note."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from csdesk.actions.editing import MAX_NAME
from csdesk.errors import UserError
from csdesk.exchange.dates import DateReader
from csdesk.exchange.fields import Kind, field_label, kind_fields
from csdesk.exchange.pasted_cells import read_days, read_priority, read_status, read_visibility
from csdesk.exchange.pasted_rows import PastedRow
from csdesk.exchange.tables import shorten
from csdesk.exchange.terms import read_term
from csdesk.i18n import _
from csdesk.model.items import ItemKind
from csdesk.model.vocabulary import ProgressRag, Side, Visibility
from csdesk.queries.known_people import KnownPeople, Person

_PEOPLE_BREAKS = re.compile(r"[、,，/／;；&＆+＋\n・]|\s(?:and|と)\s")
_ASIDE = re.compile(r"\s*[(（\[［]([^()（）\[\]［］]{1,120})[)）\]］]$")
_AT = re.compile(r"\s+[@＠](?P<who>[^\s@＠]{1,40})(?:\s+(?P<day>[^@＠]{1,24}))?$")
_ASIDE_BREAKS = re.compile(r"[、,，;；]|\s/\s")
_LABELLED = re.compile(
    r"^(?:(?P<due>期限|期日|〆切|締切|due|by)(?:\s*[:：]\s*|\s+)"
    r"|(?P<owner>担当者?|owner|in charge)(?:\s*[:：]\s*|\s+)|(?P<at>[@＠]))(?P<said>.+)$",
    re.IGNORECASE,
)
_TEXTS = {"why": ItemKind.GOAL, "done_definition": ItemKind.MILESTONE}
"""Texts that one kind of item has."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something that stands in an item's note because its field could not take it.

    `field` is the field's name: "due_on", "owner", "status" and so on.
    """

    field: str
    text: str


class FieldReader:
    """Reads the rows of one block and gathers what was left over."""

    def __init__(self, people: KnownPeople, today: dt.date, dates: DateReader) -> None:
        self._named = cache(people.named)  # a long block names the same people again and again
        self._today = today
        self._dates = dates
        self.leftovers: list[Leftover] = []

    def read(self, row: PastedRow, kind: ItemKind) -> tuple[str, dict[str, Any]]:
        """Return the title and the fields of the item that a row becomes."""
        one = _Item(kind, row)
        self._read_aside(one)
        self._read_status(one)
        self._read_days(one)
        self._read_people(one)
        self._read_terms(one)
        for name in list(one.cells):
            self._keep(one, name, one.cells.pop(name), is_told=False)
        title = " ".join(row.title.split())
        if len(title) > MAX_NAME:
            one.notes.insert(0, title)
            title = f"{title[: MAX_NAME - 1]}…"
        one.notes += [_labelled(label, text) for label, text in row.notes]
        if one.notes:
            one.fields["internal_note"] = "\n".join(one.notes)
        return title, one.fields

    def _keep(self, one: _Item, name: str, text: str, *, is_told: bool = True) -> None:
        """Put what a field could not take into the note."""
        known = kind_fields(Kind.PLANS).fields.get(name)
        if name == "internal_note":
            one.notes.insert(0, text)
            return
        one.notes.append(_labelled(field_label(known) if known else "", text))
        if is_told:
            self.leftovers.append(Leftover(name, shorten(" ".join(text.split()), 40)))

    def _read_aside(self, one: _Item) -> None:
        """Read "(担当：佐藤様、期限：12/5)" after a title, where every part of it can be read."""
        row = one.row
        if not row.may_have_asides:
            return
        at = _AT.search(row.title)
        if at is not None and "owner" not in one.cells and self._named(at["who"]).person:
            is_free = "due_on" not in one.cells
            if not at["day"] or (is_free and self._is_day(at["day"], is_said=False)):
                one.cells |= {"owner": at["who"]} | ({"due_on": at["day"]} if at["day"] else {})
                row.title = row.title[: at.start()]
        found = _ASIDE.search(row.title)
        if found is None or "due_on" in one.cells or not row.title[: found.start()].strip():
            return
        cells: dict[str, str] = {}
        for said in self._aside_parts(found[1]):
            name, text = self._said_aside(said)
            if not name or name in cells or name in one.cells:
                return
            cells[name] = text
        one.cells |= cells
        row.title = row.title[: found.start()].rstrip()

    def _aside_parts(self, aside: str) -> list[str]:
        """Split "佐藤様、12/10" or "佐藤様 12/10" into what says one thing each."""
        parts: list[str] = []
        for part in _ASIDE_BREAKS.split(aside):
            said = part.strip()
            is_one = bool(self._said_aside(said)[0])
            parts += [said] if is_one else said.rsplit(maxsplit=1)
        return parts

    def _said_aside(self, said: str) -> tuple[str, str]:
        """Return the field that words in brackets are for, and them without its label."""
        labelled = _LABELLED.match(said)
        text = labelled["said"] if labelled else said
        if not (labelled and not labelled["due"]) and self._is_day(text, bool(labelled)):
            return "due_on", text
        if not (labelled and labelled["due"]) and self._named(text).person:
            return "owner", text
        return "", said

    def _is_day(self, text: str, is_said: bool) -> bool:
        plain = unicodedata.normalize("NFKC", text)
        if not is_said and re.fullmatch(r"\d+(?:[.-]\d+)?", plain):
            return False
        try:
            return read_days(text, self._today, self._dates).last is not None
        except UserError:
            return False

    def _read_status(self, one: _Item) -> None:
        text = one.cells.pop("status", "")
        try:
            status, is_all = read_status(text, one.kind)
        except UserError:
            self._keep(one, "status", text)
        else:
            if status is not None:
                one.fields["status"] = status
            if not is_all:
                self._keep(one, "status", text, is_told=False)
        if one.row.is_ticked and "status" not in one.fields:
            one.fields["status"] = read_status("done", one.kind)[0]
        standing = one.cells.pop("progress_rag", "")
        if standing:
            self._read_standing(one, standing)

    def _read_standing(self, one: _Item, text: str) -> None:
        """Read a column "progress": the standing of a goal, or how far the item is."""
        if one.kind is ItemKind.GOAL:
            try:
                one.fields["progress_rag"] = read_term(text, ProgressRag)
            except UserError:
                pass  # it may still be a status
            else:
                return
        if "status" not in one.fields:
            try:
                one.fields["status"], is_all = read_status(text, one.kind)
            except UserError:
                is_all = False
            if is_all:
                return
        self._keep(one, "progress_rag", text, is_told=False)

    def _read_days(self, one: _Item) -> None:
        done = str(one.fields.get("status")) in ("done", "achieved")
        for name in ("due_on", "start_on", "done_on"):
            text = one.cells.pop(name, "")
            target = _DONE_ON.get(one.kind, "") if name == "done_on" else name
            try:
                is_past = done or name == "done_on"
                days = read_days(text, self._today, self._dates, past=is_past)
            except UserError:
                self._keep(one, name, text)
                continue
            if days.last is None:
                continue
            if not target or (name == "done_on" and not done):
                self._keep(one, name, text, is_told=False)
                continue
            if name == "due_on" and days.first is not None:
                one.fields.setdefault("start_on", days.first)
            one.fields[target] = days.last
        start, due = one.fields.get("start_on"), one.fields.get("due_on")
        if start is not None and due is not None and due < start:
            self._keep(one, "start_on", start.isoformat())
            del one.fields["start_on"]

    def _read_people(self, one: _Item) -> None:
        side: Side | None = None
        people: list[Person] = []
        for name, wanted in (("owner", Side.US), ("customer_owner", Side.CUSTOMER)):
            text = one.cells.pop(name, "").strip()
            if not text or text in ("-", "ー", "―", "未定", "TBD"):
                continue
            named = self._named(text, wanted)
            whole = named.person is not None or named.side is not None
            for part in [text] if whole else _PEOPLE_BREAKS.split(text):
                if not part.strip():
                    continue
                named = self._named(part, wanted)
                if named.person is not None:
                    people.append(named.person)
                elif named.side is not None:
                    side = named.side
                else:
                    self._keep(one, name, part.strip())
        self._put_in_charge(one, people)
        if one.kind is ItemKind.ACTION:
            said = one.cells.pop("side", "")
            try:
                side = read_term(said, Side) or side  # type: ignore[assignment]
            except UserError:
                named = self._named(said)
                side = named.side or side
                if named.side is None:
                    self._keep(one, "side", said)
            if side is not None:
                one.fields["side"] = side

    def _put_in_charge(self, one: _Item, people: list[Person]) -> None:
        """Let the first of each side be in charge; an action item has one owner alone."""
        for person in people:
            ours = person.side is Side.US
            name = "owner_id" if ours else "customer_owner_id"
            taken = {"owner_id", "customer_owner_id"} & one.fields.keys()
            if taken and (one.kind is ItemKind.ACTION or name in taken):
                if person.id not in one.fields.values():
                    self._keep(one, "owner" if ours else "customer_owner", person.name)
                continue
            one.fields[name] = person.id
            if one.kind is ItemKind.ACTION:
                one.fields["side"] = person.side

    def _read_terms(self, one: _Item) -> None:
        if not self._read_term(one, "visibility", read_visibility):
            # Whoever fills this column means to hide something: an unknown word shows nothing.
            one.fields["visibility"] = Visibility.INTERNAL
        if one.kind is ItemKind.ACTION:
            self._read_term(one, "priority", read_priority)
        if one.kind is ItemKind.MILESTONE:
            weight = one.cells.pop("weight", "")
            if weight.isascii() and weight.isdigit() and int(weight) <= 1000:
                one.fields["weight"] = int(weight)
            elif weight:
                self._keep(one, "weight", weight)
        for name, kind in _TEXTS.items():
            if one.kind is kind and name in one.cells:
                one.fields[name] = one.cells.pop(name)

    def _read_term(self, one: _Item, name: str, read: Callable[[str], Any]) -> bool:
        """Read a word into its field; False where it is none of those people use."""
        text = one.cells.pop(name, "")
        try:
            value = read(text) if text not in ("-", "ー", "―") else None
        except UserError:
            self._keep(one, name, text)
            return False
        if value is not None:
            one.fields[name] = value
        return True


class _Item:
    """One row on its way to become an item."""

    def __init__(self, kind: ItemKind, row: PastedRow) -> None:
        self.kind = kind
        self.row = row
        self.cells = dict(row.cells)
        self.fields: dict[str, Any] = {}
        self.notes: list[str] = []


_DONE_ON = {ItemKind.ACTION: "done_on", ItemKind.MILESTONE: "achieved_on"}


def _labelled(label: str, text: str) -> str:
    return _("{label}: {text}").format(label=label, text=text) if label else text
