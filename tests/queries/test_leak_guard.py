"""What the leak guard says of a whole document: where, how grave, and what was acknowledged."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Text
from sqlalchemy.orm import Session

from csdesk.actions.leak_guard import acknowledge, take_back
from csdesk.actions.revisions import record_agreement
from csdesk.model.base import columns_of, entity_records
from csdesk.model.document_setup import PLAIN_SETUP, Setup
from csdesk.model.vocabulary import DocumentKind, DocumentSection, PageSize, SignOffMethod
from csdesk.progress import SILENT
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.customer_rows import CustomerPlan, FeedbackRow
from csdesk.queries.document_request import DocumentRequest, customer_document
from csdesk.queries.leak_guard import Finding, FindingKind, Gravity, leak_findings
from csdesk.queries.leak_guard_places import shown_texts
from csdesk.queries.leak_guard_words import shipped_words
from csdesk.queries.review import review_items
from csdesk.report.exporting import export_document
from csdesk.workspace.workspace import Workspace
from tests.report.reading import made, whole_text
from tests.report.sample_plans import rich_plan

TODAY = dt.date(2026, 5, 20)
DAY = dt.date(2026, 8, 1)
SHOWN = {"visibility": "customer"}
ROWS: list[tuple[str, str, dict[str, Any]]] = [
    ("workspace_setting", "company_name", {"value": "ひなた台クラウド"}),
    ("account", "a", {"name": "千鳥浦ストアーズ", "name_en": "Plover Stores"}),
    ("account", "b", {"name": "株式会社北斗製作所", "status": "churned"}),
    ("member", "m", {"name": "森 葵", "email": "aoi@example.com", "role": "担当"}),
    ("contact", "c", {"account_id": "a", "name": "山田 太郎", "title": "部長", "email": "y@p.jp"}),
    ("kpi", "k", {"name": "利用率", "name_en": "Usage", "unit": "%", "category": "usage"}),
    ("kpi", "r", {"name": "契約額", "unit": "円", "category": "revenue"}),
    ("kpi_value", "a:k:2026-04-01", {"value": Decimal(5)}),
    ("plan", "p", {"account_id": "a", "title": "定着プラン", "owner_id": "m"}),
    ("goal", "g", {"plan_id": "p", "title": "毎朝見る", **SHOWN, "due_on": DAY}),
    ("goal", "dropped", {"plan_id": "p", "title": "昔の目標", **SHOWN, "status": "canceled"}),
    ("measure", "s", {"goal_id": "g", "kpi_id": "k", "target": Decimal(9)}),
    ("milestone", "i", {"goal_id": "g", "title": "研修", **SHOWN, "due_on": DAY}),
    ("action", "t", {"plan_id": "p", "goal_id": "g", "title": "招待する", "side": "us", **SHOWN}),
    ("action", "d", {"plan_id": "p", "goal_id": "dropped", "title": "見直す", **SHOWN}),
    ("risk", "w", {"account_id": "a", "title": "内緒", "customer_wording": "店の繁忙期"}),
    (
        "feedback",
        "f",
        {"account_id": "a", "customer_wording": "遅い", "customer_answer": "速くしました"},
    ),
]
OWNERS = {"owner_id": "m", "customer_owner_id": "c"}
NOT_PRINTED = {"position", "website", "industry", "region", "logo", "description"}


def plant(session: Session) -> None:
    """Fill a workspace with one plan in which every field for the customer says something."""
    for entity, row_id, given_fields in ROWS:
        names = {column.name for column in columns_of(entity)}
        fields = {**OWNERS, **given_fields} if entity not in ("account", "plan") else given_fields
        row = entity_records()[entity](
            id=row_id, **{name: value for name, value in fields.items() if name in names}
        )
        if entity == "kpi_value":
            row.account_id, row.kpi_id, row.period = "a", "k", dt.date(2026, 4, 1)
        if entity == "plan":
            row.customer_owner_id = "c"
        session.add(row)


def put(session: Session, entity: str, row_id: str, field: str, value: Any) -> None:
    setattr(session.get(entity_records()[entity], row_id), field, value)


@pytest.fixture
def planted(workspace: Workspace) -> Workspace:
    workspace.write("Plant", plant)
    return workspace


@pytest.fixture(scope="module")
def standing(shared: Workspace) -> Workspace:
    """Plant once for tests that put every field back."""
    shared.write("Plant", plant)
    return shared


def request_of(language: str = "ja", setup: Setup = PLAIN_SETUP, **fields: Any) -> DocumentRequest:
    kind = fields.get("kind", DocumentKind.CUSTOMER)
    return DocumentRequest("a", fields.get("plan_id", "p"), kind, language, setup)


def findings(workspace: Workspace, *arguments: Any, **fields: Any) -> tuple[Finding, ...]:
    request = request_of(*arguments, **fields)

    def look(session: Session) -> tuple[Finding, ...]:
        return leak_findings(session, customer_document(session, request, today=TODAY))

    return workspace.read(look)


def serious(found: tuple[Finding, ...]) -> list[Finding]:
    return [one for one in found if one.severity == Gravity.SERIOUS]


PLACES = [
    (entity, row_id, column.name)
    for entity, row_id, _fields in ROWS
    for column in columns_of(entity)
    if column.info.get("customer")
    and isinstance(column.type, Text)
    and not column.name.endswith("_id")
    and column.name not in NOT_PRINTED
    and row_id not in ("b", "r")
    and (row_id, column.name) not in {("dropped", "why"), ("dropped", "closing_note")}
]


@pytest.mark.parametrize(("entity", "row_id", "field"), PLACES)
def test_a_planted_word_is_found_in_every_text_the_customer_may_see(
    standing: Workspace, entity: str, row_id: str, field: str
) -> None:
    """The fields are asked of the model: a new one is planted without anybody remembering."""
    record = entity_records()[entity]
    before = standing.read(lambda session: getattr(session.get(record, row_id), field))
    text = "この冬に解約の話、北斗製作所のように"
    standing.write("Plant", put, entity, row_id, field, text)
    found = [
        one
        for language in ("ja", "en")
        for one in serious(findings(standing, language))
        if one.kind in (FindingKind.INTERNAL_WORD, FindingKind.OTHER_ACCOUNT)
    ]
    standing.write("Put back", put, entity, row_id, field, before)
    own_name = entity == "account" or (entity, field) == ("workspace_setting", "value")
    wanted = {FindingKind.INTERNAL_WORD} | (set() if own_name else {FindingKind.OTHER_ACCOUNT})
    assert {one.kind for one in found} == wanted
    if row_id == "dropped":
        entity, row_id, field = "action", "d", "goal_id"
    assert {(one.entity, one.id, one.field) for one in found} == {(entity, row_id, field)}
    for one in found:
        assert one.excerpt[one.start : one.end] in ("解約", "北斗製作所")
        assert one.stops


def test_what_cannot_be_printed_is_in_no_document(standing: Workspace) -> None:
    """The list of fields that the law above leaves out stays true."""
    for entity, row_id, _fields in ROWS:
        for column in columns_of(entity):
            if column.name in NOT_PRINTED and column.name != "logo":
                standing.write("Plant", put, entity, row_id, column.name, "Qx7z")
    view = standing.read(customer_document, request_of(), today=TODAY).view
    assert "Qx7z" not in repr(view)


@settings(max_examples=25)
@given(
    text=st.text(
        alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=80
    ),
    field=st.sampled_from(PLACES),
    word=st.sampled_from(shipped_words()),
)
def test_any_shipped_word_is_found_amid_any_text(
    standing: Workspace, text: str, field: tuple[str, str, str], word: str
) -> None:
    entity, row_id, name = field
    record = entity_records()[entity]
    before = standing.read(lambda session: getattr(session.get(record, row_id), name))
    standing.write("Plant", put, entity, row_id, name, f"{text} 。{word}。 {text}")
    language = "en" if name == "name_en" else "ja"
    found = {one.word for one in findings(standing, language)}
    standing.write("Put back", put, entity, row_id, name, before)
    assert any(word in one for one in found)


def test_a_section_that_is_left_out_leaks_nothing(planted: Workspace) -> None:
    planted.write("Plant", put, "risk", "w", "customer_wording", "解約のおそれ")
    planted.write("Plant", put, "milestone", "i", "done_definition", "競合他社に勝つ")
    assert {one.entity for one in serious(findings(planted))} == {"risk", "milestone"}
    without = Setup(left_out=frozenset({DocumentSection.RISKS}))
    assert {one.entity for one in serious(findings(planted, "ja", without))} == {"milestone"}
    assert serious(findings(planted, kind=DocumentKind.EXECUTIVE)) == []


def test_a_word_in_the_customers_own_name_is_told_once(planted: Workspace) -> None:
    planted.write("Plant", put, "account", "a", "name", "東京リスク管理株式会社")
    planted.write("Plant", put, "goal", "g", "why", "東京リスク管理の皆さまと進める")
    planted.write("Plant", put, "goal", "g", "title", "東京リスク管理でリスクを減らす")
    found = serious(findings(planted))
    assert {(one.entity, one.field) for one in found} == {("account", "name"), ("goal", "title")}


def test_only_the_name_of_the_documents_language_counts(planted: Workspace) -> None:
    planted.write("Plant", put, "kpi", "k", "name_en", "Upsell rate")
    assert serious(findings(planted, "ja")) == []
    (found,) = serious(findings(planted, "en"))
    assert (found.entity, found.field, found.word) == ("kpi", "name_en", "up-sell")


def test_a_revenue_kpi_that_a_measure_shows_is_serious(planted: Workspace) -> None:
    planted.write("Plant", put, "measure", "s", "kpi_id", "r")
    (found,) = serious(findings(planted))
    assert (found.kind, found.id, found.word) == (FindingKind.REVENUE_KPI, "r", "契約額")


def test_a_copied_internal_note_is_serious_and_its_rest_is_not_told(planted: Workspace) -> None:
    note = "部長の評価がかかっているので強く言わないこと"
    planted.write("Plant", put, "goal", "g", "internal_note", f"{note}。来期は減額の恐れ")
    planted.write("Plant", put, "goal", "g", "why", note)
    (found,) = serious(findings(planted))
    assert (found.kind, found.source_id) == (FindingKind.LIKE_INTERNAL_NOTE, "g")
    assert "減額" not in repr(found)


def test_an_acknowledged_finding_stays_so_until_its_text_changes(planted: Workspace) -> None:
    planted.write("Plant", put, "goal", "g", "why", "ARRを伸ばす")
    (found,) = serious(findings(planted))
    planted.write("Acknowledge", acknowledge, [found.key, found.key])
    (known,) = serious(findings(planted))
    assert (known.key, known.is_acknowledged, known.stops) == (found.key, True, False)
    planted.write("Plant", put, "goal", "g", "why", "ＡＲＲを\u3000伸ばす")
    assert serious(findings(planted))[0].is_acknowledged
    planted.write("Plant", put, "goal", "g", "why", "ARRを大きく伸ばす")
    (again,) = serious(findings(planted))
    assert again.stops
    planted.write("Plant", put, "goal", "g", "why", "ARRを伸ばす")
    planted.write("Take back", take_back, [found.key, "unknown"])
    assert serious(findings(planted))[0].stops


def test_acknowledging_is_one_step_and_nothing_for_review(planted: Workspace) -> None:
    planted.write("Plant", put, "goal", "g", "why", "ARRを伸ばす")
    keys = [one.key for one in findings(planted)]
    planted.write("Acknowledge", acknowledge, keys)
    assert planted.read(review_items) == ()
    planted.undo()
    assert not any(one.is_acknowledged for one in findings(planted))
    planted.redo()
    assert all(one.is_acknowledged for one in findings(planted))


def first_shown(workspace: Workspace, *arguments: Any, **fields: Any) -> list[Finding]:
    found = findings(workspace, *arguments, **fields)
    return [one for one in found if one.kind == FindingKind.FIRST_SHOWN]


def test_before_the_first_export_one_notice_stands_for_everything(planted: Workspace) -> None:
    (found,) = first_shown(planted)
    assert (found.severity, found.entity, found.id) == (Gravity.NOTICE, "plan", "p")
    assert found.count > 8
    assert first_shown(planted, plan_id=None) == []


def test_after_an_export_only_what_is_new_is_shown_for_the_first_time(
    planted: Workspace, tmp_path: Path
) -> None:
    people = Setup(left_out=frozenset({DocumentSection.PEOPLE}))
    request, out = request_of("ja", people), tmp_path / "plan.pdf"
    export_document(planted, request, out, today=TODAY, progress=SILENT)
    assert first_shown(planted, "ja", people) == []
    planted.write("Plant", put, "goal", "g", "why", "朝の会議で使う")
    planted.write("Plant", put, "risk", "w", "customer_wording", "店の改装")
    planted.write(
        "Plant",
        lambda session: session.add(
            entity_records()["action"](
                id="new", plan_id="p", goal_id="g", title="招く", side="us", visibility="customer"
            )
        ),
    )
    found = first_shown(planted, "ja", people)
    assert {(one.entity, one.id, one.field) for one in found} == {
        ("goal", "g", "why"),
        ("risk", "w", "customer_wording"),
        ("action", "new", "title"),
    }
    shown = first_shown(planted)
    assert {"aoi@example.com", "y@p.jp"} <= {one.excerpt for one in shown}
    assert "Usage" in {one.excerpt for one in first_shown(planted, "en")}


def test_a_new_measure_of_a_known_kpi_is_shown_for_the_first_time(
    planted: Workspace, tmp_path: Path
) -> None:
    export_document(planted, request_of(), tmp_path / "a.pdf", today=TODAY, progress=SILENT)
    measure = entity_records()["measure"]
    planted.write("Plant", lambda session: session.add(measure(id="more", goal_id="g", kpi_id="k")))
    (found,) = first_shown(planted)
    assert (found.entity, found.id, found.title) == ("measure", "more", "利用率")


def test_a_version_for_ourselves_shows_the_customer_nothing(
    planted: Workspace, tmp_path: Path
) -> None:
    contact, signed = "c", SignOffMethod.SPOKEN
    export_document(planted, request_of(), tmp_path / "a.pdf", today=TODAY, progress=SILENT)
    revision = planted.read(
        lambda session: session.query(entity_records()["plan_revision"].id).scalar()
    )
    planted.write("Agree", record_agreement, revision, contact, TODAY, signed, "")
    assert first_shown(planted) == []
    planted.write(
        "Delete",
        lambda session: [
            setattr(row, "deleted_at", dt.datetime.now(dt.UTC))
            for row in session.query(entity_records()["export_receipt"])
        ],
    )
    assert [one.count > 1 for one in first_shown(planted)] == [True]


def marked(thing: Any, marks: list[str], letter: str) -> Any:
    """Put a mark into every text of a row that people write, wherever it hangs."""
    if isinstance(thing, tuple):
        return tuple(marked(one, marks, letter) for one in thing)
    if isinstance(thing, str):
        marks.append(f"{letter}{len(marks) + 100}x")
        return marks[-1]
    if not dataclasses.is_dataclass(thing) or isinstance(thing, type):
        return thing
    fields = {}
    for field in dataclasses.fields(thing):
        value = getattr(thing, field.name)
        is_text = field.type in ("str", "tuple[str, ...]") and not field.name.endswith("id")
        if is_text or (field.type != "str" and not isinstance(value, str)):
            fields[field.name] = marked(value, marks, letter)
    return dataclasses.replace(thing, **fields)


def marked_plan(letter: str) -> CustomerPlan:
    """Return a plan whose every text is a mark of its own that begins with a letter."""
    plan = rich_plan("ja", actions=6, milestones=4)
    plan = dataclasses.replace(
        plan, feedback=(FeedbackRow("遅い", "速くしました", "f"),), background="背景", to_be="像"
    )
    marks: list[str] = []
    view = marked(plan, marks, letter)
    # A milestone waits for milestones of the same plan.
    assert len(marks) > 60
    titles = tuple(one.title for one in view.milestones)
    goals = tuple(
        dataclasses.replace(
            goal,
            milestones=tuple(
                dataclasses.replace(one, after=titles[:1] if one.after else ())
                for one in goal.milestones
            ),
        )
        for goal in view.goals
    )
    return dataclasses.replace(view, goals=goals)


@pytest.mark.parametrize("section", [None, *DocumentSection])
def test_whatever_a_section_prints_the_guard_has_looked_at(section: DocumentSection | None) -> None:
    """One section after the other is printed alone; None is the executive summary."""
    view, since = marked_plan("Q"), marked_plan("W")
    gone = dataclasses.replace(since.actions[0], id="gone", title="W7gone")
    since = dataclasses.replace(since, actions=(*since.actions, gone))
    only = Setup(PageSize.WIDE, left_out=frozenset(DocumentSection) - {section})
    setup = only if section else PLAIN_SETUP
    kind = DocumentKind.CUSTOMER if section else DocumentKind.EXECUTIVE
    printed = whole_text(made(view, "ja", kind, setup=setup, since=since))
    document = CustomerDocument(kind, "ja", view, setup, since=since)
    guarded = {place.text for place in shown_texts(document)}
    everything = set(re.findall(r"[QW]\d+\w+", repr((view, since))))
    shown = {mark for mark in everything if mark in printed}
    assert shown
    # The marks of owners are no names of people here; the people of a plan are looked at.
    assert shown - guarded - owners(view) - owners(since) == set()
    assert {person.name for person in (*view.our_people, *view.customer_people)} <= guarded
    assert ("W7gone" in shown) is (section == DocumentSection.CHANGES)


def owners(view: CustomerPlan) -> set[str]:
    rows = (view, *view.goals, *view.milestones, *view.actions)
    return {name for row in rows for name in (row.owner, row.customer_owner)}
