"""The rows of an outline as a tree that changes only where a fresh reading differs.

So selection, expansion and an open editor stay as they are while others write. A row that is
being typed and not stored yet, the draft, stands in the tree like any other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Signal

from csdesk.actions.plan_items import ItemKind, ItemRef
from csdesk.queries.outline import OutlineItem, PlanOutline
from ui.tables import Index

TITLE, OWNER, DUE, STATUS, PRIORITY, VISIBILITY = range(6)
DRAFT_ID = ""


@dataclass(eq=False, slots=True)
class Node:
    """One row of the tree; the draft has no item yet."""

    id: str
    kind: ItemKind | None
    item: OutlineItem | None = None
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    key: int = 0
    """What its model indexes carry; Qt may ask with an index of a row that is gone."""
    number: int = 0
    """Which goal of the plan it is, counted from 1; 0 for other kinds."""

    @property
    def ref(self) -> ItemRef:
        """What the row stands for; the plan for the root."""
        return ItemRef(self.kind, self.id)

    @property
    def row(self) -> int:
        """Where it stands among its siblings."""
        return 0 if self.parent is None else self.parent.children.index(self)

    def below(self) -> Iterator[Node]:
        """Yield every node below this one."""
        for child in self.children:
            yield child
            yield from child.below()


@dataclass(frozen=True, slots=True)
class Draft:
    """Where the draft stands: below a parent, after a sibling or first."""

    kind: ItemKind
    parent: ItemRef
    after: str | None


def indented(node: Node) -> Draft | None:
    """Tell where a draft stands a level further in; None where nothing above can hold it."""
    holder, kind = node.parent, node.kind
    if holder is None or kind is None:
        return None
    above = holder.children[: node.row]
    at_top = kind is ItemKind.GOAL or holder.kind is None
    wanted = ItemKind.GOAL if at_top else ItemKind.MILESTONE
    under = next((one for one in reversed(above) if one.kind is wanted), None)
    if under is not None:
        inner = ItemKind.MILESTONE if kind is ItemKind.GOAL else ItemKind.ACTION
        return Draft(inner, under.ref, under.children[-1].id if under.children else None)
    if kind is ItemKind.MILESTONE:
        return Draft(ItemKind.ACTION, holder.ref, above[-1].id if above else None)
    return None


def outdented(node: Node) -> Draft | None:
    """Tell where a draft stands a level further out; None where it is a goal already."""
    holder, kind = node.parent, node.kind
    if holder is None or kind in (ItemKind.GOAL, None):
        return None
    above = holder.children[node.row - 1].id if node.row else None
    if holder.kind is None or holder.parent is None:
        return Draft(ItemKind.GOAL, holder.ref, above)
    if holder.kind is ItemKind.MILESTONE:
        return Draft(ItemKind.MILESTONE, holder.parent.ref, holder.id)
    if kind is ItemKind.ACTION:
        return Draft(ItemKind.MILESTONE, holder.ref, above)
    return Draft(ItemKind.GOAL, holder.parent.ref, holder.id)


def above(node: Node) -> Iterator[Node]:
    """Yield what holds a node, the innermost first, the root last."""
    while node.parent is not None:
        node = node.parent
        yield node


def outermost(nodes: Iterable[Node]) -> list[Node]:
    """Leave out the draft and what goes along with another node; keep the rows' order."""
    unique = {id(node): node for node in nodes if node.item is not None}
    kept = [n for n in unique.values() if not any(id(one) in unique for one in above(n))]
    return sorted(kept, key=_place)


def _place(node: Node) -> list[int]:
    return [one.row for one in (node, *above(node))][::-1]


def placed(draft: Draft, outline: PlanOutline) -> Draft:
    """Return a draft with a place: the plan's end where the item above it is gone."""
    if draft.parent.kind is None or outline.find(draft.parent.id):
        return draft
    kind = ItemKind.GOAL if draft.kind is ItemKind.MILESTONE else draft.kind
    last = outline.items[-1].ref.id if outline.items else None
    return Draft(kind, ItemRef(None, outline.id), last)


