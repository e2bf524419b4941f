"""Reads what people write in the cells of a task list: days, how far it is, how urgent, for whom.

A spreadsheet that is imported is read to the letter (csdesk.exchange.cells). What is pasted is
looked at by the person who pastes it, so that words like 済 or "12/5まで" may be understood.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from csdesk.errors import UserError
from csdesk.exchange.dates import DateReader, read_date
from csdesk.exchange.tables import header_key, shorten
from csdesk.exchange.terms import read_term
from csdesk.i18n import _
from csdesk.insight.typed_dates import typed_date
from csdesk.model.items import ItemKind
from csdesk.model.vocabulary import (
    ActionStatus,
    GoalStatus,
    MilestoneStatus,
    Priority,
    Term,
    Visibility,
)

STATUSES: dict[ItemKind, type[Term]] = {
    ItemKind.GOAL: GoalStatus,
    ItemKind.MILESTONE: MilestoneStatus,
    ItemKind.ACTION: ActionStatus,
}
_NO_DAY = frozenset(
    {"-", "ー", "—", "–", "―", "未定", "なし", "無し", "tbd", "tba", "n/a", "na", "未"}
)
_WEEKDAY = re.compile(
    r"\s*[(\[](?:[月火水木金土日](?:曜日?)?(?:[・･/,]\s*祝日?)?|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)[)\]]",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"^(?:期限|期日|締切|締め切り|〆切|due|by|until|[~〜])\s*:?\s*|\s*(?:までに?|迄に?|[〆締]切?り?|必着)$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[~〜→⇒]|から)\s*|\s+(?:[-–—]|to)\s+|[–—]")
_HAS_YEAR = re.compile(r"\d{4}|^(?:令和|平成|昭和|[rhs]\s*\.?\s*\d)", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"['’]?(\d{1,2})[/.](\d{1,2})[/.]['’]?(\d{1,2})$")
_MONTH_END = re.compile(r"(?:(\d{4})\s*[年/-]\s*)?(\d{1,2})\s*月末日?$")
_NUMBER = re.compile(r"\d+(?:[.-]\d+)?$")
_PERCENT = re.compile(r"(\d{1,3})(?:\.\d+)?\s*%$")
NEAREST_DAYS = 182
"""How far ahead a day of something done may lie; one beyond that was last year's."""

NEAR_YEARS = 5
"""How far from today the year of 26/12/5 may lie; else it is no year."""


@dataclass(frozen=True, slots=True)
class Days:
    """What a cell with a day, or with a first and a last one, says."""

    first: dt.date | None
    last: dt.date | None


def read_days(text: str, today: dt.date, reader: DateReader, *, past: bool = False) -> Days:
    """Read "12/5", 令和8年12月5日, 12月5日(土)まで or 12/1〜12/5; both None where blank.

    A day without a year is the coming one, or with `past` the nearest one. Raises UserError where
    the text is no day, or can be read in two ways.
    """
    said = _WEEKDAY.sub("", unicodedata.normalize("NFKC", text)).strip()
    if not said or said.casefold() in _NO_DAY:
        return Days(None, None)
    said = _AROUND.sub("", said).strip()
    parts = [part for part in _BETWEEN.split(said) if part.strip()]
    if len(parts) != 2:
        return Days(None, _day(said, today, reader, past=past))
    first = _day(parts[0], today, reader, past=past)
    end = parts[1]
    if re.fullmatch(r"\d{1,2}日?", end):
        try:
            return Days(first, first.replace(day=int(end.rstrip("日"))))
        except ValueError as error:
            raise _unreadable(text) from error
    last = _day(end, today, reader, past=past)
    if first > last and not _HAS_YEAR.search(parts[0]):
        first = _year_before(first)
    return Days(first, last)


def looks_like_day(text: str, today: dt.date) -> bool:
    """Tell whether a cell without a header is a day: plain numbers are not."""
    said = unicodedata.normalize("NFKC", text).strip()
    if _NUMBER.match(said) or not any(one.isdigit() for one in said):
        return False
    try:
        return read_days(text, today, DateReader()).last is not None
    except UserError:
        return False


