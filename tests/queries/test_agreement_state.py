"""A plan is compared with what the customer agreed to last, whatever they were sent since."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from csdesk.actions.kpis import add_kpi
from csdesk.actions.plans import add_measure, edit_measure
from csdesk.actions.revisions import agree_to_plan, take_back_agreement
from csdesk.model.vocabulary import ActionStatus, SignOffMethod, Visibility
from csdesk.queries.agreement_state import AgreementState, agreement_state
from csdesk.workspace.workspace import Workspace
from tests.queries.exported_plan import TODAY, Scene, build

AGREED_ON = dt.date(2026, 11, 12)


@pytest.fixture
def scene(workspace: Workspace) -> Scene:
    """Return a plan that nobody agreed to."""
    return build(workspace)


def agree(scene: Scene) -> str:
    """Let the customer agree to the plan as it is."""
    said = (scene.sato, AGREED_ON, SignOffMethod.SIGNED)
    step = scene.workspace.write("Agree", agree_to_plan, scene.plan, *said, today=TODAY)
    return step.result


def state(scene: Scene) -> AgreementState | None:
    return scene.workspace.read(agreement_state, scene.plan, scene.account, today=TODAY)


def titles(scene: Scene) -> set[str]:
    """Return the titles of the items that are not agreed yet."""
    found = state(scene)
    assert found is not None
    return {item.title for item in scene.outline.all() if item.ref.id in found.unagreed}


def test_a_plan_nobody_agreed_to_has_no_state(scene: Scene) -> None:
    scene.export()
    assert state(scene) is None


def test_what_was_agreed_just_now_is_agreed(scene: Scene) -> None:
    agree(scene)
    found = state(scene)
    assert found is not None
    assert (found.version, found.signed_on, found.signed_by) == (1, AGREED_ON, "Sato")
    assert found.unagreed == frozenset()


def test_what_is_new_or_other_than_agreed_is_not_and_progress_is(scene: Scene) -> None:
    agree(scene)
    scene.change("G1", due_on=dt.date(2027, 3, 31))
    scene.outline.action("A4", "G2")
    scene.change("A1", status=ActionStatus.DONE)
    scene.change("M2", internal_note="Not for them")
    assert titles(scene) == {"G1", "A4"}


def test_an_export_since_does_not_agree_to_anything(scene: Scene) -> None:
    agree(scene)
    scene.change("A2", title="A2 in other words")
    scene.export()
    assert titles(scene) == {"A2 in other words"}


def test_what_the_customer_does_not_see_needs_no_agreement(scene: Scene) -> None:
    agree(scene)
    scene.outline.action("A5", "G2", visibility=Visibility.INTERNAL)
    assert titles(scene) == set()


def test_another_target_is_a_measure_that_is_not_agreed(scene: Scene) -> None:
    kpi = scene.workspace.write("KPI", add_kpi, "Usage", unit="%").result
    goal = scene.outline.ref("G1").id
    write = scene.workspace.write
    measure = write("Measure", add_measure, goal, kpi, target=Decimal(80)).result
    agree(scene)
    write("Target", edit_measure, measure, target=Decimal(90))
    found = state(scene)
    assert found is not None
    assert found.unagreed == {measure}


def test_an_agreement_taken_back_leaves_the_one_before(scene: Scene) -> None:
    agree(scene)
    scene.change("A2", title="Other words")
    second = agree(scene)
    assert titles(scene) == set()
    scene.workspace.write("Back", take_back_agreement, second)
    assert titles(scene) == {"Other words"}
