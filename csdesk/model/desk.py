"""What a team shares about its own desk: saved views, settings, and what it has settled."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from csdesk.i18n import P_
from csdesk.model.base import Record, reference, text


class SavedView(Record):
    """A named way to look at a table: its filters, columns and order."""

    __tablename__ = "saved_view"

    name: Mapped[str] = text(P_("field", "View name"))
    page: Mapped[str | None] = text(P_("field", "Page"))
    owner_id: Mapped[str | None] = reference("member", P_("field", "Owner"))
    content: Mapped[str | None] = text(P_("field", "Content"))


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
