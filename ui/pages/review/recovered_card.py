"""Something living whose owner was deleted elsewhere, so that no page shows it."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from csdesk.i18n import _, ngettext
from csdesk.queries.review_items import RecoveredItem
from csdesk.queries.value_words import short
from ui.pages.review.card import Card, Choice
from ui.pages.review.item_words import decided_words, from_computer, name_of, title_of, when

BACK, MOVE, DELETE = "back", "move:", "delete"
"""Names of choices; the id of the new owner follows the second."""

ASK_WHERE = "where"


class RecoveredCard(Card):
    """Offers to bring the owner back, to move the item elsewhere, or to delete it too."""

    def __init__(self, item: RecoveredItem, parent: QWidget | None = None) -> None:
        source = from_computer(item.deleted) if item.deleted is not None else ""
        super().__init__(title_of(item), source, parent, can_open=False)
        self._places: QMenu | None = None
        self.add_note(_happened(item), "text")
        self.add_note("\n".join(item.values))
        self.add_note(decided_words(item))
        choices = []
        # What stayed behind is there already: it is to go where the rest went.
        moves = item.stayed_behind and len(item.places) == 1
        if item.can_come_back:
            label = _("Bring {owner} back").format(owner=short(item.parent))
            choices.append(Choice(BACK, label, "B", _back_words(item), main=not moves))
        if len(item.places) == 1:
            place = item.places[0]
            label = _("Move it to {place}").format(place=short(place.words))
            choices.insert(0 if moves else 1, Choice(f"{MOVE}{place.id}", label, "M", main=moves))
        elif item.places:
            choices.append(Choice(ASK_WHERE, _("Move it to…"), "M"))
            self._places = self._menu(item)
        choices.append(Choice(DELETE, _("Delete it too"), "D"))
        self.add_choices(choices)

    @property
    def places(self) -> QMenu | None:
        """The menu of places it could go to, where there is more than one."""
        return self._places

    @Slot(QAction)
    def _on_place(self, action: QAction) -> None:
        self.decided.emit(f"{MOVE}{action.data()}")

    def _menu(self, item: RecoveredItem) -> QMenu:
        menu = QMenu(self)
        for place in item.places:
            action = menu.addAction(short(place.words).replace("&", "&&"))
            action.setData(place.id)
        menu.triggered.connect(self._on_place)
        return menu

    def decide(self, choice: str, checked: bool = False) -> None:
        if choice == ASK_WHERE and self._places is not None:
            button = self.button(ASK_WHERE)
            self._places.popup(button.mapToGlobal(button.rect().bottomLeft()))
        else:
            super().decide(choice, checked)


def _happened(item: RecoveredItem) -> str:
    if item.deleted is None:
        return _(
            "It belongs to something that never arrived here, so no page shows it. Move it to "
            "where it belongs, or delete it."
        )
    if item.stayed_behind:
        return _(
            "It belonged to {owner}, which {who} made one with another ({when}). It stayed behind: "
            "the other has its own, or it was added meanwhile."
        ).format(owner=item.parent, who=name_of(item.deleted), when=when(item.deleted.at))
    return _(
        "It belongs to {owner}, which {who} deleted ({when}) without knowing of it; no page shows "
        "it now."
    ).format(owner=item.parent, who=name_of(item.deleted), when=when(item.deleted.at))


def _back_words(item: RecoveredItem) -> str:
    words = _("Bring {owner} back").format(owner=item.parent)
    if not item.comes_back:
        return words
    more = ngettext(
        "{n} item comes back with it", "{n} items come back with it", item.comes_back
    ).format(n=item.comes_back)
    return _("{label}: {text}").format(label=words, text=more)
