"""Every name that a sync service, a file manager or a person gives to a copy, in all its forms."""

from __future__ import annotations

import itertools
import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.team.glance import outbox_copy
from csdesk.team.names import (
    Naming,
    is_ignored,
    meaning,
    placeholder_of,
    same_name,
)

CERTAIN = [
    # What is put between the name and its ending, and whose it is.
    (" (Alice's conflicted copy 2026-11-22)", "Dropbox"),
    (" (Alice’s conflicted copy 2026-11-22)", "Dropbox"),
    (" (Mac mini's conflicted copy 2026-04-17)", "Dropbox"),
    (" (Alice's CONFLICTED COPY 2024-12-01 1)", "Dropbox"),
    (" (UbuntuJob's conflicted copy 2012-04-11) (1)", "Dropbox"),
    (" (Case Conflict)", "Dropbox"),
    (" (Case Conflict 1)", "Dropbox"),
    (" (Selective Sync Conflict)", "Dropbox"),
    (" (Unicode Encoding Conflict)", "Dropbox"),
    (" (Whitespace Conflict)", "Dropbox"),
    (" (選択型同期の競合)", "Dropbox"),
    (" (In Konflikt stehende Kopie von PC1 2026-11-22)", "Dropbox"),
    (" (PC1s in Konflikt stehende Kopie 2026-11-22)", "Dropbox"),
    (" (Copie en conflit de PC1 2026-11-22)", "Dropbox"),
    (" (Copie en conflit de SEMLOG-GTH-0001 2025-11-17)", "Dropbox"),
    (" (Copia conflictiva de PC1 2026-11-22)", "Dropbox"),
    (" (Copia in conflitto di PC1 2026-11-22)", "Dropbox"),
    (" (Cópia em conflito de PC1 2026-11-22)", "Dropbox"),
    (" (PC1 上の問題のあるコピー 2026-11-22)", "Dropbox"),
    (" (平川知明 の競合コピー 2023-10-29)", "Dropbox"),
    (" (鈴木 (営業) の競合コピー 2026-11-22)", "Dropbox"),
    (" (PC1 的冲突副本 2026-11-22)", "Dropbox"),
    (" (конфликтующая копия PC1 2026-11-22)", "Dropbox"),
    (" (conflicted copy 2018-04-10 093612)", "Dropbox"),
    (" (conflicted copy alice 2026-11-22 093612)", "Dropbox"),
    (" (Conflicted copy 2015-10-01 for jsmith)", "Dropbox"),
    ("_conflict-20260424-083104", "Nextcloud"),
    (".sync-conflict-20261003-080000-PC1XXXX", "Syncthing"),
    (".sync-conflict-20150101-101010", "Syncthing"),
    (".sync-conflict-20261003-080000-", "Syncthing"),
    (" (SFConflict alice@example.com 2026-11-22-09-36-12)", "Seafile"),
    (" (SFConflict 2026-11-22-09-36-12)", "Seafile"),
    ("_Andy-PC_Jan-03-0901-2013_CaseConflict_1", "Synology Drive"),
    ("_Andy-PC_Jan-03-0901-2013_CaseConflict", "Synology Drive"),
    ("_Andy-PC_Nov-22-0901-2026_Conflict", "Synology Drive"),
    (".Conflict", "Resilio Sync"),
    (".Conflict2", "rclone"),
    (".conflict1", "rclone"),
    (" [conflicted]", "pCloud"),
    (" [conflicted 2]", "pCloud"),
    (" (conflicted)", "pCloud"),
    ("(Conflict_bob (Web browser)_2020-03-25-22-50-36)", "FileCloud"),
    ("(Conflict_Read-Only_2020-04-27-21-35-33)", "FileCloud"),
    (" (Conflict_bob (Web browser)_2020-03-25-22-50-36)", "FileCloud"),
    ("-laguna-safeBackup-0001", "OneDrive on Linux"),
    (" (DESKTOP-QRI9EIH conflict 2023-04-02)", "EncFS"),
    (" (conflict on 2026-11-22)", "Unison"),
    (" [Conflict]", ""),
    (" (conflict)", ""),
    ("-conflict", ""),
    ("-conflict-1", ""),
    # Copies of copies: certain as soon as one of the additions is.
    (" (conflicted copy 2018-04-10 093612) (Alice's conflicted copy 2026-11-22)", None),
    (".sync-conflict-20261003-080000-PC1XXXX.sync-conflict-20261003-090000-ABCDEFG", "Syncthing"),
    (" (1) (Alice's conflicted copy 2026-11-22)", None),
    (" (Alice's conflicted copy 2026-11-22) - Copy (2)", None),
    ("-DESKTOP-A1B2C3.sync-conflict-20261003-080000-PC1XXXX", None),
]
AMBIGUOUS = [
    ("-DESKTOP-A1B2C3", "OneDrive"),
    ("-MacBook Pro-2", "OneDrive"),
    ("-MacBook Pro de Charlyne", "OneDrive"),
    ("-MacBook Pro de Charlyne-2", "OneDrive"),
    ("-Xiao's Mac mini", "OneDrive"),
    ("-鈴木のPC", "OneDrive"),
    (" (1)", "Google Drive"),
    (" (10)", "Google Drive"),
    ("(2)", "Google Drive"),
    (" 2", "iCloud"),
    (" 99", "iCloud"),
    (" - Copy", ""),
    (" - Copy (2)", ""),
    (" copy", ""),
    (" copy 3", ""),
    (" (copy)", ""),
    (" - Kopie", ""),
    (" – Kopie (2)", ""),
    (" - コピー", ""),
    (" - コピー (3)", ""),
    ("のコピー", ""),
    (" 2 2", None),
    (" (1) (1)", None),
    (" - Copy - Copy", None),
]
OTHERS = [" 2026", "work", " final", " for Ben", "s", "_old", " (final)", ".backup", "の件"]

