"""Cutting, copying and pasting in an outline, and saying what became of a pasted block.

What is cut stays, dimmed, until it is pasted somewhere: nothing is lost by forgetting to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QMimeData, QObject, Slot
from PySide6.QtGui import QGuiApplication

from csdesk.actions.editing import today
from csdesk.actions.pasting import NewItem
from csdesk.actions.plan_items import ItemKind, ItemRef
from csdesk.exchange.fields import Kind, field_label, kind_fields
from csdesk.exchange.pasted_fields import Leftover
from csdesk.exchange.pasted_items import BECAME_GOAL, PastedBlock, read_block
from csdesk.i18n import _, current, ngettext
from csdesk.queries.known_people import known_people
from ui.desk import Desk
from ui.pages.plan.copied_page import copied_text
from ui.pages.plan.outline_clipboard import Carried, carried_by, mime_of
from ui.pages.plan.outline_doings import OutlineDoings
from ui.pages.plan.outline_model import OutlineModel
from ui.pages.plan.outline_tree import Node, above
from ui.pages.plan.outline_tree_view import OutlineTreeView
from ui.pages.plan.plan_edits import PlanEdits
from ui.prompts import Message

MANY = 500
"""Items of a pasted text beyond which the worker makes them: they take longer than a moment."""

MOST_TOLD = 5
"""How many of the words that could not be read a message quotes."""


class OutlinePasting(QObject):
    """The clipboard of one outline."""

    def __init__(
        self, desk: Desk, view: OutlineTreeView, doings: OutlineDoings, edits: PlanEdits
    ) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view
        self._model: OutlineModel = view.outline_model
        self._doings = doings
        self._edits = edits
        self._cut: frozenset[str] = frozenset()
        self._waiting: list[PastedBlock] = []
        QGuiApplication.clipboard().dataChanged.connect(self._on_clipboard)

    @property
    def cut(self) -> frozenset[str]:
        """The ids of the rows that wait to be pasted elsewhere."""
        return self._cut

    def copy(self) -> bool:
        """Put the chosen items on the clipboard; False where there are none."""
        return self._take(is_cut=False)

    def cut_out(self) -> bool:
        """Put the chosen items on the clipboard, to be moved to where they are pasted."""
        if not self._take(is_cut=True):
            return False
        count = len(self._cut)
        self._desk.messages.say(
            Message(
                ngettext("{n} item is cut.", "{n} items are cut.", count).format(
                    n=current().number(count)
                ),
                "accent",
                _("Paste moves it to where the cursor is; Escape leaves it where it is."),
            )
        )
        return True

    def forget_cut(self) -> bool:
        """Leave what was cut where it is; False where nothing was."""
        if not self._cut:
            return False
        QGuiApplication.clipboard().clear()
        return True

    def paste(self, at: Node | None = None) -> bool:
        """Paste what is on the clipboard below or after a row; by default the cursor's.

        Items of CSDesk are moved or copied; a text becomes items. False where there is nothing
        to paste.
        """
        outline = self._model.outline
        data: QMimeData | None = QGuiApplication.clipboard().mimeData()
        if outline is None or data is None:
            return False
        node = at or self._model.node(self._view.currentIndex())
        carried = carried_by(data)
        home = (self._edits.workspace_id, outline.account_id)
        if carried is not None and (carried.workspace, carried.account) == home:
            return self._put(carried, node)
        text = copied_text(data)
        return self.paste_text(text, node) if text else False

    def paste_text(self, text: str, node: Node) -> bool:
        """Make items of a text below or after a row; False where it has no words."""
        outline = self._model.outline
        if outline is None:
            return False
        people = self._desk.read(known_people, outline.account_id)
        in_goal = any(one.kind is ItemKind.GOAL for one in (node, *above(node)))
        block = read_block(text, people, today(), in_goal=in_goal)
        if not block.items:
            return False
        parent, after = place_for(node, block.top_kinds)
        if len(block.items) > MANY:
            task = self._edits.paste_aside(block.items, parent, after)
            self._waiting.append(block)
            task.succeeded.connect(self._on_pasted)
            task.finished.connect(self._on_finished)
            self._desk.tasks.start(task)
            return True
        made = self._edits.paste(block.items, parent, after)
        if made is not None:
            self._doings.follow(_tops(block, made))
            self._tell(block.items, block.leftovers)
        return made is not None

    @Slot(object)
    def _on_pasted(self, made: list[ItemRef]) -> None:
        # One worker does them in their order, so the first one waiting is this one.
        block = self._waiting[0]
        self._doings.choose_all(
            _tops(block, made)
        )  # the word of the write came before: all is read
        self._tell(block.items, block.leftovers)

    @Slot()
    def _on_finished(self) -> None:
        self._waiting.pop(0)

    def _put(self, carried: Carried, node: Node) -> bool:
        """Move what was cut, or copy what was copied."""
        kinds = {ref.kind for ref in carried.refs if ref.kind is not None}
        if ItemKind.MILESTONE in kinds and ItemKind.GOAL not in kinds and not _in_goal(node):
            self._desk.messages.say(
                Message(_("A milestone stands below a goal."), "warning", _("Choose one first."))
            )
            return True
        parent, after = place_for(node, kinds)
        put = self._edits.move if carried.is_cut else self._edits.copy
        made = put(carried.refs, carried.title, parent, after)
        if made is not None:
            if carried.is_cut:
                QGuiApplication.clipboard().clear()
            self._doings.follow(made)
        return True

    def _take(self, *, is_cut: bool) -> bool:
        items, outline = self._doings.outermost, self._model.outline
        if not items or outline is None:
            return False
        data = mime_of(self._edits.workspace_id, outline, items, is_cut=is_cut)
        QGuiApplication.clipboard().setMimeData(data)
        return True

    def _tell(self, items: Sequence[NewItem], leftovers: Sequence[Leftover]) -> None:
        said = pasted_words(items)
        if not leftovers:
            self._desk.offer_undo(said)
            return
        advice = leftover_words(leftovers)
        self._desk.messages.say(
            Message(said, "warning", advice, label=_("Undo"), act=self._desk.undo)
        )

    @Slot()
    def _on_clipboard(self) -> None:
        """Dim what is cut, here or in another window, and nothing else."""
        data: QMimeData | None = QGuiApplication.clipboard().mimeData()
        carried = carried_by(data) if data is not None else None
        cut = (
            frozenset(ref.id for ref in carried.refs) if carried and carried.is_cut else frozenset()
        )
        if cut != self._cut:
            self._cut = cut
            self._view.dim("cut", cut)


def _tops(block: PastedBlock, made: Sequence[ItemRef]) -> list[ItemRef]:
    """Return what nothing else of a block holds."""
    return [ref for ref, item in zip(made, block.items, strict=True) if item.above is None]


def place_for(node: Node, kinds: Iterable[ItemKind]) -> tuple[ItemRef, ItemRef | None]:
    """Tell where items of some kinds go near a row: inside it, or after it further out."""
    wanted = set(kinds)
    chain = [node, *above(node)]
    if ItemKind.GOAL in wanted:
        holder = chain[-1]
    elif ItemKind.MILESTONE in wanted:
        holder = next((one for one in chain if one.kind is ItemKind.GOAL), chain[-1])
    else:
        holder = next(one for one in chain if one.kind is not ItemKind.ACTION)
    at = chain.index(holder)
    before = chain[at - 1] if at else None
    if before is None and holder.parent is None and holder.children:
        before = holder.children[-1]
    while before is not None and before.item is None:  # the row being typed is not stored yet
        before = holder.children[before.row - 1] if before.row else None
    return holder.ref, None if before is None else before.ref


def pasted_words(items: Sequence[NewItem]) -> str:
    """Say how many items of which kinds were made."""
    counts = Counter(item.kind for item in items)
    goals, milestones = counts[ItemKind.GOAL], counts[ItemKind.MILESTONE]
    actions = counts[ItemKind.ACTION]
    parts = []
    if goals:
        parts.append(ngettext("{n} goal", "{n} goals", goals).format(n=current().number(goals)))
    if milestones:
        words = ngettext("{n} milestone", "{n} milestones", milestones)
        parts.append(words.format(n=current().number(milestones)))
    if actions:
        words = ngettext("{n} action", "{n} actions", actions)
        parts.append(words.format(n=current().number(actions)))
    return _("Pasted: {what}.").format(what=" · ".join(parts))


def leftover_words(leftovers: Sequence[Leftover]) -> str:
    """Say what could not be read, and where it stands now."""
    fields = kind_fields(Kind.PLANS).fields
    by_field: dict[str, list[str]] = {}
    for left in leftovers:
        by_field.setdefault(left.field, []).append(left.text)
    became = by_field.pop(BECAME_GOAL, [])
    parts = [
        _("{label}: {text}").format(label=field_label(fields[name]), text=_quoted(texts))
        for name, texts in by_field.items()
    ]
    said = []
    if parts:
        said.append(
            _("These could not be read and stand in the internal notes – {what}.").format(
                what=" / ".join(parts)
            )
        )
    if became:
        words = ngettext(
            "{n} milestone became a goal, because no goal is above it.",
            "{n} milestones became goals, because no goal is above them.",
            len(became),
        )
        said.append(words.format(n=current().number(len(became))))
    return " ".join(said)


def _quoted(texts: Sequence[str]) -> str:
    unique = list(dict.fromkeys(texts))
    shown = ", ".join(_("“{text}”").format(text=text) for text in unique[:MOST_TOLD])
    return shown if len(unique) <= MOST_TOLD else f"{shown} … ({current().number(len(texts))})"


def _in_goal(node: Node) -> bool:
    return any(one.kind is ItemKind.GOAL for one in (node, *above(node)))
