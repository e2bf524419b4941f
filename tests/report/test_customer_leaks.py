"""Nothing internal is in a customer's document: not in its text, nor anywhere in its bytes.

A marker is planted in every internal field of every entity, and in every field of rows that are
internal, deleted, below such rows, or another customer's (planting.py).
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from csdesk.model.document_setup import Setup
from csdesk.model.records import Goal
from csdesk.model.vocabulary import CUSTOMER_KINDS, DocumentKind, DocumentSection, PageSize
from csdesk.progress import SILENT
from csdesk.queries.customer_document import Agreement, Branding, CustomerDocument
from csdesk.queries.customer_plan import customer_plan
from csdesk.queries.customer_reader import read_customer
from csdesk.queries.customer_rows import CustomerPlan
from csdesk.queries.internal_brief import internal_brief
from csdesk.queries.portfolio_report import portfolio_report
from csdesk.report.customer_document import customer_document_bytes
from csdesk.report.internal_brief import internal_brief_bytes
from csdesk.report.portfolio import portfolio_report_bytes
from csdesk.report.protection import protected
from csdesk.workspace.workspace import Workspace
from tests.report.choices import Choice, all_choices, pairs_of_choices
from tests.report.planting import TODAY, Planter, leaks, plant
from tests.report.reading import made, page_texts, pieces

PASSWORD = "鍵 No.1"
SECTIONS = list(DocumentSection)
OPTIONS = {
    "kind": sorted(CUSTOMER_KINDS),
    "page_size": list(PageSize),
    "language": ["en", "ja"],
    "has_cover": [True, False],
    "left_out": [frozenset(), frozenset(SECTIONS[::2]), frozenset(SECTIONS[1::2])],
    "marks_unagreed": [True, False],
    "finish": ["plain", "archival", "locked"],
    "knows_earlier": [True, False],
    "accent": ["", "#7A1FA2"],
}

Planted = tuple[Workspace, Planter, Path]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    folder = tmp_path_factory.mktemp("planted")
    planter = Planter()
    with Workspace.create(folder / "planted.csdesk", author="QZXauthor") as workspace:
        planter.leaks["QZXauthor"] = "the author's name"
        workspace.write("Plant", plant, planter)
        yield workspace, planter, folder


def document_of(view: CustomerPlan, choice: Choice) -> CustomerDocument:
    """Combine the plan with options; what the customer has is an earlier state of it."""
    setup = Setup(
        page_size=choice["page_size"],
        has_cover=choice["has_cover"],
        left_out=choice["left_out"],
        marks_unagreed=choice["marks_unagreed"],
        is_archival=choice["finish"] == "archival",
    )
    document = CustomerDocument(
        choice["kind"], choice["language"], view, setup, Branding(accent=choice["accent"])
    )
    if not choice["knows_earlier"]:
        return document
    goals = tuple(replace(goal, due_on=dt.date(2026, 6, 1)) for goal in view.goals)
    earlier = replace(view, goals=goals, actions=view.actions[1:], background="Then")
    earlier = replace(earlier, today=dt.date(2026, 5, 1), version=view.version)
    return replace(
        document,
        view=replace(view, version=view.version + 1),
        since=earlier,
        agreed=Agreement(earlier, dt.date(2026, 5, 2), "VYK"),
    )


@pytest.mark.soak
def test_no_internal_field_reaches_a_customer_document_whatever_its_options(
    planted: Planted, soaking: bool
) -> None:
    workspace, planter, folder = planted
    view = workspace.read(customer_plan, "p", "a", today=TODAY)
    assert "QZX" not in repr(view)
    found = {}
    for choice in all_choices(OPTIONS) if soaking else pairs_of_choices(OPTIONS):
        data = customer_document_bytes(document_of(view, choice), SILENT).data
        password = PASSWORD if choice["finish"] == "locked" else ""
        if password:
            data = protected(data, password)
        traces = leaks(data, planter, folder=folder, password=password)
        if traces:
            found[str(choice)] = traces
    assert not found


@pytest.mark.parametrize("language", ["en", "ja"])
def test_an_account_without_a_plan_shows_no_internal_field_either(
    planted: Planted, language: str
) -> None:
    workspace, planter, folder = planted
    view = workspace.read(customer_plan, None, "a", today=TODAY)
    assert "QZX" not in repr(view)
    assert not leaks(made(view, language), planter, folder=folder)


def test_what_is_for_the_customer_is_in_the_document(planted: Planted) -> None:
    workspace, planter, _ = planted
    view = workspace.read(customer_plan, "p", "a", today=TODAY)
    text = "\n".join(page_texts(made(view, "ja")))
    places = {place for marker, place in planter.shown.items() if marker in text}
    assert places >= {
        "account.name",
        "member.name",
        "contact.name",
        "contact.title",
        "contact.department",
        "kpi.name",
        "plan.title",
        "plan.background",
        "plan.to_be",
        "plan.success_statement",
        "plan.review_cadence",
        "goal.title",
        "goal.why",
        "goal.closing_note",
        "measure.source",
        "measure.agreed_with",
        "milestone.title",
        "milestone.done_definition",
        "action.title",
        "risk.customer_wording",
        "workspace_setting.value",
    }


def test_the_search_finds_what_is_planted_even_in_a_locked_file(planted: Planted) -> None:
    """An internal brief is full of leaks: were the search blind, it would find none here."""
    workspace, planter, folder = planted
    brief = workspace.read(internal_brief, "a", "p", today=TODAY)
    data = internal_brief_bytes(brief, language="en", progress=SILENT).data
    plain = leaks(data, planter, folder=folder)
    assert {"goal.internal_note", "account.csm_view"} <= set(plain.values())
    assert leaks(protected(data, PASSWORD), planter, folder=folder, password=PASSWORD) == plain


@pytest.mark.parametrize("page_size", list(PageSize))
@pytest.mark.parametrize(("language", "mark"), [("ja", "社内"), ("en", "Internal")])
def test_what_is_ours_says_so_on_every_page_of_every_size(
    planted: Planted, page_size: PageSize, language: str, mark: str
) -> None:
    workspace, _, _ = planted
    setup = Setup(page_size=page_size, has_cover=False)
    brief = workspace.read(internal_brief, "a", "p", today=TODAY)
    report = workspace.read(portfolio_report, today=TODAY)
    for data in (
        internal_brief_bytes(brief, language=language, progress=SILENT, setup=setup).data,
        portfolio_report_bytes(report, language=language, progress=SILENT, setup=setup).data,
    ):
        pages = page_texts(data)
        assert [number for number, page in enumerate(pages, 1) if mark not in page] == []
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert mark in str(pdf.docinfo["/Subject"])


def test_no_customer_document_says_that_it_is_internal(planted: Planted) -> None:
    workspace, _, _ = planted
    view = workspace.read(customer_plan, "p", "a", today=TODAY)
    for kind in CUSTOMER_KINDS:
        for language, mark in (("ja", "社内"), ("en", "Internal")):
            data = made(view, language, DocumentKind(kind))
            assert mark not in "\n".join(page_texts(data))
            assert mark.encode() not in b"\n".join(pieces(data))


def test_the_gate_refuses_an_internal_column() -> None:
    with pytest.raises(ValueError, match="internal"):
        read_customer(Goal.title, Goal.internal_note)
