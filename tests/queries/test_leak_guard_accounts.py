"""Names of other accounts: how they are written, what is not one, and how fast thousands are."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from csdesk.actions.accounts import add_account
from csdesk.actions.editing import delete
from csdesk.model.records import Account
from csdesk.queries.leak_guard_accounts import account_matches, core_of
from csdesk.queries.leak_guard_folding import FoldedTexts, fold
from csdesk.queries.leak_guard_matches import Gravity, Match
from csdesk.queries.leak_guard_places import ShownText
from csdesk.workspace.workspace import Workspace

OWN = ("株式会社青空", "Aozora, Inc.", "自社システムズ")


def add_named(session: Session, names: Sequence[str]) -> None:
    """Add accounts quickly; a name may be `name|English|kana`."""
    rows = []
    for index, name in enumerate(names):
        own, english, kana = (*name.split("|"), "", "")[:3]
        row = {"id": f"{index}", "name": own, "name_en": english or None, "name_kana": kana or None}
        rows.append(row)
    session.execute(insert(Account), rows)


def found_in(workspace: Workspace, text: str, people: Sequence[str] = ()) -> list[Match]:
    """Return the accounts that a text names."""

    def look(session: Session) -> list[Match]:
        places = [ShownText("goal", "x", "title", text, text)]
        texts = FoldedTexts([text])
        matches = account_matches(
            session, places, texts, account_id="own", own_names=OWN, people=people
        )
        return list(matches)

    return workspace.read(look)


NAMED = [
    ("株式会社アクメ", "アクメ様の事例", "アクメ"),
    ("株式会社アクメ", "ｱｸﾒの事例", "ｱｸﾒ"),
    ("アクメ（株）", "株式会社アクメでは", "アクメ"),
    ("㈱北斗製作所", "北斗 製作所と同じやり方", "北斗 製作所"),
    ("Lantern, Inc.", "as LANTERN did", "LANTERN"),
    ("Acme Co., Ltd.", "The Acme way", "Acme"),
    ("Blue Larch Insurance", "blue larch\ninsurance", "blue larch\ninsurance"),
    ("IBM", "IBM様", "IBM"),
    ("株式会社花王", "花王（株）の事例", "花王(株)"),
    ("花王株式会社", "株式会社花王", "株式会社花王"),
    ("花王", "花王様のように", "花王様"),
    ("GE Inc.", "like GE, Inc. did", "GE, Inc"),
    ("髙島屋", "高島屋の売場", "高島屋"),
    (
        "何か|North Wind Energy|キタカゼデンリョク",
        "North Wind Energy's meters",
        "North Wind Energy",
    ),
    ("何か|North Wind Energy|キタカゼデンリョク", "キタカゼデンリョクの例", "キタカゼデンリョク"),
    ("学校法人翠嶺アカデミー", "翠嶺アカデミーの", "翠嶺アカデミー"),
]
NOT_NAMED = [
    ("株式会社アクメ", "アクメカニズム"),
    ("Acme", "pacmen and acmes"),
    ("花王", "花王子"),
    ("光", "光の速さ"),
    ("A", "A plan"),
    ("青空", "青空の下"),
    ("Aozora", "Aozora's plan"),
    ("自社システムズ", "自社システムズの担当"),
    ("株式会社", "株式会社とは"),
    ("Inc.", "incorporate"),
    ("3", "3 stores"),
]


@pytest.fixture(scope="module")
def named(shared: Workspace) -> Workspace:
    """Return a workspace that has all these accounts, each with its place in the lists as id."""
    names = [*(name for name, _text, _said in NAMED), *(name for name, _text in NOT_NAMED)]
    shared.write("Add", add_named, names)
    return shared


@pytest.mark.parametrize("place", range(len(NAMED)))
def test_another_account_is_found_as_people_write_its_name(named: Workspace, place: int) -> None:
    _name, text, as_written = NAMED[place]
    (match,) = (one for one in found_in(named, text) if one.source_id == str(place))
    said = text[match.start : match.end]
    assert fold(said).strip(".") == fold(as_written)
    assert match.severity == Gravity.SERIOUS


@pytest.mark.parametrize("place", range(len(NOT_NAMED)))
def test_what_is_no_name_of_another_account_is_left_in_peace(named: Workspace, place: int) -> None:
    _name, text = NOT_NAMED[place]
    row_id = str(len(NAMED) + place)
    assert [one for one in found_in(named, text) if one.source_id == row_id] == []


@pytest.mark.parametrize(
    ("name", "text"), [("Target Corp.", "the target is 80"), ("株式会社さくら", "さくらが咲く")]
)
def test_a_common_word_that_is_also_a_name_is_a_notice(
    workspace: Workspace, name: str, text: str
) -> None:
    workspace.write("Add", add_named, [name])
    assert [match.severity for match in found_in(workspace, text)] == [Gravity.NOTICE]


@pytest.mark.parametrize(
    ("name", "person", "text", "in_full"),
    [
        ("株式会社佐々木", "佐々木 健", "佐々木様に確認する", "佐々木（株）に確認する"),
        ("株式会社長谷川", "長谷川誠", "長谷川さんの承認", "株式会社長谷川の承認"),
        ("Kim, Inc.", "Maya Kim", "Ask Kim for the list", "Ask Kim Inc. for the list"),
        ("本田", "本田 太郎", "本田様の承認", "本田株式会社の承認"),
    ],
)
def test_a_person_of_the_plan_is_not_taken_for_a_company(
    workspace: Workspace, name: str, person: str, text: str, in_full: str
) -> None:
    workspace.write("Add", add_named, [name])
    assert found_in(workspace, text, [person]) == []
    assert len(found_in(workspace, text)) == 1
    assert len(found_in(workspace, in_full, [person])) == 1


def test_accounts_that_left_or_were_deleted_are_still_nobodys_business(
    workspace: Workspace,
) -> None:
    gone = workspace.write("Add", add_account, "消えた商店").result
    workspace.write("Add", add_account, "去った商店", status="churned")
    workspace.write("Delete", delete, "account", [gone])
    assert {match.word for match in found_in(workspace, "消えた商店と去った商店")} == {
        "消えた商店",
        "去った商店",
    }


def test_the_longest_of_names_within_each_other_is_told(workspace: Workspace) -> None:
    workspace.write("Add", add_named, ["北斗", "北斗製作所", "北斗製作所 関西"])
    assert [match.word for match in found_in(workspace, "北斗製作所 関西の例")] == [
        "北斗製作所 関西"
    ]


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("㈱アクメ", "アクメ"),
        ("医療法人社団 青空会", "青空会"),
        ("Acme Co., Ltd.", "acme"),
        ("Acme,Inc.", "acme"),
        ("Acme K.K.", "acme"),
        ("株式会社", "株式会社"),
        ("Corp", "corp"),
        ("東京協同組合", "東京"),
    ],
)
def test_company_forms_are_taken_off_where_something_is_left(name: str, core: str) -> None:
    assert core_of(fold(name)) == core


def test_five_thousand_accounts_are_looked_for_in_a_moment(workspace: Workspace) -> None:
    """Far above what it takes, so that a search of each name by itself still fails here."""
    names = [
        f"株式会社千鳥{index}番館|Plover {index} Stores, Inc.|チドリ{'アイウ'[index % 3]}バンカン"
        for index in range(5_000)
    ]
    workspace.write("Add", add_named, names)
    text = "千鳥の話と店舗のデータ活用。Plovers and stores. " * 600
    began = time.perf_counter()
    assert found_in(workspace, text) == []
    assert time.perf_counter() - began < 2
    assert [match.source_id for match in found_in(workspace, f"{text}千鳥777番館")] == ["777"]
