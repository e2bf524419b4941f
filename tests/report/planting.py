"""Plants a marker in every field that is not for the customer, and looks for them in files.

Which fields are internal is asked of the model, so a new field is planted without anybody
remembering. Whoever makes a new file for customers calls `leaks` on its bytes.
"""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import unescape

import pikepdf
from sqlalchemy import Boolean, Column, Date, Integer, null
from sqlalchemy.orm import Session

from csdesk.model.base import Exact, Instant, Record, columns_of, entity_records
from tests.report.reading import page_texts, pieces

TODAY = dt.date(2026, 5, 20)
LEAK_YEAR = 1951
"""Every internal date lies in this year, and no other date does."""
SHOWN_DATE = dt.date(2026, 6, 15)
_LEAK_DATE = re.compile(
    rb"%(year)d([-/]\d|\xe5\xb9\xb4|0307)|(\d,|Jan\w*|Mar\w*|'|\xe2\x80\x99) ?%(year)d"
    % {b"year": LEAK_YEAR}
)
"""The year as a date has it; the number alone is also some offset in a file."""
PARENTS = {"account", "plan", "goal", "milestone", "kpi", "contact", "member"}


def leaks(data: bytes, planter: Planter, *, folder: Path, password: str = "") -> dict[str, str]:
    """Return each trace of something internal in a file: what was found, and where it is from.

    Looks into PDFs (also locked ones), workbooks and mails with all that is packed in them.
    `folder` is where the workspace and the file lie: its path must not be told either.
    """
    haystack = b"\n".join(_unpacked(data, password))
    plain = haystack.replace(b",", b"").replace(b"\xe2\x88\x92", b"-")
    found = {mark: place for mark, place in planter.leaks.items() if mark.encode() in plain}
    others = {
        "QZX": "any internal text",
        "deleted-": "the id of a deleted row",
        str(folder): "the path",
    }
    found |= {date[0].decode(): "an internal date" for date in _LEAK_DATE.finditer(haystack)}
    return found | {mark: what for mark, what in others.items() if mark.encode() in haystack}


def _unpacked(data: bytes, password: str = "") -> Iterator[bytes]:
    """Yield a file's bytes and all that a curious reader can make of them."""
    yield data
    if data.startswith(b"%PDF-"):
        yield from _pdf(data, password)
    elif data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                yield name.encode()
                content = package.read(name)
                yield unescape(content.decode(errors="replace")).encode()
                yield from _unpacked(content)
    elif data.startswith(b"BEGIN:VCALENDAR"):
        unfolded = re.sub(rb"\r?\n[ \t]", b"", data)
        yield re.sub(rb"\\([,;\\])", rb"\1", unfolded)
    elif b"\nMIME-Version:" in data[:4000] or data.startswith(b"MIME-Version:"):
        message = email.message_from_bytes(data, policy=email.policy.default)
        for part in message.walk():
            yield str(list(part.items())).encode()
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield from _unpacked(content)


def _pdf(data: bytes, password: str) -> Iterator[bytes]:
    if password:
        opened = io.BytesIO()
        with pikepdf.open(io.BytesIO(data), password=password) as pdf:
            pdf.save(opened)
        data = opened.getvalue()
        yield data
    yield from pieces(data)
    yield "\n".join(page_texts(data)).encode()


class Planter:
    """Makes rows whose fields are markers, and remembers where each was planted."""

    def __init__(self) -> None:
        self.leaks: dict[str, str] = {}
        self.shown: dict[str, str] = {}

    def row(self, entity: str, row_id: str, *, is_internal: bool = False, **fixed: Any) -> Record:
        """Make a row with a marker in every field that is not in `fixed`."""
        record = entity_records()[entity]
        values: dict[str, Any] = {"id": row_id}
        for column in columns_of(entity):
            if column.name in ("id", "deleted_at") or column.name in fixed:
                continue
            hide = is_internal or not column.info.get("customer")
            values[column.name] = self._value(entity, column, hide=hide)
        return record(**values, **fixed)

    def _value(self, entity: str, column: Column[Any], *, hide: bool) -> Any:
        place = f"{entity}.{column.name}"
        number = len(self.leaks) + len(self.shown) + 1000
        if isinstance(column.type, Boolean):
            return True
        if isinstance(column.type, Instant):
            return dt.datetime(LEAK_YEAR, 3, 7, 4, 5, tzinfo=dt.UTC)
        if isinstance(column.type, Date):
            return dt.date(LEAK_YEAR, 3, 7) if hide else SHOWN_DATE
        if isinstance(column.type, Integer | Exact):
            if not hide:
                return 1
            self.leaks[f"99{number}99"] = place
            value = int(f"99{number}99")
            return Decimal(value) if isinstance(column.type, Exact) else value
        marker = f"{'QZX' if hide else 'VYK'}{number}"
        (self.leaks if hide else self.shown)[marker] = place
        return marker


