"""Where the cards of an organisation chart stand: a tidy tree for each person without a boss.

Pure geometry: it knows ids and who reports to whom, nothing of names or pens. Two things would
make endless rows: many reports of one boss who have none of their own, so they stand in two
columns; and people who have neither boss nor reports, so they stand in a block of rows below.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_BESIDE = 3
"""How many reports without reports of their own stand side by side; more stand in two columns."""

FEWEST_IN_A_ROW = 5
"""How many people without boss and reports stand side by side at least."""


class Way(StrEnum):
    """Where one goes from a card."""

    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large cards are and how far apart they stand, in any one unit."""

    width: float
    height: float
    gap: float
    """Between neighbours."""
    rise: float
    """Between a boss and the reports below."""
    tree_gap: float
    """Between trees."""


@dataclass(frozen=True, slots=True)
class Card:
    """Where one card stands: its left upper corner, and the boss it is joined to."""

    id: str
    boss_id: str | None
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class OrgChart:
    """All cards in the order in which people were given, and the room they take.

    `circles` are the people who report to each other in a circle; one of each circle stands
    at the top as if without a boss.
    """

    cards: Mapping[str, Card]
    reports: Mapping[str, tuple[str, ...]]
    circles: frozenset[str]
    width: float
    height: float

    def is_stacked(self, boss_id: str) -> bool:
        """Tell whether the reports of a boss stand in two columns rather than side by side."""
        return _is_stack(boss_id, self.reports)

    def neighbour(self, card_id: str, way: Way) -> str | None:
        """Return whose card one comes to from a card; None at the edge or for an unknown id.

        Up leads to the boss and down to the first report; where there is none, and to either
        side, to the nearest card.
        """
        here = self.cards.get(card_id)
        if here is None:
            return None
        if way is Way.UP and here.boss_id is not None:
            return here.boss_id
        if way is Way.DOWN and self.reports.get(card_id):
            return self.reports[card_id][0]
        others = [card for card in self.cards.values() if _lies(card, here, way)]
        if way in (Way.LEFT, Way.RIGHT):
            nearest = min(others, key=lambda card: abs(card.x - here.x), default=None)
        else:
            nearest = min(
                others, key=lambda card: (abs(card.y - here.y), abs(card.x - here.x)), default=None
            )
        return None if nearest is None else nearest.id


def org_chart(people: Sequence[tuple[str, str | None]], sizes: Sizes) -> OrgChart:
    """Lay out people, each given as id and the id of the boss, in `sizes`.

    Nobody overlaps, a boss stands in the middle above the reports, and reports stand in the order
    given: from left to right, and where they are stacked from row to row. A boss who is not among
    the people counts as none.
    """
    bosses, circles = _bosses(people)
    reports: dict[str, list[str]] = {}
    for person, boss in bosses.items():
        if boss is not None:
            reports.setdefault(boss, []).append(person)
    roots = [person for person, boss in bosses.items() if boss is None]
    places: dict[str, tuple[float, float]] = {}
    left = bottom = 0.0
    for root in roots:
        if root in reports:
            tree = _tree(root, reports, sizes)
            places.update({person: (x + left, y) for person, (x, y) in tree.items()})
            left += max(x for x, _y in tree.values()) + sizes.width + sizes.tree_gap
            bottom = max(bottom, *(y + sizes.height for _x, y in tree.values()))
    alone = [root for root in roots if root not in reports]
    trees_width = max(0.0, left - sizes.tree_gap)
    places.update(_block(alone, trees_width, bottom + sizes.tree_gap if places else 0.0, sizes))
    return OrgChart(
        cards={person: Card(person, bosses[person], *places[person]) for person in bosses},
        reports={boss: tuple(below) for boss, below in reports.items()},
        circles=circles,
        width=max((x + sizes.width for x, _y in places.values()), default=0.0),
        height=max((y + sizes.height for _x, y in places.values()), default=0.0),
    )


def _lies(card: Card, here: Card, way: Way) -> bool:
    """Tell whether a card lies on one side of another."""
    if way in (Way.LEFT, Way.RIGHT):
        side = card.x < here.x if way is Way.LEFT else card.x > here.x
        return side and card.y == here.y
    return card.y < here.y if way is Way.UP else card.y > here.y


