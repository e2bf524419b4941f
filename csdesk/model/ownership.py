"""Which account a row belongs to, by following its references upwards."""

from __future__ import annotations

from functools import cache

from csdesk.model.base import columns_of, entity_records

_UPWARDS = ("account_id", "plan_id", "goal_id", "milestone_id", "touchpoint_id", "revision_id")


@cache
def parent_field(entity: str) -> str | None:
    """Name the field that refers to the owner of an entity's rows; None for those of nobody."""
    names = {column.name for column in columns_of(entity)}
    return next((field for field in _UPWARDS if field in names), None)


@cache
def parent_entity(entity: str) -> str | None:
    """Name the entity an entity's rows belong to; None for accounts and those of nobody."""
    field = parent_field(entity)
    if field is None:
        return None
    column = next(column for column in columns_of(entity) if column.name == field)
    return str(column.info["entity"])


@cache
def account_sql(entity: str) -> str | None:
    """Write a SELECT of `(id, account_id)` of all rows of an entity; None for those of nobody."""
    if entity == "account":
        return "SELECT id, id AS account_id FROM main.account"
    joins, level, name = "", 0, entity
    while (parent := parent_entity(name)) is not None:
        field = parent_field(name)
        if field == "account_id":
            return f'SELECT t0.id, t{level}.account_id FROM main."{entity}" t0{joins}'
        joins += f' JOIN main."{parent}" t{level + 1} ON t{level + 1}.id = t{level}."{field}"'
        level, name = level + 1, parent
    return None


def children_of(entity: str) -> list[tuple[str, str]]:
    """List the `(entity, field)` pairs whose rows go when a row of an entity is deleted.

    Those are the rows it owns. An action item goes with its goal and its milestone too, a
    dependency with either milestone, a value and a health weight with their KPI.
    """
    return [
        (child, column.name)
        for child in entity_records()
        for column in columns_of(child)
        if column.info.get("entity") == entity
        and (column.name == parent_field(child) or (child, column.name) in _ALSO_OWNED)
    ]


_ALSO_OWNED = frozenset(
    {
        ("action", "goal_id"),
        ("action", "milestone_id"),
        ("milestone_dependency", "after_id"),
        ("kpi_value", "kpi_id"),
        ("health_measure", "kpi_id"),
        ("playbook_step", "playbook_id"),
    }
)


@cache
def references_to(entity: str) -> tuple[tuple[str, str], ...]:
    """List every `(entity, field)` pair that refers to rows of an entity, owned by them or not."""
    return tuple(
        (user, column.name)
        for user in entity_records()
        for column in columns_of(user)
        if column.info.get("entity") == entity
    )