BASES = ["North", "Büro", "売上 (2026)", "Plan v1.2 (final)", "がんばる 🚀", "a-b 2", "Nord (1)"]
ENDINGS = [".csdesk", ".csdx"]
FORMS: list[Callable[[str], str]] = [
    lambda name: unicodedata.normalize("NFC", name),
    lambda name: unicodedata.normalize("NFD", name),
    lambda name: unicodedata.normalize("NFC", name).lower(),
    lambda name: unicodedata.normalize("NFD", name).upper(),
]


def check(addition: str, naming: Naming, service: str | None) -> None:
    """Check an addition to every name, with both endings, in all forms of either name."""
    for base, ending, of_file, form in itertools.product(BASES, ENDINGS, FORMS[:2], FORMS):
        name = form(f"{base}{addition}{ending}")
        said = meaning(name, of_file(f"{base}{ending}"))
        assert said.naming is naming, (name, said)
        assert service is None or said.service == service, (name, said)


@pytest.mark.parametrize(("addition", "service"), CERTAIN)
def test_what_only_a_service_writes_is_certain(addition: str, service: str | None) -> None:
    check(addition, Naming.CERTAIN, service)


@pytest.mark.parametrize(("addition", "service"), AMBIGUOUS)
def test_what_a_person_may_have_written_is_asked(addition: str, service: str | None) -> None:
    check(addition, Naming.AMBIGUOUS, service)


@pytest.mark.parametrize("addition", OTHERS)
def test_another_name_is_another_file(addition: str) -> None:
    check(addition, Naming.OTHER, "")


def test_the_file_itself_is_recognised_in_every_form() -> None:
    check("", Naming.SELF, "")


