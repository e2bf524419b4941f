"""Every text of a customer document with the place it comes from: what the leak guard looks at.

A text counts only where the document would really show it. A section that is left out shows
nothing, and the executive summary has no other sections than the summary. Where it depends on
the layout whether a text of a section fits, such as the next milestones of the summary, it counts:
the guard rather asks once too often. Words of the program itself, its headings and terms, are not
here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from csdesk.actions.desk import COMPANY_NAME
from csdesk.model.vocabulary import DocumentKind, DocumentSection
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.customer_rows import (
    ActionRow,
    CustomerPlan,
    GoalRow,
    KpiLine,
    MeasureRow,
    Person,
)

_S = DocumentSection
_EVERYWHERE = frozenset(_S)
_CHANGES = frozenset({_S.CHANGES})
_BACKGROUND = frozenset({_S.SUMMARY, _S.BACKGROUND})
_GOAL_TITLE = frozenset({_S.SUMMARY, _S.CHANGES, _S.GOALS, _S.ROADMAP, _S.ACTIONS, _S.ACHIEVED})
_GOAL_TEXT = frozenset({_S.GOALS, _S.ACHIEVED})
_KPI = frozenset({_S.SUMMARY, _S.CHANGES, _S.GOALS, _S.MEASURES, _S.ACHIEVED})
_MEASURE_TEXT = frozenset({_S.CHANGES, _S.GOALS, _S.MEASURES})
_MILESTONE_TITLE = frozenset({_S.SUMMARY, _S.CHANGES, _S.ROADMAP, _S.MILESTONES, _S.ACHIEVED})
_MILESTONE_TEXT = frozenset({_S.MILESTONES})
_ACTION = frozenset({_S.SUMMARY, _S.CHANGES, _S.ACTIONS, _S.ACHIEVED})
_RISK = frozenset({_S.CHANGES, _S.RISKS})
_SAID = frozenset({_S.CHANGES, _S.FEEDBACK, _S.ACHIEVED})
_ANSWERED = frozenset({_S.FEEDBACK, _S.ACHIEVED})
_MEETINGS = frozenset({_S.CHANGES, _S.MEETINGS})
_AS_FAR_AS_FITS = {
    "milestone": _S.MILESTONES,
    "action": _S.ACTIONS,
    "risk": _S.RISKS,
    "feedback": _S.FEEDBACK,
}
"""Where all of an entity is shown, of those which other sections show some of."""
_PERSON_NAME = _EVERYWHERE
_PERSON_TEXT = frozenset({_S.PEOPLE})


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text that stands in the document, and the field it comes from.

    `title` names the item for a reader. `id` is empty where the document does not know it.
    """

    entity: str
    id: str
    field: str
    title: str
    text: str


def shown_texts(document: CustomerDocument, *, surely: bool = False) -> tuple[ShownText, ...]:
    """Return what was written by people and would be shown, in the document's order, each once.

    With `surely` without what sections show only as far as there is room.
    """
    found: dict[ShownText, None] = {}
    shown = _sections_of(document)
    for sections, text in _texts(document):
        if surely and text.entity in _AS_FAR_AS_FITS:
            sections = sections & {_AS_FAR_AS_FITS[text.entity]}
        # What stands in every section also stands on the cover and at the edges of each page.
        if text.text.strip() and (sections is _EVERYWHERE or sections & shown):
            found[text] = None
    return tuple(found)


def shown_measures(document: CustomerDocument) -> tuple[ShownText, ...]:
    """Return the success measures that would be shown, each by the name of its KPI."""
    is_english = document.language == "en"
    if not _KPI & _sections_of(document):
        return ()
    names = ((one.id, kpi_name(one.kpi, is_english=is_english)) for one in document.view.measures)
    return tuple(ShownText("measure", row_id, "kpi_id", name, name) for row_id, name in names)


def _sections_of(document: CustomerDocument) -> frozenset[DocumentSection]:
    if document.kind == DocumentKind.EXECUTIVE:
        return frozenset({_S.SUMMARY})
    there = _EVERYWHERE if document.since is not None else _EVERYWHERE - {_S.CHANGES}
    return there - document.setup.left_out


_Placed = tuple[frozenset[DocumentSection], ShownText]


