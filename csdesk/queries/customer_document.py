"""One customer document before it is laid out: its content, its looks, and what it compares with.

Two equal documents give the same bytes, whenever and wherever they are laid out.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from csdesk.model.document_setup import PLAIN_SETUP, Setup
from csdesk.model.vocabulary import DocumentKind
from csdesk.queries.customer_rows import CustomerPlan


@dataclass(frozen=True, slots=True)
class Branding:
    """Whose document it is to the eye."""

    accent: str = ""
    """#RRGGBB; empty for our own blue."""
    logo: bytes = b""
    """Our company's logo, PNG or JPEG as it was re-encoded when it was chosen."""
    customer_logo: bytes = b""


PLAIN_BRANDING = Branding()


@dataclass(frozen=True, slots=True)
class Agreement:
    """The newest revision the customer agreed to."""

    view: CustomerPlan
    signed_on: dt.date | None = None
    signed_by: str = ""
    """The name of the customer's contact; empty where nobody noted it."""


@dataclass(frozen=True, slots=True)
class CustomerDocument:
    """All that one file for a customer is made of; there is nothing internal in it."""

    kind: DocumentKind
    """One of `CUSTOMER_KINDS`."""
    language: str
    """"en" or "ja"."""
    view: CustomerPlan
    setup: Setup = PLAIN_SETUP
    branding: Branding = PLAIN_BRANDING
    since: CustomerPlan | None = None
    """The version the customer has, for the section that says what changed; its number is in it."""
    agreed: Agreement | None = None
