"""Texts that resemble what we wrote for ourselves."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from csdesk.model.base import entity_records
from csdesk.queries.leak_guard_matches import Gravity, Match
from csdesk.queries.leak_guard_notes import letters_of, note_matches
from csdesk.queries.leak_guard_places import ShownText
from csdesk.workspace.workspace import Workspace

NOTE = "部長は来期の予算を減らすつもりで、他社の見積もりも取っている。"
ENGLISH = "The director wants to cut next year's budget and has asked two rivals for offers."
PLACES = [
    ("goal", "g", {"plan_id": "p"}, "internal_note"),
    ("milestone", "m", {"goal_id": "g"}, "internal_note"),
    ("action", "t", {"plan_id": "p"}, "internal_note"),
    ("plan", "p2", {"account_id": "a"}, "internal_note"),
    ("contact", "c", {"account_id": "a", "name": "山田"}, "internal_note"),
    ("touchpoint", "o", {"account_id": "a"}, "private_note"),
    ("touchpoint", "o", {"account_id": "a"}, "reaction"),
    ("risk", "r", {"account_id": "a", "title": "x"}, "reason"),
    ("risk", "r", {"account_id": "a", "title": "x"}, "mitigation"),
    ("opportunity", "n", {"account_id": "a"}, "note"),
    ("account", "a", {"name": "アクメ"}, "csm_view_reason"),
    (
        "kpi_value",
        "a:k:2026-04-01",
        {"account_id": "a", "kpi_id": "k", "period": dt.date(2026, 4, 1)},
        "note",
    ),
]


def plant(session: Session, entity: str, row_id: str, fields: dict[str, Any]) -> None:
    """Add a row, with the account and the plan it hangs on."""
    records = entity_records()
    for parent, parent_id, owned in (
        ("account", "a", {"name": "アクメ"}),
        ("plan", "p", {"account_id": "a", "title": "計画"}),
        ("goal", "g", {"plan_id": "p", "title": "目標"}),
        (entity, row_id, fields),
    ):
        row = session.get(records[parent], parent_id)
        if row is None:
            session.add(records[parent](id=parent_id, **owned))
        else:
            for name, value in owned.items():
                setattr(row, name, value)
    session.flush()


def resembling(workspace: Workspace, *places: ShownText, account: str = "a") -> list[Match]:
    return workspace.read(lambda session: list(note_matches(session, places, account_id=account)))


def why(text: str, row_id: str = "elsewhere") -> ShownText:
    return ShownText("goal", row_id, "why", "目標", text)


@pytest.mark.parametrize(("entity", "row_id", "fields", "field"), PLACES)
def test_a_copied_part_of_any_note_of_the_account_is_found(
    workspace: Workspace, entity: str, row_id: str, fields: dict[str, Any], field: str
) -> None:
    workspace.write("Plant", plant, entity, row_id, {**fields, field: NOTE})
    text = f"背景として、{NOTE[:18]} という話です。"
    (match,) = resembling(workspace, why(text))
    assert text[match.start : match.end] == "部長は来期の予算を減らすつもりで、他"
    assert match.word in text
    assert (match.source_entity, match.source_id) == (entity, row_id)
    assert match.severity == Gravity.SERIOUS
    assert resembling(workspace, why(text), account="another") == []


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        ENGLISH.upper(),
        "Remember: the director wants, to cut next years budget!",
        "ＴＨＥ ＤＩＲＥＣＴＯＲ ＷＡＮＴＳ ＴＯ ＣＵＴ ＮＥＸＴ",
    ],
)
def test_case_width_and_marks_make_no_difference(workspace: Workspace, text: str) -> None:
    workspace.write("Plant", plant, "touchpoint", "o", {"account_id": "a", "private_note": ENGLISH})
    assert len(resembling(workspace, why(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "来期の予算",
        "The director wants more",
        "部長は来期も続けるつもり",
        "",
        "!!!",
        "次の打ち合わせ",
    ],
)
def test_a_few_words_in_common_are_chance(workspace: Workspace, text: str) -> None:
    both = {"account_id": "a", "private_note": NOTE, "reaction": ENGLISH}
    workspace.write("Plant", plant, "touchpoint", "o", both)
    assert resembling(workspace, why(text)) == []


@pytest.mark.parametrize(
    ("note", "text", "resembles"),
    [
        ("値引き交渉", "値引き交渉", True),
        ("値引き交渉", "値引き交渉の件で部長と話す", True),
        ("値引き交渉の件", "値引きの件", False),
        ("急ぎ", "急ぎ", False),
        ("Cut the price", "We cut the price", True),
        (
            "Renee is measured on the number of new deals, so she pushes.",
            "Renee is measured on new deals and the number of deals, so she pushes.",
            True,
        ),
        ("倉庫の人が減ったので急いでいる", "拠点ごとの在庫を毎朝見られるようにする", False),
    ],
)
def test_an_items_own_note_is_compared_in_short(
    workspace: Workspace, note: str, text: str, resembles: bool
) -> None:
    workspace.write("Plant", plant, "goal", "g", {"plan_id": "p", "internal_note": note})
    found = resembling(workspace, why(text, "g"))
    assert [match.severity for match in found] == [Gravity.SERIOUS] * resembles
    assert resembling(workspace, why(text, "other")) == []


def test_a_note_that_quotes_the_title_is_only_pointed_out(workspace: Workspace) -> None:
    title = "拠点ごとの在庫を毎朝見られるようにする"
    note = f"{title}件は、部長の評価に関わる"
    workspace.write("Plant", plant, "goal", "g", {"plan_id": "p", "internal_note": note})
    (match,) = resembling(workspace, ShownText("goal", "g", "title", title, title))
    assert match.severity == Gravity.NOTICE
    assert match.word == title


def test_names_that_a_note_mentions_are_no_copies(workspace: Workspace) -> None:
    company, mail = "青葉野ロジスティクス株式会社", "renee.whitlock@harrowgate-finch.example.com"
    title = "オンボーディング完了率を85%へ引き上げる"
    note = f"{company}の{mail}へ。「{title}」は部長の評価に関わる"
    fields = {"account_id": "a", "private_note": note}
    workspace.write("Plant", plant, "touchpoint", "o", fields)
    places = [
        ShownText("account", "a", "name", company, company),
        ShownText("contact", "c", "email", "Renee", mail),
        ShownText("goal", "g", "title", title, title),
        why(f"{company}の皆さまと「{title}」を進める"),
    ]
    found = resembling(workspace, *places)
    assert [(one.index, one.severity) for one in found] == [(2, Gravity.NOTICE)]
    copied = why(f"{company}では「{title}」は部長の評価に関わる")
    (match,) = (one for one in resembling(workspace, *places[:3], copied) if one.index == 3)
    assert match.severity == Gravity.SERIOUS


@pytest.mark.parametrize("before", ["", "The customer said that ", "ab"])
def test_a_beginning_that_several_notes_have_hides_no_copy(
    workspace: Workspace, before: str
) -> None:
    for row_id, end in (("1", "budgets"), ("2", "prices"), ("3", "people")):
        text = f"The customer said that {end} will be cut in early spring {row_id}"
        fields = {"account_id": "a", "private_note": text}
        workspace.write("Plant", plant, "touchpoint", f"o{row_id}", fields)
    (match,) = resembling(workspace, why(f"{before}prices will be cut in early spring"))
    assert match.source_id == "o2"


def test_nothing_of_the_note_but_what_the_text_has_is_told(workspace: Workspace) -> None:
    workspace.write("Plant", plant, "goal", "g", {"plan_id": "p", "internal_note": NOTE})
    (match,) = resembling(workspace, why(NOTE[:14], "g"))
    assert "見積もり" not in repr(match)


def test_deleted_notes_are_no_longer_compared(workspace: Workspace) -> None:
    gone = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    fields = {"account_id": "a", "private_note": NOTE, "deleted_at": gone}
    workspace.write("Plant", plant, "touchpoint", "o", fields)
    assert resembling(workspace, why(NOTE)) == []


@given(before=st.text(max_size=30), after=st.text(max_size=30), at=st.integers(0, 8))
def test_a_long_enough_part_is_found_within_anything(
    shared: Workspace, before: str, after: str, at: int
) -> None:
    shared.write("Plant", plant, "touchpoint", "o", {"account_id": "a", "private_note": NOTE})
    part = NOTE[at : at + 15]
    text = f"{before}\n{part}\n{after}"
    if letters_of(part) not in letters_of(text):
        return  # a mark at the edge changed a letter
    (match,) = resembling(shared, why(text))
    assert 0 <= match.start < match.end <= len(text)
