"""Every shipped template is sound, in both languages, and shows the customer nothing internal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from csdesk.actions.accounts import add_account
from csdesk.actions.people import add_contact, add_member
from csdesk.actions.templates import plan_from_template
from csdesk.i18n import LANGUAGES
from csdesk.model.items import ItemKind
from csdesk.model.vocabulary import (
    ContactRole,
    DocumentKind,
    KpiCategory,
    PlanType,
    Side,
    TouchModel,
    Visibility,
)
from csdesk.progress import SILENT
from csdesk.queries.document_request import DocumentRequest, customer_document
from csdesk.queries.leak_guard import FindingKind, leak_findings
from csdesk.queries.outline import OutlineItem, plan_outline
from csdesk.queries.shipped_templates import ShippedTemplate, shipped_template, shipped_templates
from csdesk.queries.templates import templates
from csdesk.report.exporting import export_document
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.rounds import SOAKING

SHIPPED = [one for language in LANGUAGES for one in shipped_templates(language)]
EACH = pytest.mark.parametrize("shipped", SHIPPED, ids=lambda one: one.id.partition(":")[2])
DRAWN = SHIPPED if SOAKING else [SHIPPED[8], SHIPPED[16]]
STARTS = [dt.date(2026, 11, 20) + dt.timedelta(days) for days in range(0, 7, 3)]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, str]]:
    """Return a workspace with an account whose people play every part."""
    folder = tmp_path_factory.mktemp("shipped")
    with Workspace.create(folder / "A.csdesk", home=Home.at(folder / "home")) as workspace:
        kim = workspace.write("Kim", add_member, "Kim").result
        reyes = workspace.write("Reyes", add_member, "Reyes").result
        account = workspace.write(
            "Aoba", add_account, "青葉物流", owner_id=kim, sales_owner_id=reyes
        ).result
        for role in ContactRole:
            workspace.write("Contact", add_contact, account, f"Person {role}", role=role)
        yield workspace, account


def walk(items: tuple[OutlineItem, ...]) -> Iterator[OutlineItem]:
    for item in items:
        yield item
        yield from walk(item.children)


def test_there_are_ten_in_each_language_for_every_stage_and_both_touch_models() -> None:
    wanted = {(kind, touch) for kind in PlanType for touch in (TouchModel.HIGH, TouchModel.LOW)}
    for language in LANGUAGES:
        found = shipped_templates(language)
        assert len(found) == 10
        assert {(PlanType(one.type), TouchModel(one.touch_model)) for one in found} == wanted
        assert len({one.name for one in found}) == 10


@EACH
def test_a_template_is_worth_starting_from(shipped: ShippedTemplate) -> None:
    content = shipped.content
    goals = [item for item in content.items if item.kind is ItemKind.GOAL]
    actions = [item for item in content.walk() if item.kind is ItemKind.ACTION]
    milestones = [item for item in content.walk() if item.kind is ItemKind.MILESTONE]
    assert 2 <= len(goals) <= 4
    assert 8 <= len(actions) <= 25
    assert shipped.description
    assert content.title
    assert content.to_be
    assert content.success_statement
    assert all(goal.text and any(goal.children) for goal in goals)
    assert all(one.text and one.children for one in milestones)
    assert {one.side for one in actions} == set(Side)
    assert any(one.visibility == Visibility.INTERNAL for one in actions)
    assert list(content.measures())
    for measure in content.measures():
        assert measure.target is not None
        assert measure.target_mode
        assert measure.direction
        assert measure.kind
        assert measure.unit
        assert measure.source
        assert measure.due is not None
        assert measure.category != KpiCategory.REVENUE


@EACH
def test_no_item_lies_outside_of_what_holds_it(shipped: ShippedTemplate) -> None:
    days = shipped.content.days
    assert days is not None
    for goal in shipped.content.items:
        assert goal.start is not None
        assert goal.due is not None
        assert 0 <= goal.start <= goal.due
        assert goal.due <= days
        for milestone in goal.children:
            assert milestone.start is not None
            assert milestone.due is not None
            assert goal.start <= milestone.start <= milestone.due <= goal.due
            for action in milestone.children:
                assert action.due is not None
                assert action.due <= milestone.due
    keys = {item.key: item for item in shipped.content.walk() if item.key}
    for item in shipped.content.walk():
        for key in item.after:
            before, due = keys[key].due, item.due
            assert before is not None
            assert due is not None
            assert before < due


def test_no_two_templates_say_the_same() -> None:
    for language in LANGUAGES:
        titles = [
            {item.title for item in one.content.walk()} for one in shipped_templates(language)
        ]
        for place, mine in enumerate(titles):
            for other in titles[place + 1 :]:
                assert len(mine & other) <= 4, mine & other


@EACH
def test_a_plan_made_of_a_template_shows_the_customer_nothing_internal(
    desk: tuple[Workspace, str], shipped: ShippedTemplate
) -> None:
    workspace, account = desk
    title = shipped.content.title
    start = STARTS[SHIPPED.index(shipped) % len(STARTS)]
    plan = workspace.write("Use", plan_from_template, account, shipped.id, title, start).result
    outline = workspace.read(plan_outline, plan, today=start)
    assert outline is not None
    assert outline.end_on is not None
    for item in walk(outline.items):
        assert item.due_on is not None
        assert item.due_on.weekday() < 5
        assert start <= item.due_on <= outline.end_on
        assert item.owner_id or item.customer_owner_id
        for measure in item.measures:
            assert measure.baseline is None
            assert measure.target is not None
            assert measure.target_on is not None
            assert measure.target_on <= outline.end_on
    request = DocumentRequest(account, plan, DocumentKind.CUSTOMER, shipped.language)
    document = workspace.read(customer_document, request, today=start)
    found = workspace.read(leak_findings, document)
    assert [(one.title, one.word) for one in found if one.kind != FindingKind.FIRST_SHOWN] == []
    shown = {action.title for action in document.view.actions}
    internal = {
        item.title for item in walk(outline.items) if item.visibility == Visibility.INTERNAL
    }
    assert internal
    assert not internal & shown


@pytest.mark.parametrize("shipped", DRAWN, ids=lambda one: one.id.partition(":")[2])
def test_such_a_plan_becomes_a_pdf(
    desk: tuple[Workspace, str], shipped: ShippedTemplate, tmp_path: Path
) -> None:
    workspace, account = desk
    title, start = shipped.content.title, STARTS[0]
    plan = workspace.write("Use", plan_from_template, account, shipped.id, title, start).result
    request = DocumentRequest(account, plan, DocumentKind.CUSTOMER, shipped.language)
    out = tmp_path / "plan.pdf"
    export_document(workspace, request, out, today=start, progress=SILENT)
    with pdfium.PdfDocument(out) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    told = "".join(text.split())
    for item in shipped.content.walk():
        said = "".join(item.title.split()) in told
        assert said == (item.visibility != Visibility.INTERNAL), item.title


def test_a_shipped_template_is_found_by_its_id() -> None:
    one = SHIPPED[3]
    assert shipped_template(one.id) is one
    assert shipped_template("shipped:en/no such") is None
    assert shipped_template("shipped:../secret") is None
    assert shipped_templates("fr") == ()


def test_the_list_has_them_beside_the_saved_ones(desk: tuple[Workspace, str]) -> None:
    workspace, _account = desk
    assert [row.id for row in workspace.read(templates)] == [one.id for one in SHIPPED]
    assert [row.language for row in workspace.read(templates, "ja")] == ["ja"] * 10
    row = workspace.read(templates)[0]
    assert row.is_shipped
    assert row.content == SHIPPED[0].content
