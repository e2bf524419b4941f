"""What a team shares about its own desk: saved views, holidays, settings, what it has settled."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Mapped

from csdesk.i18n import P_
from csdesk.model.base import Record, day, reference, text


class SavedView(Record):
    """A named way to look at a table: its filters, columns and order."""

    __tablename__ = "saved_view"

    name: Mapped[str] = text(P_("field", "View name"))
    page: Mapped[str | None] = text(P_("field", "Page"))
    owner_id: Mapped[str | None] = reference("member", P_("field", "Owner"))
    content: Mapped[str | None] = text(P_("field", "Content"))


class Holiday(Record):
    """Days on which our team does not work, besides weekends and the country's holidays."""

    __tablename__ = "holiday"

    name: Mapped[str] = text(P_("field", "Holiday name"))
    first_on: Mapped[dt.date | None] = day(P_("field", "First day"))
    last_on: Mapped[dt.date | None] = day(P_("field", "Last day"))


class WorkspaceSetting(Record):
    """One setting all users of the file share, such as our company's name; the id is its name."""

    __tablename__ = "workspace_setting"

    value: Mapped[str | None] = text(P_("field", "Setting value"), customer=True)


class Settlement(Record):
    """Somebody looked at something that copies of the file disagreed about, and decided.

    The id is made of kind and subject, so that two people who decide the same meet in one row.
    """

    __tablename__ = "settlement"

    kind: Mapped[str] = text(P_("field", "What was settled"))
    subject: Mapped[str] = text(P_("field", "Settled item"))
