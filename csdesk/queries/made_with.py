"""How one delivered file was made, as its export receipt keeps it, so that it can be made again.

Numbers of versions may be given twice by people who were offline, so ids stand here. Unlike a
revision's content this is never worth refusing: what cannot be read has its plain value.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from csdesk.model.document_setup import PLAIN_SETUP, Setup
from csdesk.model.vocabulary import DocumentSection, PageSize

_LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class MadeWith:
    """What besides its revision decided the bytes of a file."""

    setup: Setup = PLAIN_SETUP
    since_id: str = ""
    """The revision it told the changes since."""
    since_shown: frozenset[DocumentSection] | None = None
    """The sections in which the customer had seen that revision; None where all counted."""
    agreed_id: str = ""
    """The revision that counted as agreed."""
    signed_on: dt.date | None = None
    signed_by: str = ""
    is_protected: bool = False
    """Whether it needs a password; that is kept nowhere."""
    pages: int = 0
    unshown: int = 0
    """How many characters no font could draw."""


def made_with_text(made: MadeWith) -> str:
    """Write it as JSON."""
    setup = made.setup
    values = {
        "page_size": str(setup.page_size),
        "has_cover": setup.has_cover,
        "left_out": sorted(setup.left_out),
        "marks_unagreed": setup.marks_unagreed,
        "is_archival": setup.is_archival,
        "since": made.since_id,
        "since_shown": None if made.since_shown is None else sorted(made.since_shown),
        "agreed": made.agreed_id,
        "signed_on": made.signed_on.isoformat() if made.signed_on else "",
        "signed_by": made.signed_by,
        "is_protected": made.is_protected,
        "pages": made.pages,
        "unshown": made.unshown,
    }
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def made_with(text: str | None) -> MadeWith:
    """Read what `made_with_text` wrote; anything else reads as a plain document."""
    values = _values(text)
    plain = PLAIN_SETUP
    return MadeWith(
        setup=Setup(
            page_size=_page_size(values.get("page_size")),
            has_cover=_flag(values, "has_cover", default=plain.has_cover),
            left_out=known_sections(_texts(values.get("left_out"))),
            marks_unagreed=_flag(values, "marks_unagreed"),
            is_archival=_flag(values, "is_archival"),
        ),
        since_id=_text(values, "since"),
        since_shown=_sections(values.get("since_shown")),
        agreed_id=_text(values, "agreed"),
        signed_on=_day(_text(values, "signed_on")),
        signed_by=_text(values, "signed_by"),
        is_protected=_flag(values, "is_protected"),
        pages=_count(values, "pages"),
        unshown=_count(values, "unshown"),
    )


def known_sections(codes: list[str]) -> frozenset[DocumentSection]:
    """Return those of the codes that name a section of this version's documents."""
    return frozenset(section for section in DocumentSection if section.value in codes)


def _values(text: str | None) -> dict[str, Any]:
    if not text or len(text) > _LONGEST:
        return {}
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def _flag(values: dict[str, Any], name: str, *, default: bool = False) -> bool:
    value = values.get(name)
    return value if isinstance(value, bool) else default


def _text(values: dict[str, Any], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _sections(value: Any) -> frozenset[DocumentSection] | None:
    return known_sections(_texts(value)) if isinstance(value, list) else None


def _count(values: dict[str, Any], name: str) -> int:
    value = values.get(name)
    return value if isinstance(value, int) and 0 <= value < 2**31 else 0


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _page_size(value: Any) -> PageSize:
    return next((size for size in PageSize if size.value == value), PLAIN_SETUP.page_size)
