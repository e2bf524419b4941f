"""What the customer was given: revisions of a plan, export receipts, sign-offs."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Mapped

from csdesk.i18n import P_
from csdesk.model.base import Record, choice, day, flag, instant, reference, text, whole
from csdesk.model.vocabulary import (
    DocumentKind,
    DocumentLanguage,
    PageSize,
    RevisionKind,
    SignOffMethod,
)


class PlanRevision(Record):
    """The plan as it was exported or agreed at one moment."""

    __tablename__ = "plan_revision"

    plan_id: Mapped[str] = reference("plan", P_("field", "Plan"), index=True)
    number: Mapped[int | None] = whole(P_("field", "Revision"))
    made_at: Mapped[dt.datetime | None] = instant(P_("field", "Made at"))
    kind: Mapped[RevisionKind | None] = choice(RevisionKind, P_("field", "Kind"))
    content: Mapped[str | None] = text(P_("field", "Content"))
    note: Mapped[str | None] = text(P_("field", "Note"))


class ExportReceipt(Record):
    """Which PDF of which revision went to whom."""

    __tablename__ = "export_receipt"

    revision_id: Mapped[str] = reference("plan_revision", P_("field", "Revision"), index=True)
    exported_at: Mapped[dt.datetime | None] = instant(P_("field", "Exported at"))
    file_name: Mapped[str | None] = text(P_("field", "File name"))
    recipient: Mapped[str | None] = text(P_("field", "Recipient"))
    language: Mapped[DocumentLanguage | None] = choice(
        DocumentLanguage, P_("field", "Document language")
    )
    document_kind: Mapped[str | None] = text(P_("field", "Document kind"))
    sha256: Mapped[str | None] = text(P_("field", "SHA-256"))
    setup: Mapped[str | None] = text(P_("field", "Document setup"))


class SignOff(Record):
    """The customer agreed to one revision."""

    __tablename__ = "sign_off"

    revision_id: Mapped[str] = reference("plan_revision", P_("field", "Revision"), index=True)
    contact_id: Mapped[str | None] = reference("contact", P_("field", "Contact"))
    signed_on: Mapped[dt.date | None] = day(P_("field", "Signed on"))
    how: Mapped[SignOffMethod | None] = choice(SignOffMethod, P_("field", "How"))
    note: Mapped[str | None] = text(P_("field", "Note"))


class DocumentOptions(Record):
    """How one kind of document of an account was made last; its id is made from both."""

    __tablename__ = "document_options"

    account_id: Mapped[str] = reference("account", P_("field", "Account"), index=True)
    document_kind: Mapped[DocumentKind | None] = choice(DocumentKind, P_("field", "Document kind"))
    language: Mapped[DocumentLanguage | None] = choice(
        DocumentLanguage, P_("field", "Document language")
    )
    page_size: Mapped[PageSize | None] = choice(PageSize, P_("field", "Page size"))
    has_cover: Mapped[bool | None] = flag(P_("field", "Cover"))
    left_out: Mapped[str | None] = text(P_("field", "Sections left out"))
    marks_unagreed: Mapped[bool | None] = flag(P_("field", "Marks what is not agreed yet"))
    is_archival: Mapped[bool | None] = flag(P_("field", "PDF/A"))
