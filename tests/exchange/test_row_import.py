"""Accounts, people, contracts and survey answers, row by row."""

from __future__ import annotations

import datetime as dt

import pytest

from csdesk.exchange.import_report import Outcome

from .conftest import Desk, counts, reasons


def test_a_row_with_a_bad_date_is_reported_and_stops_nothing(desk: Desk) -> None:
    report = desk.take(
        "name,go live,industry\nAcme,2026-04-01,Retail\nBeta,2026-02-30,Food\nGamma,,Steel\n"
    )

    assert counts(report) == {"added": 2, "refused": 1}
    line, column, reason = reasons(report)[0]
    assert (line, column) == (3, "B (go live)")
    assert "2026-02-30" in reason
    assert desk.names("account") == ["Acme", "Gamma"]


def test_japanese_headers_terms_and_dates_fill_the_same_fields(desk: Desk) -> None:
    desk.take(
        "顧客名,フリガナ,フェーズ,タッチモデル,利用開始日,従業員数,担当CSM\n"
        "髙島屋𠮷野店,タカシマヤ,オンボーディング,ハイタッチ,令和8年4月1日,1,200,佐藤\n".replace(
            "1,200", "１２００"
        )
    )

    account = desk.rows("account")[0]
    assert account["name"] == "髙島屋𠮷野店"
    assert account["phase"] == "onboarding"
    assert account["touch_model"] == "high"
    assert account["go_live_on"] == dt.date(2026, 4, 1)
    assert account["employees"] == 1200
    assert account["status"] == "active"
    assert desk.names("member") == ["佐藤"]


def test_an_external_id_finds_its_account_under_a_new_name(desk: Desk) -> None:
    desk.take("name,external id\nAcme,A1\n")

    report = desk.take("name,external id\nAcme Holdings,A1\n")

    assert counts(report) == {"updated": 1}
    assert desk.names("account") == ["Acme Holdings"]


def test_a_name_finds_its_account_and_takes_the_external_id_on(desk: Desk) -> None:
    desk.take("name\nAcme\n")

    report = desk.take("name,external id,industry\nAcme,A1,Retail\n")

    assert counts(report) == {"updated": 1}
    assert [(row["external_id"], row["industry"]) for row in desk.rows("account")] == [
        ("A1", "Retail")
    ]


def test_another_external_id_is_another_account_of_the_same_name(desk: Desk) -> None:
    desk.take("name,external id\nAcme,A1\n")

    report = desk.take("name,external id\nAcme,A2\n")

    assert counts(report) == {"added": 1}
    assert desk.names("account", "external_id") == ["A1", "A2"]


def test_a_name_that_fits_two_accounts_is_refused_naming_both(desk: Desk) -> None:
    desk.take("name,external id\nAcme,A1\nAcme,A2\n")

    report = desk.take("name,industry\nAcme,Retail\n")

    assert counts(report) == {"refused": 1}
    assert "A1" in reasons(report)[0][2]
    assert "A2" in reasons(report)[0][2]


def test_a_deleted_account_is_not_found_by_its_name(desk: Desk) -> None:
    desk.take("name\nAcme\n")
    desk.workspace.undo()

    assert counts(desk.take("name\nAcme\n")) == {"added": 1}


def test_names_are_the_same_however_unicode_composes_them(desk: Desk) -> None:
    desk.take("name\nが 商事\n")

    report = desk.take("name,industry\nか\u3099  商事,Retail\n")

    assert counts(report) == {"updated": 1}


def test_blank_cells_leave_what_is_there(desk: Desk) -> None:
    desk.take("name,industry\nAcme,Retail\n")

    report = desk.take("name,industry\nAcme,\n")

    assert counts(report) == {"unchanged": 1}
    assert desk.rows("account")[0]["industry"] == "Retail"


