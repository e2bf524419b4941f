"""How the cells of an outline are drawn: ticks, diamonds, names with initials, pills and dots."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QPainter, QPen, QPolygonF

from csdesk.actions.editing import today
from csdesk.actions.plan_items import ItemKind
from csdesk.i18n import _, current, ngettext
from csdesk.model.vocabulary import (
    ActionStatus,
    GoalStatus,
    MilestoneStatus,
    Priority,
    ProgressRag,
    Visibility,
    label_of,
)
from csdesk.queries.outline import OutlineItem
from ui.pages.plan.outline_tree import DUE, OWNER, PRIORITY, STATUS, TITLE, VISIBILITY, Node
from ui.pages.plan.outline_words import customer_name, late_words, unagreed_mark
from ui.widgets.cells import PILL_ENDS, Ink

ROW_HEIGHT = 36
BOX = 15
"""Pixels of a tick box."""

MARK_ROOM = 24
"""Pixels that a tick box or a diamond takes before the title."""

DISC = 22
"""Pixels of the round ground of an initial."""

OVERLAP = 3
"""Pixels by which two of them overlap."""

NAME_GAP = 7
"""Pixels between them and a name."""

PILL_GAP = 5
"""Pixels between two pills."""

_TONES: dict[str, str] = {
    GoalStatus.NOT_STARTED: "neutral",
    GoalStatus.IN_PROGRESS: "accent",
    GoalStatus.PAUSED: "warning",
    GoalStatus.ACHIEVED: "good",
    GoalStatus.PARTIALLY: "warning",
    GoalStatus.MISSED: "bad",
    GoalStatus.CANCELED: "neutral",
    MilestoneStatus.AT_RISK: "warning",
    ActionStatus.OPEN: "neutral",
    ActionStatus.WAITING_CUSTOMER: "warning",
    ActionStatus.WAITING_INTERNAL: "warning",
    ActionStatus.DONE: "good",
    ActionStatus.DEFERRED: "neutral",
    ProgressRag.ON_TRACK: "good",
    ProgressRag.OFF_TRACK: "bad",
}


_PRIORITY_ROLES: dict[str, str] = {
    Priority.CRITICAL: "bad",
    Priority.HIGH: "warning",
    Priority.LOW: "muted",
}


def status_tone(code: str | None) -> str:
    """Return the tone in which a status or standing is shown."""
    return _TONES.get(str(code or ""), "neutral")


def title_left(node: Node) -> int:
    """Return how many pixels a row's title stands in from the left of its cell."""
    return 0 if node.kind is ItemKind.GOAL else MARK_ROOM


