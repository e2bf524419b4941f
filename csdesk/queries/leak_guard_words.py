"""The internal words: which they are, and where they stand in customer-visible texts.

A team's own list is kept as what it added to the shipped one and what it took from it. So a word
that a newer version ships arrives everywhere, and one that was taken out stays out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from csdesk.model.records import WorkspaceSetting
from csdesk.queries.leak_guard_accounts import core_of
from csdesk.queries.leak_guard_folding import KATAKANA, LATIN, FoldedTexts, fold, origin
from csdesk.queries.leak_guard_matches import FindingKind, Gravity, Match, outermost
from csdesk.queries.leak_guard_places import ShownText

INTERNAL_WORDS = "internal_words"
"""The setting that holds what a team changed in the list, as JSON."""

SERIOUS_WORDS = (
    *("解約", "チャーン", "離反", "失注", "受注確度", "更新確度"),
    *("アップセル", "クロスセル", "ダウンセル", "リスク", "要注意顧客", "要注意先"),
    *("ヘルススコア", "値上げ", "予算取り", "粗利", "利益率", "未払い", "未入金", "滞納"),
    *("社外秘", "部外秘", "社内限り", "社内用", "社内メモ", "競合他社"),
    *("キーマン", "反対者", "抵抗勢力", "クレーマー", "囲い込み", "売り込み"),
    *("churn", "up-sell", "cross-sell", "down-sell", "ARR", "MRR", "NRR", "GRR", "LTV", "ACV"),
    *("health score", "at-risk account", "at-risk customer", "churn risk", "renewal risk"),
    *("detractor", "price increase", "wallet share", "share of wallet", "gross margin"),
    *("lock-in", "unpaid invoice", "economic buyer", "do not share", "don't share"),
    *("internal only", "internal use", "not for the customer"),
)
NOTICED_WORDS = (
    *("社内", "競合", "値引き", "秘密"),
    *("risk", "competitor", "internal", "confidential", "discount"),
)
"""Shipped words that customers use as well: they are pointed out and stop nothing."""

LONGEST_WORD = 100
MOST_WORDS = 1000

_HARMLESS = {
    "リスク": ("アスタリスク", "オベリスク", "バジリスク"),
    "社内": ("御社内", "貴社内", "会社内", "神社内"),
    "値上げ": ("価値上げ",),
    "利益率": ("営業利益率", "経常利益率"),
    "チャーン": ("チャーンライ",),
    "キーマン": ("スキーマン", "ウィスキーマン", "ウイスキーマン"),
    "社内用": ("御社内用", "貴社内用"),
    "internal": ("internal medicine", "internal combustion"),
    "lock-in": ("lock in the date",),
}
"""What a word may stand within without meaning anything internal."""

_IN_ITS_PLACE = {"リスク": ("risk", "customer_wording"), "risk": ("risk", "customer_wording")}
"""Words that are expected in one field, and pointed out there only."""

_OWN = ("account", "workspace_setting")
_SHORTEST_OWN = 3

_SHORTEST_TOLERANT = 4
"""So many kana a word needs beside its long vowels, so that it may be written without them."""

_BARE = str.maketrans("", "", " -‐‒–—−・ー'’")


@dataclass(frozen=True, slots=True)
class _Setting:
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def shipped_words() -> tuple[str, ...]:
    """Return the words that every CSDesk of this version warns of."""
    return SERIOUS_WORDS + NOTICED_WORDS


def internal_words(session: Session) -> tuple[str, ...]:
    """Return the words this workspace warns of: the shipped ones it kept, then its own."""
    setting = _read(session)
    gone = {fold(word) for word in setting.removed}
    kept = [word for word in shipped_words() if fold(word) not in gone]
    return tuple(_each_once([*kept, *setting.added]))


def changed_setting(session: Session, words: Iterable[str]) -> str | None:
    """Write the setting by which the list becomes `words`; None where it is the shipped one.

    What this version does not ship and somebody took out stays out.
    """
    wanted = _each_once(words)
    folded = {fold(word) for word in wanted}
    shipped = {fold(word) for word in shipped_words()}
    added = [word for word in wanted if fold(word) not in shipped]
    removed = [word for word in shipped_words() if fold(word) not in folded]
    foreign = [
        word
        for word in _read(session).removed
        if fold(word) not in shipped and fold(word) not in folded
    ]
    if not added and not removed and not foreign:
        return None
    return json.dumps({"added": added, "removed": [*removed, *foreign]}, ensure_ascii=False)


def _read(session: Session) -> _Setting:
    row = session.get(WorkspaceSetting, INTERNAL_WORDS)
    if row is None or row.deleted_at is not None or not row.value:
        return _Setting()
    try:
        said = json.loads(row.value)
    except ValueError:
        # Written by hand and not ours: the shipped list in full is the safe reading.
        return _Setting()
    if not isinstance(said, dict):
        return _Setting()
    return _Setting(_texts(said.get("added")), _texts(said.get("removed")))


def _texts(said: object) -> tuple[str, ...]:
    return tuple(word for word in said if isinstance(word, str)) if isinstance(said, list) else ()


def _each_once(words: Iterable[str]) -> list[str]:
    """Keep the first of words that are alike, without blanks around; nothing of empty ones."""
    kept: dict[str, str] = {}
    for word in words:
        word = " ".join(word.split())
        if fold(word).translate(_BARE):
            kept.setdefault(fold(word), word)
    return list(kept.values())


def word_matches(
    session: Session,
    places: Sequence[ShownText],
    texts: FoldedTexts,
    *,
    own_names: Iterable[str] = (),
) -> Iterator[Match]:
    """Yield each internal word once for each text it stands in, where it stands first.

    A word within a longer one of the list, such as 競合 within 競合他社, is not told twice. One
    within the account's or our company's name (`own_names`) is told of the name alone, and not of
    each text that has the name in it.
    """
    own = [core for name in own_names if len(core := core_of(fold(name))) >= _SHORTEST_OWN]
    noticed = {fold(word) for word in NOTICED_WORDS}
    bare = texts.joined.translate(_BARE)
    found: dict[int, list[tuple[int, int, str]]] = {}
    for word in internal_words(session):
        folded = fold(word)
        if not _may_be_in(folded, bare):
            continue
        harmless = [fold(other) for other in _HARMLESS.get(word, ())]
        for index, start, end in texts.finds(word_pattern(folded)):
            known = harmless if places[index].entity in _OWN else [*harmless, *own]
            if not _is_within(texts.texts[index], start, end, known):
                found.setdefault(index, []).append((start, end, word))
    for index, spans in found.items():
        told = set()
        for start, end, word in outermost(spans):
            if word in told:
                continue
            told.add(word)
            is_notice = fold(word) in noticed or _is_in_its_place(word, places[index])
            severity = Gravity.NOTICE if is_notice else Gravity.SERIOUS
            span = origin(places[index].text, start, end)
            yield Match(index, FindingKind.INTERNAL_WORD, severity, word, *span)


def _is_in_its_place(word: str, place: ShownText) -> bool:
    return _IN_ITS_PLACE.get(word) == (place.entity, place.field)


def _may_be_in(folded: str, bare: str) -> bool:
    """Tell quickly whether a word can be in a text from which what is optional was taken."""
    core = folded.translate(_BARE)
    return core in bare or (core.endswith("y") and f"{core[:-1]}ies" in bare)


def _is_within(text: str, start: int, end: int, harmless: Sequence[str]) -> bool:
    for other in harmless:
        at = text.find(other, max(end - len(other), 0))
        if 0 <= at <= start and end <= at + len(other):
            return True
    return False


def word_pattern(folded: str) -> re.Pattern[str]:
    """Make the expression that finds a folded word in folded texts.

    Latin words stand alone, with simple endings; blanks and hyphens within them are optional.
    Katakana words of some length are found with and without their long-vowel marks. Anything
    else is found wherever it stands.
    """
    parts = []
    is_tolerant = len(re.findall(f"[{KATAKANA}]", folded.replace("ー", ""))) >= _SHORTEST_TOLERANT
    for char in folded:
        if char in " -‐":
            parts.append(r"[ \-‐‒–—−・]*")
        elif char in "'’":
            parts.append("['’]?")
        elif is_tolerant and char == "ー":
            continue
        elif is_tolerant and re.match(f"[{KATAKANA}]", char):
            parts.append(f"{re.escape(char)}[ー・]*")
        else:
            parts.append(re.escape(char))
    if re.match(f"[{LATIN}]", folded[0]):
        parts.insert(0, f"(?<![{LATIN}])")
    if re.match("[a-z]", folded[-1]):
        parts.append(_ending(folded, parts))
    elif re.match(f"[{LATIN}]", folded[-1]):
        parts.append(f"(?![{LATIN}])")
    return re.compile("".join(parts))


def _ending(folded: str, parts: list[str]) -> str:
    """Let a Latin word have its plural, and longer ones the endings of verbs; digits may follow."""
    endings = "(?:['’]?s|s['’])?"
    if len(folded) > _SHORTEST_TOLERANT:
        endings = "(?:['’]?s|s['’]|es|ed|er|ers|ing)?"
        if folded.endswith("y"):
            parts.pop()
            endings = "(?:y(?:['’]s)?|ies)"
    return f"{endings}(?![{LATIN.removeprefix('0-9')}])"
