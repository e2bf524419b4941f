"""What the person chose takes effect at once and is there at the next start."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from csdesk.settings import Home, load_settings
from ui.languages import Languages
from ui.preferences import Preferences, storable
from ui.prompts import Messages
from ui.theme import Look

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(1 - 2**31, 2**31 - 1) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=12,
)


def preferences_of(home: Home, look: Look, languages: Languages) -> Preferences:
    """Return the preferences as the settings file of `home` has them."""
    return Preferences(load_settings(home), home, look, languages, Messages())


def test_every_choice_is_kept(home: Home, look: Look, languages: Languages, tmp_path: Path) -> None:
    file = tmp_path / "North.csdesk"
    file.touch()
    first = preferences_of(home, look, languages)
    first.choose_language("ja")
    first.choose_theme("dark")
    first.name_author("山田 恵")
    first.remember_file(file)
    first.remember_window({"geometry": "AAAA", "frame": {"place": ["accounts", "", ""]}})
    again = preferences_of(home, look, languages)
    assert (again.language, again.theme, again.author) == ("ja", "dark", "山田 恵")
    assert again.last_file == file
    assert again.window()["frame"]["place"] == ["accounts", "", ""]
    again.choose_language("en")
    again.choose_theme("light")


def test_a_file_that_is_gone_is_not_offered_again(
    home: Home, look: Look, languages: Languages, tmp_path: Path
) -> None:
    preferences = preferences_of(home, look, languages)
    preferences.remember_file(tmp_path / "gone.csdesk")
    assert preferences.last_file is None
    assert preferences.recent_files() == []


def test_a_folder_that_cannot_be_written_to_is_told(
    qtbot: QtBot, home: Home, look: Look, languages: Languages, tmp_path: Path
) -> None:
    messages = Messages()
    blocked = tmp_path / "file"
    blocked.touch()
    home = Home(data=tmp_path, config=blocked / "config")
    preferences = Preferences(load_settings(Home.at(tmp_path)), home, look, languages, messages)
    with qtbot.waitSignal(messages.said) as said:
        preferences.choose_theme("light")
    assert said.args is not None
    assert said.args[0].tone == "bad"


def test_what_no_program_wrote_into_the_settings_is_left_out(
    home: Home, look: Look, languages: Languages, tmp_path: Path
) -> None:
    file = tmp_path / "North.csdesk"
    file.touch()
    home.settings_file.write_text(
        f"recent_files = [5, {{}}, {str(file)!r}]\nmembers = {{a = 3, b = 'x'}}\n"
        "opened = {a = 7, b = ['account:1', 9]}\nlast_file = 4\n"
        f"window = {{split = [3, {2**40}], frame = {{width = {2**40}, tab = 'plan'}}}}\n",
        encoding="utf-8",
    )
    found = preferences_of(home, look, languages)
    assert found.recent_files() == [file]
    assert (found.me("a"), found.me("b")) == ("", "x")
    assert (found.opened("a"), found.opened("b")) == ([], [("account", "1")])
    assert found.last_file is None
    assert found.window() == {"split": [3], "frame": {"tab": "plan"}}


@given(value=st.dictionaries(st.text(max_size=6), PLAIN, max_size=5))
def test_whatever_a_page_keeps_comes_back_but_for_what_was_none(
    home: Home, look: Look, languages: Languages, value: dict[str, object]
) -> None:
    preferences = preferences_of(home, look, languages)
    preferences.remember_window(value)
    assert preferences_of(home, look, languages).window() == storable(value)