def tick_box(rect: QRect) -> QRect:
    """Return where in a title's cell the tick box is."""
    return QRect(rect.left() + 2, rect.center().y() - BOX // 2, BOX, BOX)


def paint_cell(
    ink: Ink,
    painter: QPainter,
    rect: QRect,
    node: Node,
    column: int,
    *,
    folded: bool,
    is_unagreed: bool = False,
    is_dim: bool = False,
) -> None:
    """Draw one cell; `folded` says that the row hides what stands below it.

    `is_unagreed` says that the item changed since the customer agreed to the plan, `is_dim` that
    the row stands here only because of what is below it, or is on its way elsewhere.
    """
    item = node.item
    if column == TITLE:
        _paint_title(ink, painter, rect, node, folded, is_unagreed, is_dim)
    elif item is None or is_dim:
        return
    elif column == OWNER:
        _paint_owner(ink, painter, rect, item)
    elif column == DUE:
        role = "bad" if item.late_days else "text"
        ink.text(painter, rect, due_text(item), "faint" if item.is_closed else role)
    elif column == STATUS:
        _paint_status(ink, painter, rect, item)
    elif column == PRIORITY and item.priority:
        role = _PRIORITY_ROLES.get(str(item.priority), "text")
        ink.text(painter, rect, label_of(item.priority), "faint" if item.is_closed else role)
    elif column == VISIBILITY:
        _paint_visibility(ink, painter, rect, item)


def _paint_title(
    ink: Ink,
    painter: QPainter,
    rect: QRect,
    node: Node,
    folded: bool,
    is_unagreed: bool,
    is_dim: bool,
) -> None:
    item = node.item
    done = item is not None and item.is_done
    left = title_left(node)
    if node.kind is ItemKind.ACTION:
        paint_tick(ink, painter, tick_box(rect), done)
    elif node.kind is ItemKind.MILESTONE:
        _paint_diamond(ink, painter, tick_box(rect), done)
    if item is None:
        return
    inside = rect.adjusted(left, 0, 0, 0)
    bold = node.kind is not ItemKind.ACTION
    font = ink.bold if bold else ink.plain
    role = "faint" if item.is_closed or is_dim else "text"
    if is_dim:
        font = ink.plain
    if node.kind is ItemKind.GOAL:
        mark = _("Goal {n}").format(n=node.number)
        inside.setLeft(inside.left() + ink.text(painter, inside, mark, "accent", ink.small) + 8)
    pill = unagreed_mark() if is_unagreed else ""
    gap = PILL_GAP + 3
    taken = ink.width(pill, ink.small) + PILL_ENDS + gap if pill else 0
    words = inside.adjusted(0, 0, -taken, 0)
    used = ink.text(painter, words, item.title, role, font)
    if item.is_closed and not item.is_done:
        _strike(ink, painter, words, used, font)
    if pill:
        used += gap
        used += ink.pill(painter, inside.adjusted(used, 0, 0, 0), pill, "warning")
    if folded:
        rest = inside.adjusted(used + 10, 0, 0, 0)
        if rest.width() > 60:
            ink.text(painter, rest, _below_words(node), "faint", ink.small)


def _below_words(node: Node) -> str:
    milestones = sum(one.kind is ItemKind.MILESTONE for one in node.below())
    actions = sum(one.kind is ItemKind.ACTION for one in node.below())
    parts = []
    if milestones:
        parts.append(ngettext("{n} milestone", "{n} milestones", milestones).format(n=milestones))
    if actions:
        parts.append(ngettext("{n} action", "{n} actions", actions).format(n=actions))
    return " · ".join(parts)


def _strike(ink: Ink, painter: QPainter, rect: QRect, width: int, font: QFont) -> None:
    painter.setPen(QPen(ink.look.colour("faint"), 1))
    y = rect.center().y() + 1
    painter.drawLine(rect.left(), y, rect.left() + min(width, rect.width()), y)


def paint_tick(ink: Ink, painter: QPainter, box: QRect, done: bool) -> None:
    """Draw a tick box, ticked or not."""
    """Draw a tick box."""
    colour = ink.look.colour("good_fill" if done else "surface")
    painter.setPen(QPen(ink.look.colour("good_fill" if done else "faint"), 1.3))
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(box), 4, 4)
    if done:
        painter.setPen(QPen(ink.look.colour("on_accent"), 1.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        x, y, side = box.x(), box.y(), box.width()
        painter.drawPolyline(
            QPolygonF(
                [
                    QPointF(x + side * 0.24, y + side * 0.54),
                    QPointF(x + side * 0.44, y + side * 0.74),
                    QPointF(x + side * 0.78, y + side * 0.32),
                ]
            )
        )


def _paint_diamond(ink: Ink, painter: QPainter, box: QRect, done: bool) -> None:
    centre, half = QPointF(box.center()) + QPointF(0.5, 0.5), 5.5
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.look.colour("good_fill" if done else "text"))
    painter.drawPolygon(
        QPolygonF(
            [
                centre + QPointF(0, -half),
                centre + QPointF(half, 0),
                centre + QPointF(0, half),
                centre + QPointF(-half, 0),
            ]
        )
    )


def paint_initial(ink: Ink, painter: QPainter, rect: QRect, name: str, tone: str) -> int:
    """Draw the first sign of a name on a round ground; return the width it took."""
    side = min(DISC, rect.height() - 6)
    ground = QRect(rect.left(), rect.center().y() - side // 2, side, side)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.look.colour(f"{tone}_soft"))
    painter.drawEllipse(QRectF(ground))
    font = QFont(ink.small)
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(ink.look.colour(tone))
    painter.drawText(ground, int(Qt.AlignmentFlag.AlignCenter), name[:1].upper())
    return side


def _paint_owner(ink: Ink, painter: QPainter, rect: QRect, item: OutlineItem) -> None:
    people = [(item.owner, item.owner, "accent")] if item.owner else []
    if item.customer_owner:
        said = customer_name(item.customer_owner)
        people.append((item.customer_owner, said, "warning"))
    inside = QRect(rect)
    role = "faint" if item.is_closed else "text"
    for name, _said, tone in people:
        side = paint_initial(ink, painter, inside, name, tone)
        inside.setLeft(inside.left() + side - OVERLAP)
    inside.setLeft(inside.left() + OVERLAP + NAME_GAP)
    for said in _names(item):
        if ink.width(said, ink.plain) <= inside.width():
            ink.text(painter, inside, said, role)
            break


def _names(item: OutlineItem) -> tuple[str, ...]:
    """Return the name written beside the initials, whole and short: the customer's before ours."""
    name = item.customer_owner or item.owner
    if not name:
        return ()
    short = name.split()[0]
    if item.customer_owner:
        return (customer_name(name), customer_name(short))
    return (name, short)


def owner_width(ink: Ink, item: OutlineItem, names: str) -> int:
    """Return how wide the people in charge are with "whole", "short" or "none" of their names."""
    people = sum(1 for name in (item.owner, item.customer_owner) if name)
    if not people:
        return 0
    discs = people * (DISC - OVERLAP) + OVERLAP
    if names == "none":
        return discs
    whole, short = _names(item)
    return discs + NAME_GAP + ink.width(whole if names == "whole" else short, ink.plain)


def due_text(item: OutlineItem) -> str:
    """Write the day an item is due, short."""
    return current().short_date(item.due_on, today())


def status_pills(item: OutlineItem) -> list[tuple[str, str]]:
    """Return the words and tone of each pill of an item, the one that matters most first."""
    code = item.status
    words = label_of(code)
    if item.standing and code in (GoalStatus.IN_PROGRESS, GoalStatus.NOT_STARTED):
        code = item.standing
        words = label_of(code)
    if item.progress and not item.is_closed:
        words = f"{words} {current().number(round(item.progress * 100))}%"
    status = (words, status_tone(code))
    if not item.late_days:
        return [status]
    late = (late_words(item.late_days), "bad")
    begun = item.status not in (ActionStatus.OPEN, GoalStatus.NOT_STARTED)
    return [late, status] if begun else [late]


def _paint_status(ink: Ink, painter: QPainter, rect: QRect, item: OutlineItem) -> None:
    inside = QRect(rect)
    for number, (words, tone) in enumerate(status_pills(item)):
        # The first is cut where it must be, the others are left out.
        if number == 0 or ink.width(words, ink.small) + PILL_ENDS <= inside.width():
            inside.setLeft(inside.left() + ink.pill(painter, inside, words, tone) + PILL_GAP)


def _paint_visibility(ink: Ink, painter: QPainter, rect: QRect, item: OutlineItem) -> None:
    centre = QPointF(rect.center()) + QPointF(0.5, 0.5)
    shown = item.visibility == Visibility.CUSTOMER
    pen = QPen(ink.look.colour("faint"), 1.4)
    if shown and item.hidden_by_parent:
        pen.setStyle(Qt.PenStyle.DotLine)
    painter.setPen(pen)
    filled = shown and not item.hidden_by_parent
    painter.setBrush(QBrush(ink.look.colour("faint")) if filled else QBrush())
    painter.drawEllipse(centre, 5.0, 5.0)