def read_kind(text: str) -> ItemKind | None:
    """Read what kind of item a cell names: 目標, Milestone, タスク, or a level 1 to 3."""
    return _KINDS.get(header_key(text))


def read_status(text: str, kind: ItemKind) -> tuple[Term | None, bool]:
    """Read how far an item is, in the words of its kind, and whether that says it all.

    Raises UserError where the words are none of those people use.
    """
    if not text.strip() or header_key(text) in ("-", "ー", "―"):
        return None, True
    vocabulary = STATUSES[kind]
    try:
        return read_term(text, vocabulary), True
    except UserError:
        share = _PERCENT.match(unicodedata.normalize("NFKC", text).strip())
        if share:
            number = int(share[1])
            code = "done" if number == 100 else "open" if number == 0 else "in_progress"
            return in_words_of(code, vocabulary), number in (0, 100)
        found = _STATUS_WORDS.get(header_key(text))
        if found is None:
            for other in STATUSES.values():
                try:
                    found = str(read_term(text, other))
                except UserError:
                    continue
                break
        if found is None:
            raise
        term = in_words_of(found, vocabulary)
        return term, str(term) in (found, _SAME.get(found))


def read_priority(text: str) -> Priority | None:
    """Read how urgent an action item is. Raises UserError for other words."""
    found = _PRIORITIES.get(header_key(text))
    if found is not None:
        return found
    term = read_term(text, Priority)
    return None if term is None else Priority(term)


def read_visibility(text: str) -> Visibility | None:
    """Read whether the customer sees an item; ○ means yes. Raises UserError for other words."""
    found = _VISIBILITIES.get(header_key(text))
    if found is not None:
        return found
    term = read_term(text, Visibility)
    return None if term is None else Visibility(term)


def is_ticked(text: str) -> bool | None:
    """Tell whether a cell of a column "done" is ticked; None where it says something else."""
    key = header_key(text)
    if not key or key in ("false", "no", "0", "x", "×", "未", "未完了", "□", "☐", "-"):
        return False
    return True if key in _TICKS else None


def _day(text: str, today: dt.date, reader: DateReader, *, past: bool) -> dt.date:
    said = text.strip()
    if found := _MONTH_END.match(said):
        year, month = int(found[1] or 0), int(found[2])
        if 1 <= month <= 12:
            year = year or today.year + (month < today.month and not past)
            return dt.date(year, month, calendar.monthrange(year, month)[1])
    if found := _SHORT_YEAR.match(said):
        century = today.year // 100
        comes_first, comes_last = (_is_near(found[part], today) for part in (1, 3))
        if comes_first == comes_last:
            raise _unreadable(text)
        first, last = (century, "") if comes_first else ("", century)
        said = f"{first}{found[1]}/{found[2]}/{last}{found[3]}"
    if _HAS_YEAR.search(said):
        day = read_date(said, reader)
        if day is None:
            raise _unreadable(text)
        return day
    day = typed_date(said, today)
    if day is None:
        raise _unreadable(text)
    is_far = (day - today).days > NEAREST_DAYS
    return _year_before(day) if past and is_far else day


def _is_near(year: str, today: dt.date) -> bool:
    """Tell whether two digits are a year near today."""
    return len(year) == 2 and abs(int(year) - today.year % 100) <= NEAR_YEARS


def _year_before(day: dt.date) -> dt.date:
    last = calendar.monthrange(day.year - 1, day.month)[1]
    return day.replace(year=day.year - 1, day=min(day.day, last))


def _unreadable(text: str) -> UserError:
    return UserError(
        _("“{text}” is not a date.").format(text=shorten(text)),
        _("Write it as 2026-03-31, for example."),
    )


