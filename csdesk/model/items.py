"""What an outline is made of, named without its records."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ItemKind(StrEnum):
    """The kinds of items in an outline; the value is the entity's name."""

    GOAL = "goal"
    MILESTONE = "milestone"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class ItemRef:
    """One item of an outline, or the plan that holds it (`kind` None)."""

    kind: ItemKind | None
    id: str