def test_two_rows_that_contradict_each_other_about_one_account_are_not_merged(
    desk: Desk,
) -> None:
    source = desk.source("name,industry,region\nAcme,Retail,\nAcme,Food,West\nAcme,,East\n")

    report = desk.apply(source)

    assert [result.outcome for result in report.tables[0].results()] == [
        Outcome.ADDED,
        Outcome.REFUSED,
        Outcome.UPDATED,
    ]
    assert "Line 2" in reasons(report)[0][2]
    assert desk.rows("account")[0]["region"] == "East"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("A" * 10_000, "10,000 characters"),
        ("\x07bell", "U+0007"),
        ("esc\x1b[31mred", "U+001B"),
        ("del\x7f", "U+007F"),
        ("\x80pad", "U+0080"),
    ],
)
def test_a_name_no_screen_can_show_is_refused_with_the_reason(
    desk: Desk, name: str, reason: str
) -> None:
    report = desk.take(f"name,industry\n{name},Retail\nBeta,Food\n")

    assert counts(report) == {"refused": 1, "added": 1}
    assert reason in reasons(report)[0][2]
    assert reasons(report)[0][1] == "A (name)"


@pytest.mark.parametrize(
    "name",
    [
        "🚀 Rocket 👩‍👩‍👧",
        "𠮷野家",
        "髙島屋",
        "שלום בע״מ",
        "شركة النور",
        "=1+1",
        'O\'Brien "Bob"',
        "ﾃｽﾄ",
        "a" * 500,
    ],
)
def test_a_name_in_any_script_goes_in_as_it_is(desk: Desk, name: str) -> None:
    quoted = name.replace('"', '""')
    desk.take(f'name,industry\n"{quoted}",Retail\n')

    assert desk.names("account") == [name]


def test_a_row_without_a_name_is_refused(desk: Desk) -> None:
    report = desk.take("name,industry\n  ,Retail\n")

    assert reasons(report) == [(2, "", "The name is missing.")]


def test_a_row_with_more_cells_than_the_header_is_refused(desk: Desk) -> None:
    report = desk.take("name,industry\nAcme, Inc,Retail\nBeta,Food,\n")

    assert counts(report) == {"refused": 1, "added": 1}
    assert "more cells" in reasons(report)[0][2]


def test_unknown_columns_are_listed(desk: Desk) -> None:
    report = desk.take("name,Favourite colour,好きな色\nAcme,red,赤\n")

    assert report.tables[0].unknown_columns == ("Favourite colour", "好きな色")


def test_a_filled_column_without_a_header_is_listed_by_its_letter(desk: Desk) -> None:
    report = desk.take("name,,,industry\nAcme,,x,Retail\n")

    assert report.tables[0].unknown_columns == ("C",)


def test_tags_are_added_once_and_none_is_taken_away(desk: Desk) -> None:
    first = desk.source('name,tags\nAcme,"vip, west;VIP"\n')
    desk.apply(first)
    second = desk.take("name,tags\nAcme,east\n")

    assert counts(second) == {"updated": 1}
    assert desk.names("account_tag", "tag") == ["east", "vip", "west"]
    assert counts(desk.apply(first)) == {"unchanged": 1}


def test_a_tag_taken_off_comes_back_with_its_table(desk: Desk) -> None:
    source = desk.source("name,tags\nAcme,vip\n")
    desk.take("name\nAcme\n")
    desk.apply(source)
    desk.workspace.undo()

    assert counts(desk.apply(source)) == {"updated": 1}
    assert desk.names("account_tag", "tag") == ["vip"]


def test_owners_are_found_by_name_or_e_mail_and_made_when_missing(desk: Desk) -> None:
    desk.take("name,email,role\nYui,yui@us.test,CSM\n", "members")

    report = desk.take("name,owner\nAcme,YUI@us.test\nBeta,Yui\nGamma,Ken\n")

    assert desk.names("member") == ["Ken", "Yui"]
    assert report.tables[0].created == {"member": ("Ken",)}
    owners = {row["name"]: row["owner_id"] for row in desk.rows("account")}
    assert owners["Acme"] == owners["Beta"] != owners["Gamma"]


