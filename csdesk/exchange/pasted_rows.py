"""What one line of a pasted block says, before anybody decides what kind of item it becomes."""

from __future__ import annotations

from dataclasses import dataclass, field

from csdesk.model.items import ItemKind


@dataclass(slots=True)
class PastedRow:
    """One line of text, or one row of a table."""

    title: str
    depth: int = 0
    """How many levels it stands in from the block's left edge."""
    kind: ItemKind | None = None
    """What it says to be; None where its place has to tell."""
    is_ticked: bool | None = None
    """Whether the box before it is ticked; None where it has none."""
    rank: tuple[int, int] = (0, 0)
    """The sign before it: of two lines that stand in alike, the higher rank is the inner one."""
    may_have_asides: bool = False
    """Whether "(佐藤様、12/5)" after the title may say who and when: in a list, not in a table."""
    cells: dict[str, str] = field(default_factory=dict)
    """The text of each field that it has, by the field's name."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    """What no field was found for, each with the heading it stood under."""
