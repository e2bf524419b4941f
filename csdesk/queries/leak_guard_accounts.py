"""Names of other accounts in the texts for one: with their company forms, and without.

A name counts in Japanese, English and kana. Accounts that left us and deleted ones count too:
that they were customers is nobody's business. What is part of this account's own name, or of
our company's, is no other's. All names are looked for at once: of thousands only those are
searched whose first and last letters occur together in the texts at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import text
from sqlalchemy.orm import Session

from csdesk.queries.leak_guard_folding import HIRAGANA, KATAKANA, LATIN, FoldedTexts, fold, origin
from csdesk.queries.leak_guard_matches import FindingKind, Gravity, Match, outermost
from csdesk.queries.leak_guard_places import ShownText

_JAPANESE_FORMS = (
    *("株式会社", "有限会社", "合同会社", "合資会社", "合名会社", "相互会社"),
    *("一般社団法人", "公益社団法人", "一般財団法人", "公益財団法人", "社会福祉法人"),
    *("医療法人社団", "医療法人財団", "医療法人", "学校法人", "宗教法人", "国立大学法人"),
    *("独立行政法人", "特定非営利活動法人", "npo法人", "協同組合"),
    *("(株)", "(有)", "(同)", "(資)", "(名)", "(社)", "(財)", "(医)", "(学)", "(福)"),
)
_LATIN_FORMS = frozenset(
    {
        *("incorporated", "inc", "corporation", "corp", "company", "co", "limited", "ltd", "llc"),
        *("llp", "lp", "plc", "gmbh", "ag", "kg", "sarl", "sas", "srl", "spa", "sa", "bv", "nv"),
        *("oy", "ab", "a/s", "as", "pty", "pte", "kk"),
    }
)
_ANY_FORM = f"(?:{'|'.join(map(re.escape, _JAPANESE_FORMS))})"
_ANY_LATIN_FORM = f"(?:{'|'.join(sorted(_LATIN_FORMS, key=len, reverse=True))})"
_HONOURED = "(?:様|さま|さん|御中|殿|社様|社)"
_SHORTEST = 3
"""So many characters a name needs to be looked for without its company form."""

_FORMS_BY_LENGTH = sorted(_JAPANESE_FORMS, key=len, reverse=True)
_AROUND = " ,.&・"
_LONGEST_PERSON = 6
"""So many characters a Japanese name of a person has at most, as a rule."""

_BETWEEN = "\ue000"
_EDGES = (LATIN, KATAKANA)


@dataclass(frozen=True, slots=True)
class _Name:
    """One name of one account, folded: `core` is without the company form."""

    account_id: str
    whole: str
    core: str
    given: str


def account_matches(
    session: Session,
    places: Sequence[ShownText],
    texts: FoldedTexts,
    *,
    account_id: str,
    own_names: Iterable[str],
    people: Iterable[str] = (),
) -> Iterator[Match]:
    """Yield each other account once for each text it is named in, where it stands first.

    `own_names` are the names that may stand there: the account's and our company's. An account
    that is called as one of the `people` of the plan is meant only with its company form.
    """
    own = [fold(name) for name in own_names if name.strip()]
    family = frozenset(part for name in people for part in _parts_of(name))
    found: dict[int, list[tuple[int, int, _Name]]] = {}
    for name in _names_in(texts, _other_names(session, account_id)):
        if any(name.core in one for one in own):
            continue
        pattern = name_pattern(name.whole, name.core, is_person=name.core in family)
        for index, start, end in texts.finds(pattern):
            found.setdefault(index, []).append((start, end, name))
    for index, spans in found.items():
        told = set()
        for start, end, name in outermost(spans):
            if name.account_id in told:
                continue
            told.add(name.account_id)
            span = origin(places[index].text, start, end)
            said = places[index].text[slice(*span)]
            yield Match(
                index,
                FindingKind.OTHER_ACCOUNT,
                _gravity(name, said),
                name.given,
                *span,
                source_entity="account",
                source_id=name.account_id,
            )


def _parts_of(person: str) -> list[str]:
    """Return a person's names, also the family name of one written without a blank."""
    whole = fold(person)
    parts = [fold(part) for part in person.split()]
    if len(whole) <= _LONGEST_PERSON:
        parts += [whole[:size] for size in range(1, len(whole))]
    return parts


