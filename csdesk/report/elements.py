"""Small blocks that several sections use: headings, state words, progress, numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from csdesk.model.document_setup import PLAIN_SETUP, Setup
from csdesk.queries.customer_document import PLAIN_BRANDING, Agreement, Branding
from csdesk.queries.customer_rows import CustomerPlan
from csdesk.report.blocks import Block, Stack, Wrapped
from csdesk.report.page_shape import A4, PageShape
from csdesk.report.paragraph import Paragraph
from csdesk.report.pen import Pen
from csdesk.report.running_text import running_text
from csdesk.report.table import GAP, Column
from csdesk.report.theme import (
    ACCENT,
    CELL,
    INK,
    LABEL,
    MUTED,
    SECTION,
    SUBSECTION,
    WARNING,
    WHITE,
    TextStyle,
    Tone,
)
from csdesk.report.typesetting import Typesetter
from csdesk.report.words import State, Words


@dataclass(frozen=True, slots=True)
class Sheet:
    """What every section works with: the plan, the language, the letters and the page."""

    view: CustomerPlan
    words: Words
    typesetter: Typesetter
    page: PageShape = A4
    setup: Setup = PLAIN_SETUP
    branding: Branding = PLAIN_BRANDING
    since: CustomerPlan | None = None
    """The version the customer has, in the document's language."""
    agreed: Agreement | None = None
    unagreed: frozenset[str] = frozenset()
    """Ids of what changed since the version the customer agreed to."""

    @property
    def is_agreed(self) -> bool:
        """Whether the customer agreed to this very version."""
        return self.agreed is not None and self.agreed.view.version == self.view.version

    @property
    def joint(self) -> str:
        """What stands between the people of both sides: on a wide page they share a line."""
        return " / " if self.page.is_wide else "\n"

    def is_marked(self, item: str) -> bool:
        """Tell whether an item carries the mark "not yet agreed"."""
        return self.setup.marks_unagreed and item in self.unagreed

    def text(
        self, text: str, style: TextStyle, *, space_before: float = 0.0, keeps_next: bool = False
    ) -> Paragraph:
        """Make a paragraph of user text or of our own."""
        return Paragraph(
            text, style, self.typesetter, space_before=space_before, keeps_next=keeps_next
        )

    def running(self, text: str, style: TextStyle, *, space_before: float = 0.0) -> Block:
        """Make a paragraph of user text in which addresses of the web lead there."""
        return running_text(text.strip(), style, self.typesetter, space_before=space_before)

    def widest(self, texts: Iterable[str], size: float, *, bold: bool = False) -> float:
        """Measure the widest of some short texts, for the column that holds them."""
        return max((self.typesetter.width(text, size, bold=bold) for text in texts), default=0.0)

    def state_column(
        self, heading: str, states: Iterable[State], size: float, *, is_marked: bool = False
    ) -> Column:
        """Make a column as wide as its widest state; its share is in points.

        `is_marked` makes room for the mark "not yet agreed" too.
        """
        shown = [word for word, _ in states]
        shown += [unagreed_words(self.words)] if is_marked else []
        widest = self.widest(shown, size, bold=True) + size * 1.7 + 1
        return Column(heading, min(max(widest, self.widest([heading], LABEL.size)), 120.0))

    def short_column(self, heading: str, texts: Iterable[str], *, bold: bool = False) -> Column:
        """Make a column as wide as its widest text; its share is in points."""
        widest = self.widest(texts, CELL.size, bold=bold) + 1
        limit = 150.0 if self.page.is_wide else 100.0
        return Column(heading, min(max(widest, self.widest([heading], LABEL.size)), limit))

    def shared(self, columns: Sequence[Column | tuple[str, float]]) -> list[Column]:
        """Give what the measured columns leave of the page's width to the others, by shares."""
        room = self.page.content_width - GAP * (len(columns) - 1)
        room -= sum(column.share for column in columns if isinstance(column, Column))
        shares = sum(column[1] for column in columns if not isinstance(column, Column))
        return [
            column if isinstance(column, Column) else Column(column[0], room * column[1] / shares)
            for column in columns
        ]

    def section(
        self, title: str, blocks: Sequence[Block], *, aside: str = "", space_before: float = 26.0
    ) -> Section:
        """Put `blocks` under a heading that is also an entry of the outline.

        On a screen's page sections stand closer: there is less of it.
        """
        space_before = min(space_before, 20.0) if self.page.is_wide else space_before
        heading = Heading(title, self.typesetter, aside=aside)
        return Section(title, [heading, *blocks], space_before=space_before)

    def state(self, state: State, item: str, *, size: float) -> Block:
        """Make the cell of an item's state, with the mark beneath where it is not agreed yet."""
        pill = StateWord(state, size=size)
        if not self.is_marked(item):
            return pill
        return Stack([pill, UnagreedMark(self.words, size=size, space_before=2)])

    def subheading(self, title: str, *, space_before: float = 16.0) -> Paragraph:
        """Make the heading of a part of a section."""
        return self.text(title, SUBSECTION, space_before=space_before, keeps_next=True)