def plant(session: Session, planter: Planter) -> None:
    """Fill every entity: first what may be seen, then what may not."""
    row = planter.row
    session.add_all(
        [
            row("workspace_setting", "company_name"),
            row("workspace_setting", "another_setting", is_internal=True),
            row("account", "a", owner_id="m"),
            row("member", "m"),
            row("contact", "c", account_id="a"),
            row("kpi", "k", category="outcome", unit="", kind="count"),
            row(
                "kpi_value",
                "a:k:2026-04-01",
                account_id="a",
                kpi_id="k",
                period=dt.date(2026, 4, 1),
                value=Decimal(5),
            ),
            row("plan", "p", account_id="a", owner_id="m", customer_owner_id="c"),
            row(
                "goal",
                "g",
                plan_id="p",
                visibility="customer",
                status="in_progress",
                owner_id="m",
                customer_owner_id="c",
            ),
            row("measure", "s", goal_id="g", kpi_id="k", baseline=Decimal(1), target=Decimal(9)),
            row(
                "milestone",
                "i",
                goal_id="g",
                visibility="customer",
                status="in_progress",
                owner_id="m",
                customer_owner_id="c",
            ),
            row(
                "action",
                "t",
                plan_id="p",
                goal_id="g",
                milestone_id="i",
                side="us",
                visibility="customer",
                status="open",
                owner_id="m",
                customer_owner_id="c",
            ),
            row("risk", "r", account_id="a", plan_id="p"),
            row("feedback", "f", account_id="a", contact_id="c"),
        ]
    )
    _plant_beside(session, planter)
    for entity in entity_records().keys() - {"workspace_setting", "kpi_value"}:
        session.add(
            row(
                entity,
                f"deleted-{entity}",
                is_internal=True,
                **_place(entity),
                deleted_at=dt.datetime(LEAK_YEAR, 1, 1, tzinfo=dt.UTC),
            )
        )
    for entity in entity_records().keys() - PARENTS - {"workspace_setting", "kpi_value"}:
        if not any(column.info.get("customer") for column in columns_of(entity)):
            session.add(row(entity, f"own-{entity}", is_internal=True, **_place(entity)))


def _place(entity: str) -> dict[str, str]:
    """Hang a row of `entity` on the plan that is printed, wherever it can hang."""
    links = {
        "account_id": "a",
        "plan_id": "p",
        "goal_id": "g",
        "milestone_id": "i",
        "kpi_id": "k",
        "contact_id": "c",
        "member_id": "m",
        "revision_id": "v",
    }
    names = {column.name for column in columns_of(entity)}
    found = {name: value for name, value in links.items() if name in names}
    return found | ({"visibility": "customer"} if "visibility" in names else {})


def _plant_beside(session: Session, planter: Planter) -> None:
    """Plant rows that are internal, below internal ones, or another customer's."""

    def hidden(entity: str, row_id: str, **fixed: Any) -> None:
        session.add(planter.row(entity, row_id, is_internal=True, **fixed))

    inside = {"visibility": "internal"}
    outside = {"visibility": "customer"}
    hidden("account", "other")
    hidden("contact", "other-contact", account_id="other")
    hidden(
        "kpi_value",
        "other:k:2026-04-01",
        account_id="other",
        kpi_id="k",
        period=dt.date(2026, 4, 1),
    )
    hidden("plan", "other-plan", account_id="other")
    hidden("plan", "second-plan", account_id="a")
    hidden("goal", "second-goal", plan_id="second-plan", **outside)
    hidden("goal", "hidden-goal", plan_id="p", **inside)
    hidden("goal", "unmarked-goal", plan_id="p", visibility=null())
    hidden("goal", "strange-goal", plan_id="p", visibility="partners")
    hidden("kpi", "revenue-kpi", category="revenue")
    hidden("kpi", "strange-kpi", category="secret")
    for kpi_id in ("revenue-kpi", "strange-kpi"):
        hidden(
            "kpi_value",
            f"a:{kpi_id}:2026-04-01",
            account_id="a",
            kpi_id=kpi_id,
            period=dt.date(2026, 4, 1),
        )
    hidden("measure", "hidden-measure", goal_id="hidden-goal", kpi_id="revenue-kpi")
    hidden("milestone", "below-hidden", goal_id="hidden-goal", **outside)
    hidden("milestone", "hidden-milestone", goal_id="g", **inside)
    hidden("milestone_dependency", "d", milestone_id="i", after_id="hidden-milestone")
    hidden("action", "hidden-action", plan_id="p", goal_id="g", milestone_id=None, **inside)
    hidden("action", "below-goal", plan_id="p", goal_id="hidden-goal", milestone_id=None, **outside)
    hidden(
        "action",
        "below-milestone",
        plan_id="p",
        goal_id="g",
        milestone_id="hidden-milestone",
        **outside,
    )
    hidden(
        "action", "below-both", plan_id="p", goal_id=None, milestone_id="below-hidden", **outside
    )
    # An owner who is another customer's must not be named.
    session.add(
        planter.row(
            "action",
            "wrong-owner",
            plan_id="p",
            goal_id="g",
            milestone_id="i",
            customer_owner_id="other-contact",
            **outside,
        )
    )
    session.add(
        planter.row("risk", "other-risk", account_id="a", plan_id="second-plan", is_internal=True)
    )
    session.add(
        planter.row("risk", "unworded-risk", account_id="a", plan_id="p", customer_wording=None)
    )
