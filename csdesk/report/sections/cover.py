"""The cover: whose plan it is, for when, which version, and where it stands in four figures.

On paper a band of colour fills the upper part; on a screen's page the left one, as on a title
slide. What stands on white is the same: facts, then figures.
"""

from __future__ import annotations

from dataclasses import dataclass

from csdesk.model.vocabulary import CLOSED_ACTIONS, PlanStatus
from csdesk.report.elements import Sheet
from csdesk.report.logo import Logo, read_logo
from csdesk.report.page_shape import PageShape
from csdesk.report.paragraph import Paragraph
from csdesk.report.pen import Pen
from csdesk.report.theme import (
    ACCENT,
    ACCENT_DEEP,
    ACCENT_LIGHT,
    ACCENT_MIDDLE,
    ACCENT_PALE,
    BAD,
    INK,
    LINE,
    MUTED,
    WHITE,
    TextStyle,
    Tone,
)
from csdesk.report.words import State

_ON_BAND = Tone(WHITE, ACCENT_MIDDLE)
_TITLE_SIZES = (30.0, 25.0, 20.0, 16.0)
_FACT_PITCH = 42.0
_WIDE_FACT_PITCH = 38.0


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where things stand on a cover, in points."""

    left: float
    """The band's left margin; its text runs from here to `right`."""
    right: float
    bottom: float
    """The band's lower edge."""
    edge: float
    """The band's right edge."""
    top: float
    height: float
    """The band's height, from which the places in it are measured."""
    facts_left: float
    facts_right: float
    facts_top: float
    columns: int
    """How many facts stand side by side."""


@dataclass(frozen=True, slots=True)
class _Logos:
    ours: Logo | None
    customers: Logo | None


def draw_cover(pen: Pen, sheet: Sheet) -> None:
    """Draw the first page."""
    frame = _frame(sheet.page)
    logos = _Logos(read_logo(sheet.branding.logo), read_logo(sheet.branding.customer_logo))
    _draw_band(pen, frame)
    _draw_edges(pen, sheet, frame, logos)
    _draw_names(pen, sheet, frame)
    top = frame.facts_top
    if sheet.page.is_wide and logos.customers is not None:
        room = (frame.facts_right - frame.facts_left, 46.0)
        _, height = logos.customers.fitted(*room)
        logos.customers.draw(
            pen, frame.facts_left, top - height + 6, room, logo_words(sheet, is_ours=False)
        )
        top -= height + 24
    _draw_figures(pen, sheet, frame, _draw_facts(pen, sheet, frame, top))


def document_title(sheet: Sheet) -> str:
    """Name the document: the plan's own title, else what kind of document it is."""
    return sheet.view.title or sheet.words.t("Success plan")


def confidentiality(sheet: Sheet) -> str:
    """Say for whom alone the document is."""
    t, company = sheet.words.t, sheet.view.account_name
    if not company:
        return t("Confidential")
    return t("Confidential: for {company} only").format(company=sheet.words.honoured(company))


def plan_standing(sheet: Sheet) -> State:
    """Say whether this very version is agreed, else how far the plan is."""
    if sheet.is_agreed:
        return sheet.words.plan_state(PlanStatus.AGREED)
    return sheet.words.plan_state(sheet.view.status)


def _frame(page: PageShape) -> _Frame:
    if page.is_wide:
        edge = round(page.width * 0.6)
        return _Frame(
            left=page.margin,
            right=edge - 34,
            bottom=0.0,
            edge=edge,
            top=page.height,
            height=page.height,
            facts_left=edge + 38,
            facts_right=page.right,
            facts_top=page.height - 64,
            columns=1,
        )
    bottom = round(page.height * 0.41)
    return _Frame(
        left=page.margin,
        right=page.right,
        bottom=bottom,
        edge=page.width,
        top=page.height,
        height=page.height - bottom,
        facts_left=page.margin,
        facts_right=page.right,
        facts_top=bottom - 44,
        columns=2,
    )