def test_owners_are_refused_when_the_mapping_creates_nothing(desk: Desk) -> None:
    report = desk.take("name,owner\nAcme,Ken\n", "", "create = []\n")

    assert counts(report) == {"refused": 1}
    assert "Ken" in reasons(report)[0][2]
    assert desk.rows("member") == []


def test_a_refused_row_leaves_nothing_behind_that_it_named(desk: Desk) -> None:
    report = desk.take(
        "account,product,start,renewal,mrr\nAcme,Suite,2026-04-01,2025-04-01,¥1\n",
        "contracts",
        'create = ["accounts"]\n',
    )

    assert counts(report) == {"refused": 1}
    assert "before the start" in reasons(report)[0][2]
    assert desk.rows("account") == []
    assert report.tables[0].created == {}


def test_contacts_belong_to_their_account_and_know_their_boss(desk: Desk) -> None:
    desk.take("name\nAcme\nBeta\n")
    table = (
        "account,name,email,role,manager\n"
        "Acme,Ken,ken@acme.test,champion,Mia\n"
        "Acme,Mia,mia@acme.test,決裁者,\n"
        "Beta,Ken,ken@beta.test,,\n"
        "Gamma,Sue,,,\n"
    )
    source = desk.source(table)

    report = desk.apply(source)

    assert counts(report) == {"added": 3, "refused": 1}
    assert "Gamma" in reasons(report)[0][2]
    people = {row["email"]: row for row in desk.rows("contact")}
    assert people["ken@acme.test"]["reports_to_id"] == people["mia@acme.test"]["id"]
    assert people["mia@acme.test"]["role"] == "economic_buyer"
    assert counts(desk.apply(source)) == {"unchanged": 3, "refused": 1}


def test_namesakes_at_one_account_are_told_apart_by_e_mail(desk: Desk) -> None:
    desk.take("name\nAcme\n")
    desk.take("account,name,external id,email\nAcme,Ken,1,a@x.test\nAcme,Ken,2,b@x.test\n")

    report = desk.take("account,name,email,phone\nAcme,Ken,b@x.test,123\nAcme,Ken,,456\n")

    assert counts(report) == {"updated": 1, "refused": 1}
    assert {row["email"]: row["phone"] for row in desk.rows("contact")} == {
        "a@x.test": None,
        "b@x.test": "123",
    }


def test_an_unknown_boss_is_reported_and_the_contact_goes_in(desk: Desk) -> None:
    desk.take("name\nAcme\n")

    report = desk.take("account,name,email,manager\nAcme,Ken,k@a.test,Nobody\n")

    assert counts(report) == {"added": 1}
    assert "Nobody" in next(report.tables[0].results()).reason


def test_money_is_kept_to_the_last_unit_and_wrong_money_is_refused(desk: Desk) -> None:
    desk.take("name\nAcme\n")
    table = (
        "account,product,currency,mrr\n"
        'Acme,A,JPY,"¥120,000"\n'
        "Acme,B,USD,1234.56\n"
        "Acme,C,JPY,12.5\n"
        "Acme,D,,50000\n"
        "Acme,E,,$5\n"
        "Acme,F,XXY,5\n"
    )

    report = desk.take(table)

    assert [line for line, _column, _reason in reasons(report)] == [4, 6, 7]
    money = {row["product"]: (row["mrr"], row["currency"]) for row in desk.rows("contract")}
    assert money == {"A": (120_000, "JPY"), "B": (123_456, "USD"), "D": (50_000, "JPY")}


def test_a_contract_is_found_by_its_number_or_by_product_and_start(desk: Desk) -> None:
    desk.take("name\nAcme\n")
    numbered = "account,contract number,seats\nAcme,C-1,{seats}\n"
    plain = "account,product,start,seats\nAcme,Suite,2026-04-01,{seats}\n"
    desk.take(numbered.format(seats=5), "contracts")
    desk.take(plain.format(seats=5), "contracts")

    reports = [
        desk.take(text.format(seats=seats), "contracts")
        for text in (numbered, plain)
        for seats in (5, 6)
    ]

    assert [counts(report) for report in reports] == [
        {"unchanged": 1},
        {"updated": 1},
        {"unchanged": 1},
        {"updated": 1},
    ]
    assert len(desk.rows("contract")) == 2


