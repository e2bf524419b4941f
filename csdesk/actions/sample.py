"""Fills a workspace with a realistic sample, in Japanese or English, around the present day.

The content lies in resources/samples as TOML: tables named after entities, one inside the other
as they belong together. Dates count from today ("-12d", "+3m", "+4me" for a month's end), people
and other rows are named by their `key`. Everything but the dates is the same each time.
"""

from __future__ import annotations

import calendar
import datetime as dt
import random
import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from importlib import resources
from typing import Any

from sqlalchemy import Boolean, Date
from sqlalchemy.orm import Session

from csdesk.actions.desk import COMPANY_NAME, set_setting
from csdesk.actions.ordering import place_last
from csdesk.model.base import Choice, Exact, Instant, Record, entity_records
from csdesk.model.identity import kpi_value_id, natural_id

MONTHS = 18
"""How many months of KPI values an account has, up to the last full month, unless it says so."""

_RELATIVE = re.compile(r"([+-]\d+)([dwmy])(e?)(?: (\d\d):(\d\d))?$")
_LISTS = frozenset({"tags", "attendees", "after"})
_OTHERS = frozenset({"key", "series", "series_months", "gaps", *_LISTS})
_PLACES = {"percent": 1, "score": 1, "duration": 1}
_WOBBLE = 0.12

Table = dict[str, Any]


def add_sample(session: Session, language: str, today: dt.date) -> int:
    """Add the sample in `language` ("ja", "en") to an empty workspace; return how many rows.

    Meant to be written as one step, which one undo takes back.
    """
    text = (resources.files("resources") / "samples" / f"{language}.toml").read_text("utf-8")
    content = tomllib.loads(text)
    set_setting(session, COMPANY_NAME, content.pop("company_name"))
    sample = _Sample(language, today)
    for entity, tables in content.items():
        for table in tables:
            sample.add(entity, table, {})
    session.add_all(sample.records)
    session.flush()
    return len(sample.records) + 1


class _Sample:
    """Makes the records of one sample, parents first."""

    def __init__(self, language: str, today: dt.date) -> None:
        self.records: list[Record] = []
        self._language = language
        self._today = today
        self._ids: dict[str, str] = {}
        self._kpi_places: dict[str, int] = {}
        self._positions: dict[str, list[str | None]] = {}

    def add(self, entity: str, table: Table, above: Mapping[str, str]) -> None:
        """Add a row and all that belongs to it; `above` holds the references to what it is in."""
        record = entity_records()[entity]
        columns = record.__table__.columns
        row_id = self._id(entity, table, above)
        fields: Table = {name: row for name, row in above.items() if name in columns}
        children: list[tuple[str, list[Table]]] = []
        for name, value in table.items():
            if isinstance(value, list) and name not in _LISTS:
                children.append((name, value))
            elif f"{name}_id" in columns:
                fields[f"{name}_id"] = self._meant(value, above)
            elif name in columns:
                fields[name] = self._value(columns[name].type, value)
            elif name not in _OTHERS:
                raise KeyError(f"{entity}.{name}")
        if "position" in columns:
            siblings = self._positions.setdefault("/".join(["", *above.values()]), [])
            siblings.append(place_last(siblings[-1:]))
            fields["position"] = siblings[-1]
        if entity == "kpi":
            self._kpi_places[table["key"]] = _PLACES.get(table["kind"], 0)
        self.records.append(record(id=row_id, **fields))
        inside = {**above, f"{entity}_id": row_id}
        self._add_links(row_id, table, inside)
        for name, tables in children:
            for child in tables:
                self.add(name, child, inside)

    def _id(self, entity: str, table: Table, above: Mapping[str, str]) -> str:
        """Make the row's id from where it stands, and remember its key there."""
        place = "/".join([*above.values(), entity])
        number = sum(known.startswith(f"{place}#") for known in self._ids)
        row_id = natural_id("sample", self._language, place, str(number))
        self._ids[f"{place}#{number}"] = row_id
        if "key" in table:
            scope = above.get("account_id", "")
            self._ids[f"{scope}:{table['key']}"] = row_id
        return row_id

    def _meant(self, key: str, above: Mapping[str, str]) -> str:
        """Find the row with this key in the same account, or in the whole workspace."""
        own = self._ids.get(f"{above.get('account_id', '')}:{key}")
        return own or self._ids[f":{key}"]

    def _value(self, kind: Any, value: Any) -> Any:
        if isinstance(kind, Choice):
            return kind.vocabulary(value)
        if isinstance(kind, Date):
            return relative_day(value, self._today)
        if isinstance(kind, Instant):
            return relative_instant(value, self._today)
        if isinstance(kind, Exact):
            return Decimal(str(value))
        if isinstance(kind, Boolean):
            return bool(value)
        return value

    def _add_links(self, row_id: str, table: Table, inside: Mapping[str, str]) -> None:
        """Add the rows that only tie others together, and the KPI values."""
        for tag in table.get("tags", ()):
            link = natural_id("account_tag", row_id, tag.casefold())
            self._link("account_tag", link, account_id=row_id, tag=tag)
        for key in table.get("attendees", ()):
            scoped = self._ids.get(f"{inside['account_id']}:{key}")
            who = {"contact_id": scoped} if scoped else {"member_id": self._ids[f":{key}"]}
            person = scoped or self._ids[f":{key}"]
            link = natural_id("touchpoint_attendee", row_id, person)
            self._link("touchpoint_attendee", link, touchpoint_id=row_id, **who)
        for key in table.get("after", ()):
            before = self._meant(key, inside)
            link = natural_id("milestone_dependency", row_id, before)
            self._link("milestone_dependency", link, milestone_id=row_id, after_id=before)
        for key in table.get("series", ()):
            self._add_series(row_id, key, table)

    def _link(self, entity: str, row_id: str, **fields: Any) -> None:
        self.records.append(entity_records()[entity](id=row_id, **fields))

    def _add_series(self, account_id: str, key: str, table: Table) -> None:
        """Add the monthly values that run along the anchors, with a wobble of their own."""
        kpi_id, places = self._ids[f":{key}"], self._kpi_places[key]
        months = table.get("series_months", MONTHS)
        gaps = table.get("gaps", {}).get(key, ())
        seed = f"{self._language}/{account_id}/{key}"
        values = monthly_values(table["series"][key], months, seed, places)
        for back, value in zip(range(-months, 0), values, strict=True):
            if back in gaps:
                continue
            period = month_start(self._today, back)
            self._link(
                "kpi_value",
                kpi_value_id(account_id, kpi_id, period),
                account_id=account_id,
                kpi_id=kpi_id,
                period=period,
                value=value,
            )