def _gravity(name: _Name, said: str) -> Gravity:
    """Tell a name from a word that only looks like one: "target" or さくら may be no company."""
    is_one_word = re.fullmatch(f"[{LATIN}]+", name.core) is not None
    if is_one_word and said.islower() and said not in name.given:
        return Gravity.NOTICE
    if re.fullmatch(f"[{HIRAGANA}]{{1,4}}", name.core) and fold(said) == name.core:
        return Gravity.NOTICE
    return Gravity.SERIOUS


def _other_names(session: Session, account_id: str) -> list[tuple[str, str]]:
    """Return `(account, name)` of every name of all other accounts, deleted ones too."""
    rows = session.execute(
        text("SELECT id, name, name_en, name_kana FROM main.account WHERE id <> :own"),
        {"own": account_id},
    )
    return [(row[0], name) for row in rows for name in row[1:] if name and name.strip()]


def _names_in(texts: FoldedTexts, names: list[tuple[str, str]]) -> Iterator[_Name]:
    """Yield the names that may stand in the texts, once for each account and spelling."""
    if not names:
        return
    joined = texts.joined
    grams = {joined[at : at + size] for size in (1, 2, 3) for at in range(len(joined))}
    known = set()
    for (account_id, given), whole in zip(names, _all_folded(names), strict=True):
        core = core_of(whole)
        if core[:_SHORTEST] not in grams or core[-_SHORTEST:] not in grams:
            continue
        if core in joined and (account_id, core) not in known:
            known.add((account_id, core))
            yield _Name(account_id, whole, core, given)


def _all_folded(names: list[tuple[str, str]]) -> list[str]:
    """Fold thousands of names together: one by one takes ten times as long."""
    folded = fold(_BETWEEN.join(name for _account, name in names)).split(_BETWEEN)
    if len(folded) != len(names):  # a name that has the mark in it
        folded = [fold(name) for _account, name in names]
    return [name.strip() for name in folded]


@lru_cache(maxsize=100_000)
def core_of(folded: str) -> str:
    """Return a folded name without its company forms; all of it where nothing else is left."""
    core = folded
    if core.startswith(_JAPANESE_FORMS):
        core = core.removeprefix(next(form for form in _FORMS_BY_LENGTH if core.startswith(form)))
    rest = core.strip(_AROUND)
    while rest:
        core, rest = rest, _shorter(rest).strip(_AROUND)
        if rest == core:
            return core
    return folded if core.startswith(_JAPANESE_FORMS) else core or folded


def _shorter(core: str) -> str:
    """Take one company form from the end."""
    if core.endswith(_JAPANESE_FORMS):
        return core.removesuffix(next(form for form in _FORMS_BY_LENGTH if core.endswith(form)))
    at = max(core.rfind(" "), core.rfind(","))
    is_form = at > 0 and core[at + 1 :].replace(".", "") in _LATIN_FORMS
    return core[:at] if is_form else core


def name_pattern(whole: str, core: str, *, is_person: bool = False) -> re.Pattern[str]:
    """Make the expression that finds a name in folded texts.

    Latin and katakana names stand alone. One of one or two characters is found only beside a
    company form or a word of honour, and one that a person has too only beside a company form.
    """
    before = next((f"(?<![{edge}])" for edge in _EDGES if re.match(f"[{edge}]", core[0])), "")
    after = next((f"(?![{edge}])" for edge in _EDGES if re.match(f"[{edge}]", core[-1])), "")
    name = before + re.escape(core).replace(r"\ ", " ?") + after
    if len(core) >= _SHORTEST and not is_person:
        return re.compile(name)
    ways = [
        f"{_ANY_FORM} ?{name}",
        f"{name} ?{_ANY_FORM}",
        f"{name}[ ,.]+{_ANY_LATIN_FORM}(?![{LATIN}])",
        *([] if is_person else [f"{name} ?{_HONOURED}"]),
    ]
    if whole != core:
        ways.insert(0, re.escape(whole))
    return re.compile("|".join(ways))
