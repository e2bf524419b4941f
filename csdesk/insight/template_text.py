"""The content of a plan template as text: JSON in the workspace, TOML among the resources.

Both hold the same tables. Children stand in `items`, each with its `kind`, in their order; who
writes by hand may say `goals`, `milestones` and `actions` instead. Keys that are not known here
are passed over, so that a newer version may say more.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from typing import Any

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.insight.plan_template import CSM, PlanTemplate, TemplateItem, TemplateMeasure
from csdesk.model.items import ItemKind
from csdesk.model.vocabulary import (
    ContactRole,
    Direction,
    Frequency,
    KpiCategory,
    KpiKind,
    Priority,
    Side,
    TargetMode,
    Term,
    Visibility,
)

FORMAT = 1
"""The format of what is written here; what says a higher one was made by a newer version."""

MOST_DAYS = 36_500
"""The farthest day a template may name, either side of the start."""

MOST_ITEMS = 5_000
"""More items than any plan has."""

_BELOW = {
    None: (ItemKind.GOAL, ItemKind.ACTION),
    ItemKind.GOAL: (ItemKind.MILESTONE, ItemKind.ACTION),
    ItemKind.MILESTONE: (ItemKind.ACTION,),
    ItemKind.ACTION: (),
}
_PLURALS = {"goals": ItemKind.GOAL, "milestones": ItemKind.MILESTONE, "actions": ItemKind.ACTION}
_TEXTS = ("title", "to_be", "background", "success_statement", "review_cadence", "internal_note")

Table = Mapping[str, Any]


def read_template(text: str | None) -> PlanTemplate:
    """Read the content of a template; no text is a template without items.

    Raises UserError where it is no such content, was made by a newer version, or is not sound:
    items where they cannot stand, days that are none, something due before it starts.
    """
    if not (text or "").strip():
        return PlanTemplate()
    try:
        found = json.loads(text or "", parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError):  # a number may be past all counting
        raise _unreadable() from None
    return template_of(found)


def read_toml(text: str) -> tuple[Table, PlanTemplate]:
    """Read a template file: what its head says, and its content. Raises UserError."""
    try:
        found = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError):
        raise _unreadable() from None
    return found, template_of(found.get("plan", {}))


def template_of(found: Any) -> PlanTemplate:
    """Make a template of tables; raises UserError as `read_template` does."""
    if not isinstance(found, Mapping):
        raise _unreadable()
    if isinstance(made_for := found.get("format", FORMAT), int) and made_for > FORMAT:
        raise UserError(
            _("This template was made by a newer version of CSDesk."),
            _("Update CSDesk to use it."),
        )
    items = tuple(_items(found, None))
    template = PlanTemplate(
        **{name: _text(found, name) for name in _TEXTS},
        owner=_part(found, "owner", CSM),
        customer_owner=_part(found, "customer_owner", ContactRole.EXECUTIVE_SPONSOR),
        next_review=_day(found, "next_review"),
        days=_day(found, "days"),
        items=items,
    )
    if sum(1 for _item in template.walk()) > MOST_ITEMS:
        raise UserError(_("This template has too many items."))
    return template


def write_template(template: PlanTemplate) -> str:
    """Write the content of a template as JSON; baselines stay out."""
    written = {"format": FORMAT, **_written(template)}
    return json.dumps(written, ensure_ascii=False, separators=(",", ":"))


def _written(part: Any) -> dict[str, Any]:
    """Write the fields of a part that differ from what they are anyway."""
    table: dict[str, Any] = {}
    for field in fields(part):
        value = getattr(part, field.name)
        if field.name in ("baseline", "baseline_day"):
            continue
        # Where nobody is named the usual person is meant, so nobody is written down too.
        if value == field.default and field.name not in ("owner", "customer_owner"):
            continue
        if field.name in ("items", "children"):
            table["items"] = [_written(item) for item in value]
        elif field.name == "measures":
            table["measures"] = [_written(measure) for measure in value]
        else:
            table[field.name] = format(value, "f") if isinstance(value, Decimal) else value
    return table


def _items(table: Table, above: ItemKind | None) -> Iterator[TemplateItem]:
    for one in _tables(table, "items"):
        try:
            kind = ItemKind(str(one.get("kind")))
        except ValueError:
            raise _misplaced(_text(one, "title")) from None
        yield _item(one, kind, above)
    for name, kind in _PLURALS.items():
        for one in _tables(table, name):
            yield _item(one, kind, above)


def _item(table: Table, kind: ItemKind, above: ItemKind | None) -> TemplateItem:
    title = " ".join(_text(table, "title").split())
    if kind not in _BELOW[above]:
        raise _misplaced(title)
    if not title:
        raise UserError(_("An item of the template has no title."))
    start, due = _day(table, "start"), _day(table, "due")
    if start is not None and due is not None and due < start:
        raise UserError(
            _("“{title}” would be due before it starts.").format(title=title),
            _("Correct one of the two dates."),
        )
    action = kind is ItemKind.ACTION
    side = (_term(table, "side", Side) or Side.US) if action else None
    return TemplateItem(
        kind=kind,
        title=title,
        text="" if action else _text(table, "text"),
        start=start,
        due=due,
        owner=_part(table, "owner", "" if side == Side.CUSTOMER else CSM),
        customer_owner=_part(
            table, "customer_owner", "" if side == Side.US else ContactRole.CHAMPION
        ),
        side=side,
        priority=_term(table, "priority", Priority) if action else None,
        weight=_weight(table) if kind is ItemKind.MILESTONE else None,
        visibility=_term(table, "visibility", Visibility),
        internal_note=_text(table, "internal_note"),
        key=_text(table, "key"),
        after=_keys(table) if kind is ItemKind.MILESTONE else (),
        measures=tuple(map(_measure, _tables(table, "measures"))) if kind is ItemKind.GOAL else (),
        children=tuple(_items(table, kind)),
    )


def _measure(table: Table) -> TemplateMeasure:
    name = " ".join(_text(table, "kpi").split())
    if not name:
        raise UserError(_("A success measure of the template names no KPI."))
    return TemplateMeasure(
        kpi=name,
        kpi_en=_text(table, "kpi_en"),
        kpi_id=_text(table, "kpi_id"),
        unit=_text(table, "unit"),
        kind=_term(table, "kind", KpiKind),
        category=_term(table, "category", KpiCategory),
        frequency=_term(table, "frequency", Frequency),
        direction=_term(table, "direction", Direction),
        target_mode=_term(table, "target_mode", TargetMode),
        target=_number(table, "target"),
        due=_day(table, "due"),
        source=_text(table, "source"),
    )


def _tables(table: Table, name: str) -> list[Table]:
    found = table.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise _unreadable()
    return found


def _text(table: Table, name: str) -> str:
    found = table.get(name)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise _wrong(name, found)
    return found.strip()


def _part(table: Table, name: str, usual: str) -> str:
    """Read who is in charge; where nothing is said, who usually is."""
    return _text(table, name) if name in table else str(usual)


def _day(table: Table, name: str) -> int | None:
    found = table.get(name)
    if found is None:
        return None
    if not isinstance(found, int) or isinstance(found, bool) or abs(found) > MOST_DAYS:
        raise _wrong(name, found)
    return found


def _weight(table: Table) -> int | None:
    found = table.get("weight")
    if found is None:
        return None
    if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found <= 1_000_000:
        raise _wrong("weight", found)
    return found


def _number(table: Table, name: str) -> Decimal | None:
    found = table.get(name)
    if found is None:
        return None
    try:
        number = Decimal(found) if isinstance(found, int | str | Decimal) else Decimal("NaN")
    except InvalidOperation:
        raise _wrong(name, found) from None
    if not number.is_finite() or isinstance(found, bool) or abs(number.adjusted()) > 60:
        raise _wrong(name, found)
    return number


def _term(table: Table, name: str, vocabulary: type[Term]) -> str | None:
    """Read a term; one that only a newer version knows stays the text it is."""
    found = _text(table, name)
    if not found:
        return None
    try:
        return vocabulary(found)
    except ValueError:
        return found


def _keys(table: Table) -> tuple[str, ...]:
    found = table.get("after", [])
    if isinstance(found, str) or not isinstance(found, list | tuple):
        raise _wrong("after", found)
    return tuple(str(one) for one in found)


def _wrong(name: str, found: object) -> UserError:
    return UserError(
        _("“{value}” is not a value for “{field}” of a template.").format(
            value=str(found)[:60], field=name
        ),
        _("Correct the template, or use another."),
    )


def _unreadable() -> UserError:
    return UserError(
        _("The content of this template cannot be read."),
        _("Use another template, or save the plan as a template again."),
    )


def _misplaced(title: str) -> UserError:
    return UserError(
        _("The item “{title}” of the template cannot stand where it is.").format(title=title),
        _("Goals stand at the plan, milestones below a goal, action items below any of them."),
    )