def monthly_values(anchors: list[float], months: int, seed: str, places: int) -> list[Decimal]:
    """Return values along evenly spaced anchors, each off by a little, the last exact.

    The same seed gives the same values. Where no anchor is below 0, no value is.
    """
    chance = random.Random(seed)
    spread = (max(anchors) - min(anchors)) * _WOBBLE or abs(anchors[0]) * _WOBBLE / 4
    lowest = min(0.0, *anchors, 0.0)
    values = []
    for index in range(months):
        place = index / max(months - 1, 1) * (len(anchors) - 1)
        left = min(int(place), len(anchors) - 1)
        right = min(left + 1, len(anchors) - 1)
        along = anchors[left] + (anchors[right] - anchors[left]) * (place - left)
        off = chance.uniform(-spread, spread)
        exact = anchors[-1] if index == months - 1 else max(along + off, lowest)
        values.append(round(Decimal(repr(float(exact))), places))
    return values


def relative_day(text: str, today: dt.date) -> dt.date:
    """Return the day that "-12d", "+2w", "+3m", "+1y" or "+3me" (that month's end) means.

    Raises ValueError for other texts.
    """
    found = _RELATIVE.match(text)
    if found is None:
        raise ValueError(f"not a relative date: {text!r}")
    count, unit = int(found[1]), found[2]
    if unit in "dw":
        return today + dt.timedelta(days=count * (7 if unit == "w" else 1))
    first = month_start(today, count * (12 if unit == "y" else 1))
    last = calendar.monthrange(first.year, first.month)[1]
    return first.replace(day=last if found[3] else min(today.day, last))


def relative_instant(text: str, today: dt.date) -> dt.datetime:
    """Return the instant that "-12d 14:00" means, in local time; raises ValueError otherwise."""
    found = _RELATIVE.match(text)
    if found is None or found[4] is None:
        raise ValueError(f"not a relative instant: {text!r}")
    time = dt.time(int(found[4]), int(found[5]))
    return dt.datetime.combine(relative_day(text, today), time).astimezone(dt.UTC)


def month_start(day: dt.date, months: int) -> dt.date:
    """Return the first day of the month that lies `months` after the one of `day`."""
    number = day.year * 12 + day.month - 1 + months
    return dt.date(number // 12, number % 12 + 1, 1)
