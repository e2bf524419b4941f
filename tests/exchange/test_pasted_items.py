"""Blocks from spreadsheets and lists of lines become the items they stand for; nothing is lost."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.actions.editing import clean
from csdesk.exchange.pasted_items import PastedBlock, read_block, split_cells
from csdesk.model.items import ItemKind
from csdesk.model.vocabulary import ActionStatus, MilestoneStatus, Priority, Side, Visibility
from csdesk.queries.known_people import KnownPeople, Person

TODAY = dt.date(2026, 11, 22)
PEOPLE = KnownPeople(
    (
        Person("yamada", Side.US, "山田 太郎", "ヤマダ タロウ", "yamada@example.jp"),
        Person("suzuki", Side.US, "鈴木一郎"),
        Person("sato-us", Side.US, "佐藤 次郎"),
        Person("sato", Side.CUSTOMER, "佐藤 花子", "サトウ ハナコ"),
        Person("tom", Side.CUSTOMER, "Tom Takahashi"),
    )
)


def read(text: str, *, in_goal: bool = False) -> PastedBlock:
    return read_block(text, PEOPLE, TODAY, in_goal=in_goal)


def shape(block: PastedBlock) -> list[str]:
    """Return each item as its kind's letter and its title, stood in by its depth."""
    lines = []
    for item in block.items:
        depth, above = 0, item.above
        while above is not None:
            depth, above = depth + 1, block.items[above].above
        lines.append("." * depth + item.kind.value[0] + " " + item.title)
    return lines


def test_a_sheet_of_thirty_lines_with_japanese_dates_gives_thirty_right_rows() -> None:
    days = [TODAY + dt.timedelta(days=3 * n) for n in range(1, 31)]
    forms = (
        lambda day: f"{day.year}年{day.month}月{day.day}日",
        lambda day: f"令和{day.year - 2018}年{day.month}月{day.day}日",
        lambda day: f"R{day.year - 2018}.{day.month}.{day.day}",
        lambda day: f"{day.month}/{day.day}",
        lambda day: f"{day.month}月{day.day}日({'月火水木金土日'[day.weekday()]})",
        lambda day: f"{day:%d-%b-%y}",  # as Excel writes them in English
    )
    lines = [
        f"作業{n}\t{('山田', '佐藤様', '鈴木さん')[n % 3]}\t{forms[n % 6](day)}\t未着手"
        for n, day in enumerate(days)
    ]
    block = read("\r\n".join(lines) + "\r\n")
    assert [item.title for item in block.items] == [f"作業{n}" for n in range(30)]
    assert {item.kind for item in block.items} == {ItemKind.ACTION}
    assert [item.fields["due_on"] for item in block.items] == days
    owners = [
        item.fields.get("owner_id") or item.fields["customer_owner_id"] for item in block.items
    ]
    assert owners == ["yamada", "sato", "suzuki"] * 10
    assert block.leftovers == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("目標A\n  定着\n    - 研修\n目標B", ["g 目標A", ".m 定着", "..a 研修", "g 目標B"]),
        ("A\n\tB\n\t\tC\n\tD", ["g A", ".m B", "..a C", ".m D"]),
        ("A\n　B\n　　C", ["g A", ".m B", "..a C"]),
        ("■ A\n・x\n・y\n■ B\n・z", ["g A", ".a x", ".a y", "g B", ".a z"]),
        ("1. A\n1.1 B\n1.1.1 C\n1.2 D\n2. E", ["g A", ".m B", "..a C", ".m D", "g E"]),
        ("# A\n## B\n- [ ] c\n- [x] d", ["g A", ".m B", "..a c", "..a d"]),
        ("●A\n・B\n　- C", ["g A", ".m B", "..a C"]),
        ("□ 資料\n☑ 連絡\n☐ 確認", ["a 資料", "a 連絡", "a 確認"]),
        ("- a\n- b\n* c\n・d", ["a a", "a b", "a c", "a d"]),
        ("目標1：増やす\nマイルストーン1：慣れる\nアクション1：学ぶ",
         ["g 増やす", ".m 慣れる", "..a 学ぶ"]),
        ("①A\n②B\n③C", ["a A", "a B", "a C"]),
        ("10.5 million users\n3 拠点を回る\n-5℃を確かめる",
         ["a 10.5 million users", "a 3 拠点を回る", "a -5℃を確かめる"]),
        ("A\n\n---\n\nB", ["a A", "a B"]),
        ("1.\tA\n1.1.\tB\n1.1.1.\tC\n2.\tD", ["g A", ".m B", "..a C", "g D"]),
        ("•\tA\no\tB\n\uf0a7\tC\n\uf0b7\tD", ["g A", ".m B", "..a C", "g D"]),
        ("●\tA\n　・\tB\n　・\tC", ["g A", ".a B", ".a C"]),
        ("I. A\n  i. B\n  ii. C\nII. D", ["g A", ".m B", ".m C", "g D"]),
        ("一、A\n（１）B\n（２）C\n二、D", ["g A", ".a B", ".a C", "g D"]),
        ("", []),
        (" \n\t\n", []),
    ],
)  # fmt: skip
def test_the_levels_of_a_list_tell_what_its_lines_are(text: str, expected: list[str]) -> None:
    assert shape(read(text)) == expected


