"""The portfolio report as a document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest

from csdesk.actions.sample import add_sample
from csdesk.errors import CancelledError
from csdesk.model.document_setup import Setup
from csdesk.model.vocabulary import PageSize
from csdesk.progress import SILENT
from csdesk.queries.portfolio_report import GoalTally, PortfolioReport, portfolio_report
from csdesk.report.portfolio import portfolio_report_bytes
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.report.reading import outline, page_texts, structure, whole_text

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PortfolioReport]:
    folder = tmp_path_factory.mktemp("portfolio")
    with Workspace.create(folder / "w.csdesk", home=Home.at(folder), author="Kim") as workspace:
        workspace.write("Sample", add_sample, "ja", TODAY)
        yield workspace.read(portfolio_report, today=TODAY)


def made(view: PortfolioReport, language: str = "ja", size: PageSize = PageSize.A4) -> bytes:
    setup = Setup(page_size=size)
    return portfolio_report_bytes(view, language=language, progress=SILENT, setup=setup).data


def test_it_tells_renewals_accounts_late_items_and_gaps(view: PortfolioReport) -> None:
    data = made(view)
    text = whole_text(data)
    for words in (
        "蒼天丘保険株式会社",
        "¥30,960,000",
        "2027/01/15",
        "見学の日程を確定する",
        "前田 結衣様",
        "株式会社ひなた台クラウド",
        "2026年11月22日",
    ):
        assert words in text, words
    assert "雲井橋建設" not in text
    assert len(outline(data)) == 4


@pytest.mark.parametrize("size", PageSize)
@pytest.mark.parametrize(("language", "mark"), [("ja", "社内"), ("en", "Internal")])
def test_every_page_says_that_it_is_internal(
    view: PortfolioReport, language: str, mark: str, size: PageSize
) -> None:
    pages = page_texts(made(view, language, size))
    assert len(pages) >= 3
    assert all(mark in page for page in pages)


def test_the_same_view_gives_the_same_bytes(view: PortfolioReport) -> None:
    assert made(view) == made(view)


def test_an_empty_portfolio_is_a_page_too(view: PortfolioReport) -> None:
    empty = replace(view, accounts=(), late=(), our_company="")
    assert len(page_texts(made(empty, "en"))) == 1


def test_a_large_portfolio_goes_on_over_many_pages(view: PortfolioReport) -> None:
    many = replace(view, accounts=view.accounts * 20)
    pages = page_texts(made(many, "en"))
    assert len(pages) > 12


def test_the_charts_count_accounts_goals_and_renewals(view: PortfolioReport) -> None:
    counts = {("achieved", None): 3, ("partially", None): 1, ("in_progress", "off_track"): 2}
    data = made(replace(view, goals=GoalTally(counts)), "en")
    charts = [one.alternative for one in structure(data) if one.role == "Figure"]
    assert charts[0].startswith("Accounts by health (CSM's view): Green 5, Amber 4, Red 2")
    assert "Achieved 3, Partly achieved 1, Missed 0" in charts[1]
    assert "Off track 2" in charts[1]
    assert "88% of the closed goals reached" in whole_text(data)
    assert charts[2].startswith("Renewals in the next twelve months: Jan ’27 1, Feb 1")


def test_different_money_stands_apart(view: PortfolioReport) -> None:
    arr = {"JPY": 121_116_000, "USD": 980_000_00, "EUR": 5_00, "GBP": 1_00}
    figures = replace(view.figures, arr=arr)
    text = whole_text(made(replace(view, figures=figures), "en"))
    assert "¥121,116,000" in text
    assert "$980,000.00" in text
    assert "€5.00" in text


def test_odd_names_are_shown(view: PortfolioReport) -> None:
    row = view.accounts[0]._replace(name="𠮷﨑髙橋 <b>&</b> " + "長" * 300)
    text = whole_text(made(replace(view, accounts=(row,)))).replace(" ", "")
    assert "𠮷﨑髙橋<b>&</b>" in text


class Impatient:
    """Cancels at the first page."""

    def report(self, done: int, total: int | None, note: str = "") -> None:
        raise CancelledError


def test_a_cancelled_report_is_not_made(view: PortfolioReport) -> None:
    with pytest.raises(CancelledError):
        portfolio_report_bytes(view, language="ja", progress=Impatient())