class Section(Stack):
    """A part of the document with its own entry in the outline."""

    is_narrow = False
    """Whether it reads well in half of a screen's page, so that another may stand beside it."""

    def __init__(self, title: str, blocks: Sequence[Block], *, space_before: float = 0.0) -> None:
        super().__init__(blocks, space_before=space_before, role="Sect")
        self.title = title

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the section; what it shows of an item has a place of its own."""
        pen.places.begin_part()
        super().draw(pen, x, top, width)


class Placed(Wrapped):
    """A block that shows one item of the plan, so that a click on it finds the item."""

    def __init__(self, inside: Block, entity: str, item: str) -> None:
        """Take the kind of the item ("goal", "milestone" …) and its id."""
        super().__init__(inside)
        self._entity = entity
        self._item = item

    def around(self, part: Block) -> Placed:
        """Let each part show the item."""
        return Placed(part, self._entity, self._item)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the block and note its place."""
        box = (x, top - self._inside.height(width), x + width, top)
        pen.note_place(self._entity, self._item, box)
        self._inside.draw(pen, x, top, width)


class Linked(Block):
    """A text of one place of the document that a click follows to another."""

    def __init__(self, inside: Paragraph, anchor: str, says: str) -> None:
        """Take the name of an `Anchor` of the same document and what the link is called."""
        self._inside = inside
        self._anchor = anchor
        self._says = says

    def height(self, width: float) -> float:
        """Measure the text."""
        return self._inside.height(width)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the text and let it lead to the other place."""
        box = (x, top - self.height(width), x + width, top)
        with pen.canvas.content("P"), pen.canvas.link(f"#{self._anchor}", box, self._says):
            self._inside.draw(pen, x, top, width)


class Anchor(Wrapped):
    """A block that a `Linked` text leads to."""

    def __init__(self, inside: Block, name: str) -> None:
        super().__init__(inside)
        self._name = name

    def around(self, part: Block) -> Anchor:
        """Let the link lead to the first part."""
        return Anchor(part, self._name)

    def around_rest(self, part: Block) -> Block:
        """Leave the rest alone: one name, one place."""
        return part

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the block and mark its place."""
        pen.canvas.anchor(self._name, top)
        self._inside.draw(pen, x, top, width)


def goal_anchor(number: int) -> str:
    """Name the place where a goal is told in full, by its number from 1."""
    return f"goal-{number}"


def placed_row(cells: Sequence[Block], entity: str, item: str) -> list[Block]:
    """Make the cells of a table's row show an item, each for its part of the row."""
    return [Placed(cell, entity, item) for cell in cells]