def _draw_band(pen: Pen, frame: _Frame) -> None:
    canvas, paint = pen.canvas, pen.palette.color
    canvas.saveState()
    pen.clipped(0, frame.bottom, frame.edge, frame.height)
    canvas.linearGradient(
        0,
        frame.bottom,
        frame.edge,
        frame.top,
        (paint(ACCENT_DEEP), paint(ACCENT_MIDDLE), paint(ACCENT_LIGHT)),
        (0.0, 0.58, 1.0),
        extend=True,
    )
    canvas.setFillColor(paint(WHITE))
    for x, y, radius, alpha in (
        (frame.edge + 10, frame.top + 20, 230, 0.05),
        (frame.edge + 10, frame.top + 20, 150, 0.06),
        (40, frame.bottom - 120, 300, 0.035),
    ):
        canvas.setFillAlpha(alpha)
        canvas.circle(x, y, radius, stroke=0, fill=1)
    canvas.restoreState()


def _draw_edges(pen: Pen, sheet: Sheet, frame: _Frame, logos: _Logos) -> None:
    """Set along the band's edges whose document it is, for whom alone, for when, and the logos."""
    typesetter, width = sheet.typesetter, frame.right - frame.left
    y = frame.top - (58 if sheet.page.is_wide else 70)
    with pen.canvas.content("P"):
        note = typesetter.shortened(confidentiality(sheet), 7.6, width * 0.55, bold=True)
        pill = pen.pill(frame.right, y, note, _ON_BAND, size=7.6, align="right")
    room = width - pill - 16
    if logos.ours is not None:
        plate = (min(room, 168.0), 58.0)
        says = logo_words(sheet, is_ours=True)
        logos.ours.draw_on_plate(pen, (frame.left, y + 22), plate, says, from_top=True)
    elif sheet.view.our_company:
        company = typesetter.shortened(sheet.view.our_company, 10.5, room, bold=True)
        with pen.canvas.content("P"):
            pen.text(frame.left, y, company, 10.5, ink=WHITE, bold=True)
    has_plate = logos.customers is not None and not sheet.page.is_wide
    if logos.customers is not None and has_plate:
        logos.customers.draw_on_plate(
            pen,
            (frame.right, frame.bottom + 26),
            (190.0, 66.0),
            logo_words(sheet, is_ours=False),
            from_right=True,
        )
    span = sheet.words.span(sheet.view.start_on, sheet.view.end_on)
    if span:
        span = typesetter.shortened(span, 10, width - (206 if has_plate else 0))
        with pen.canvas.content("P"):
            pen.text(frame.left, frame.bottom + 34, span, 10, ink=ACCENT_PALE)


def logo_words(sheet: Sheet, *, is_ours: bool) -> str:
    """Describe a logo for those who cannot see it."""
    company = sheet.view.our_company if is_ours else sheet.view.account_name
    t = sheet.words.t
    if not company:
        return t("Our logo") if is_ours else t("The customer's logo")
    return t("Logo of {company}").format(company=company)


def _draw_names(pen: Pen, sheet: Sheet, frame: _Frame) -> None:
    view, words, typesetter = sheet.view, sheet.words, sheet.typesetter
    room = frame.right - frame.left
    y = frame.top - frame.height * (0.36 if sheet.page.is_wide else 0.375)
    if view.title:
        with pen.canvas.content("P"):
            kind = words.t("Customer success plan")
            pen.text(frame.left, y, kind, 11.5, ink=ACCENT_PALE)
    pen.box(frame.left, y - 22, 40, 2.6, fill=ACCENT_PALE)
    title = _fitted_title(document_title(sheet), sheet, room)
    title_top = y - 40
    title.draw(pen, frame.left, title_top, room)
    name = Paragraph(
        words.addressed(view.account_name),
        TextStyle(16, 24, color=WHITE, bold=True, phrases=True, max_lines=3),
        typesetter,
    )
    name.draw(pen, frame.left, title_top - title.height(room) - 18, room)


def _fitted_title(title: str, sheet: Sheet, room: float) -> Paragraph:
    """Set the title as large as two lines of it fit; cut one that never fits."""
    for size in _TITLE_SIZES:
        most = 2 if size > _TITLE_SIZES[-1] else 4
        style = TextStyle(
            size, size * 1.4, color=WHITE, bold=True, phrases=True, max_lines=most, role="H1"
        )
        set_title = Paragraph(title, style, sheet.typesetter)
        roomy = TextStyle(size, size * 1.4, bold=True, phrases=len(title) < 400)
        if len(Paragraph(title, roomy, sheet.typesetter).lines(room)) <= most:
            return set_title
    return set_title


