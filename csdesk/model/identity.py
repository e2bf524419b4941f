"""How rows get their ids, so that copies of a file that never met make different ones."""

from __future__ import annotations

import datetime as dt
import secrets
import time
import uuid

NATURAL_KEYS = uuid.UUID("6f0c4a52-3c51-5d0e-9a43-43534431ce11")
"""The name space of ids that are made from what a row says."""


def new_id() -> str:
    """Make a UUIDv7 (RFC 9562): unique everywhere, and rows made together lie together."""
    milliseconds = time.time_ns() // 1_000_000
    value = milliseconds << 80 | 0x7 << 76 | secrets.randbits(12) << 64
    return str(uuid.UUID(int=value | 0x2 << 62 | secrets.randbits(62)))


def natural_id(entity: str, *parts: str) -> str:
    """Make the UUIDv5 of a row that must exist only once for its parts, such as a tag."""
    return str(uuid.uuid5(NATURAL_KEYS, "\x1f".join((entity, *parts))))


def kpi_value_id(account_id: str, kpi_id: str, period: dt.date) -> str:
    """Make the id of a KPI value: account, KPI and period written out.

    Two people who enter the same month meet in one row, the journal needs one line for it, and
    the values of one account lie side by side (docs/decisions/0002).
    """
    return f"{account_id}:{kpi_id}:{period.isoformat()}"


def kpi_value_parts(row_id: str) -> tuple[str, str, dt.date]:
    """Read account, KPI and period back from `kpi_value_id`; raises ValueError on other text."""
    account_id, kpi_id, period = row_id.split(":")
    return account_id, kpi_id, dt.date.fromisoformat(period)
