"""The internal brief: everything we know, marked as ours on every page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest

from csdesk.actions.sample import add_sample
from csdesk.model.document_setup import Setup
from csdesk.model.vocabulary import PageSize
from csdesk.progress import SILENT
from csdesk.queries.internal_brief import InternalBrief, internal_brief
from csdesk.queries.rows import find_row
from csdesk.report.internal_brief import internal_brief_bytes
from csdesk.settings import Home
from csdesk.workspace.workspace import Workspace
from tests.report.reading import page_texts, whole_text

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InternalBrief]:
    folder = tmp_path_factory.mktemp("brief")
    with Workspace.create(folder / "w.csdesk", home=Home.at(folder), author="Kim") as workspace:
        workspace.write("Sample", add_sample, "ja", TODAY)
        account = workspace.read(find_row, "account", "C-1001")
        plan = workspace.read(find_row, "plan", "店舗と本部のデータ活用プラン")
        yield workspace.read(internal_brief, account, plan, today=TODAY)


def made(view: InternalBrief, language: str = "ja", size: PageSize = PageSize.A4) -> bytes:
    setup = Setup(page_size=size)
    return internal_brief_bytes(view, language=language, progress=SILENT, setup=setup).data


def test_what_no_customer_may_see_is_all_there(view: InternalBrief) -> None:
    text = whole_text(made(view)).replace(" ", "")
    for words in (
        "¥1,320,000",  # what they pay
        "影響力大",  # whose word weighs
        "否定的",  # who is against us
        "値引き方針の社内確認",  # an internal action
        "佐藤部長の評価指標でもある",  # a note on a goal
        "野田部長は入力負担を懸念",  # a private note
        "役員経由の後押しは最後の手段",  # a mitigation
        "店舗レポートの全店契約",  # an opportunity
        "昨年見送り",  # a competitor
        "68.2%",  # a KPI
    ):
        assert words.replace(" ", "") in text, words


@pytest.mark.parametrize("size", PageSize)
@pytest.mark.parametrize(("language", "mark"), [("ja", "社内"), ("en", "Internal")])
def test_every_page_says_that_it_is_internal(
    view: InternalBrief, language: str, mark: str, size: PageSize
) -> None:
    pages = page_texts(made(view, language, size))
    assert len(pages) > 3
    assert all(mark in page for page in pages)


def test_what_happened_is_named_in_the_documents_language(view: InternalBrief) -> None:
    japanese, english = whole_text(made(view)), whole_text(made(view, "en"))
    assert "· 定例会" in japanese
    assert "· Regular meeting" in english
    assert "Regular meeting" not in japanese


def test_the_same_view_gives_the_same_bytes(view: InternalBrief) -> None:
    assert made(view) == made(view)


def test_an_account_with_a_name_alone_is_a_page(view: InternalBrief) -> None:
    detail = replace(view.detail, contracts=(), contacts=(), plans=())
    bare = replace(
        view,
        detail=detail,
        contacts=(),
        plan=None,
        kpis=(),
        risks=(),
        opportunities=(),
        touchpoints=(),
        feedback=(),
        enquiries=(),
    )
    assert len(page_texts(made(bare))) == 1


def test_a_note_of_many_pages_is_set_whole(view: InternalBrief) -> None:
    risk = view.risks[0]
    long = replace(
        risk, values={**risk.values, "reason": "とても長い理由です。\n" * 400 + "終わり"}
    )
    pages = page_texts(made(replace(view, risks=(long,))))
    assert len(pages) > 8
    assert "終わり" in "".join(pages)
