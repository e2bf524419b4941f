"""The success plan, read back from its PDF."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csdesk.errors import CancelledError
from csdesk.queries.customer_rows import (
    ActionRow,
    CustomerPlan,
    GoalRow,
    KpiLine,
    MeasureRow,
    MilestoneRow,
    Person,
    SeriesPoint,
)
from tests.report.reading import (
    font_files,
    laid_out,
    made,
    outline,
    page_texts,
    structure,
    whole_text,
)
from tests.report.sample_plans import TODAY, empty_plan, kpi_line, month, poor_plan, rich_plan

HOSTILE = (
    '<b>bold</b> & ]]> <img src="/etc/passwd"/> <font color="[__import__(\'os\')]">x</font> '
    '<a href="file:///etc/passwd">y</a> %PDF-1.4 (\\ ) $x_1$ ${HOME} {0} %s'
)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_everything_of_a_rich_plan_can_be_found_in_its_text(language: str) -> None:
    view = rich_plan(language)
    text = whole_text(made(view, language)).replace(" ", "")
    for goal in view.goals:
        assert goal.title.replace(" ", "") in text
        assert goal.why.replace(" ", "") in text
    for milestone in view.milestones:
        assert milestone.title.replace(" ", "") in text
    for measure in view.measures:
        assert measure.kpi.name.replace(" ", "") in text
    assert sum(text.count(action.title.replace(" ", "")) for action in view.actions[:6]) >= 80
    for person in (*view.our_people, *view.customer_people):
        assert person.name.replace(" ", "") in text
        assert person.email in text


def test_every_page_but_the_cover_says_for_whom_and_which_of_how_many() -> None:
    pages = page_texts(made(rich_plan("en"), "en"))
    for number, text in enumerate(pages[1:], 2):
        assert f"v3 {number} / {len(pages)}" in " ".join(text.split())
        assert "Confidential: for Acme Manufacturing, Inc. only" in text


def test_twelve_months_of_an_imported_kpi_are_shown_with_months_in_japanese() -> None:
    values = tuple(SeriesPoint(month(2025, one), Decimal(1_000_000 + one)) for one in range(1, 13))
    line = KpiLine("売上", "円", "money", "higher", "monthly", values)
    view = CustomerPlan(account_name="新宿店", today=dt.date(2026, 1, 15), kpis=(line,))
    text = whole_text(made(view, "ja"))
    for number in range(1, 13):
        assert f"{number}月" in text
        assert f"1,000,{number:03}円" in text
    assert "2025年12月時点" in text
    assert "売上" in text


def test_a_plan_with_nothing_in_it_is_a_cover_alone() -> None:
    assert len(page_texts(made(empty_plan()))) == 1


@pytest.mark.parametrize("language", ["en", "ja"])
def test_no_page_is_empty(language: str) -> None:
    for view in (rich_plan(language), rich_plan(language, actions=7), poor_plan(language)):
        assert all(len(text) > 150 for text in page_texts(made(view, language))[1:])


def test_sections_without_content_vanish() -> None:
    view = dataclasses.replace(
        rich_plan("en"),
        background="",
        to_be="",
        success_statement="",
        actions=(),
        risks=(),
        review_cadence="",
        next_review_on=None,
        our_people=(),
        customer_people=(),
    )
    entries = outline(made(view))
    assert entries == [
        "Joint success plan, second half of FY2025",
        "Summary",
        "Goals",
        "Success measures",
        "Roadmap",
        "Milestones",
        "Achieved so far",
        "Agreement",
    ]


def test_the_outline_leads_to_every_section_in_order() -> None:
    assert outline(made(rich_plan("en"))) == [
        "Joint success plan, second half of FY2025",
        "Summary",
        "Background and aims",
        "Goals",
        "Success measures",
        "Roadmap",
        "Milestones",
        "Action items",
        "People on both sides",
        "Meetings and next review",
        "What we keep an eye on together",
        "Achieved so far",
        "Agreement",
    ]


def test_hostile_text_is_printed_as_it_is() -> None:
    view = CustomerPlan(
        account_name=HOSTILE,
        our_company=HOSTILE,
        title=HOSTILE,
        today=TODAY,
        to_be=HOSTILE,
        background=HOSTILE,
        owner=HOSTILE,
        customer_owner=HOSTILE,
        review_cadence=HOSTILE,
        goals=(
            GoalRow(
                HOSTILE,
                HOSTILE,
                HOSTILE,
                HOSTILE,
                status=HOSTILE,
                rag=HOSTILE,
                measures=(
                    MeasureRow(
                        KpiLine(
                            HOSTILE,
                            HOSTILE,
                            HOSTILE,
                            HOSTILE,
                            HOSTILE,
                            (SeriesPoint(TODAY, Decimal(3)),),
                        ),
                        HOSTILE,
                        Decimal(1),
                        TODAY,
                        Decimal(2),
                        HOSTILE,
                        Decimal(2),
                        TODAY,
                        source=HOSTILE,
                        agreed_with=HOSTILE,
                    ),
                ),
                milestones=(MilestoneRow(HOSTILE, HOSTILE, due_on=TODAY, status=HOSTILE),),
            ),
        ),
        actions=(ActionRow(HOSTILE, HOSTILE, HOSTILE, HOSTILE, status=HOSTILE, goal=HOSTILE),),
        our_people=(Person(HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
        risks=(HOSTILE,),
    )
    text = whole_text(made(view)).replace(" ", "")
    assert text.count(HOSTILE.replace(" ", "")) >= 8
    assert "root:" not in text


def test_a_file_is_never_asked_to_open_anything_but_a_new_message_or_a_safe_page() -> None:
    people = (Person(HOSTILE, email="file:///etc/passwd"), Person("A", email="javascript:alert(1)"))
    rich = rich_plan("en")
    view = dataclasses.replace(
        rich, to_be=HOSTILE, our_people=people, customer_people=(*rich.customer_people, *people)
    )
    addresses = set()
    with pikepdf.open(io.BytesIO(made(view))) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary):
                assert not {"/JS", "/Launch", "/AA", "/OpenAction"} & set(thing.keys())
                assert thing.get("/S") not in ("/Launch", "/JavaScript", "/GoToR")
                action = thing.get("/A")
                if isinstance(action, pikepdf.Dictionary) and "/URI" in action:
                    addresses.add(str(action.URI))
    assert addresses == {"mailto:user0@acme.example", "mailto:user1@acme.example"}


@pytest.mark.parametrize(
    "text",
    [
        "a" * 5000,
        "漢" * 5000,
        "\n".join(f"line {number}" for number in range(500)),
        "）" * 3000,
        "😀 𠮷 𠮟 𩸽 髙 﨑 か\u309a " * 50,
        "العربية " * 100,
        "\x00\x1b\u202e\ud800" * 100,
        " \n \u3000\n" * 500,
    ],
    ids=["word", "kanji", "note", "marks", "emoji", "arabic", "control", "blank"],
)
def test_any_text_anywhere_makes_a_document(text: str) -> None:
    point = SeriesPoint(TODAY, Decimal(1))
    line = KpiLine(text[:300], text[:20], "count", "higher", "monthly", (point,))
    view = CustomerPlan(
        account_name=text,
        our_company=text,
        title=text,
        today=TODAY,
        to_be=text,
        background=text,
        owner=text,
        customer_owner=text,
        review_cadence=text,
        success_statement=text,
        goals=(
            GoalRow(
                text,
                text,
                text,
                text,
                closing_note=text,
                measures=(MeasureRow(line, "higher", source=text, agreed_with=text),),
                milestones=(MilestoneRow(text, text, due_on=TODAY, after=(text,)),),
            ),
        ),
        actions=(ActionRow(text, "us", text, text, goal=text),),
        our_people=(Person(text, text, text, text),),
        risks=(text,),
    )
    document = laid_out(view, "ja")
    assert len(page_texts(document.data)) == document.pages


def test_all_of_a_note_of_ten_thousand_lines_is_printed() -> None:
    note = "\n".join(f"Line {number}." for number in range(10_000))
    text = whole_text(made(dataclasses.replace(empty_plan(), to_be=note)))
    assert "Line 0. Line 1." in text
    assert "Line 9999." in text


def test_what_no_font_can_draw_is_counted() -> None:
    view = dataclasses.replace(poor_plan("ja"), account_name="عربي 店")
    assert laid_out(view, "ja").unshown > 0
    assert laid_out(rich_plan("ja"), "ja").unshown == 0


dates = st.none() | st.dates()
numbers = st.none() | st.decimals(allow_nan=False, allow_infinity=False)
somewhat = st.text(max_size=40)


@settings(max_examples=40)
@given(
    values=st.lists(
        st.tuples(st.dates(), numbers.filter(lambda one: one is not None)),
        max_size=6,
        unique_by=lambda pair: pair[0],
    ),
    baseline=numbers,
    target=numbers,
    days=st.tuples(dates, dates, dates, dates),
    words=somewhat,
    frequency=st.sampled_from(["weekly", "monthly", "quarterly", ""]),
)
def test_any_dates_and_numbers_make_a_document(
    values: list[tuple[dt.date, Decimal]],
    baseline: Decimal | None,
    target: Decimal | None,
    days: tuple[dt.date | None, ...],
    words: str,
    frequency: str,
) -> None:
    points = tuple(SeriesPoint(day, value) for day, value in sorted(values))
    line = KpiLine(words, words[:3], "count", "higher", frequency, points)
    measure = MeasureRow(line, "higher", baseline, days[0], target, target_on=days[1])
    milestone = MilestoneRow(words, start_on=days[2], due_on=days[3], progress=baseline)
    goal = GoalRow(
        words, due_on=days[0], progress=target, measures=(measure,), milestones=(milestone,)
    )
    view = CustomerPlan(
        account_name=words,
        today=days[2] or TODAY,
        start_on=days[0],
        end_on=days[1],
        progress=target,
        goals=(goal,),
        kpis=(line,),
    )
    assert page_texts(made(view, "ja"))


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert made(rich_plan("ja"), "ja") == made(rich_plan("ja"), "ja")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_font_is_in_the_file(language: str) -> None:
    fonts = font_files(made(rich_plan(language), language))
    assert fonts
    assert all(fonts.values())
    assert all("Noto" in name for name in fonts)


def test_the_metadata_names_companies_and_no_computer() -> None:
    with pikepdf.open(io.BytesIO(made(rich_plan("ja"), "ja"))) as pdf:
        info = {key: str(value) for key, value in pdf.docinfo.items()}
        assert pdf.Root.Lang == "ja-JP"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert info["/Title"] == "2025年度下期 共同成功計画 – 株式会社アクメ製作所"
    assert info["/Author"] == "サクセスプラン株式会社"
    assert info["/CreationDate"].startswith("D:20251015")


def test_headings_tables_and_figures_are_tagged() -> None:
    elements = structure(made(rich_plan("en")))
    roles = [element.role for element in elements]
    assert roles.count("H1") == 13
    assert roles.count("Figure") == 7
    assert roles.count("TH") == 20
    assert roles.count("TR") == 30 + 80 + 4
    assert all(element.alternative for element in elements if element.role == "Figure")


def test_a_table_over_many_pages_is_one_table_to_a_reader() -> None:
    bodies = [one.children for one in structure(made(rich_plan("en"))) if one.role == "TBody"]
    assert sorted(bodies) == [26, 27, 27, 30]


def test_a_rich_plan_is_small() -> None:
    assert len(made(rich_plan("ja"), "ja")) < 210_000


def test_a_cancelled_document_is_not_made() -> None:
    class Impatient:
        def report(self, done: int, total: int | None, note: str = "") -> None:
            if done >= 3:
                raise CancelledError

    with pytest.raises(CancelledError):
        laid_out(rich_plan("en"), progress=Impatient())


def test_gaps_regressions_and_single_values_are_drawn() -> None:
    lines = (
        kpi_line("Gap", "%", "percent", gap=4),
        kpi_line("One", "%", "percent", months=1),
        kpi_line("Flat", "%", "percent", first=5, last=5),
        kpi_line("Falling", "%", "percent", first=50, last=-20),
    )
    text = whole_text(made(dataclasses.replace(empty_plan(), kpis=lines)))
    assert all(line.name in text for line in lines)
    assert "−20%" in text


HEADINGS = {
    *("Summary", "Goals", "Success measures", "Roadmap", "Milestones", "Action items", "State"),
    *("What we keep an eye on together", "People on both sides", "Meetings and next review"),
    *("Agreement", "To be done together", "To be done by Success Plan Inc."),
    "To be done by Acme Manufacturing, Inc.",
}


@pytest.mark.parametrize("count", range(1, 40, 2))
def test_no_heading_stands_alone_at_the_end_of_a_page(count: int) -> None:
    view = rich_plan("en", actions=count, milestones=count % 12)
    for page in page_texts(made(view))[1:]:
        assert page.strip().splitlines()[-1].strip() not in HEADINGS


def test_documents_made_at_once_do_not_mix() -> None:
    plans = [(rich_plan("ja"), "ja"), (rich_plan("en"), "en"), (poor_plan("ja"), "ja")] * 2
    alone = [made(view, language) for view, language in plans]
    with ThreadPoolExecutor(max_workers=6) as workers:
        together = list(workers.map(lambda plan: made(*plan), plans))
    assert together == alone


@pytest.mark.parametrize("name", ["𠮷野家", "髙島屋", "﨑山", "𩸽", "😀"])
def test_rare_letters_can_be_found_and_copied(name: str) -> None:
    view = dataclasses.replace(rich_plan("ja"), account_name=name)
    assert name in whole_text(made(view, "ja"))