def _bosses(
    people: Iterable[tuple[str, str | None]],
) -> tuple[dict[str, str | None], frozenset[str]]:
    """Return each person's boss, circles opened at the first of them, and who is in a circle."""
    named = dict(people)
    bosses = {person: boss if boss in named else None for person, boss in named.items()}
    circles: set[str] = set()
    done: set[str] = set()
    for start in bosses:
        path: dict[str, None] = {}
        person: str | None = start
        while person is not None and person not in done and person not in path:
            path[person] = None
            person = bosses[person]
        if person is not None and person in path:
            way = list(path)
            circle = way[way.index(person) :]
            circles.update(circle)
            bosses[min(circle, key=list(bosses).index)] = None
        done.update(path)
    return bosses, frozenset(circles)


class _Outline:
    """The left and right edges of a subtree by level, its root last; all shifted by `offset`."""

    __slots__ = ("left", "offset", "right")

    def __init__(self) -> None:
        self.left: list[float] = []
        self.right: list[float] = []
        self.offset = 0.0

    def add_root(self) -> None:
        """Put a root at 0 above what is there."""
        self.left.append(-self.offset)
        self.right.append(-self.offset)

    def add_stack(self, count: int, aside: float) -> None:
        """Put `count` cards in two columns, each `aside` from the middle, where nothing is yet."""
        rows = [aside] * (count // 2) + [-aside] * (count % 2)
        self.right = rows[::-1]
        self.left = [-aside] * len(rows)

    def room_for(self, other: _Outline, apart: float) -> float:
        """Return how far to the right another one has to stand so as not to touch this one."""
        shared = min(len(self.left), len(other.left))
        return apart + max(
            (self.right[-level] + self.offset) - (other.left[-level] + other.offset)
            for level in range(1, shared + 1)
        )

    def joined(self, other: _Outline, shift: float) -> _Outline:
        """Return the outline of both, the other one shifted; only the shallower one is copied."""
        other.offset += shift
        if len(other.left) <= len(self.left):
            for level in range(1, len(other.left) + 1):
                self.right[-level] = other.right[-level] + other.offset - self.offset
            return self
        for level in range(1, len(self.left) + 1):
            other.left[-level] = self.left[-level] + self.offset - other.offset
        return other


def _is_stack(boss_id: str, reports: Mapping[str, Sequence[str]]) -> bool:
    below = reports.get(boss_id, ())
    return len(below) > MOST_BESIDE and not any(report in reports for report in below)


def _tree(
    root: str, reports: Mapping[str, Sequence[str]], sizes: Sizes
) -> dict[str, tuple[float, float]]:
    """Return the left upper corners of a tree whose leftmost card stands at 0."""
    order = [root]
    for person in order:
        order.extend(reports.get(person, ()))
    apart = sizes.width + sizes.gap
    shapes: dict[str, _Outline] = {}
    beside: dict[str, float] = {root: 0.0}
    for person in reversed(order):
        below = reports.get(person, ())
        if _is_stack(person, reports):
            shape = _Outline()
            shape.add_stack(len(below), apart / 2)
            beside.update({report: apart * (place % 2 - 0.5) for place, report in enumerate(below)})
            shape.add_root()
            shapes[person] = shape
            continue
        shape = shapes.pop(below[0]) if below else _Outline()
        steps = [0.0] * bool(below)
        for report in below[1:]:
            other = shapes.pop(report)
            steps.append(shape.room_for(other, apart))
            shape = shape.joined(other, steps[-1])
        middle = (steps[0] + steps[-1]) / 2 if steps else 0.0
        beside.update({report: step - middle for report, step in zip(below, steps, strict=True)})
        shape.offset -= middle
        shape.add_root()
        shapes[person] = shape
    places = {root: (0.0, 0.0)}
    for person in order:
        x, y = places[person]
        in_a_row = 2 if _is_stack(person, reports) else len(order)
        for place, report in enumerate(reports.get(person, ())):
            level = 1 + place // in_a_row
            places[report] = (x + beside[report], y + level * (sizes.height + sizes.rise))
    first = min(x for x, _y in places.values())
    return {person: (x - first, y) for person, (x, y) in places.items()}


def _block(
    people: Sequence[str], wide: float, top: float, sizes: Sizes
) -> dict[str, tuple[float, float]]:
    """Return the corners of people who stand in rows about `wide`, from `top` down."""
    step = sizes.width + sizes.gap
    in_a_row = max(FEWEST_IN_A_ROW, int((wide + sizes.gap) // step))
    return {
        person: (
            place % in_a_row * step,
            top + place // in_a_row * (sizes.height + sizes.gap),
        )
        for place, person in enumerate(people)
    }
