"""For whom a file was made, as the receipts of all plans tell by its fingerprint."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.model.records import ExportReceipt, Plan, PlanRevision
from csdesk.model.vocabulary import CUSTOMER_KINDS


def accounts_of_file(session: Session, sha256: str) -> frozenset[str]:
    """Return the ids of the accounts that a document with these bytes was made for.

    Exports that were taken back count: the file is there all the same. Empty for a file that is no
    document for a customer, such as an internal brief, or that another workspace made.
    """
    rows = session.scalars(
        select(Plan.account_id)
        .join(PlanRevision, PlanRevision.plan_id == Plan.id)
        .join(ExportReceipt, ExportReceipt.revision_id == PlanRevision.id)
        .where(ExportReceipt.sha256 == sha256, ExportReceipt.document_kind.in_(CUSTOMER_KINDS))
    )
    return frozenset(account_id for account_id in rows if account_id)