@pytest.mark.parametrize(
    ("name", "shared"),
    [
        ("other.csdesk", "team.csdesk"),
        ("teamwork.csdesk", "team.csdesk"),
        ("team.sqlite", "team.csdesk"),
        ("conflict.csdesk", "team.csdesk"),
        ("team (1).xlsx", "team.csdesk"),
        ("Plan v1.2 (final).csdesk", "Plan v1.2.csdesk"),
        ("Nord (1).csdesk", "Nord (1) (2).csdesk"),
        ("North.csdesk", "North (1).csdesk"),
        ("(conflict).csdesk", "North.csdesk"),
        ("North", "North.csdesk"),
    ],
)
def test_what_does_not_begin_like_the_file_is_no_copy_of_it(name: str, shared: str) -> None:
    assert meaning(name, shared).naming is Naming.OTHER


@pytest.mark.parametrize(
    "name",
    [
        *("~$team.csdesk", "~$team.csdesk.123.tmp", ".team.csdesk.icloud", "team.csdesk.part"),
        *(".~team.csdesk", "~team.csdesk", "team.csdesk.crdownload", "desktop.ini", "Thumbs.db"),
        *(".DS_Store", "._team.csdesk", ".~lock.team.csdesk#", "team.csdesk.!sync", "Icon\r"),
        *(".syncthing.team.csdesk.tmp", "team.csdesk-journal", "team.csdesk~", "TEAM.CSDESK.TMP"),
    ],
)
def test_drafts_locks_and_placeholders_are_ignored(name: str) -> None:
    assert is_ignored(name)
    assert meaning(name, "team.csdesk").naming is Naming.IGNORED


@pytest.mark.parametrize(
    ("name", "naming"),
    [
        ("North.csdesk.conflict1", Naming.CERTAIN),
        ("North.csdesk.conflict12", Naming.CERTAIN),
        ("North.csdesk (1)", Naming.AMBIGUOUS),
        ("North.csdesk.bak", Naming.OTHER),
    ],
)
def test_words_behind_the_ending_count_as_well(name: str, naming: Naming) -> None:
    assert meaning(name, "North.csdesk").naming is naming


@pytest.mark.parametrize(
    ("name", "stands_for"),
    [
        (".North.csdesk.icloud", "North.csdesk"),
        (".売上 (2026).csdesk.icloud", "売上 (2026).csdesk"),
        (".icloud", None),
        ("North.csdesk.icloud", None),
        ("North.csdesk", None),
    ],
)
def test_a_placeholder_of_icloud_tells_which_file_it_stands_for(
    name: str, stands_for: str | None
) -> None:
    assert placeholder_of(name) == stands_for


@pytest.mark.parametrize(("addition", "service"), CERTAIN + AMBIGUOUS)
def test_copies_of_outboxes_are_recognised_without_knowing_whose(
    addition: str, service: str | None
) -> None:
    said = outbox_copy(f"0a1b2c3d4e5f6071{addition}.csdx")
    assert said.naming in (Naming.CERTAIN, Naming.AMBIGUOUS)


def test_names_are_the_same_in_all_ways_to_write_them() -> None:
    assert same_name("Büro.csdesk", unicodedata.normalize("NFD", "BÜRO.CSDESK"))
    assert same_name("Straße.csdesk", "STRASSE.csdesk")
    assert not same_name("Büro.csdesk", "Buro.csdesk")


@given(name=st.text(max_size=60), base=st.text(min_size=1, max_size=20))
def test_no_name_is_too_strange_to_be_told(name: str, base: str) -> None:
    for tried in (name, base + name, f"{base}{name}.csdesk", f"{base}({name}).csdesk"):
        assert isinstance(meaning(tried, f"{base}.csdesk").naming, Naming)


@pytest.mark.parametrize(
    "addition",
    [
        *("-a", " 1", " (1)", " copy", " (conflict)", ".conflict1"),
        " (conflicted copy",
        "-(",
        "(",
        "_",
    ],
)
def test_a_long_hostile_name_costs_no_time(addition: str) -> None:
    name = f"North{addition * (240 // len(addition))}x.csdesk"
    began = time.process_time()
    assert isinstance(meaning(name, "North.csdesk").naming, Naming)
    assert time.process_time() - began < 0.5