def _texts(document: CustomerDocument) -> Iterator[_Placed]:
    view, is_english = document.view, document.language == "en"
    yield from _account_texts(view, is_english=is_english)
    yield from _plan_texts(view)
    for goal in view.goals:
        yield from _goal_texts(goal, is_english=is_english)
    for kpi in view.kpis:
        yield from _kpi_texts(kpi, is_english=is_english)
    titles = {goal.title for goal in view.goals}
    for action in view.actions:
        yield from _action_texts(action, titles)
    for wording in view.risks:
        text = wording.strip()
        yield _RISK, ShownText("risk", "", "customer_wording", text, text)
    for one in view.feedback:
        for field, text in (("customer_wording", one.said), ("customer_answer", one.did)):
            place = ShownText("feedback", one.id, field, one.said, text)
            yield _SAID if field == "customer_wording" else _ANSWERED, place
    for entity, people in (("contact", view.customer_people), ("member", view.our_people)):
        for person in people:
            yield from _person_texts(entity, person)
    signer = document.agreed.signed_by if document.agreed else ""
    if signer not in {person.name for person in view.customer_people}:
        yield _EVERYWHERE, ShownText("contact", "", "name", signer, signer)
    if document.since is not None:
        # Changes name what an item was called, and what went; nothing else of the older version.
        before = replace(document, view=document.since, since=None, agreed=None)
        yield from ((_CHANGES, text) for sections, text in _texts(before) if sections >= _CHANGES)


def _account_texts(view: CustomerPlan, *, is_english: bool) -> Iterator[_Placed]:
    field, name = "name", view.account_name
    if is_english and view.account_name_en:
        field, name = "name_en", view.account_name_en
    yield _EVERYWHERE, ShownText("account", view.account_id, field, name, name)
    ours = view.our_company
    yield _EVERYWHERE, ShownText("workspace_setting", COMPANY_NAME, "value", ours, ours)


def _plan_texts(view: CustomerPlan) -> Iterator[_Placed]:
    for sections, field, text in (
        (_EVERYWHERE, "title", view.title),
        (_BACKGROUND, "background", view.background),
        (_BACKGROUND, "to_be", view.to_be),
        (_BACKGROUND, "success_statement", view.success_statement),
        (_MEETINGS, "review_cadence", view.review_cadence),
    ):
        yield sections, ShownText("plan", view.plan_id, field, view.title, text)


def _goal_texts(goal: GoalRow, *, is_english: bool) -> Iterator[_Placed]:
    for sections, field, text in (
        (_GOAL_TITLE, "title", goal.title),
        (_GOAL_TEXT, "why", goal.why),
        (_GOAL_TEXT, "closing_note", goal.closing_note),
    ):
        yield sections, ShownText("goal", goal.id, field, goal.title, text)
    for measure in goal.measures:
        yield from _measure_texts(measure, is_english=is_english)
    for milestone in goal.milestones:
        for sections, field, text in (
            (_MILESTONE_TITLE, "title", milestone.title),
            (_MILESTONE_TEXT, "done_definition", milestone.done_definition),
        ):
            yield sections, ShownText("milestone", milestone.id, field, milestone.title, text)


def _measure_texts(measure: MeasureRow, *, is_english: bool) -> Iterator[_Placed]:
    yield from _kpi_texts(measure.kpi, is_english=is_english)
    title = kpi_name(measure.kpi, is_english=is_english)
    for field, text in (("source", measure.source), ("agreed_with", measure.agreed_with)):
        yield _MEASURE_TEXT, ShownText("measure", measure.id, field, title, text)


def kpi_name(kpi: KpiLine, *, is_english: bool) -> str:
    """Return the name a document of the language shows."""
    return (kpi.name_en if is_english else "") or kpi.name


def _kpi_texts(kpi: KpiLine, *, is_english: bool) -> Iterator[_Placed]:
    name = kpi_name(kpi, is_english=is_english)
    field = "name_en" if is_english and kpi.name_en else "name"
    yield _KPI, ShownText("kpi", kpi.id, field, name, name)
    yield _KPI, ShownText("kpi", kpi.id, "unit", name, kpi.unit)


def _action_texts(action: ActionRow, titles: set[str]) -> Iterator[_Placed]:
    yield _ACTION, ShownText("action", action.id, "title", action.title, action.title)
    if action.goal not in titles:
        # A goal that was dropped is nowhere else in the document.
        yield _ACTION, ShownText("action", action.id, "goal_id", action.title, action.goal)


def _person_texts(entity: str, person: Person) -> Iterator[_Placed]:
    titled = "title" if entity == "contact" else "role"
    yield _PERSON_NAME, ShownText(entity, person.id, "name", person.name, person.name)
    for field, text in (
        (titled, person.title),
        ("department", person.department),
        ("email", person.email),
    ):
        yield _PERSON_TEXT, ShownText(entity, person.id, field, person.name, text)
