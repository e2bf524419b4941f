"""What a customer changed, three ways, and taking it over line by line as one step."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from csdesk.actions.editing import delete
from csdesk.actions.kpis import set_kpi_value
from csdesk.actions.plan_items import edit_item
from csdesk.actions.plans import edit_measure
from csdesk.errors import UserError
from csdesk.exchange.workbook.differences import Difference
from csdesk.exchange.workbook.writing import workbook_bytes
from csdesk.i18n import use_language
from csdesk.model.identity import kpi_value_id
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.records import KpiValue
from csdesk.model.vocabulary import ActionStatus, DocumentKind, Side, Visibility
from csdesk.queries.document_request import DocumentRequest, customer_document
from tests.exchange.workbook.desk import TODAY, Change, Desk, Paper, add, day, write

REVIEW, TRAIN, DONE = "移行計画書を確認する", "管理者研修を受ける", "利用者を登録する"
SEPTEMBER = "monthly:2025-09-01"


def facts(differences: tuple[Difference, ...]) -> list[tuple[str, str, str, str, bool]]:
    return [(one.field, one.was, one.theirs, one.now, one.is_conflict) for one in differences]


def edit(desk: Desk, name: str, **fields: Any) -> None:
    desk.write(edit_item, ItemRef(ItemKind.ACTION, desk.ids[name]), **fields)


def test_a_workbook_that_comes_back_untouched_changes_nothing(desk: Desk) -> None:
    review = desk.look()
    assert review.differences == ()
    assert review.notices == ()
    assert (review.account_name, review.plan_title) == ("株式会社アクメ製作所", "共同成功計画")
    assert review.version == 1


def test_every_kind_of_answer_is_a_difference_of_its_own(desk: Desk) -> None:
    review = desk.look(
        write(REVIEW, "status", "完了"),
        write(REVIEW, "done_on", dt.date(2025, 10, 12)),
        write(REVIEW, "comment", "部長の承認済みです"),
        write(TRAIN, "due_on", dt.date(2025, 12, 5)),
        write(TRAIN, "owner", "佐藤花子 様"),
        write(TRAIN, "title", "管理者研修（第2回）を受ける"),
        write("利用率", SEPTEMBER, 70.5, "measure"),
        write("利用率", "comment", "9月は祝日が多い月でした", "measure"),
        add(title="備品を買う", due_on=dt.date(2025, 12, 1), status="進行中", comment="急ぎます"),
    )
    assert [(one.key.partition(".")[2], one.entity) for one in review.differences] == [
        ("status", "action"),
        ("comment", "action"),
        ("title", "action"),
        ("due_on", "action"),
        ("owner", "action"),
        ("new", "action"),
        ("2025-09-01", "kpi_value"),
        ("comment", "goal"),
    ]
    assert facts(review.differences) == [
        ("status", "To do", "Done (Oct 12, 2025)", "To do", False),
        ("comment", "", "部長の承認済みです", "", False),
        ("title", TRAIN, "管理者研修（第2回）を受ける", TRAIN, False),
        ("due_on", "Nov 20, 2025", "Dec 5, 2025", "Nov 20, 2025", False),
        ("owner", "", "佐藤 花子", "", False),
        ("new", "", "備品を買う · Dec 1, 2025 · In progress · 急ぎます", "", False),
        ("value", "", "70.5%", "", False),
        ("comment", "", "9月は祝日が多い月でした", "", False),
    ]
    assert review.notices == ()


def test_accepting_is_one_step_that_writes_everything_and_can_be_undone(desk: Desk) -> None:
    path = desk.filled(
        write(REVIEW, "status", "完了"),
        write(REVIEW, "done_on", dt.date(2025, 10, 12)),
        write(REVIEW, "comment", "一行目\n\n二行目"),
        write(TRAIN, "owner", "佐藤 花子"),
        write("利用率", SEPTEMBER, "７０．５％", "measure"),
        write("利用率", "comment", "祝日が多い", "measure"),
        add(title="備品を買う", done_on=dt.date(2025, 10, 3), owner="山田太郎", comment="済んだ"),
    )
    review = desk.review(path)
    desk.accept(review.differences)
    row = desk.action("review")
    assert (row.status, row.done_on) == (ActionStatus.DONE, day("2025-10-12"))
    begin = "From the customer's workbook, version 1 of 2025-10-15:\n"
    assert row.internal_note == f"{begin}一行目\n二行目"
    assert desk.action("train").customer_owner_id == desk.ids["other"]
    assert desk.goal().internal_note == f"{begin}利用率: 祝日が多い"
    value = desk.values()["usage", "2025-09-01"]
    assert (value.value, value.is_estimate) == (Decimal("70.5"), False)
    assert value.source == "customer workbook"
    (new,) = [one for one in desk.actions() if one.title == "備品を買う"]
    assert (new.side, new.visibility) == (Side.CUSTOMER, Visibility.CUSTOMER)
    assert (new.status, new.done_on) == (ActionStatus.DONE, day("2025-10-03"))
    assert new.customer_owner_id == desk.ids["lead"]
    assert new.internal_note == f"{begin}済んだ"
    assert (new.plan_id, new.goal_id) == (desk.ids["plan"], None)
    assert desk.workspace.undo_label == "Take over"
    desk.workspace.undo()
    assert desk.action("review").status == ActionStatus.OPEN
    assert desk.action("review").internal_note is None
    assert ("usage", "2025-09-01") not in desk.values()
    assert "備品を買う" not in [one.title for one in desk.actions()]
    assert [one.key for one in desk.review(path).differences] == [
        one.key for one in review.differences
    ]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_same_file_a_second_time_changes_nothing_whatever_language_read_it_first(
    desk: Desk, language: str
) -> None:
    path = desk.filled(
        write(REVIEW, "status", "完了"),
        write(REVIEW, "comment", "OK"),
        write(TRAIN, "comment", "OK, but later"),
        write(TRAIN, "title", "研修を受ける"),
        write("利用率", SEPTEMBER, 70, "measure"),
        write("利用率", "comment", "OK", "measure"),
        add(title="備品を買う", comment="急ぎ"),
        add(title="備品を買う"),
    )
    use_language(language)
    first = desk.review(path)
    assert len(first.differences) == 8
    desk.accept(first.differences)
    use_language("en")
    assert desk.review(path).differences == ()
    assert len([one for one in desk.actions() if one.title == "備品を買う"]) == 2


def test_a_comment_that_begins_like_an_earlier_one_is_not_taken_for_it(desk: Desk) -> None:
    sent = desk.sent()
    first = desk.filled(write(REVIEW, "comment", "OK\nthanks"), path=sent)
    desk.accept(desk.review(first).differences)
    second = desk.filled(write(REVIEW, "comment", "OK"), path=sent)
    review = desk.review(second)
    assert [one.theirs for one in review.differences] == ["OK"]
    desk.accept(review.differences)
    assert (desk.action("review").internal_note or "").count("From the customer's workbook") == 2


def test_a_note_of_ours_is_kept_above_the_customers_comment(desk: Desk) -> None:
    review = desk.look(write('=HYPERLINK("x")を確認', "comment", "- 1 です"))
    desk.accept(review.differences)
    note = desk.action("formula").internal_note or ""
    assert note.startswith("Ask again in May\n\nFrom the customer's workbook")
    assert note.endswith("- 1 です")


def test_what_we_changed_since_is_a_conflict_and_what_is_the_same_by_now_is_none(
    desk: Desk,
) -> None:
    path = desk.filled(
        write(REVIEW, "status", "完了"),
        write(TRAIN, "status", "進行中"),
        write(TRAIN, "due_on", dt.date(2025, 12, 5)),
        write("利用率", SEPTEMBER, 70, "measure"),
        write("利用率", "monthly:2025-10-01", 71, "measure"),
    )
    edit(desk, "review", status=ActionStatus.IN_PROGRESS)
    edit(desk, "train", status=ActionStatus.IN_PROGRESS, due_on=day("2025-11-30"))
    usage = (desk.ids["account"], desk.ids["usage_kpi"])
    desk.write(set_kpi_value, *usage, day("2025-09-01"), Decimal(69))
    desk.write(set_kpi_value, *usage, day("2025-10-01"), Decimal(71))
    review = desk.review(path)
    assert facts(review.differences) == [
        ("status", "To do", "Done", "In progress", True),
        ("due_on", "Nov 20, 2025", "Dec 5, 2025", "Nov 30, 2025", True),
        ("value", "", "70%", "69%", True),
    ]
    desk.accept(review.differences[:1])
    assert desk.action("review").status == ActionStatus.DONE
    assert desk.action("train").due_on == day("2025-11-30")


def test_what_only_we_changed_is_no_answer_of_the_customer(desk: Desk) -> None:
    path = desk.filled()
    edit(desk, "review", status=ActionStatus.DONE, title="別の題", due_on=day("2026-01-01"))
    usage = (desk.ids["account"], desk.ids["usage_kpi"])
    desk.write(set_kpi_value, *usage, day("2025-08-01"), Decimal(1))
    assert desk.review(path).differences == ()


def test_a_difference_that_changed_after_it_was_looked_at_is_refused_whole(desk: Desk) -> None:
    review = desk.look(write(REVIEW, "status", "完了"), write(TRAIN, "status", "完了"))
    edit(desk, "train", status=ActionStatus.DEFERRED)
    with pytest.raises(UserError, match=f"“{TRAIN}” was changed after"):
        desk.accept(review.differences)
    assert desk.action("review").status == ActionStatus.OPEN
    assert desk.action("train").status == ActionStatus.DEFERRED


def test_a_due_date_before_the_start_is_refused_with_the_items_title(desk: Desk) -> None:
    edit(desk, "train", start_on=day("2025-11-01"))
    review = desk.look(write(TRAIN, "due_on", dt.date(2025, 10, 20)))
    with pytest.raises(UserError, match=TRAIN):
        desk.accept(review.differences)


def test_an_estimate_gives_way_to_a_reported_value_without_a_conflict(desk: Desk) -> None:
    usage = (desk.ids["account"], desk.ids["usage_kpi"])
    desk.write(set_kpi_value, *usage, day("2025-09-01"), Decimal(70))
    desk.write(_mark_estimate, kpi_value_id(*usage, day("2025-09-01")))
    review = desk.look(write("利用率", SEPTEMBER, 70, "measure"))
    assert facts(review.differences) == [("value", "", "70%", "70% (estimate)", False)]
    desk.accept(review.differences)
    value = desk.values()["usage", "2025-09-01"]
    assert (value.is_estimate, value.source) == (False, "customer workbook")


def test_a_value_that_was_sent_can_be_corrected(desk: Desk) -> None:
    review = desk.look(write("利用率", "monthly:2025-10-01", 71, "measure"))
    desk.accept(review.differences)
    # The next workbook shows October, because November lies beyond it.
    review = desk.look(write("利用率", "monthly:2025-10-01", 72, "measure"))
    assert facts(review.differences) == [("value", "71%", "72%", "71%", False)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # A day alone says that it is done.
        ((write(REVIEW, "done_on", "10/12"),), ("status", "Done (Oct 12, 2025)")),
        # Taken back.
        ((write(DONE, "status", "未着手"), write(DONE, "done_on", None)), ("status", "To do")),
        # Another day for what is done already.
        ((write(DONE, "done_on", "2025年10月2日"),), ("done_on", "Oct 2, 2025")),
        # Typed by hand, in the other language, with odd width and blanks.
        ((write(REVIEW, "status", " Ｉｎ　Progress "),), ("status", "In progress")),
        ((write(REVIEW, "status", "済"),), ("status", "Done")),
        ((write(REVIEW, "status", "対応不要"),), ("status", "Dropped")),
        ((write(REVIEW, "status", "waiting for us"),), ("status", "Waiting for us")),
    ],
)
def test_statuses_are_understood_as_people_write_them(
    desk: Desk, changes: tuple[Change, ...], expected: tuple[str, str]
) -> None:
    (found,) = desk.look(*changes).differences
    assert (found.field, found.theirs) == expected


def test_a_day_beside_another_status_is_told_and_not_taken(desk: Desk) -> None:
    review = desk.look(
        write(REVIEW, "status", "保留"), write(REVIEW, "done_on", dt.date(2025, 10, 1))
    )
    assert [(one.field, one.theirs) for one in review.differences] == [("status", "Deferred")]
    assert "not marked as done" in review.notices[0]


def test_a_new_item_that_the_customer_changed_in_a_later_copy_is_compared_with_ours(
    desk: Desk,
) -> None:
    sent = desk.sent()
    first = desk.filled(add(title="備品を買う", status="未着手"), path=sent)
    desk.accept(desk.review(first).differences)
    second = desk.filled(add(title="備品を買う", status="完了"), path=sent)
    (found,) = desk.review(second).differences
    assert (found.field, found.theirs, found.now) == ("status", "Done", "To do")
    assert found.is_conflict
    desk.accept((found,))
    (row,) = [one for one in desk.actions() if one.title == "備品を買う"]
    assert row.status == ActionStatus.DONE
    desk.write(delete, "action", [row.id])
    (again,) = desk.review(second).differences
    assert again.field == "new"
    desk.accept((again,))
    assert [one.title for one in desk.actions()].count("備品を買う") == 1


def test_what_is_gone_from_the_plan_is_told_with_what_the_customer_said(desk: Desk) -> None:
    path = desk.filled(
        write(REVIEW, "status", "完了"),
        write(REVIEW, "comment", "終わりました"),
        write("利用率", SEPTEMBER, 70, "measure"),
    )
    desk.write(delete, "action", [desk.ids["review"], desk.ids["train"]])
    desk.write(delete, "measure", [desk.ids["usage"]])
    review = desk.review(path)
    assert review.differences == ()
    assert len(review.notices) == 2
    assert "終わりました" in review.notices[0]
    assert "Done" in review.notices[0]
    assert "70" in review.notices[1]


def test_people_nobody_knows_and_two_of_one_name_are_told(desk: Desk) -> None:
    review = desk.look(write(TRAIN, "owner", "鈴木"), add(title="新しい作業", owner="鈴木 様"))
    assert [one.field for one in review.differences] == ["new"]
    assert len(review.notices) == 2
    assert all("鈴木" in notice for notice in review.notices)


def test_two_measures_of_one_kpi_agree_or_are_told(desk: Desk) -> None:
    from csdesk.actions.plans import add_measure

    desk.write(add_measure, desk.ids["goal"], desk.ids["usage_kpi"], target=Decimal(90))

    def both(first: int, second: int) -> Change:
        def change(paper: Any) -> None:
            sheet, column = paper.sheet("measure"), paper.column(SEPTEMBER, "measure")
            rows = [
                row
                for row in range(4, sheet.max_row + 1)
                if sheet.cell(row, paper.column("name", "measure")).value == "利用率"
            ]
            for row, value in zip(rows, (first, second), strict=True):
                sheet.cell(row, column).value = value

        return change

    assert [one.theirs for one in desk.look(both(70, 70)).differences] == ["70%"]
    review = desk.look(both(70, 71))
    assert review.differences == ()
    assert len(review.notices) == 2


def test_older_versions_are_understood_and_it_is_said_that_there_is_a_newer_one(
    desk: Desk,
) -> None:
    desk.exported()
    path = desk.filled(write(REVIEW, "status", "完了"))
    edit(desk, "train", title="別の研修")
    assert desk.review(path).notices == ()
    desk.exported()
    edit(desk, "review", due_on=day("2026-02-01"))
    review = desk.review(path)
    assert [(one.field, one.is_conflict) for one in review.differences] == [("status", False)]
    assert review.version == 1
    assert review.notices == ("It was filled in on version 1; the customer has version 2 by now.",)


def test_numbers_with_more_digits_than_a_workbook_keeps_are_no_answers(desk: Desk) -> None:
    usage, long = (desk.ids["account"], desk.ids["usage_kpi"]), Decimal("70.1234567890123456789")
    desk.write(set_kpi_value, *usage, day("2025-10-01"), long)
    desk.write(edit_measure, desk.ids["usage"], baseline=long, target=long * 10**12)
    review = desk.look()
    assert review.differences == ()
    assert review.notices == ()


def test_an_account_without_a_plan_reports_its_kpis(desk: Desk) -> None:
    request = DocumentRequest(desk.ids["account"], None, DocumentKind.CUSTOMER, "ja")
    document = desk.workspace.read(customer_document, request, today=TODAY)
    path = desk.folder / "kpis.xlsx"
    path.write_bytes(workbook_bytes(document))
    returned = desk.filled(
        write("利用率", SEPTEMBER, 70, "measure"),
        write("利用率", "comment", "概算です", "measure"),
        path=path,
    )
    review = desk.review(returned)
    assert [(one.field, one.theirs) for one in review.differences] == [("value", "70%")]
    assert (review.plan_id, review.account_name) == ("", "株式会社アクメ製作所")
    assert "概算です" in review.notices[0]
    desk.accept(review.differences)
    assert desk.values()["usage", "2025-09-01"].value == Decimal(70)


def drop_hidden_sheet(paper: Paper) -> None:
    del paper.book["csdesk"]


def test_a_workbook_without_the_hidden_sheet_is_compared_with_the_customers_version(
    desk: Desk,
) -> None:
    review = desk.look(write(REVIEW, "status", "完了"), drop_hidden_sheet)
    assert [one.is_conflict for one in review.differences] == [True]
    assert any("counts as a conflict" in notice for notice in review.notices)
    desk.exported()
    review = desk.look(write(REVIEW, "status", "完了"), drop_hidden_sheet)
    assert [one.is_conflict for one in review.differences] == [False]
    assert any("compared with version 1" in notice for notice in review.notices)


def _mark_estimate(session: Session, row_id: str) -> None:
    session.get_one(KpiValue, row_id).is_estimate = True