class UnagreedMark(Block):
    """The words that an item changed since the customer agreed, with a hollow diamond."""

    def __init__(self, words: Words, *, size: float = 6.8, space_before: float = 0.0) -> None:
        self._text = unagreed_words(words)
        self._size = size
        self.space_before = space_before

    def height(self, width: float) -> float:
        """Return a line's height."""
        return self._size * 1.75

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the diamond and the words."""
        radius = self._size * 0.34
        y = top - self._size * 1.2
        middle = y + self._size * 0.36
        pen.diamond(x + radius + 0.6, middle, radius, fill=WHITE, stroke=WARNING.strong)
        start = x + 2 * radius + 4
        text = pen.typesetter.shortened(self._text, self._size, x + width - start, bold=True)
        with pen.canvas.content("Span"):
            pen.text(start, y, text, self._size, ink=WARNING.strong, bold=True)


def unagreed_words(words: Words) -> str:
    """Return the words of the mark."""
    return words.t("Not yet agreed")


class Heading(Block):
    """A section's title with a bar of colour before it and a short note at the right."""

    keeps_next = True

    def __init__(self, title: str, typesetter: Typesetter, *, aside: str = "") -> None:
        self._title = title
        self._words = Paragraph(title, SECTION, typesetter)
        self._aside = aside

    def height(self, width: float) -> float:
        """Measure the title and the room under it."""
        return self._words.height(width - 14) + 9

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw bar, title and note, and mark the place for the outline."""
        height = self._words.height(width - 14)
        pen.canvas.bookmark(self._title, top)
        pen.box(x, top - height + 2, 3.2, height - 3, fill=ACCENT, radius=1)
        self._words.draw(pen, x + 13, top, width - 14)
        if self._aside:
            with pen.canvas.content("P"):
                pen.text(x + width, top - 15.5, self._aside, 8.4, ink=MUTED, align="right")


class StateWord(Block):
    """A state in words on its colour, at the left of its cell."""

    def __init__(self, state: State, *, size: float = 7.2) -> None:
        self._state = state
        self._size = size

    def height(self, width: float) -> float:
        """Return the pill's height."""
        return self._size * 1.9

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the pill."""
        word, tone = self._state
        word = pen.typesetter.shortened(word, self._size, width - self._size * 1.7, bold=True)
        with pen.canvas.content("Span"):
            pen.pill(x, top - self._size * 1.32, word, tone, size=self._size)


class Numbered(Block):
    """The number of a goal in a disc of its state's colour."""

    def __init__(self, number: int, tone: Tone, *, radius: float = 10.5) -> None:
        self._number = number
        self._tone = tone
        self._radius = radius

    def height(self, width: float) -> float:
        """Return the disc's height."""
        return self._radius * 2

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the disc and the number in it."""
        middle = top - self._radius
        pen.disc(x + self._radius, middle, self._radius, fill=self._tone.soft)
        size = self._radius * 0.92
        with pen.canvas.content("Span"):
            pen.text(
                x + self._radius,
                middle - size * 0.36,
                str(self._number),
                size,
                ink=self._tone.strong,
                bold=True,
                align="center",
            )


class ProgressPanel(Block):
    """How far something is: percentage, state in words, bar."""

    def __init__(self, progress: Decimal | None, state: State, words: Words) -> None:
        self._progress = progress
        self._state = state
        self._words = words

    def height(self, width: float) -> float:
        """Return the height of the two lines."""
        return 29.0 if self._progress is not None else 17.0

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the words, then the bar where the progress is known."""
        word, tone = self._state
        with pen.canvas.content("P"):
            if self._progress is not None:
                pen.text(x, top - 14, self._words.percent(self._progress), 13, ink=INK, bold=True)
            room = width - (44 if self._progress is not None else 0)
            word = pen.typesetter.shortened(word, 7.2, room - 13, bold=True)
            pen.pill(x + width, top - 12, word, tone, size=7.2, align="right")
        if self._progress is not None:
            pen.progress_bar(x, top - 26, width, float(self._progress), ink=tone.strong)
