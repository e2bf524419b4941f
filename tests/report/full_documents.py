# ruff: noqa: E501 - sentences of a sample are easier to read whole
"""Documents that use everything: an older version, an agreement, feedback, logos."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from decimal import Decimal
from functools import cache

from PIL import Image, ImageDraw

from csdesk.model.document_setup import Setup
from csdesk.model.vocabulary import DocumentKind, GoalStatus, PageSize
from csdesk.progress import SILENT
from csdesk.queries.customer_document import Agreement, Branding, CustomerDocument
from csdesk.queries.customer_rows import CustomerPlan, FeedbackRow
from csdesk.report.customer_document import customer_document_bytes
from csdesk.report.document import Made
from csdesk.report.images import accepted_image
from tests.report.sample_plans import rich_plan

_FEEDBACK_JA = [
    (
        "月次レポートの出力に時間がかかり、締め日に間に合わないことがあります。",
        "9月の更新で出力を約3倍速くしました。締め日前日の自動配信も設定しています。",
    ),
    (
        "拠点長が数値の意味を理解できていません。",
        "指標の読み方をまとめた1枚資料をお渡しし、10月の定例会で説明しました。",
    ),
]
_FEEDBACK_EN = [
    (
        "The monthly report takes so long that we sometimes miss the closing date.",
        "Since the September release it is three times faster, and it is sent the evening before closing.",
    ),
    (
        "Site managers do not know how to read the figures.",
        "We handed out a one-page guide and went through it at the October meeting.",
    ),
]


def full_plan(language: str = "ja") -> CustomerPlan:
    """Make the rich plan with one goal reached and with answers to what the customer said."""
    view = rich_plan(language, actions=18, milestones=14)
    is_ja = language == "ja"
    goals = list(view.goals)
    goals[0] = dataclasses.replace(
        goals[0],
        status=GoalStatus.ACHIEVED,
        closing_note="12拠点すべてで目標を達成し、新規拠点の利用開始は平均13日になりました。"
        if is_ja
        else "All twelve sites reached it; a new site is now live within 13 days on average.",
    )
    said = _FEEDBACK_JA if is_ja else _FEEDBACK_EN
    feedback = tuple(FeedbackRow(one, other, id=f"said-{one[:2]}") for one, other in said)
    return dataclasses.replace(view, goals=tuple(goals), feedback=feedback, version=3)


def older_plan(language: str = "ja") -> CustomerPlan:
    """Make what `full_plan` was a version ago: fewer items, earlier dates, another target."""
    view = full_plan(language)
    month = dt.timedelta(days=31)
    goals = list(view.goals)
    goals[0] = dataclasses.replace(goals[0], status=GoalStatus.IN_PROGRESS, closing_note="")
    goals[1] = dataclasses.replace(
        goals[1],
        due_on=goals[1].due_on and goals[1].due_on - month,
        measures=tuple(
            dataclasses.replace(one, target=Decimal(75), target_given=Decimal(75))
            for one in goals[1].measures
        ),
    )
    goals[2] = dataclasses.replace(
        goals[2],
        milestones=tuple(
            dataclasses.replace(one, due_on=one.due_on and one.due_on - month)
            for one in goals[2].milestones
        ),
    )
    return dataclasses.replace(
        view,
        version=2,
        today=view.today - dt.timedelta(days=41),
        goals=tuple(goals[:7]),
        actions=tuple(
            dataclasses.replace(one, status="open", done_on=None) for one in view.actions[:15]
        ),
        feedback=view.feedback[:1],
    )


def agreement(language: str = "ja") -> Agreement:
    """Make the customer's agreement to the older version."""
    old = older_plan(language)
    return Agreement(old, old.today + dt.timedelta(days=5), old.customer_owner)


def picture(size: tuple[int, int], ink: str, *, is_clear: bool = True) -> bytes:
    """Draw a simple logo: a disc and bars."""
    width, height = size
    ground = (255, 255, 255, 0 if is_clear else 255)
    image = Image.new("RGBA", size, ground)
    draw = ImageDraw.Draw(image)
    draw.ellipse((0, 0, height - 1, height - 1), fill=ink)
    for row in range(3):
        top = height * (0.12 + row * 0.3)
        draw.rectangle((height * 1.2, top, width * (1 - row * 0.16), top + height * 0.16), fill=ink)
    out = io.BytesIO()
    image.save(out, "PNG")
    return accepted_image(out.getvalue())


def branding(accent: str = "#0F766E") -> Branding:
    """Make an accent of its own and two logos."""
    return Branding(
        accent,
        logo=picture((420, 110), "#0B4F6C"),
        customer_logo=picture((300, 110), "#B8322A", is_clear=False),
    )


@cache
def full_document(
    language: str,
    size: PageSize = PageSize.A4,
    kind: DocumentKind = DocumentKind.CUSTOMER,
) -> Made:
    """Lay out the full plan with everything a document can have."""
    document = CustomerDocument(
        kind,
        language,
        full_plan(language),
        setup=Setup(page_size=size, marks_unagreed=True),
        branding=branding(),
        since=older_plan(language),
        agreed=agreement(language),
    )
    return customer_document_bytes(document, SILENT)
