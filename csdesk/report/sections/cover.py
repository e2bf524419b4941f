"""The cover: whose plan it is, for when, which version, and where it stands in four figures."""

from __future__ import annotations

from csdesk.model.vocabulary import CLOSED_ACTIONS
from csdesk.report.elements import Sheet
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

_BAND_BOTTOM = 345.0
_ON_BAND = Tone(WHITE, ACCENT_MIDDLE)
_TITLE_SIZES = (30.0, 25.0, 20.0, 16.0)


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
    canvas, page, paint = pen.canvas, pen.page, pen.palette.color
    canvas.saveState()
    pen.clipped(0, _BAND_BOTTOM, page.width, page.height - _BAND_BOTTOM)
    canvas.linearGradient(
        0,
        _BAND_BOTTOM,
        page.width,
        page.height,
        (paint(ACCENT_DEEP), paint(ACCENT_MIDDLE), paint(ACCENT_LIGHT)),
        (0.0, 0.55, 1.0),
        extend=True,
    )
    canvas.setFillColor(paint(WHITE))
    for x, y, radius, alpha in (
        (page.width + 10, page.height + 20, 230, 0.05),
        (page.width + 10, page.height + 20, 150, 0.06),
        (40, _BAND_BOTTOM - 120, 300, 0.035),
    ):
        canvas.setFillAlpha(alpha)
        canvas.circle(x, y, radius, stroke=0, fill=1)
    canvas.restoreState()


def _draw_names(pen: Pen, sheet: Sheet) -> None:
    view, words, typesetter = sheet.view, sheet.words, sheet.typesetter
    page = sheet.page
    top = page.height - 70
    note = words.t("Confidential")
    with pen.canvas.content("P"):
        company = typesetter.shortened(
            view.our_company, 10.5, sheet.page.content_width - 130, bold=True
        )
        pen.text(sheet.page.margin, top, company, 10.5, ink=WHITE, bold=True)
        pen.pill(sheet.page.right, top, note, _ON_BAND, size=7.6, align="right")
    kind = words.t("Customer success plan") if view.title else ""
    with pen.canvas.content("P"):
        pen.text(sheet.page.margin, page.height - 186, kind, 11.5, ink=ACCENT_PALE)
    pen.box(sheet.page.margin, page.height - 208, 40, 2.6, fill=ACCENT_PALE)
    title = _fitted_title(document_title(sheet), sheet)
    title_top = page.height - 226
    title.draw(pen, sheet.page.margin, title_top, sheet.page.content_width)
    name = Paragraph(
        words.addressed(view.account_name),
        TextStyle(16, 24, color=WHITE, bold=True, phrases=True, max_lines=3),
        typesetter,
    )
    room = page.content_width
    name.draw(pen, page.margin, title_top - title.height(room) - 18, room)
    span = words.span(view.start_on, view.end_on)
    if span:
        with pen.canvas.content("P"):
            pen.text(sheet.page.margin, _BAND_BOTTOM + 30, span, 10, ink=ACCENT_PALE)


def _fitted_title(title: str, sheet: Sheet) -> Paragraph:
    """Set the title as large as two lines of it fit; cut one that never fits."""
    for size in _TITLE_SIZES:
        most = 2 if size > _TITLE_SIZES[-1] else 4
        style = TextStyle(
            size, size * 1.4, color=WHITE, bold=True, phrases=True, max_lines=most, role="H1"
        )
        set_title = Paragraph(title, style, sheet.typesetter)
        roomy = TextStyle(size, size * 1.4, bold=True, phrases=len(title) < 400)
        if len(Paragraph(title, roomy, sheet.typesetter).lines(sheet.page.content_width)) <= most:
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
    column = sheet.page.content_width / 2
    for index, (label, fact) in enumerate(fact for fact in facts if fact[1]):
        x = sheet.page.margin + column * (index % 2)
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
    pen.line((sheet.page.margin, y + 32), (sheet.page.right, y + 32), ink=LINE)
    figures = figures[:4]
    column = sheet.page.content_width / max(len(figures), 2)
    if all(len(figure) < 6 for figure, _, _ in figures):
        column = sheet.page.content_width / 4
    for index, (figure, label, ink) in enumerate(figures):
        x = sheet.page.margin + column * index
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
