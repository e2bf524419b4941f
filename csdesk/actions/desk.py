"""What can be done with the settings that all users of a file share."""

from __future__ import annotations

from sqlalchemy.orm import Session

from csdesk.actions.editing import clean
from csdesk.model.records import WorkspaceSetting

COMPANY_NAME = "company_name"
"""The setting that holds the name of our own company, as documents print it."""

ACCENT_COLOUR = "accent_colour"
"""The setting that holds the colour of our documents, as #RRGGBB."""

COMPANY_LOGO = "company_logo"
"""The setting that names the image of our logo by its SHA-256."""

IMAGE_PREFIX = "image:"
"""What the names of settings begin with that hold an image, once and for good, as base64."""


def set_setting(session: Session, key: str, value: str | None) -> None:
    """Set a shared setting; None or nothing clears it."""
    row = session.get(WorkspaceSetting, key)
    wanted = clean("value", value)
    if row is None:
        if wanted is not None:
            session.add(WorkspaceSetting(id=key, value=wanted))
    else:
        row.value = wanted
        row.deleted_at = None