@pytest.mark.parametrize(
    ("kind", "score"), [("nps", "11"), ("csat", "0"), ("ces", "8"), ("nps", "7.5"), ("nps", "")]
)
def test_a_score_outside_its_scale_is_refused(desk: Desk, kind: str, score: str) -> None:
    desk.take("name\nAcme\n")

    report = desk.take(f"account,survey,score\nAcme,{kind},{score}\nAcme,nps,10\n")

    assert counts(report) == {"refused": 1, "added": 1}


def test_numbers_outside_their_range_are_refused(desk: Desk) -> None:
    report = desk.take("name,fiscal year start,employees\nAcme,13,\nBeta,4,-5\nGamma,4,5\n")

    assert [line for line, _column, _reason in reasons(report)] == [2, 3]


def test_dates_that_could_change_places_are_settled_by_their_column_or_refused(
    desk: Desk,
) -> None:
    settled = desk.take("name,go live\nAcme,03/04/2026\nBeta,03/31/2026\n")
    open_ = desk.take("name,go live\nGamma,03/04/2026\nDelta,05/06/2026\n")
    said = desk.take("name,go live\nGamma,03/04/2026\n", "accounts", 'date_order = "dmy"\n')

    assert counts(settled) == {"added": 2}
    assert counts(open_) == {"refused": 2}
    assert counts(said) == {"added": 1}
    days = {row["name"]: row["go_live_on"] for row in desk.rows("account")}
    assert days["Acme"] == dt.date(2026, 3, 4)
    assert days["Gamma"] == dt.date(2026, 4, 3)


def test_our_own_ids_find_their_rows_and_are_not_taken_for_external_ones(desk: Desk) -> None:
    desk.take("name\nAcme\n")
    row_id = desk.rows("account")[0]["id"]

    report = desk.take(f"id,name,industry\n{row_id},Acme Ltd,Retail\n")

    assert counts(report) == {"updated": 1}
    assert desk.rows("account")[0]["external_id"] is None


def test_words_that_mean_nothing_can_be_named_in_the_mapping(desk: Desk) -> None:
    report = desk.take("name,employees\nAcme,N/A\nBeta,-\n", "", 'blank = ["N/A", "-"]\n')

    assert counts(report) == {"added": 2}


def test_rows_are_chosen_by_the_texts_of_a_column(desk: Desk) -> None:
    mapping = '[only]\nland = ["JP"]\n[skip]\ndead = ["true"]\n'

    report = desk.take("name,land,dead\nA,JP,false\nB,US,false\nC,JP,true\n", "", mapping)

    assert counts(report) == {"added": 1, "skipped": 2}
    assert desk.names("account") == ["A"]


def test_a_renamed_account_is_no_longer_found_by_its_old_name(desk: Desk) -> None:
    desk.take("name,external id\nAcme,A1\n")

    report = desk.take("name,external id\nAcme Holdings,A1\nAcme,\n")

    assert counts(report) == {"updated": 1, "added": 1}
    assert desk.names("account") == ["Acme", "Acme Holdings"]


def test_two_rows_that_differ_in_an_owner_or_a_boss_are_not_merged(desk: Desk) -> None:
    accounts = desk.take("name,owner\nAcme,Yui\nAcme,Ken\n")
    contacts = desk.take("account,name,email,manager\nAcme,Mia,,\nAcme,Sue,,Mia\nAcme,Sue,,Ann\n")

    assert counts(accounts) == {"added": 1, "refused": 1}
    assert desk.names("member") == ["Yui"]
    assert counts(contacts) == {"added": 2, "refused": 1}