def _draw_facts(pen: Pen, sheet: Sheet, frame: _Frame, top: float) -> float:
    """Set the facts under each other in their columns; return where the next thing may begin."""
    facts = _facts(sheet)
    column = (frame.facts_right - frame.facts_left) / frame.columns
    pitch = _WIDE_FACT_PITCH if sheet.page.is_wide else _FACT_PITCH
    y = top
    for index, (label, fact, state) in enumerate(facts):
        x = frame.facts_left + column * (index % frame.columns)
        y = top - pitch * (index // frame.columns)
        room = column - 12
        with pen.canvas.content("P"):
            pen.text(x, y, label, 8, ink=MUTED)
            pill = pen.pill_width(state[0], 7.4) + 8 if state and state[0] else 0.0
            width = sheet.typesetter.width(fact, 11, bold=True)
            size = max(min(11.0, 11.0 * (room - pill) / max(width, 1)), 8.0)
            shown = sheet.typesetter.shortened(fact, size, room - pill, bold=True)
            end = x + pen.text(x, y - 16.5, shown, size, ink=INK, bold=True)
            if state and state[0]:
                pen.pill(end + 8, y - 15.6, state[0], state[1], size=7.4)
    return y - 17 - 30


def _facts(sheet: Sheet) -> list[tuple[str, str, State | None]]:
    view, words, agreed = sheet.view, sheet.words, sheet.agreed
    facts: list[tuple[str, str, State | None]] = [
        (words.t("Prepared on"), words.long_date(view.today), None),
        (words.t.context("document", "Version"), f"v{view.version}", plan_standing(sheet)),
        (
            words.t("Prepared by"),
            " ".join(part for part in (view.our_company, view.owner) if part),
            None,
        ),
        (words.t("Your lead"), words.people(view.customer_owner, ""), None),
    ]
    if agreed is not None:
        day = words.date(agreed.signed_on) if agreed.signed_on else ""
        by = words.people(agreed.signed_by, "")
        said = [f"v{agreed.view.version}", day, by]
        facts.append((words.t("Last agreed"), " · ".join(part for part in said if part), None))
    return [fact for fact in facts if fact[1]]


def _draw_figures(pen: Pen, sheet: Sheet, frame: _Frame, top: float) -> None:
    figures = _figures(sheet)[:4]
    if not figures:
        return
    left, right = frame.facts_left, frame.facts_right
    is_wide = sheet.page.is_wide
    across = 2 if is_wide else 4
    if any(len(figure) >= 6 for figure, _, _ in figures):
        across = 1 if is_wide else max(min(len(figures), 4), 2)
    rows = -(-len(figures) // across)
    pitch = 56.0 if across > 1 else 50.0
    top = min(top, sheet.page.bottom + 4 + rows * pitch) if is_wide else top
    pen.line((left, top), (right, top), ink=LINE)
    column = (right - left) / across
    for index, (figure, label, ink) in enumerate(figures):
        x = left + column * (index % across)
        y = top - 42 - pitch * (index // across)
        with pen.canvas.content("P"):
            width = sheet.typesetter.width(figure, 25, bold=True)
            size = max(min(25.0, 25.0 * (column - 10) / max(width, 1)), 11.0)
            shown = sheet.typesetter.shortened(figure, size, column - 10, bold=True)
            pen.text(x, y + 6, shown, size, ink=ink, bold=True)
            named = sheet.typesetter.shortened(label, 8.6, column - 10)
            pen.text(x, y - 12, named, 8.6, ink=MUTED)


def _figures(sheet: Sheet) -> list[tuple[str, str, str]]:
    """Choose what the plan can be told by: goals and actions, else the KPIs themselves."""
    view, words = sheet.view, sheet.words
    figures: list[tuple[str, str, str]] = []
    if view.goals:
        figures.append((str(len(view.goals)), words.t("Goals"), ACCENT))
    if view.progress is not None:
        figures.append((words.percent(view.progress), words.t("Progress overall"), ACCENT))
    still_open = [action for action in view.actions if action.status not in CLOSED_ACTIONS]
    if view.actions:
        figures.append((str(len(still_open)), words.t("Open action items"), ACCENT))
    late = sum(action.is_overdue for action in still_open)
    if late:
        figures.append((str(late), words.t("of them overdue"), BAD.strong))
    if not figures:
        figures = [
            (words.value(kpi.latest.value, kpi), kpi.name, ACCENT)
            for kpi in view.kpis
            if kpi.latest is not None
        ]
    return figures
