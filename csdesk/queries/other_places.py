"""Where an item could go whose owner is deleted."""

from __future__ import annotations

from csdesk.queries.duplicates import folded
from csdesk.queries.recovered import Recovered
from csdesk.queries.review_items import Place
from csdesk.queries.value_words import ValueWords
from csdesk.store.driver import RawConnection

_MOST = 50

_PLANS = """
SELECT 'plan' AS ent, p.id FROM plan p WHERE p.deleted_at IS NULL AND p.account_id IN (
  SELECT account_id FROM plan WHERE id = :plan)
  AND EXISTS (SELECT 1 FROM account a WHERE a.id = p.account_id AND a.deleted_at IS NULL)
ORDER BY p.id <> :plan, p.id
"""
_GOALS = f"""
SELECT 'goal', g.id FROM goal g
WHERE g.deleted_at IS NULL AND g.plan_id IN (SELECT id FROM ({_PLANS}))
ORDER BY g.plan_id <> :plan, g.position, g.id
"""
_MILESTONES = """
SELECT 'milestone', m.id FROM milestone m JOIN goal g ON g.id = m.goal_id
WHERE m.deleted_at IS NULL AND g.deleted_at IS NULL AND g.plan_id = :plan
  AND EXISTS (SELECT 1 FROM plan p JOIN account a ON a.id = p.account_id
    WHERE p.id = :plan AND p.deleted_at IS NULL AND a.deleted_at IS NULL)
ORDER BY g.position, g.id, m.position, m.id
"""
_PLAN_OF = {
    "goal": "SELECT plan_id FROM goal WHERE id = ?",
    "action": "SELECT plan_id FROM action WHERE id = ?",
    "milestone": "SELECT g.plan_id FROM milestone m JOIN goal g ON g.id = m.goal_id WHERE m.id = ?",
    "measure": "SELECT g.plan_id FROM measure m JOIN goal g ON g.id = m.goal_id WHERE m.id = ?",
}
_KINDS = {
    "goal": (_PLANS,),
    "milestone": (_GOALS,),
    "measure": (_GOALS,),
    "action": (_MILESTONES, _GOALS, _PLANS),
}


def other_places(
    connection: RawConnection, words: ValueWords, found: Recovered
) -> tuple[Place, ...]:
    """Name what a recovered item could stand below instead, the likeliest first.

    Items of a plan can go elsewhere in it, or into another plan of the account. What belongs to a
    deleted account or KPI can go to a living one of the same name.
    """
    if found.entity in _KINDS and found.parent_entity != "kpi":
        plan = connection.execute(_PLAN_OF[found.entity], (found.row,)).fetchone()
        if plan is None:
            return ()
        places = [
            place
            for statement in _KINDS[found.entity]
            for place in connection.execute(statement, {"plan": plan[0]}).fetchall()
        ]
    elif found.field in ("account_id", "kpi_id") and not found.is_missing:
        places = _of_the_name(connection, words, found.parent_entity, found.parent)
    else:
        places = []
    return tuple(
        Place(f"{entity}:{row}", words.item(entity, row))
        for entity, row in places[:_MOST]
        if (entity, row) != (found.parent_entity, found.parent)
    )


def _of_the_name(
    connection: RawConnection, words: ValueWords, entity: str, deleted: str
) -> list[tuple[str, str]]:
    name = folded(words.title(entity, deleted))
    living = connection.execute(
        f'SELECT id, name FROM "{entity}" WHERE deleted_at IS NULL AND name IS NOT NULL ORDER BY id'
    )
    return [(entity, row) for row, called in living if folded(called) == name]
