"""The cover: whose plan it is, for when, which version, and where it stands in four figures."""

from __future__ import annotations

from csdesk.model.vocabulary import CLOSED_ACTIONS
from csdesk.report.elements import Sheet
from csdesk.report.paragraph import Paragraph
from csdesk.report.pen import Pen
from csdesk.report.theme import (
    ACCENT,
    BAD,
    INK,
    LINE,
    MARGIN,
    MUTED,
    NAVY,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    WHITE,
    TextStyle,
    Tone,
    color,
)

_BAND_BOTTOM = 345.0
_PALE = "#C9D7F5"
_ON_BAND = Tone(WHITE, "#24407F")
_TITLE_SIZES = (30.0, 25.0, 20.0, 16.0)
_ROOM = PAGE_WIDTH - 2 * MARGIN


def draw_cover(pen: Pen, sheet: Sheet) -> None:
    """Draw the first page."""
    _draw_band(pen)
    _draw_names(pen, sheet)
    _draw_facts(pen, sheet)
    _draw_figures(pen, sheet)


def document_title(sheet: Sheet) -> str:
    """Name the document: the plan's own title, else what kind of document it is."""
    return sheet.view.title or sheet.words.t("Success plan")


def _draw_band(pen: Pen) -> None:
    canvas = pen.canvas
    canvas.saveState()
    pen.clipped(0, _BAND_BOTTOM, PAGE_WIDTH, PAGE_HEIGHT - _BAND_BOTTOM)
    canvas.linearGradient(
        0,
        _BAND_BOTTOM,
        PAGE_WIDTH,
        PAGE_HEIGHT,
        (color(NAVY), color("#173A82"), color("#3A74F2")),
        (0.0, 0.55, 1.0),
        extend=True,
    )
    canvas.setFillColor(color(WHITE))
    for x, y, radius, alpha in (
        (PAGE_WIDTH + 10, PAGE_HEIGHT + 20, 230, 0.05),
        (PAGE_WIDTH + 10, PAGE_HEIGHT + 20, 150, 0.06),
        (40, _BAND_BOTTOM - 120, 300, 0.035),
    ):
        canvas.setFillAlpha(alpha)
        canvas.circle(x, y, radius, stroke=0, fill=1)
    canvas.restoreState()


def _draw_names(pen: Pen, sheet: Sheet) -> None:
    view, words, typesetter = sheet.view, sheet.words, sheet.typesetter
    top = PAGE_HEIGHT - 70
    note = words.t("Confidential")
    with pen.canvas.content("P"):
        company = typesetter.shortened(view.our_company, 10.5, _ROOM - 130, bold=True)
        pen.text(MARGIN, top, company, 10.5, ink=WHITE, bold=True)
        pen.pill(PAGE_WIDTH - MARGIN, top, note, _ON_BAND, size=7.6, align="right")
    kind = words.t("Customer success plan") if view.title else ""
    with pen.canvas.content("P"):
        pen.text(MARGIN, PAGE_HEIGHT - 186, kind, 11.5, ink=_PALE)
    pen.box(MARGIN, PAGE_HEIGHT - 208, 40, 2.6, fill="#7EA6FF")
    title = _fitted_title(document_title(sheet), sheet)
    title_top = PAGE_HEIGHT - 226
    title.draw(pen, MARGIN, title_top, _ROOM)
    name = Paragraph(
        words.addressed(view.account_name),
        TextStyle(16, 24, color=WHITE, bold=True, phrases=True, max_lines=3),
        typesetter,
    )
    name.draw(pen, MARGIN, title_top - title.height(_ROOM) - 18, _ROOM)
    span = words.span(view.start_on, view.end_on)
    if span:
        with pen.canvas.content("P"):
            pen.text(MARGIN, _BAND_BOTTOM + 30, span, 10, ink=_PALE)


def _fitted_title(title: str, sheet: Sheet) -> Paragraph:
    """Set the title as large as two lines of it fit; cut one that never fits."""
    for size in _TITLE_SIZES:
        most = 2 if size > _TITLE_SIZES[-1] else 4
        style = TextStyle(
            size, size * 1.4, color=WHITE, bold=True, phrases=True, max_lines=most, role="H1"
        )
        set_title = Paragraph(title, style, sheet.typesetter)
        roomy = TextStyle(size, size * 1.4, bold=True, phrases=len(title) < 400)
        if len(Paragraph(title, roomy, sheet.typesetter).lines(_ROOM)) <= most:
            return set_title
    return set_title


def _draw_facts(pen: Pen, sheet: Sheet) -> None:
    view, words = sheet.view, sheet.words
    status, _ = words.plan_state(view.status)
    version = f"v{view.version}"
    facts = [
        (words.t("Prepared on"), words.long_date(view.today)),
        (words.t.context("document", "Version"), f"{version} ({status})" if status else version),
        (words.t("Prepared by"), " ".join(part for part in (view.our_company, view.owner) if part)),
        (words.t("Your lead"), words.people(view.customer_owner, "")),
    ]
    column = _ROOM / 2
    for index, (label, fact) in enumerate(fact for fact in facts if fact[1]):
        x = MARGIN + column * (index % 2)
        y = _BAND_BOTTOM - 46 - 46 * (index // 2)
        with pen.canvas.content("P"):
            pen.text(x, y, label, 8, ink=MUTED)
            width = sheet.typesetter.width(fact, 11, bold=True)
            size = max(min(11.0, 11.0 * (column - 12) / width), 8.0)
            shown = sheet.typesetter.shortened(fact, size, column - 12, bold=True)
            pen.text(x, y - 17, shown, size, ink=INK, bold=True)


def _draw_figures(pen: Pen, sheet: Sheet) -> None:
    figures = _figures(sheet)
    if not figures:
        return
    y = 168.0
    pen.line((MARGIN, y + 32), (PAGE_WIDTH - MARGIN, y + 32), ink=LINE)
    figures = figures[:4]
    column = _ROOM / max(len(figures), 2)
    if all(len(figure) < 6 for figure, _, _ in figures):
        column = _ROOM / 4
    for index, (figure, label, ink) in enumerate(figures):
        x = MARGIN + column * index
        with pen.canvas.content("P"):
            width = sheet.typesetter.width(figure, 25, bold=True)
            size = max(min(25.0, 25.0 * (column - 10) / max(width, 1)), 11.0)
            shown = sheet.typesetter.shortened(figure, size, column - 10, bold=True)
            pen.text(x, y - 10, shown, size, ink=ink, bold=True)
            named = sheet.typesetter.shortened(label, 8.6, column - 10)
            pen.text(x, y - 30, named, 8.6, ink=MUTED)


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
