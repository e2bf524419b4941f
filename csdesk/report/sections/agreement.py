"""The agreement: what was agreed last, one sentence, and lines to sign for both sides."""

from __future__ import annotations

from csdesk.model.vocabulary import DocumentSection
from csdesk.report.blocks import Block, Columns, Stack
from csdesk.report.elements import Section, Sheet, unagreed_words
from csdesk.report.pen import Pen
from csdesk.report.theme import INK, MUTED, SMALL, TEXT, TextStyle

_COMPANY = TextStyle(10.4, 14.6, color=INK, bold=True, max_lines=2, role="P")
_LINE = 27.0


def agreement_section(sheet: Sheet) -> Section | None:
    """Make the signature lines; None for a document that has nothing to agree on yet.

    A version that was agreed already says so instead of asking for signatures again.
    """
    view, words, t = sheet.view, sheet.words, sheet.words.t
    if not (view.goals or view.actions or view.to_be):
        return None
    title = t.context("document", "Agreement")
    past = _past(sheet)
    if sheet.is_agreed:
        section = sheet.section(title, [sheet.text(past, TEXT)])
        section.is_narrow = True
        return section
    sentence = t("Both sides agree on the goals, milestones and action items of version {version}.")
    customer = t.context("document", "Customer")
    if view.account_name:
        customer = words.honoured(view.account_name)
    signs = Columns(
        [
            (1, _side(sheet, customer)),
            (1, _side(sheet, view.our_company or t.context("document", "Our company"))),
        ],
        gap=32,
        space_before=16,
    )
    blocks: list[Block] = [sheet.text(past, TEXT, keeps_next=True)] if past else []
    blocks += [
        sheet.text(sentence.format(version=view.version), TEXT, keeps_next=True),
        signs,
    ]
    section = sheet.section(title, [Stack(blocks, together=True)])
    section.is_narrow = True
    return section


def agreement_note(sheet: Sheet, section: str) -> list[Block]:
    """Explain the mark "not yet agreed" where it stands first; nothing in the other sections.

    `section` is "goals", "measures", "milestones" or "actions", where an item can carry it.
    """
    if section != _first_marked(sheet) or sheet.agreed is None:
        return []
    words, t = sheet.words, sheet.words.t
    agreed = sheet.agreed
    if agreed.signed_on:
        note = t(
            "“{mark}” stands with what is new or has changed since version {version}, "
            "agreed on {date}."
        )
        note = note.format(
            mark=unagreed_words(words),
            version=agreed.view.version,
            date=words.long_date(agreed.signed_on),
        )
    else:
        note = t("“{mark}” stands with what is new or has changed since version {version}.")
        note = note.format(mark=unagreed_words(words), version=agreed.view.version)
    return [sheet.text(note, SMALL, space_before=2, keeps_next=True)]


def _first_marked(sheet: Sheet) -> str:
    """Name the first section of the document in which something is marked."""
    view = sheet.view
    items = {
        DocumentSection.GOALS: [goal.id for goal in view.goals],
        DocumentSection.MEASURES: [measure.id for measure in view.measures],
        DocumentSection.MILESTONES: [milestone.id for milestone in view.milestones],
        DocumentSection.ACTIONS: [action.id for action in view.actions],
    }
    for section, ids in items.items():
        if sheet.setup.has(section) and any(sheet.is_marked(item) for item in ids):
            return section.value
    return ""


def _past(sheet: Sheet) -> str:
    """Say which version was agreed, when and by whom; nothing where none was."""
    words, t, agreed = sheet.words, sheet.words.t, sheet.agreed
    if agreed is None:
        return ""
    version, by = agreed.view.version, words.honoured(agreed.signed_by) if agreed.signed_by else ""
    if agreed.signed_on and by:
        sentence = t("{person} agreed to version {version} on {date}.")
    elif agreed.signed_on:
        sentence = t("Version {version} was agreed on {date}.")
    elif by:
        sentence = t("{person} agreed to version {version}.")
    else:
        sentence = t("Version {version} was agreed.")
    date = words.long_date(agreed.signed_on) if agreed.signed_on else ""
    return sentence.format(person=by, version=version, date=date)


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
        pen.line((x + 52, y), (x + width, y), ink=MUTED, width=0.5)
