"""What a choice on a card does: one undo step with a name of its own, and a word about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from csdesk.actions.clashing import settle_clash
from csdesk.actions.review import (
    bring_owner_back,
    delete_after_all,
    delete_recovered,
    keep_all,
    keep_item,
    keep_now,
    keep_two,
    let_be,
    make_hold,
    make_these_one,
    move_recovered,
    take_other,
    use_text,
)
from csdesk.i18n import _, ngettext
from csdesk.progress import Progress
from csdesk.queries.review import review_items
from csdesk.queries.review_items import (
    CircleItem,
    ClashItem,
    DeletionItem,
    DuplicateItem,
    EditItem,
    RecoveredItem,
    ReviewItem,
)
from csdesk.queries.value_words import short
from csdesk.workspace.workspace import Step
from ui.desk import Desk
from ui.pages.review import circle_card, deletion_card, duplicate_card, edit_card, recovered_card
from ui.pages.review.item_words import title_of
from ui.prompts import Message


@dataclass(frozen=True, slots=True)
class Decision:
    """A verb with what it needs, the name of its step, and what is said when it is done."""

    label: str
    said: str
    verb: Callable[..., Any]
    arguments: tuple[Any, ...]


def decide(desk: Desk, item: ReviewItem, choice: str) -> bool:
    """Do what was chosen and offer to undo it; False where it could not be done."""
    decision = decision_for(item, choice)
    step = desk.write(decision.label, decision.verb, *decision.arguments)
    if step is None:
        return False
    desk.offer_undo(decision.said)
    return True


def decision_for(item: ReviewItem, choice: str) -> Decision:
    """Return what a choice on the card of an item means. Raises KeyError for one it has not."""
    match item:
        case EditItem():
            return _of_edit(item, choice)
        case DeletionItem():
            return _of_deletion(item, choice)
        case RecoveredItem():
            return _of_recovered(item, choice)
        case CircleItem():
            return _of_circle(item, choice)
        case DuplicateItem():
            return _of_duplicates(item, choice)
        case ClashItem():
            return _of_clash(item, choice)
    raise KeyError(choice)


def can_stay(item: ReviewItem) -> bool:
    """Tell whether an item can be settled by leaving everything as it shows."""
    return isinstance(item, EditItem | DeletionItem | CircleItem)


def keep_them_all(desk: Desk) -> None:
    """Settle in one step all that can stay as it shows; the worker does it."""
    label, workspace = _("Keep all as they are"), desk.workspace

    def settle(progress: Progress) -> Step[int]:
        return workspace.write(label, keep_all, workspace.read(review_items))

    task = desk.work(_("Keeping all as they are"), settle)
    task.can_cancel = False
    task.succeeded.connect(partial(_tell_kept, desk))
    desk.tasks.start(task)


def _tell_kept(desk: Desk, step: Step[int]) -> None:
    if step.result:
        said = ngettext(
            "{n} matter stays as it is.", "{n} matters stay as they are.", step.result
        ).format(n=step.result)
        desk.offer_undo(said)
    else:
        words = _("Nothing was settled: it changed meanwhile. Look again at what is here now.")
        desk.messages.say(Message(words, "warning"))


def _of_edit(item: EditItem, choice: str) -> Decision:
    title = title_of(item, item.label)
    if choice == edit_card.KEEP:
        label = _("Keep {value}").format(value=short(item.now.words) or "–")
        return Decision(label, _("Kept: {title}").format(title=title), keep_now, (item,))
    if choice == edit_card.JOIN and item.join is not None and item.join.is_clean:
        label = _("Use the joined text: {title}").format(title=title)
        said = _("The joined text is in the plan: {title}").format(title=title)
        return Decision(label, said, use_text, (item, item.join.text))
    other = item.others[int(choice.removeprefix(edit_card.TAKE))]
    label = _("Use {value}").format(value=short(other.words) or "–")
    said = _("{title} is now {value}").format(title=title, value=short(other.words) or "–")
    return Decision(label, said, take_other, (item, other))


def _of_deletion(item: DeletionItem, choice: str) -> Decision:
    title = title_of(item)
    words = {"title": title}
    return {
        deletion_card.KEEP: Decision(
            _("Keep {title}").format(**words),
            _("Kept: {title}").format(**words),
            keep_item,
            (item,),
        ),
        deletion_card.DELETE: Decision(
            _("Delete {title} after all").format(**words),
            _("Deleted: {title}").format(**words),
            delete_after_all,
            (item,),
        ),
    }[choice]


def _of_recovered(item: RecoveredItem, choice: str) -> Decision:
    words = {"title": title_of(item), "owner": item.parent}
    if choice == recovered_card.BACK:
        return Decision(
            _("Bring {owner} back").format(**words),
            _("{owner} is back.").format(**words),
            bring_owner_back,
            (item,),
        )
    if choice == recovered_card.DELETE:
        return Decision(
            _("Delete {title}").format(**words),
            _("Deleted: {title}").format(**words),
            delete_recovered,
            (item,),
        )
    wanted = choice.removeprefix(recovered_card.MOVE)
    place = next((place for place in item.places if place.id == wanted), None)
    if place is None:
        raise KeyError(choice)
    return Decision(
        _("Move {title}").format(**words),
        _("{title} is now at {place}").format(place=place.words, **words),
        move_recovered,
        (item, place),
    )


def _of_circle(item: CircleItem, choice: str) -> Decision:
    title = title_of(item, item.label)
    if choice == circle_card.KEEP:
        said = _("Kept: {title}").format(title=title)
        return Decision(_("Keep {title}").format(title=title), said, let_be, (item,))
    link = item.links[int(choice.removeprefix(circle_card.TAKE))]
    label = _("Use {value}").format(value=item.wanted)
    said = _("{title} is now {value}").format(title=title, value=item.wanted)
    return Decision(label, said, make_hold, (item, link))


def _of_duplicates(item: DuplicateItem, choice: str) -> Decision:
    words = {"name": short(item.value)}
    return {
        duplicate_card.ONE: Decision(
            _("Make {name} one").format(**words),
            _("{name} is one now; all that belonged to the others is there.").format(**words),
            make_these_one,
            (item,),
        ),
        duplicate_card.SEVERAL: Decision(
            _("Keep {name} apart").format(**words),
            _("{name}: they stay apart.").format(**words),
            keep_two,
            (item,),
        ),
    }[choice]


def _of_clash(item: ClashItem, choice: str) -> Decision:
    way = next((way for way in item.ways if way.id == choice), None)
    if way is None:
        raise KeyError(choice)
    title = _("{label}: {text}").format(label=title_of(item), text=way.words)
    return Decision(title, title, settle_clash, (item, way))
