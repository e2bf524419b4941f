"""The agreement: one sentence, and lines to sign for both sides."""

from __future__ import annotations

from csdesk.report.blocks import Block, Columns, Stack
from csdesk.report.elements import Section, Sheet
from csdesk.report.pen import Pen
from csdesk.report.theme import INK, MUTED, TEXT, TextStyle

_COMPANY = TextStyle(10.4, 14.6, color=INK, bold=True, max_lines=2, role="P")
_LINE = 27.0


def agreement_section(sheet: Sheet) -> Section | None:
    """Make the signature lines; None for a document that has nothing to agree on yet."""
    view, words, t = sheet.view, sheet.words, sheet.words.t
    if not (view.goals or view.actions or view.to_be):
        return None
    sentence = t("Both sides agree on the goals, milestones and action items of version {version}.")
    signs = Columns(
        [
            (1, _side(sheet, words.honoured(view.account_name))),
            (1, _side(sheet, view.our_company or t.context("document", "Our company"))),
        ],
        gap=32,
        space_before=16,
    )
    blocks: list[Block] = [
        sheet.text(sentence.format(version=view.version), TEXT, keeps_next=True),
        signs,
    ]
    return sheet.section(t.context("document", "Agreement"), [Stack(blocks, together=True)])


def _side(sheet: Sheet, company: str) -> Stack:
    t = sheet.words.t
    return Stack(
        [
            sheet.text(company, _COMPANY),
            *(
                _SignatureLine(label)
                for label in (
                    t.context("document", "Name"),
                    t.context("document", "Job title"),
                    t.context("document", "Signature"),
                    t.context("document", "Date"),
                )
            ),
        ]
    )


class _SignatureLine(Block):
    """A line to write on, with what belongs there."""

    def __init__(self, label: str) -> None:
        self._label = label

    def height(self, width: float) -> float:
        """Return the room for handwriting."""
        return _LINE

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the word and the line."""
        y = top - _LINE + 4
        with pen.canvas.content("P"):
            pen.text(x, y + 3, self._label, 7.6, ink=MUTED)
        pen.line((x + 62, y), (x + width, y), ink=MUTED, width=0.5)
