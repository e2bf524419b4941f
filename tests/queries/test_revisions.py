"""The versions of a plan, also those that a damaged or newer file holds."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.orm import Session

from csdesk.errors import UserError
from csdesk.model.records import ExportReceipt, PlanRevision, SignOff
from csdesk.model.vocabulary import DocumentKind
from csdesk.queries.customer_content import Content, freeze
from csdesk.queries.customer_rows import CustomerPlan
from csdesk.queries.revisions import (
    number_for,
    plan_versions,
    version_content,
    version_of_customer,
)
from csdesk.workspace.workspace import Workspace
from tests.queries.agreements import newest_agreement

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
A, B = (
    freeze(Content(CustomerPlan("Acme", NOON.date(), title=title, plan_id="p"))) for title in "AB"
)


def _version(
    number: int | None, row_id: str, content: str | None = A, **fields: Any
) -> PlanRevision:
    values: dict[str, Any] = {"plan_id": "p", "made_at": NOON, "kind": "export"} | fields
    return PlanRevision(id=row_id, number=number, content=content, **values)


def _receipt(revision_id: str, row_id: str, **fields: Any) -> ExportReceipt:
    values: dict[str, Any] = {"document_kind": "customer", "exported_at": NOON} | fields
    return ExportReceipt(id=row_id, revision_id=revision_id, **values)


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    """Fill versions of all sorts: whole ones, and such as nobody should have written."""

    def fill(session: Session) -> None:
        session.add_all(
            [
                _version(1, "one"),
                _version(2, "two", B, made_at=NOON + dt.timedelta(hours=1)),
                _version(2, "other two", A),
                _version(3, "three", "z1:damaged", made_at=None, kind="ritual"),
                _version(None, "none"),
                _version(-5, "minus"),
                _version(10**15, "huge"),
                _version(9, "deleted", deleted_at=NOON),
                _version(8, "elsewhere", plan_id="q"),
                _version(4, "foreign", A, plan_id="r"),
                _receipt("one", "r1"),
                _receipt("one", "r2", exported_at=NOON + dt.timedelta(days=1), language="ja"),
                _receipt("two", "r3", document_kind="internal"),
                _receipt("three", "r4", document_kind="hologram", exported_at=None),
                _receipt("three", "r5", deleted_at=NOON),
                SignOff(id="s1", revision_id="one", signed_on=dt.date(2026, 3, 4), how="signed"),
                SignOff(id="s2", revision_id="one", contact_id="nobody", how="telepathy"),
                SignOff(id="s3", revision_id="two", deleted_at=NOON),
            ]
        )

    workspace.write("Fill", fill)
    return workspace


def test_versions_come_newest_first_and_damaged_numbers_count_for_nothing(
    filled: Workspace,
) -> None:
    versions = filled.read(plan_versions, "p")
    found = [(version.number, version.id, version.is_ambiguous) for version in versions]
    assert found[:4] == [
        (3, "three", False),
        (2, "two", True),
        (2, "other two", True),
        (1, "one", False),
    ]
    assert {row_id for number, row_id, _ in found[4:] if number == 0} == {"none", "minus", "huge"}
    assert {version.author for version in versions} == {"Yui"}
    assert versions[0].kind == "ritual"


def test_receipts_and_agreements_come_newest_first_with_what_is_known(filled: Workspace) -> None:
    (version,) = (each for each in filled.read(plan_versions, "p") if each.id == "one")
    assert [(each.id, each.language) for each in version.receipts] == [("r2", "ja"), ("r1", "")]
    assert [(each.id, each.contact, each.how) for each in version.sign_offs] == [
        ("s1", "", "signed"),
        ("s2", "", "telepathy"),
    ]
    assert version.receipts[0].kind is DocumentKind.CUSTOMER


def test_the_customer_has_the_newest_version_that_a_document_for_customers_was_made_of(
    filled: Workspace,
) -> None:
    version = filled.read(version_of_customer, "p")
    assert version is not None
    assert version.id == "one"


@pytest.mark.parametrize(("content", "expected"), [(A, (4, "")), (B, (4, ""))])
def test_only_the_newest_version_gives_its_number_again(
    filled: Workspace, content: str, expected: tuple[int, str]
) -> None:
    assert filled.read(number_for, "p", content) == expected


def test_either_of_two_versions_of_one_number_gives_it_again(filled: Workspace) -> None:
    def drop(session: Session) -> None:
        session.get_one(PlanRevision, "three").deleted_at = NOON

    filled.write("Drop", drop)
    assert filled.read(number_for, "p", A) == (2, "other two")
    assert filled.read(number_for, "p", B) == (2, "two")
    assert filled.read(number_for, "new", A) == (1, "")


def test_an_agreement_is_read_with_its_version(filled: Workspace) -> None:
    agreed = filled.read(newest_agreement, "p")
    assert agreed is not None
    assert (agreed.view.title, agreed.view.version) == ("A", 1)
    assert agreed.signed_on == dt.date(2026, 3, 4)
    assert filled.read(newest_agreement, "q") is None


@pytest.mark.parametrize("revision", ["three", "deleted", "nowhere", "foreign"])
def test_content_that_is_damaged_gone_or_another_plans_is_told(
    filled: Workspace, revision: str
) -> None:
    with pytest.raises(UserError):
        filled.read(version_content, revision)