class OutlineTree(QAbstractItemModel):
    """The rows of one plan, without what stands in their cells."""

    shown = Signal()
    """The plan as read anew stands here now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = Node("", None)
        self._nodes: dict[str, Node] = {}
        self._keys: dict[int, Node] = {}
        self._next_key = 1
        self._draft: Draft | None = None
        self._outline: PlanOutline | None = None

    @property
    def outline(self) -> PlanOutline | None:
        """The plan as last read."""
        return self._outline

    @property
    def draft(self) -> Node | None:
        """The row being typed, which is not stored yet."""
        return self._nodes.get(DRAFT_ID) if self._draft else None

    def node(self, index: Index) -> Node:
        """Return what stands behind an index; the root for an invalid one."""
        return self._keys.get(index.internalId(), self._root) if index.isValid() else self._root

    def index_of(self, item_id: str, column: int = TITLE) -> QModelIndex:
        """Return the index of an item; an invalid one where it is not there."""
        node = self._nodes.get(item_id)
        return QModelIndex() if node is None else self._index(node, column)

    def all_nodes(self) -> Iterator[Node]:
        """Yield every row, each before what stands below it."""
        return self._root.below()

    def show(self, outline: PlanOutline | None) -> None:
        """Show a plan as read just now: another one anew, the same one by what changed."""
        if outline is None or self._outline is None or outline.id != self._outline.id:
            self.beginResetModel()
            self._draft = None
            self._nodes, self._keys = {}, {}
            self._outline = outline
            self._root = Node(outline.id if outline else "", None)
            for item in outline.items if outline else ():
                self._plant(item, self._root)
            self._number_goals()
            self.endResetModel()
        else:
            self._outline = outline
            self._sync()
        self.shown.emit()

    def begin_draft(self, draft: Draft) -> QModelIndex:
        """Put a draft into the tree in place of the one before; return its index."""
        self.drop_draft()
        self._draft = draft
        self._sync()
        return self.index_of(DRAFT_ID)

    def move_draft(self, draft: Draft | None) -> bool:
        """Put the draft elsewhere, its editor staying open; None moves nothing."""
        node = self.draft
        if draft is None or node is None:
            return False
        self._draft, node.kind = draft, draft.kind
        self._sync()
        self._announce(node)
        return True

    def drop_draft(self) -> None:
        """Take the draft away."""
        if self._draft is not None:
            self._draft = None
            self._sync()

    def _keep_draft(self, made: ItemRef) -> None:
        """Let the draft's row, with its open editor, be the item it was stored as."""
        node = self._nodes.pop(DRAFT_ID)
        self._draft = None
        node.id, node.kind = made.id, made.kind
        self._nodes[made.id] = node

    def _sync(self) -> None:
        outline = self._outline
        if outline is None:
            return
        if self._draft is not None:
            node, self._draft = self.draft, placed(self._draft, outline)
            if node is not None:
                node.kind = self._draft.kind
        wanted = {DRAFT_ID} if self._draft else set()
        queue = list(outline.items)
        while queue:
            item = queue.pop()
            wanted.add(item.ref.id)
            queue.extend(item.children)
        # First, so that the cursor in a deleted row goes to its neighbour: were the rows put in
        # their places before, the deleted one would have sunk to the end, the cursor with it.
        # What holds a row that moved elsewhere can only go when that has left.
        self._remove_others(self._root, wanted | _holders(self._nodes, wanted))
        self._sync_children(self._root, outline.items)
        self._remove_others(self._root, wanted)
        self._number_goals()

    def _sync_children(self, parent: Node, items: tuple[OutlineItem, ...]) -> None:
        wanted: list[OutlineItem | None] = list(items)
        if self._draft is not None and self._draft.parent.id == parent.id:
            after = self._draft.after
            ids = [item.ref.id for item in items]
            place = ids.index(after) + 1 if after in ids else (len(ids) if after else 0)
            wanted.insert(place, None)
        place = 0
        while place < len(wanted):
            item = wanted[place]
            node = self._nodes.get(DRAFT_ID if item is None else item.ref.id)
            if node is None:
                place += self._insert(parent, place, wanted[place:])
                continue
            if node.parent is not parent or node.row != place:
                self._move(node, parent, place)
            if item is not None:
                before = node.item
                node.item, node.kind = item, item.ref.kind
                if before is None or _differs(before, item):
                    self._announce(node)
                self._sync_children(node, item.children)
            place += 1

    def _insert(self, parent: Node, place: int, wanted: list[OutlineItem | None]) -> int:
        """Insert the first of the rows wanted from a place on; return how many.

        Those that are new with all that is below them come side by side, announced as one: a
        thousand rows that are pasted are one change for the view.
        """
        holder = self._draft.parent.id if self._draft is not None else ""
        count = 0
        while count < len(wanted) and _is_new(wanted[count], self._nodes, holder):
            count += 1
        self.beginInsertRows(self._index(parent), place, place + max(count, 1) - 1)
        after = parent.children[place:]
        del parent.children[place:]
        for item in wanted[:count]:
            assert item is not None
            self._plant(item, parent)
        if count == 0:
            item = wanted[0]
            kind = self._draft.kind if item is None and self._draft else None
            node = Node(DRAFT_ID, kind) if item is None else Node(item.ref.id, item.ref.kind, item)
            node.parent = parent
            parent.children.append(self._enter(node))
        parent.children += after
        self.endInsertRows()
        if count == 0 and wanted[0] is not None:
            self._sync_children(parent.children[place], wanted[0].children)
        return max(count, 1)

    def _move(self, node: Node, parent: Node, place: int) -> None:
        source = node.parent
        assert source is not None
        row = node.row
        # Qt counts the target before the row is taken out.
        target = place + 1 if source is parent and place > row else place
        self.beginMoveRows(self._index(source), row, row, self._index(parent), target)
        source.children.pop(row)
        node.parent = parent
        parent.children.insert(place, node)
        self.endMoveRows()

    def _remove_others(self, parent: Node, wanted: set[str]) -> None:
        row = len(parent.children) - 1
        while row >= 0:
            if parent.children[row].id in wanted:
                self._remove_others(parent.children[row], wanted)
                row -= 1
                continue
            last = row
            while row > 0 and parent.children[row - 1].id not in wanted:
                row -= 1
            self.beginRemoveRows(self._index(parent), row, last)
            for node in parent.children[row : last + 1]:
                for gone in (node, *node.below()):
                    self._nodes.pop(gone.id, None)
                    self._keys.pop(gone.key, None)
            del parent.children[row : last + 1]
            self.endRemoveRows()
            row -= 1

    def _plant(self, item: OutlineItem, parent: Node) -> None:
        node = self._enter(Node(item.ref.id, item.ref.kind, item, parent))
        parent.children.append(node)
        for child in item.children:
            self._plant(child, node)

    def _enter(self, node: Node) -> Node:
        node.key = self._next_key
        self._next_key += 1
        self._keys[node.key] = self._nodes[node.id] = node
        return node

    def _number_goals(self) -> None:
        number = 0
        for node in self._root.children:
            if node.kind is ItemKind.GOAL:
                number += 1
                if node.number != number:
                    node.number = number
                    self._announce(node)

    def _announce(self, node: Node) -> None:
        self.dataChanged.emit(self._index(node), self._index(node, VISIBILITY))

    def _index(self, node: Node, column: int = TITLE) -> QModelIndex:
        if node.parent is None:
            return QModelIndex()
        return self.createIndex(node.row, column, node.key)

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        holder = self.node(parent)
        if not (0 <= row < len(holder.children) and 0 <= column <= VISIBILITY):
            return QModelIndex()
        if parent.isValid() and parent.column() != TITLE:
            return QModelIndex()
        return self.createIndex(row, column, holder.children[row].key)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]
        holder = self.node(index).parent
        return QModelIndex() if holder is None else self._index(holder)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        if parent.isValid() and parent.column() != TITLE:
            return 0
        return len(self.node(parent).children)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return VISIBILITY + 1


_OWN_FIELDS = tuple(one.name for one in fields(OutlineItem) if one.name != "children")


def _holders(known: Mapping[str, Node], wanted: Collection[str]) -> set[str]:
    """Return the ids of all rows that now stand above one that is wanted."""
    holders: set[str] = set()
    for item_id in wanted:
        node = known.get(item_id)
        holder = node.parent if node is not None else None
        while holder is not None and holder.id not in holders:
            holders.add(holder.id)
            holder = holder.parent
    return holders


def _is_new(item: OutlineItem | None, known: Mapping[str, Node], holder: str) -> bool:
    """Tell whether nothing of an item is known, and it is not what holds the draft."""
    return (
        item is not None
        and item.ref.id not in known
        and item.ref.id != holder
        and all(_is_new(child, known, holder) for child in item.children)
    )


def _differs(one: OutlineItem, other: OutlineItem) -> bool:
    return len(one.children) != len(other.children) or any(
        getattr(one, name) != getattr(other, name) for name in _OWN_FIELDS
    )


def plain_index(index: Index) -> QModelIndex:
    """Return an index that may be a persistent one as the plain one Qt's methods want."""
    if isinstance(index, QModelIndex):
        return index
    return index.model().index(index.row(), index.column(), index.parent())
