"""An item of the review as lines for a reader, and as JSON for machines."""

from __future__ import annotations

from typing import Any

from csdesk.cli.review_ways import TEXT, takes_text, ways_of
from csdesk.i18n import _, current, ngettext
from csdesk.model.base import instant_text
from csdesk.queries.review_items import (
    CircleItem,
    ClashItem,
    DeletionItem,
    DuplicateItem,
    EditItem,
    RecoveredItem,
    ReviewItem,
    Who,
    WrittenValue,
)

Fact = tuple[str, str]


def title_of(item: ReviewItem) -> str:
    """Say what an item is about: Fuji Retail · Milestone “Go-live” · Due date."""
    account = "" if item.entity == "account" else item.account
    label = item.label if isinstance(item, EditItem | CircleItem) else ""
    return " · ".join(part for part in (account, item.item, label) if part)


def facts_of(item: ReviewItem) -> list[Fact]:
    """Tell what happened, as labels with values."""
    facts = _happened(item)
    facts += [(_("Decided"), f"{one.words} ({who_words(one.who)})") for one in item.decided]
    return facts


def ways_facts(item: ReviewItem) -> list[Fact]:
    """Tell what can be done: the option to type, and what it does."""
    ways = [(way.written, way.words) for way in ways_of(item)]
    if takes_text(item):
        ways.append((f"{TEXT} …", _("take this text instead")))
    return ways


def who_words(who: Who) -> str:
    """Say who did something, when and on which computer."""
    parts = (who.author or _("somebody"), current().moment(who.at), who.computer)
    return ", ".join(part for part in parts if part)


def _happened(item: ReviewItem) -> list[Fact]:
    match item:
        case EditItem():
            return [
                (_("Before"), item.before or "–"),
                (_("Shows now"), _value(item.now)),
                *((_("Also written"), _value(other)) for other in item.others),
                *([(_("Note"), item.note)] if item.note else []),
            ]
        case DeletionItem():
            return _deletion_facts(item)
        case RecoveredItem():
            return _recovered_facts(item)
        case CircleItem():
            return [
                (_("Would close a circle"), f"{item.wanted} ({who_words(item.who)})"),
                *((_("With"), f"{link.words} ({who_words(link.who)})") for link in item.links),
                (_("Shows now"), item.now or "–"),
            ]
        case DuplicateItem():
            return [
                (item.label, item.value),
                *((candidate.name, _candidate(candidate)) for candidate in item.candidates),
                *((_("Both have a value"), line) for line in item.clashes),
            ]
        case ClashItem():
            facts = [(_("What happened"), item.happened)]
            return [*facts, *((_("But edited"), line) for line in item.edits)]
    raise TypeError(item)


def _value(value: WrittenValue) -> str:
    return f"{value.words or '–'} ({who_words(value.who)})"


def _candidate(candidate: Any) -> str:
    details = ", ".join(f"{label} {value}" for label, value in candidate.details)
    return f"{details} ({who_words(candidate.who)})".strip()


def _deletion_facts(item: DeletionItem) -> list[Fact]:
    facts = [(_("Deleted by"), who_words(item.deleted))]
    but = _("But made by another, too") if item.taken_along else _("But edited")
    for edit in item.edits:
        change = f"{edit.label}: {edit.before or '–'} → {edit.after or '–'}"
        facts.append((but, f"{change} ({who_words(edit.who)})"))
    if item.went_along:
        said = ngettext("{n} row went with it", "{n} rows went with it", item.went_along)
        facts.append((_("Still gone"), said.format(n=item.went_along)))
    return facts


def _recovered_facts(item: RecoveredItem) -> list[Fact]:
    facts = [(_("Belongs to"), item.parent or "–")]
    if item.deleted is not None:
        facts.append((_("Which was deleted by"), who_words(item.deleted)))
    else:
        facts.append((_("Which"), _("never arrived here")))
    facts.append((_("Edited by"), who_words(item.edited)))
    facts += [(_("Value"), line) for line in item.values]
    if item.comes_back:
        said = ngettext("{n} row", "{n} rows", item.comes_back)
        facts.append((_("Would come back"), said.format(n=item.comes_back)))
    return facts


def item_json(item: ReviewItem) -> dict[str, Any]:
    """Write an item with all that is needed to decide."""
    return {
        "id": item.id,
        "kind": item.kind.value,
        "entity": item.entity,
        "row": item.row_id,
        "account_id": item.account_id or None,
        "title": title_of(item),
        "at": instant_text(item.at),
        **_json_of_kind(item),
        "decided": [{"decision": one.words, **_who_json(one.who)} for one in item.decided],
        "ways": [{"option": option, "does": words} for option, words in ways_facts(item)],
    }


def _json_of_kind(item: ReviewItem) -> dict[str, Any]:
    match item:
        case EditItem():
            return {
                "field": item.field,
                "before": item.before,
                "now": _value_json(item.now),
                "others": [_value_json(other) for other in item.others],
                "joined": item.join.text if item.join is not None and item.join.is_clean else None,
            }
        case DeletionItem():
            edits = [
                {
                    "field": edit.label,
                    "before": edit.before,
                    "after": edit.after,
                    **_who_json(edit.who),
                }
                for edit in item.edits
            ]
            return {
                "deleted": _who_json(item.deleted),
                "edits": edits,
                "is_gone": item.is_gone,
                "taken_along": item.taken_along,
            }
        case RecoveredItem():
            deleted = None if item.deleted is None else _who_json(item.deleted)
            places = [{"id": place.id, "name": place.words} for place in item.places]
            values = list(item.values)
            return {"owner": item.parent_id, "deleted": deleted, "places": places, "values": values}
        case CircleItem():
            return {"field": item.label, "wanted": item.wanted, "now": item.now}
        case DuplicateItem():
            rows = [candidate.id for candidate in item.candidates]
            return {"value": item.value, "rows": rows, "differing_values": list(item.clashes)}
        case ClashItem():
            return {"happened": item.happened, "edits": list(item.edits)}
    raise TypeError(item)


def _value_json(value: WrittenValue) -> dict[str, Any]:
    return {"value": value.stored, "shown": value.words, **_who_json(value.who)}


def _who_json(who: Who) -> dict[str, Any]:
    return {"author": who.author, "computer": who.computer, "at": instant_text(who.at)}
