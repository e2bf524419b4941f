"""One success plan on the terminal: its words, and its outline with progress and dates."""

from __future__ import annotations

from collections.abc import Iterator

from csdesk.actions.editing import today
from csdesk.cli.call import Call
from csdesk.cli.field_text import percent_text, row_with_id
from csdesk.cli.tables import Column
from csdesk.i18n import _, current, ngettext
from csdesk.model.vocabulary import Visibility, label_of
from csdesk.queries.fields import field_of
from csdesk.queries.outline import MeasureLine, OutlineItem, plan_outline
from csdesk.workspace.workspace import Workspace

_WORDS = ("background", "to_be", "success_statement", "review_cadence", "internal_note")


def show_plan(call: Call, workspace: Workspace, plan_id: str) -> None:
    """Show a plan whole, internal items marked as such."""
    plan = workspace.read(plan_outline, plan_id, today=today())
    assert plan is not None, "the plan was just found"
    row = workspace.read(row_with_id, "plan", plan_id)
    words = current()
    head = [plan.title, label_of(plan.status)]
    if plan.start_on or plan.end_on:
        head.append(f"{words.date(plan.start_on)} – {words.date(plan.end_on)}")
    if plan.progress is not None:
        head.append(percent_text(plan.progress))
    call.terminal.say(" · ".join(part for part in head if part))
    facts = [
        (field_of("plan", name).label(), str(row.values[name]))
        for name in _WORDS
        if row.values[name]
    ]
    facts += [
        (field_of("plan", name).label(), row.names[name])
        for name in ("owner_id", "customer_owner_id")
        if row.names.get(name)
    ]
    call.terminal.facts(facts)
    if plan.items:
        call.terminal.say()
        _print_outline(call, plan.items)


def _print_outline(call: Call, items: tuple[OutlineItem, ...]) -> None:
    columns = [
        Column(_("Item")),
        Column(_("Status")),
        Column(_("Due")),
        Column(_("In charge")),
        Column(_("Progress"), is_number=True),
        Column(""),
    ]
    call.terminal.table(columns, list(_lines(items, 0)))


def _lines(items: tuple[OutlineItem, ...], depth: int) -> Iterator[list[str]]:
    words = current()
    for item in items:
        owners = [name for name in (item.owner, item.customer_owner) if name]
        yield [
            "  " * depth + item.title,
            label_of(item.status),
            words.date(item.due_on),
            ", ".join(owners),
            percent_text(item.progress),
            ", ".join(_remarks(item)),
        ]
        for measure in item.measures:
            yield _measure(measure, depth + 1)
        yield from _lines(item.children, depth + 1)


def _remarks(item: OutlineItem) -> Iterator[str]:
    if item.late_days:
        yield ngettext("{n} day late", "{n} days late", item.late_days).format(n=item.late_days)
    if item.standing:
        yield label_of(item.standing)
    if item.hidden_by_parent or item.visibility != Visibility.CUSTOMER:
        yield Visibility.INTERNAL.label()


def _measure(measure: MeasureLine, depth: int) -> list[str]:
    """Write a success measure: its KPI, and from which number to which."""
    words = current()
    numbers = [
        "?" if number is None else words.number(number)
        for number in (measure.baseline, measure.target_number)
    ]
    said = f"{measure.kpi_name}: {' → '.join(numbers)} {measure.unit}".rstrip()
    title = f"{'  ' * depth}◇ {said}"
    return [title, "", words.date(measure.target_on), "", percent_text(measure.progress), ""]