def test_who_and_when_after_an_at_sign_leave_the_title_whole() -> None:
    first, second = read("- [ ] タスク1 @山田 12/5\n- タスク2 (佐藤様)").items
    assert (first.title, second.title) == ("タスク1", "タスク2")
    assert first.fields["owner_id"] == "yamada"
    assert first.fields["due_on"] == dt.date(2026, 12, 5)
    assert second.fields["customer_owner_id"] == "sato"


def test_a_task_list_of_an_english_spreadsheet_is_read() -> None:
    head = "Task Name\tAssigned To\tStart\tFinish\t% Complete\tStatus\n"
    rows = "Kick-off\tTom\t1-Dec-26\t14/12/26\t100%\tComplete\nSetup\tTom\tDec 7\tDec 12\t50%\t"
    kick_off, setup = read(head + rows).items
    assert kick_off.fields["status"] is ActionStatus.DONE
    assert kick_off.fields["start_on"] == dt.date(2026, 12, 1)
    assert kick_off.fields["due_on"] == dt.date(2026, 12, 14)
    assert setup.fields["status"] is ActionStatus.IN_PROGRESS
    assert setup.fields["due_on"] == dt.date(2026, 12, 12)


def test_a_list_of_two_levels_goes_into_a_goal_as_milestones() -> None:
    text = "定着\n  研修\n展開\n  案内"
    assert shape(read(text)) == ["g 定着", ".m 研修", "g 展開", ".m 案内"]
    assert shape(read(text, in_goal=True)) == ["m 定着", ".a 研修", "m 展開", ".a 案内"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("種別\t件名\n目標\tA\nマイルストーン\tB\nアクション\tC\nアクション\tD\n目標\tE",
         ["g A", ".m B", "..a C", "..a D", "g E"]),
        ("Level\tTitle\n1\tA\n2\tB\n3\tC", ["g A", ".m B", "..a C"]),
        ("目標\tマイルストーン\tアクション\nA\tB\tc\n\t\td\n\tE\tf\nA\tE\tg",
         ["g A", ".m B", "..a c", "..a d", ".m E", "..a f", "..a g"]),
        ("A\t\t\n\tB\t\n\t\tc\n\t\td", ["g A", ".m B", "..a c", "..a d"]),
        ("No.\tタスク\t期限\n1\ta\t12/5\n2\tb\t12/6", ["a a", "a b"]),
        ("1\ta\t12/5\n2\tb\t12/6", ["a a", "a b"]),
        ("| Task | Due |\n|---|:-:|\n| a | 12/5 |\n| b | 12/6 |", ["a a", "a b"]),
        ("Task | Due\n---|---\na | 12/5\nb | 12/6", ["a a", "a b"]),
        ("タスク,期限\na,12/5\n\"b, c\",12/6", ["a a", "a b, c"]),
        ("Task;Owner;Due\na;Tom;14.12.2026", ["a a"]),
        ("A, B\nC, D", ["a A, B", "a C, D"]),
        ("No\t大項目\t中項目\t小項目\t期限\n1\tA\tB\tc\t12/5\n2\t\t\td\t12/6\n3\t\tE\tf\t12/7",
         ["g A", ".m B", "..a c", "..a d", ".m E", "..a f"]),
    ],
)  # fmt: skip
def test_columns_tell_what_their_rows_are(text: str, expected: list[str]) -> None:
    assert shape(read(text)) == expected


