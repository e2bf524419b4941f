"""Somebody deleted what somebody else edited: it lives, and one decides whether it goes."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from csdesk.i18n import _, ngettext
from csdesk.queries.review_items import DeletionItem, FieldEdit
from ui.pages.review.card import Card, Choice
from ui.pages.review.item_words import (
    decided_words,
    from_computer,
    name_of,
    title_of,
    when,
    who_when,
)

KEEP, DELETE = "keep", "delete"


class DeletionCard(Card):
    """Tells who deleted it and what was edited meanwhile."""

    def __init__(self, item: DeletionItem, parent: QWidget | None = None) -> None:
        super().__init__(title_of(item), from_computer(item.deleted), parent)
        self.add_note(_happened(item), "text")
        self.add_note("\n".join(_edit_words(edit) for edit in item.edits))
        self.add_note(_went_along(item.went_along))
        self.add_note(decided_words(item))
        if item.is_gone:
            keep = Choice(KEEP, _("Bring it back"), "K", main=True)
            delete = Choice(DELETE, _("Leave it deleted"), "D")
        else:
            keep = Choice(KEEP, _("Keep it"), "K", main=True)
            delete = Choice(DELETE, _("Delete it after all"), "D")
        self.add_choices((keep, delete))


def _happened(item: DeletionItem) -> str:
    words = {"who": name_of(item.deleted), "when": when(item.deleted.at)}
    if item.taken_along:
        return _(
            "{who} took back having made this ({when}), without knowing that somebody else had "
            "made it too. So it is gone for both."
        ).format(**words)
    if item.is_gone:
        return _(
            "{who} deleted this ({when}) without knowing of the changes below. It is deleted now, "
            "though somebody decided to keep it."
        ).format(**words)
    return _(
        "{who} deleted this ({when}) without knowing of the changes below. An edit counts more "
        "than a deletion, so it is still there."
    ).format(**words)


def _edit_words(edit: FieldEdit) -> str:
    change = _("{field}: {before} → {after}").format(
        field=edit.label, before=edit.before or "–", after=edit.after or "–"
    )
    return f"{who_when('', edit.who)}   {change}"


def _went_along(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "{n} item that belongs to it was deleted with it; keeping it brings that back too.",
        "{n} items that belong to it were deleted with it; keeping it brings them back too.",
        count,
    ).format(n=count)
