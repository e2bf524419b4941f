"""The people of an account's two sides, found by the names others write for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from csdesk.insight.kana_sounds import sounds
from csdesk.model.records import Contact, Member
from csdesk.model.vocabulary import Side
from csdesk.store.words import fold

_HONORIFIC = re.compile(
    r"(?:様|さま|さん|氏|殿|くん|君|ちゃん|先生|部長|課長|係長|次長|主任|社長|専務|常務|取締役"
    r"|マネージャー|マネジャー|リーダー)$"
)
_TITLE = re.compile(r"^(?:mr|mrs|ms|mx|dr)\.?\s+")
_OF_CUSTOMER = re.compile(r"(?:様|さま|殿)$")
_WORD_BREAKS = re.compile(r"[\s・,]+")
_ASIDE = re.compile(r"\([^()]*\)")
_SIDE_BEFORE = re.compile(r"^(?P<side>[^:]{1,12}):\s*(?P<name>.+)$")
_SIDES = {
    Side.US: [
        "当社",
        "弊社",
        "自社",
        "社内",
        "当方",
        "us",
        "we",
        "our",
        "our",
        "team",
        "our",
        "side",
        "our",
        "company",
    ],
    Side.CUSTOMER: [
        "お客様",
        "貴社",
        "御社",
        "先方",
        "客先",
        "顧客",
        "お客さま",
        "customer",
        "client",
        "they",
    ],
    Side.JOINT: ["共同", "両社", "双方", "joint", "both"],
}
_SIDE_OF = {fold(word): side for side, words in _SIDES.items() for word in words}
_SIDE_OF |= {"our team": Side.US, "our side": Side.US, "customer side": Side.CUSTOMER}
LEAST_BEGINNING = 2
"""Characters of a family name written without a space that are enough to tell a person."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be in charge."""

    id: str
    side: Side
    name: str
    kana: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a text names: one person, several who fit, nobody known, or only a side."""

    people: tuple[Person, ...] = ()
    side: Side | None = None

    @property
    def person(self) -> Person | None:
        """The one person who is meant; None where nobody or more than one fits."""
        return self.people[0] if len(self.people) == 1 else None


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """Everybody who can be in charge at one account."""

    people: tuple[Person, ...] = ()

    def named(self, text: str, wanted: Side | None = None) -> Named:
        """Tell whom a text means; those of the side `wanted` are meant before the others.

        様, さん, titles and what stands in brackets do not count. A whole name is meant before a
        family or a first name alone, that before a reading or an e-mail address.
        """
        said = _ASIDE.sub("", fold(text)).strip(" \t\n,;")
        before = _SIDE_BEFORE.match(said)
        if before and before["side"].strip() in _SIDE_OF:
            wanted, said = _SIDE_OF[before["side"].strip()], before["name"]
        if said in _SIDE_OF:
            return Named(side=_SIDE_OF[said])
        if _OF_CUSTOMER.search(said):
            wanted = Side.CUSTOMER
        plain = _TITLE.sub("", said).strip()
        while stripped := _HONORIFIC.search(plain):
            if stripped.start() == 0:
                break
            plain = plain[: stripped.start()].strip()
        for found in (_whole, _part, _beginning, _otherwise):
            people = tuple(one for one in self.people if plain and found(one, plain))
            ours = tuple(one for one in people if one.side is wanted)
            if people:
                return Named(ours or people)
        return Named()


def known_people(session: Session, account_id: str) -> KnownPeople:
    """Return our team and the people of an account who have not left."""
    members = session.execute(
        select(Member.id, Member.name, Member.name_kana, Member.email)
        .where(Member.deleted_at.is_(None))
        .order_by(Member.name, Member.id)
    )
    contacts = session.execute(
        select(Contact.id, Contact.name, Contact.name_kana, Contact.email)
        .where(Contact.account_id == account_id, Contact.deleted_at.is_(None))
        .where(Contact.left_on.is_(None))
        .order_by(Contact.name, Contact.id)
    )
    return KnownPeople(
        tuple(
            Person(row_id, side, name or "", kana or "", email or "")
            for side, rows in ((Side.US, members), (Side.CUSTOMER, contacts))
            for row_id, name, kana, email in rows
        )
    )


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    """Fold a name once: a long block asks for the same names again and again."""
    return fold(name)


def _joined(text: str) -> str:
    return "".join(text.split())


def _words(name: str) -> list[str]:
    return [word for word in _WORD_BREAKS.split(name) if word]


def _whole(person: Person, said: str) -> bool:
    """Tell whether a text is the whole name, in either order: Tom Ito, or Ito, Tom."""
    name = _folded(person.name)
    words = sorted(_words(said))
    return _joined(name) == _joined(said) or bool(words and words == sorted(_words(name)))


def _part(person: Person, said: str) -> bool:
    return said in _words(_folded(person.name))


def _beginning(person: Person, said: str) -> bool:
    name = _folded(person.name)
    return (
        len(said) >= LEAST_BEGINNING
        and not said.isascii()
        and " " not in name
        and name.startswith(said)
    )


def _otherwise(person: Person, said: str) -> bool:
    kana = _folded(person.kana)
    if _joined(said) in (_folded(person.email), _joined(kana), *kana.split()):
        return True
    # ヤマダ タロウ is Yamada Taro, or Taro Yamada, to those who write in Latin letters.
    heard, spoken = [_sounds(word) for word in _words(said)], [_sounds(w) for w in kana.split()]
    return bool(heard) and (sorted(heard) == sorted(spoken) or heard in [[one] for one in spoken])


@lru_cache(maxsize=4096)
def _sounds(word: str) -> str:
    return sounds(word)