def test_a_milestone_that_nothing_can_hold_becomes_a_goal_and_that_is_told() -> None:
    text = "種別\t件名\nマイルストーン\tB\nアクション\tC"
    block = read(text)
    assert shape(block) == ["g B", ".a C"]
    assert [left.text for left in block.leftovers] == ["B"]
    assert shape(read(text, in_goal=True)) == ["m B", ".a C"]


def test_every_column_fills_its_field() -> None:
    text = (
        "Task\tAssignee\tStart\tDeadline\tState\tPriority\tVisibility\tNotes\tBudget\n"
        '"Two\nlines"\tTom\t12/1\t2026-12-05\tIn progress\tHigh\tInternal\t"a\n""b"""\t¥30,000\n'
    )
    (item,) = read(text).items
    assert item.title == "Two lines"
    assert item.fields == {
        "customer_owner_id": "tom",
        "side": Side.CUSTOMER,
        "start_on": dt.date(2026, 12, 1),
        "due_on": dt.date(2026, 12, 5),
        "status": ActionStatus.IN_PROGRESS,
        "priority": Priority.HIGH,
        "visibility": Visibility.INTERNAL,
        "internal_note": 'a\n"b"\nBudget: ¥30,000',
    }


def test_what_cannot_be_read_stands_in_the_note_and_is_told() -> None:
    text = "件名\t担当\t期限\t状態\t優先度\nA\t高橋\t来月頃\tおわり？\t謎"
    block = read(text)
    (item,) = block.items
    assert set(item.fields) == {"internal_note"}
    told = [(left.field, left.text) for left in block.leftovers]
    assert told == [
        ("status", "おわり？"),
        ("due_on", "来月頃"),
        ("owner", "高橋"),
        ("priority", "謎"),
    ]
    for _field, words in told:
        assert words in item.fields["internal_note"]


def test_a_date_that_can_be_two_days_is_not_guessed_unless_its_column_tells() -> None:
    assert "due_on" not in read("件名\t期限\nA\t03/04/2027").items[0].fields
    column = read("件名\t期限\nA\t03/04/2027\nB\t25/04/2027")
    assert column.items[0].fields["due_on"] == dt.date(2027, 4, 3)


def test_a_start_after_its_end_stands_in_the_note() -> None:
    (item,) = read("件名\t開始日\t期限\nA\t12/9\t12/5").items
    assert item.fields["due_on"] == dt.date(2026, 12, 5)
    assert "2026-12-09" in item.fields["internal_note"]
    assert "start_on" not in item.fields


def test_words_of_another_kind_mean_the_same_in_an_items_own() -> None:
    rows = ("種別\t件名\t状態", "マイルストーン\tA\t完了", "アクション\tB\t達成")
    text = "\n".join((*rows, "マイルストーン\tC\t社内待ち"))
    block = read(text, in_goal=True)
    found = [item.fields["status"] for item in block.items]
    assert found == [MilestoneStatus.ACHIEVED, ActionStatus.DONE, MilestoneStatus.IN_PROGRESS]
    assert "社内待ち" in block.items[2].fields["internal_note"]


def test_what_stands_in_brackets_after_a_title_is_read_only_where_all_of_it_can_be() -> None:
    text = "- 資料を送る（担当：佐藤様、期限：12/5）\n- 日程（仮）\n- 研修 @山田\n- 会議(12/10まで)"
    items = read(text).items
    assert [item.title for item in items] == ["資料を送る", "日程（仮）", "研修", "会議"]
    assert items[0].fields["customer_owner_id"] == "sato"
    assert items[0].fields["due_on"] == dt.date(2026, 12, 5)
    assert items[2].fields["owner_id"] == "yamada"
    assert items[3].fields["due_on"] == dt.date(2026, 12, 10)
    text = "・実施（佐藤様 12/10）\n・会議（第2回 12/10）\n・Train @Tom next friday"
    items = read(text).items
    assert [item.title for item in items] == ["実施", "会議（第2回 12/10）", "Train"]
    assert [item.fields.get("customer_owner_id") for item in items] == ["sato", None, "tom"]
    assert items[2].fields["due_on"] == dt.date(2026, 11, 27)


