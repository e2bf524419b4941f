"""The cover: whose plan, for when, which version."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pypdfium2 as pdfium
import pytest

from csdesk.model.document_setup import Setup
from csdesk.model.vocabulary import DocumentSection, PageSize
from csdesk.queries.customer_document import Branding
from csdesk.queries.customer_rows import ActionRow
from csdesk.report.palette import contrast
from tests.report.reading import made, page_texts, whole_text
from tests.report.sample_plans import TODAY, empty_plan, rich_plan


def test_the_cover_addresses_the_customer() -> None:
    cover = page_texts(made(rich_plan("ja"), "ja"))[0]
    assert "株式会社アクメ製作所 御中" in cover
    assert "サクセスプラン株式会社" in cover
    assert "2025年4月1日" in cover
    assert "v3" in cover


def test_a_plan_without_a_title_is_a_success_plan() -> None:
    assert "Success plan" in page_texts(made(empty_plan()))[0]


def test_a_title_of_any_length_leaves_room_for_the_customer() -> None:
    view = dataclasses.replace(rich_plan("en"), title="Very long title " * 60)
    cover = " ".join(page_texts(made(view))[0].split())
    assert "To Acme Manufacturing, Inc." in cover
    assert "..." in cover


def test_an_account_without_goals_shows_its_latest_figures() -> None:
    view = dataclasses.replace(rich_plan("en"), goals=(), actions=(), progress=None)
    view = dataclasses.replace(view, kpis=tuple(one.kpi for one in rich_plan("en").measures))
    cover = page_texts(made(view))[0]
    assert "85%" in cover
    assert "Onboarding completion" in cover


def test_overdue_items_are_counted_on_the_cover_only_where_there_are_some() -> None:
    late = ActionRow("Late", "us", due_on=TODAY - dt.timedelta(1), is_overdue=True)
    cover = whole_text(made(dataclasses.replace(empty_plan(), actions=(late,))))
    assert "1 of them overdue" in cover
    fine = dataclasses.replace(late, is_overdue=False)
    view = dataclasses.replace(empty_plan(), actions=(fine,))
    assert "of them overdue" not in page_texts(made(view))[0]


@pytest.mark.parametrize("accent", ["#2B5FD9", "#F5C518", "#FFFFFF", "#00FFC8", "#111111"])
@pytest.mark.parametrize("size", list(PageSize))
def test_white_words_can_be_read_wherever_the_title_runs(accent: str, size: PageSize) -> None:
    setup = Setup(page_size=size, left_out=frozenset(DocumentSection))
    view = dataclasses.replace(empty_plan(), title=" ")
    with pdfium.PdfDocument(made(view, branding=Branding(accent), setup=setup)) as document:
        page = document[0].render(scale=0.5).to_pil().convert("RGB")
    right, middle = (0.55, 0.45) if size == PageSize.WIDE else (0.92, 0.30)
    for across in (0.1, right * 0.6, right):
        place = (int(page.width * across), int(page.height * middle))
        code = "#" + "".join(f"{part:02X}" for part in page.getpixel(place))
        assert contrast(code, "#FFFFFF") >= 3.0
