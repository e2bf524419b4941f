"""What can be done with how documents look: their options, our colour, and logos."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

from sqlalchemy.orm import Session

from csdesk.actions.desk import ACCENT_COLOUR, COMPANY_LOGO, IMAGE_PREFIX, set_setting
from csdesk.actions.editing import edit, get
from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.model.document_setup import Setup
from csdesk.model.identity import natural_id
from csdesk.model.records import Account, DocumentOptions, WorkspaceSetting
from csdesk.model.vocabulary import DocumentSection

MOST_IMAGE_BYTES = 300_000
"""The largest image a file carries: every copy has it for good."""

IMAGE_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
"""What PNG and JPEG files begin with."""

_COLOUR = re.compile("#[0-9A-Fa-f]{6}")


def keep_options(session: Session, account_id: str, kind: str, **fields: Any) -> str:
    """Remember how a kind of document of an account is made; return the id of what is kept.

    `left_out` is the codes of sections with blanks between. Raises UserError where the account is
    gone.
    """
    get(session, Account, account_id)
    row_id = natural_id("document_options", account_id, kind)
    row = session.get(DocumentOptions, row_id)
    if row is None:
        row = DocumentOptions(id=row_id, account_id=account_id, document_kind=kind)
        session.add(row)
        session.flush()
    row.deleted_at = None
    edit(session, DocumentOptions, row_id, fields)
    return row_id


def remember_setup(
    session: Session, account_id: str, kind: str, language: str, setup: Setup
) -> str:
    """Remember language and setup of a kind of document; return the id of what is kept.

    Sections that only a newer version knows stay left out.
    """
    row = session.get(DocumentOptions, natural_id("document_options", account_id, kind))
    kept = (row.left_out or "").split() if row is not None else []
    known = {section.value for section in DocumentSection}
    codes = sorted({section.value for section in setup.left_out} | (set(kept) - known))
    return keep_options(
        session,
        account_id,
        kind,
        language=language,
        page_size=setup.page_size,
        has_cover=setup.has_cover,
        left_out=" ".join(codes),
        marks_unagreed=setup.marks_unagreed,
        is_archival=setup.is_archival,
    )


def set_accent(session: Session, code: str | None) -> None:
    """Set the colour of all our documents, #RRGGBB; None goes back to CSDesk's own.

    Raises UserError for anything else.
    """
    if code is not None and not _COLOUR.fullmatch(code):
        raise UserError(
            _("“{code}” is not a colour.").format(code=code[:40]),
            _("Write it as # and six hexadecimal digits, such as #1F6FEB."),
        )
    set_setting(session, ACCENT_COLOUR, code.upper() if code else None)


def set_company_logo(session: Session, image: bytes | None) -> None:
    """Set our own logo, a PNG or JPEG; None takes it off. Raises what `keep_image` does."""
    set_setting(session, COMPANY_LOGO, None if image is None else keep_image(session, image))


def set_account_logo(session: Session, account_id: str, image: bytes | None) -> None:
    """Set a customer's logo; None takes it off. Raises what `keep_image` does."""
    name = None if image is None else keep_image(session, image)
    edit(session, Account, account_id, {"logo": name})


def keep_image(session: Session, image: bytes) -> str:
    """Keep an image for good, so that old versions keep their logos; return its SHA-256.

    Raises UserError where it is no PNG or JPEG, or larger than 300 KB.
    """
    if not image.startswith(IMAGE_STARTS):
        raise UserError(
            _("This file is not an image that a document can show."),
            _("Choose a PNG or JPEG file."),
        )
    if len(image) > MOST_IMAGE_BYTES:
        raise UserError(
            _("The image is too large: {size} KB.").format(size=-(-len(image) // 1000)),
            _("Choose one of at most {limit} KB.").format(limit=MOST_IMAGE_BYTES // 1000),
        )
    name = hashlib.sha256(image).hexdigest()
    wanted = base64.b64encode(image).decode()
    row = session.get(WorkspaceSetting, IMAGE_PREFIX + name)
    if row is None:
        # Not through set_setting: an image is longer than any text a user types.
        session.add(WorkspaceSetting(id=IMAGE_PREFIX + name, value=wanted))
    else:
        row.value, row.deleted_at = wanted, None
    session.flush()
    return name