def test_a_cell_that_says_as_above_is_as_above() -> None:
    text = (
        "期限\t件名\t担当\t状態\n12/5\tA\t山田\t当社待ち\n〃\tB\t同上\tWaiting on us\n12/7\tC\t〃"
    )
    items = read(text).items
    assert [item.fields["due_on"].day for item in items] == [5, 5, 7]
    assert [item.fields["owner_id"] for item in items] == ["yamada"] * 3
    assert items[1].fields["status"] == items[0].fields["status"] == ActionStatus.WAITING_INTERNAL


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("山田", "yamada"), ("山田さん", "yamada"), ("山田太郎", "yamada"), ("やまだ", "yamada"),
        ("鈴木", "suzuki"), ("鈴木部長", "suzuki"), ("佐藤", "sato-us"), ("佐藤様", "sato"),
        ("お客様：佐藤", "sato"), ("Takahashi", "tom"), ("Mr. Takahashi", "tom"),
        ("yamada@example.jp", "yamada"), ("高橋", None), ("田", None),
        ("ﾔﾏﾀﾞ ﾀﾛｳ", "yamada"), ("やまだ　たろう様", "yamada"), ("Hanako Satō", "sato"),
        ("YAMADA", "yamada"), ("Takahashi, Tom", "tom"),
    ],
)  # fmt: skip
def test_people_are_known_by_what_others_call_them(said: str, expected: str | None) -> None:
    (item,) = read(f"件名\t担当\nA\t{said}").items
    assert (item.fields.get("owner_id") or item.fields.get("customer_owner_id")) == expected
    if expected is None:
        assert said in item.fields["internal_note"]


def test_the_second_of_two_people_of_an_action_item_stands_in_the_note() -> None:
    (item,) = read("件名\t担当\nA\t山田/佐藤様").items
    assert item.fields["owner_id"] == "yamada"
    assert "佐藤 花子" in item.fields["internal_note"]


def test_quotation_marks_that_begin_a_title_are_no_cell() -> None:
    assert split_cells('"Alpha" beta\nGamma') == [['"Alpha" beta'], ["Gamma"]]
    assert split_cells('"a\nb"\tc\nd\t"e ""f"""') == [["a\nb", "c"], ["d", 'e "f"']]
    assert split_cells('"open\tb\nc') == [['"open', "b"], ["c"]]


KNOWN = [
    "目標",
    "12/5",
    "山田",
    "完了",
    "□",
    "03/04/2027",
    "No.",
    "期限",
    "- x",
    "",
    "1",
]


@given(st.lists(st.lists(st.sampled_from(["?", *KNOWN]), min_size=1, max_size=5), max_size=8))
def test_no_word_of_any_block_is_lost(rows: list[list[str]]) -> None:
    """Every ? becomes a word of its own, which has to be somewhere afterwards."""
    cells = [
        [f"ことば{row}の{column}号" if cell == "?" else cell for column, cell in enumerate(line)]
        for row, line in enumerate(rows)
    ]
    block = read("\n".join("\t".join(line) for line in cells))
    kept = "\n".join(f"{item.title}\n{item.fields.get('internal_note')}" for item in block.items)
    # The first row may be a header, whose words say what the columns are.
    filled = [line for line in cells if any(line)]
    said = [cell for line in filled[1:] for cell in line if cell.startswith("ことば")]
    assert [word for word in said if word not in kept] == []


@given(st.text(max_size=200))
def test_any_text_can_be_pasted(text: str) -> None:
    for item in read(text).items:
        assert clean("title", item.title)


@pytest.mark.parametrize("line", ["\u200b", "\u202e", "\u200d\u2060", "\x01", "\ufeff \u200b"])
def test_a_line_of_signs_nobody_sees_is_left_out_and_does_not_spoil_the_block(line: str) -> None:
    block = read(f"Order\n{line}\n- \u202b\nTrain\u200b them")
    assert [clean("title", item.title) for item in block.items][::2] == ["Order", "Train them"]


def test_a_row_whose_title_is_not_seen_keeps_its_date() -> None:
    (item,) = read("Title\tDue\n\u202b\t2026-12-05").items
    assert clean("title", item.title)
    assert "2026" in str(item)


@pytest.mark.parametrize("said", ["社内限定", "Internal only", "社外非公開", "tbc"])
def test_a_word_of_visibility_that_is_not_known_shows_the_customer_nothing(said: str) -> None:
    block = read(f"Title\tOwner\tVisible\nA\t\t{said}\nB\t\t社外秘\nC\t\t○\nD\t\t")
    shown = [item.fields.get("visibility") for item in block.items]
    assert shown == [Visibility.INTERNAL, Visibility.INTERNAL, Visibility.CUSTOMER, None]
    assert [one.text for one in block.leftovers] == [said]
