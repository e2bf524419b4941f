"""Names are found among many, the likelier first, and changes are seen at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.insight import name_index
from csdesk.insight.fuzzy import Fit, match
from csdesk.insight.name_index import Name, NameIndex
from csdesk.store.words import fold

ACCOUNTS = (
    Name("account", "blue", "Blue Harbor Bank", rank=1),
    Name("account", "aoba", "Aoba Logistics", ("アオバ",), rank=0),
    Name("account", "fuji", "富士リテールグループ", ("フジリテール", "Fuji Retail"), rank=1),
    Name("account", "fujita", "藤田商事", ("フジタショウジ",), rank=1),
    Name("account", "old", "Fuji Foods", rank=8),
    Name("account", "bahn", "Bahn & Söhne", rank=1),
)
PEOPLE = (
    Name("contact", "sato", "佐藤 陽子", ("サトウ ヨウコ",), about="fuji"),
    Name("contact", "satob", "佐藤 健", ("サトウ ケン",), about="blue"),
)


@pytest.fixture
def accounts() -> NameIndex:
    """Return an index of a few accounts."""
    index = NameIndex(fold)
    index.fill(ACCOUNTS)
    return index


def ids(index: NameIndex, asked: str, *recent: str) -> list[str]:
    """Return the ids found."""
    return [found.name.id for found in index.find(asked, 10, recent)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("bl", ["blue"]),
        ("BHB", ["blue"]),
        ("ba", ["bahn", "blue", "aoba"]),
        ("ふじ", ["fujita", "fuji"]),
        ("fuji", ["fuji", "fujita", "old"]),
        ("huzi", ["fujita", "fuji"]),
        ("富士", ["fuji"]),
        ("藤", ["fujita"]),
        ("soh", []),  # ö is a letter of its own; folding is the caller's
        ("söhne", ["bahn"]),
        ("bank harbor", ["blue"]),
        ("bluebk", ["blue"]),
        ("りてぷ", ["fuji"]),
        ("   ", []),
        ("\n", []),
        ("\t", []),
    ],
)
def test_the_best_fit_comes_first(accounts: NameIndex, asked: str, found: list[str]) -> None:
    assert ids(accounts, asked) == found


def test_what_was_opened_lately_comes_before_its_equals(accounts: NameIndex) -> None:
    assert ids(accounts, "fuji", "fujita") == ["fujita", "fuji", "old"]
    assert ids(accounts, "ba", "aoba")[0] == "bahn", "a better fit stays better"


def test_another_name_is_told_where_the_title_does_not_fit(accounts: NameIndex) -> None:
    found = accounts.find("ふじた", 5)[0]
    assert (found.places, found.beside, found.beside_places) == ((), "フジタショウジ", (0, 1, 2))


def test_words_may_fit_what_a_name_belongs_to(accounts: NameIndex) -> None:
    people = NameIndex(fold)
    people.fill(PEOPLE)
    found = people.find("佐藤 富士", 5, (), accounts)
    assert [one.name.id for one in found] == ["sato"]
    assert found[0].places == (0, 1)
    assert [one.name.id for one in people.find("fuji sato", 5, (), accounts)] == ["sato"]
    assert people.find("富士", 5, (), accounts) == [], "one word must be its own"


def test_changed_names_are_found_and_old_ones_are_not(
    accounts: NameIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(name_index, "MOST_BESIDE", 2)
    accounts.change(["blue"], [Name("account", "blue", "Green Harbor")])
    assert ids(accounts, "green") == ["blue"]
    assert ids(accounts, "bank") == []
    accounts.change(["blue"], [])
    assert ids(accounts, "green") == []
    for number in range(5):
        accounts.change([f"new{number}"], [Name("account", f"new{number}", f"Newport {number}")])
    assert len(ids(accounts, "newport")) == 5
    assert ids(accounts, "aoba") == ["aoba"]


TITLES = st.text(st.sampled_from("ab A-フジ富é"), min_size=1, max_size=6)


@given(st.lists(TITLES, max_size=12), TITLES, st.lists(TITLES, max_size=4))
def test_every_name_with_the_word_is_found_and_nothing_that_does_not_fit(
    titles: list[str], asked: str, later: list[str]
) -> None:
    index = NameIndex(fold)
    index.fill(Name("account", str(number), title) for number, title in enumerate(titles))
    for number, title in enumerate(later):
        index.change([str(number)], [Name("account", str(number), title)])
    now = dict(enumerate(titles)) | dict(enumerate(later))
    words = fold(asked).split()
    found = {found.name.id for found in index.find(asked, 50)}
    if len(words) == 1:
        fits = {str(number): match(words[0], title, fold) for number, title in now.items()}
        assert found <= {name_id for name_id, fit in fits.items() if fit is not None}
        # Initials of a name without spaces between its words are found by chance only.
        sure = set(Fit) - {Fit.INITIALS}
        assert found >= {name_id for name_id, hit in fits.items() if hit and hit.fit in sure}
    elif words:
        assert found >= {
            str(number)
            for number, title in now.items()
            if all(word in fold(title) for word in words)
        }


def test_a_common_letter_still_brings_the_beginning_first() -> None:
    index = NameIndex(fold)
    many = [Name("goal", str(number), f"say it {number}") for number in range(5_000)]
    index.fill([*many, Name("goal", "last", "Ask", rank=0), Name("goal", "end", "it")])
    assert index.find("as", 3)[0].name.id == "last"
    assert index.find("it", 3)[0].name.id == "end"
