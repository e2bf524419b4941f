"""The names the palette finds: of accounts, people, plans and their items, templates and views.

They are read once as they are, some tens of thousands, and later only those that changed.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from csdesk.i18n import current
from csdesk.insight.name_index import Name
from csdesk.model.vocabulary import CLOSED_ACTIONS, CLOSED_GOALS, CLOSED_MILESTONES
from csdesk.queries.shipped_templates import PREFIX, shipped_templates

OWN, USUAL, PASSED, PUT_AWAY = 0, 1, 4, 20
"""Ranks: what the user looks after, others', what is done or left, what is archived."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of find: its name, and the entities it is made of."""

    name: str
    entities: tuple[str, ...]
    of_names: bool = True
    """Whether it goes by names, not by sentences."""


KINDS = (
    Kind("accounts", ("account",)),
    Kind("people", ("contact",)),
    Kind("plans", ("plan",)),
    Kind("items", ("goal", "milestone", "action"), of_names=False),
    Kind("templates", ("template",)),
    Kind("views", ("saved_view",)),
)
"""What the palette finds by name, in the order of its groups."""

# Each gives id, title, further names, rank, and the account it belongs to.
_ACCOUNT_RANK = (
    f"CASE WHEN a.archived_on IS NOT NULL THEN {PUT_AWAY}"
    f" WHEN a.status = 'churned' THEN {PASSED}"
    f" WHEN a.owner_id = :me THEN {OWN} ELSE {USUAL} END"
)
_OVER = ", ".join(
    f"'{status}'" for status in sorted({*CLOSED_GOALS, *CLOSED_MILESTONES, *CLOSED_ACTIONS})
)
_ITEM = (
    "SELECT t.id, t.title, NULL, NULL, NULL,"
    f" max({{rank}}, CASE WHEN t.status IN ({_OVER}) THEN {PASSED} ELSE 0 END), p.account_id"
    " FROM {entity} t {joins} JOIN plan p ON p.id = {plan} AND p.deleted_at IS NULL"
    " JOIN account a ON a.id = p.account_id AND a.deleted_at IS NULL"
    " WHERE t.deleted_at IS NULL"
)
_QUERIES = {
    "account": (
        "SELECT t.id, t.name, t.name_kana, t.name_en, t.external_id, {rank}, NULL"
        " FROM account t JOIN account a ON a.id = t.id WHERE t.deleted_at IS NULL"
    ),
    "contact": (
        "SELECT t.id, t.name, t.name_kana, t.email, NULL,"
        f" max({{rank}}, CASE WHEN t.left_on IS NULL THEN 0 ELSE {PASSED} END), t.account_id"
        " FROM contact t JOIN account a ON a.id = t.account_id AND a.deleted_at IS NULL"
        " WHERE t.deleted_at IS NULL"
    ),
    "plan": (
        "SELECT t.id, t.title, t.external_id, NULL, NULL,"
        f" max({{rank}}, CASE WHEN t.status = 'active' THEN 0 WHEN t.status = 'closed' THEN"
        f" {PASSED} ELSE {USUAL} END), t.account_id"
        " FROM plan t JOIN account a ON a.id = t.account_id AND a.deleted_at IS NULL"
        " WHERE t.deleted_at IS NULL"
    ),
    "goal": _ITEM.format(rank="{rank}", entity="goal", joins="", plan="t.plan_id"),
    "milestone": _ITEM.format(
        rank="{rank}",
        entity="milestone",
        joins="JOIN goal g ON g.id = t.goal_id AND g.deleted_at IS NULL",
        plan="g.plan_id",
    ),
    "action": _ITEM.format(rank="{rank}", entity="action", joins="", plan="t.plan_id"),
    "template": f"SELECT t.id, t.name, NULL, NULL, NULL, {USUAL}, NULL FROM template t"
    " WHERE t.deleted_at IS NULL",
    "saved_view": (
        f"SELECT t.id, t.name, NULL, NULL, NULL, {USUAL}, NULL FROM saved_view t"
        " WHERE t.deleted_at IS NULL AND (t.owner_id IS NULL OR t.owner_id = :me)"
    ),
}


def palette_names(
    session: Session, entity: str, me: str | None, ids: Collection[str] | None = None
) -> list[Name]:
    """Return what rows of an entity are called, all of them or those of `ids`.

    Templates that come with the program are among them, in the language of the moment.
    `me` is the member who asks: what she looks after ranks first. Rows of a deleted account or
    plan are left out. Raises KeyError for an entity the palette does not find.
    """
    sql = _QUERIES[entity].format(rank=_ACCOUNT_RANK)
    if ids is not None:
        sql += " AND t.id IN (SELECT value FROM json_each(:ids))"
    values = {"me": me or "", "ids": json.dumps(sorted(ids or ()))}
    rows = session.execute(text(sql), {name: values[name] for name in values if f":{name}" in sql})
    names = [
        Name(
            entity,
            row_id,
            title,
            tuple(other for other in (first, second, third) if other and other != title)
            if first or second or third
            else (),
            rank,
            account_id or "",
        )
        for row_id, title, first, second, third, rank, account_id in rows
        if title
    ]
    return [*names, *_shipped(ids)] if entity == "template" else names


def _shipped(ids: Collection[str] | None) -> list[Name]:
    """Return the templates that come with the program, in the language of the moment."""
    if ids is not None and not any(one.startswith(PREFIX) for one in ids):
        return []
    return [
        Name("template", one.id, one.name, rank=USUAL)
        for one in shipped_templates(current().language)
        if ids is None or one.id in ids
    ]


def tagged_accounts(session: Session, asked: str) -> dict[str, str]:
    """Return the ids of accounts with a tag that begins with `asked`, and that tag.

    Case does not matter; nothing asked gives every account with a tag.
    """
    rows = session.execute(
        text(
            "SELECT t.account_id, min(t.tag) FROM account_tag t JOIN account a"
            " ON a.id = t.account_id AND a.deleted_at IS NULL"
            " WHERE t.deleted_at IS NULL AND lower(substr(t.tag, 1, :length)) = lower(:asked)"
            " GROUP BY t.account_id ORDER BY a.archived_on IS NOT NULL, a.name"
        ),
        {"asked": asked, "length": len(asked)},
    )
    return {str(account_id): str(tag) for account_id, tag in rows}
