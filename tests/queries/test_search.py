"""Search: every word counts, kinds a CSM looks for come first, nothing typed can break it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account, delete_accounts, edit_account
from csdesk.actions.kpis import add_kpi
from csdesk.actions.people import add_contact, add_member, delete_contacts
from csdesk.actions.plan_items import add_item, edit_item
from csdesk.actions.plans import add_plan
from csdesk.model.items import ItemKind, ItemRef
from csdesk.model.records import Opportunity, Risk, Touchpoint
from csdesk.queries.search import SearchHit, search
from csdesk.workspace.workspace import Workspace

LONG = "はじめに。" * 400 + "ここで解約を検討中と伺いました。" + "おわりに。" * 400


def found(workspace: Workspace, asked: str, **options: int) -> list[SearchHit]:
    """Search the workspace."""
    return workspace.read(search, asked, **options)


def titles(workspace: Workspace, asked: str) -> list[str]:
    """Search, and return the titles of what was found."""
    return [hit.title for hit in found(workspace, asked)]


@pytest.fixture(scope="module")
def filled(shared: Workspace) -> Workspace:
    """Fill the workspace with one of each thing that a CSM looks for."""

    def fill(session: Session) -> None:
        aoba = add_account(
            session, "青葉物流株式会社", industry="物流", website="https://aoba.example"
        )
        acme = add_account(session, "Acme, Inc.", business_summary="Rocket skates; C++ & R&D")
        add_account(session, "髙島屋サービス")
        add_account(session, "ＡＢＣ商事", name_kana="エービーシー")
        contact = add_contact(
            session, aoba, "佐藤 花子", title="物流部長", internal_note="物流に詳しい"
        )
        add_member(session, "Yui 佐藤")
        plan = add_plan(session, aoba, "物流の見える化", to_be="全拠点で物流を一元管理")
        below = ItemRef(None, plan)
        goal = add_item(session, ItemKind.GOAL, below, "配送の遅れを半分に", why="物流費の削減")
        add_item(session, ItemKind.ACTION, goal, "物流データの取り込み")
        add_kpi(session, "物流コスト率", unit="%")
        held = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
        session.add(
            Touchpoint(account_id=acme, held_at=held, summary=LONG, decisions="Renew; see “plan B”")
        )
        session.add(Risk(account_id=aoba, title="担当者の異動", reason=f"{contact}"))
        session.add(Opportunity(account_id=acme, note="upsell to 50 seats"))

    shared.write("Fill", fill)
    return shared


def test_nothing_asked_finds_nothing(filled: Workspace) -> None:
    for nothing in ("", "   ", "\u3000", "\n", '"', "*", "-", "()", "…", "\x00"):
        assert found(filled, nothing) == []


def test_accounts_people_and_plans_come_before_everything_else(filled: Workspace) -> None:
    kinds = [hit.entity for hit in found(filled, "物流")]
    assert kinds[:3] == ["account", "contact", "plan"]
    assert set(kinds[3:]) == {"goal", "action", "kpi"}


def test_a_hit_says_what_it_is_whose_it_is_and_where_the_word_stands(filled: Workspace) -> None:
    hit = next(hit for hit in found(filled, "一元管理") if hit.entity == "plan")
    assert (hit.title, hit.account) == ("物流の見える化", "青葉物流株式会社")
    assert (hit.field, hit.snippet) == ("to_be", "全拠点で物流を一元管理")
    (member,) = [hit for hit in found(filled, "佐藤") if hit.entity == "member"]
    assert (member.account_id, member.account) == (None, "")


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("青", "青葉物流株式会社"),
        ("葉物", "青葉物流株式会社"),
        ("花", "佐藤 花子"),
        ("屋", "髙島屋サービス"),
        ("高島屋", "髙島屋サービス"),
        ("髙島屋", "髙島屋サービス"),
        ("さーびす", "髙島屋サービス"),
        ("ｻｰﾋﾞｽ", "髙島屋サービス"),
        ("abc", "ＡＢＣ商事"),
        ("ＡＢＣ", "ＡＢＣ商事"),
        ("えーびー", "ＡＢＣ商事"),
        ("ACME", "Acme, Inc."),
        ("acm", "Acme, Inc."),
        ("skat", "Acme, Inc."),
        ("rocket acme", "Acme, Inc."),
        ("aoba.example", "青葉物流株式会社"),
    ],
)
def test_width_case_kana_and_the_end_of_a_word_do_not_matter(
    filled: Workspace, asked: str, title: str
) -> None:
    assert title in titles(filled, asked)


def test_every_word_must_occur_in_any_order(filled: Workspace) -> None:
    assert titles(filled, "花子 物流部長") == ["佐藤 花子"]
    assert titles(filled, "物流部長 花子") == ["佐藤 花子"]
    assert titles(filled, "花子 ロケット") == []


def test_the_characters_of_a_japanese_word_must_stand_together(filled: Workspace) -> None:
    assert "青葉物流株式会社" not in titles(filled, "青流")


def test_a_hit_in_a_long_text_shows_the_words_around_it(filled: Workspace) -> None:
    (hit,) = found(filled, "解約を検討")
    assert hit.entity == "touchpoint"
    assert "解約を検討中" in hit.snippet
    assert hit.snippet.startswith("…")
    assert hit.snippet.endswith("…")
    assert len(hit.snippet) < 80
    assert hit.title == hit.snippet


@pytest.mark.parametrize("padding", ["㍿", "ﾊﾞ", "½", "ﬀ", "İ", "e\u0301", "👩‍👩‍👧"])
def test_the_words_around_a_hit_are_right_after_characters_that_fold_to_more_or_fewer(
    workspace: Workspace, padding: str
) -> None:
    text = padding * 300 + " needle " + padding * 300
    workspace.write("Add", add_account, "A", business_summary=text)
    (hit,) = found(workspace, "needle")
    assert "needle" in hit.snippet


def test_line_breaks_in_a_text_do_not_break_the_line_of_a_hit(workspace: Workspace) -> None:
    workspace.write("Add", add_account, "A", business_summary="one\n\n\tneedle\nthree")
    (hit,) = found(workspace, "needle")
    assert hit.snippet == "one needle three"
    (hit,) = found(workspace, "A")
    assert hit.snippet == "A"


@pytest.mark.parametrize(
    "asked",
    [
        *('"', '"acme', 'acme"', '""acme""', "'acme'", "acme*", "*acme", "acme -inc", "-acme"),
        *("acme OR", "OR acme", "acme AND", "NOT acme", "NEAR(acme inc)", "NEAR(acme, 2)"),
        *(
            "title:acme",
            "kind:account",
            "{title body}: acme",
            "^acme",
            "(acme",
            "acme)",
            "acme + x",
        ),
        *("acme;DROP TABLE account;--", "a\x00b", "\ud800", "acme \udfff", "c++", "r&d", "%_%"),
        *("acme " * 500, "a" * 20_000, "物" * 5_000, "🚀", "👩‍👩‍👧", "\u202eacme", "ﷺ" * 100),
    ],
)
def test_what_looks_like_an_operator_is_only_text(filled: Workspace, asked: str) -> None:
    for hit in found(filled, asked):
        assert hit.entity
    assert titles(filled, "acme")[0] == "Acme, Inc."


@pytest.mark.parametrize(
    "asked", ['"acme"', "acme,", "(acme)", "“acme”", "acme inc.", '"acme inc"']
)
def test_marks_around_a_word_do_not_hide_it(filled: Workspace, asked: str) -> None:
    assert "Acme, Inc." in titles(filled, asked)


@settings(max_examples=150)
@given(st.text(st.characters(codec=None), max_size=40))
def test_any_text_can_be_asked_for(filled: Workspace, asked: str) -> None:
    for hit in found(filled, asked):
        assert hit.title or hit.snippet


@settings(max_examples=60)
@given(st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=12))
def test_what_is_called_so_is_found_so(shared_names: Workspace, name: str) -> None:
    account = shared_names.write("Add", add_account, f"x{name}").result
    hits = [hit.id for hit in found(shared_names, f"x{name}", limit=1_000)]
    assert account in hits


@pytest.fixture(scope="module")
def shared_names(filled: Workspace) -> Workspace:
    """Let the law above add its accounts after all others were looked for."""
    return filled


def test_deleted_rows_are_not_found_and_undo_brings_them_back(workspace: Workspace) -> None:
    account = workspace.write("Add", add_account, "Vanishing").result
    contact = workspace.write("Add", add_contact, account, "Vanishing Smith").result
    assert len(found(workspace, "vanishing")) == 2
    workspace.write("Delete", delete_contacts, [contact])
    assert [hit.entity for hit in found(workspace, "vanishing")] == ["account"]
    workspace.write("Delete", delete_accounts, [account])
    assert found(workspace, "vanishing") == []
    workspace.undo()
    workspace.undo()
    assert len(found(workspace, "vanishing")) == 2


def test_a_changed_text_is_found_by_its_new_words_only(workspace: Workspace) -> None:
    account = workspace.write("Add", add_account, "Before").result
    workspace.write("Rename", edit_account, account, name="After")
    assert found(workspace, "before") == []
    assert titles(workspace, "after") == ["After"]
    workspace.undo()
    assert titles(workspace, "before") == ["Before"]


def test_an_internal_note_is_found_on_the_desk(workspace: Workspace) -> None:
    account = workspace.write("Add", add_account, "A").result
    plan = workspace.write("Plan", add_plan, account, "P").result
    item = workspace.write(
        "Add", add_item, ItemKind.ACTION, ItemRef(None, plan), "Call them"
    ).result
    workspace.write("Note", edit_item, item, internal_note="hesitant CFO")
    (hit,) = found(workspace, "hesitant")
    assert (hit.entity, hit.title, hit.field) == ("action", "Call them", "internal_note")
    assert hit.account_id == account


def test_no_more_is_found_than_was_asked_for_and_accounts_are_not_crowded_out(
    workspace: Workspace,
) -> None:
    def fill(session: Session) -> None:
        account = add_account(session, "needle account")
        plan = add_plan(session, account, "P")
        for number in range(60):
            add_item(session, ItemKind.ACTION, ItemRef(None, plan), f"needle {number}")

    workspace.write("Fill", fill)
    hits = found(workspace, "needle", limit=10)
    assert len(hits) == 10
    assert hits[0].entity == "account"
    assert [hit.title for hit in hits[1:4]] == ["needle 59", "needle 58", "needle 57"]