def in_words_of(code: str, vocabulary: type[Term]) -> Term:
    """Say the same in the words of a kind; in progress where it has no such word."""
    known = set(vocabulary)
    for wanted in (code, _MEANS.get(code, ""), "in_progress"):
        if wanted in known:
            return vocabulary(wanted)
    raise AssertionError(code)


def _keys(words: dict[str, str]) -> dict[str, str]:
    return {header_key(word): code for code, said in words.items() for word in said.split(" ")}


_SAME = {
    "done": "achieved",
    "achieved": "done",
    "open": "not_started",
    "not_started": "open",
    "deferred": "paused",
    "paused": "deferred",
}
"""The codes of two kinds that say the same."""
_MEANS = _SAME | {"missed": "canceled"}
_STATUS_WORDS = _keys({
    "done": "完了 完了済 完了済み 済 済み 終了 対応済 対応済み 実施済 実施済み 達成 達成済 "
    "クローズ done complete completed closed finished achieved ok ✓ ✔ ☑ ✅ レ ○ ◯ 〇",
    "in_progress": "進行中 対応中 実施中 作業中 着手 着手中 着手済 処理中 継続 継続中 "
    "inprogress doing wip ongoing started active △",
    "open": "未着手 未対応 未実施 未完了 未 予定 これから todo open new notstarted planned backlog",
    "deferred": "保留 保留中 延期 ペンディング pending onhold hold deferred postponed paused",
    "waiting_customer": "お客様待ち お客様回答待ち お客様確認中 顧客待ち 客先待ち 客先確認中 "
    "先方待ち 先方確認中 回答待ち 返信待ち waiting waitingforcustomer waitingoncustomer "
    "waitingforclient waitingonclient pendingcustomer blocked",
    "waiting_internal": "社内待ち 社内確認中 社内回答待ち 当社待ち "
    "waitingforus waitingonus waitinginternal pendinginternal",
    "canceled": "中止 取消 取り消し 取りやめ キャンセル 対応不要 不要 却下 "
    "canceled cancelled dropped wontdo rejected",
    "at_risk": "要注意 リスク 遅延 遅れ 遅れあり atrisk risk delayed late behind",
})  # fmt: skip
_TICKS = {key for key, code in _STATUS_WORDS.items() if code == "done"} | {
    header_key(word) for word in ("true", "yes", "y", "1", "☒", "●", "はい", "有", "あり")
}
_PRIORITIES = {
    header_key(word): priority
    for priority, words in {
        Priority.CRITICAL: "最優先 緊急 至急 最重要 特急 critical urgent blocker highest p0 s",
        Priority.HIGH: "高 高い 高め 大 high p1 a ★★★ 重要",
        Priority.MEDIUM: "中 中くらい 普通 通常 medium mid middle normal p2 b ★★",
        Priority.LOW: "低 低い 小 low lowest minor p3 c ★",
    }.items()
    for word in words.split(" ")
}
_VISIBILITIES = {
    header_key(word): visibility
    for visibility, words in {
        Visibility.CUSTOMER: "公開 公開可 顧客公開 お客様公開 お客様に公開 社外 社外可 共有 共有可 "
        "pdf customer external public shared visible yes true ○ ◯ 〇 ● ✓ ✔ はい 可",
        Visibility.INTERNAL: "非公開 社内 社内のみ 社内限り 社外秘 内部 非表示 共有不可 internal "
        "private hidden no false × ✕ ✗ いいえ 不可",
    }.items()
    for word in words.split(" ")
}
_KINDS = {
    header_key(word): kind
    for kind, words in {
        ItemKind.GOAL: "目標 ゴール goal objective okr 大項目 大 l1 lv1 level1 レベル1 1",
        ItemKind.MILESTONE: "マイルストーン 中間目標 milestone ms 中項目 中 l2 lv2 level2 "
        "レベル2 2",
        ItemKind.ACTION: "アクション アクションアイテム タスク 作業 施策 todo やること action "
        "actionitem task subtask 小項目 小 l3 lv3 level3 レベル3 3",
    }.items()
    for word in words.split(" ")
}
