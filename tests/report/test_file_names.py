"""Suggested names are possible everywhere; a second name is free."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.model.vocabulary import DocumentKind
from csdesk.report.file_names import LONGEST_NAME, file_name_for, free_name, possible_name

DEVICES = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
DEVICES |= {f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"}


def assert_possible(name: str) -> None:
    """Hold a name against what Windows, macOS and Linux ask, and what people would trip over."""
    assert name
    assert len(name.encode()) <= LONGEST_NAME
    assert not set(name) & set('\\/:*?"<>|')
    assert all(letter.isprintable() for letter in name)
    assert name == name.strip(" .")
    assert name.split(".")[0].rstrip().upper() not in DEVICES
    assert not name.startswith(("-", "~"))


@pytest.mark.parametrize(
    ("account", "kind", "language", "version", "expected"),
    [
        ("Acme, Inc.", "customer", "en", 3, "Acme, Inc - Success plan v3.pdf"),
        ("株式会社アクメ", "customer", "ja", 12, "株式会社アクメ - サクセスプラン v12.pdf"),
        ("Acme", "executive", "en", None, "Acme - Executive summary.pdf"),
        ("Acme", "internal", "en", 3, "Acme - Internal brief.pdf"),
        ("", "portfolio", "en", None, "Portfolio report.pdf"),
        ("NUL.txt", "customer", "en", 1, "_NUL.txt - Success plan v1.pdf"),
        ("AC/DC: \\live?", "customer", "en", 1, "AC DC live - Success plan v1.pdf"),
        ("..\\..\\etc", "customer", "en", 1, "etc - Success plan v1.pdf"),
        ("a\u202eb\x00c\ud800d\n e", "customer", "en", 1, "abcd e - Success plan v1.pdf"),
        ("--help", "customer", "en", 1, "help - Success plan v1.pdf"),
    ],
)
def test_a_document_is_named_after_account_kind_and_version(
    account: str, kind: str, language: str, version: int | None, expected: str
) -> None:
    name = file_name_for(account, kind, language, version)
    assert name == expected
    assert_possible(name)


def test_another_file_beside_it_has_another_suffix() -> None:
    assert file_name_for("A", "customer", "en", 1, suffix=".xlsx") == "A - Success plan v1.xlsx"


def test_a_long_name_is_cut_between_letters_and_keeps_what_follows(tmp_path: Path) -> None:
    for account in ("長" * 500, "か\u309a" * 300, "👩‍🔧" * 100, "x" * 5000):
        name = file_name_for(account, "customer", "ja", 7)
        assert_possible(name)
        assert name.endswith(" - サクセスプラン v7.pdf")
        assert len(name.encode()) > LONGEST_NAME - 12
        (tmp_path / name).write_bytes(b"x")


@given(st.text(max_size=60), st.sampled_from(list(DocumentKind)), st.sampled_from(["en", "ja"]))
def test_whatever_an_account_is_called_its_files_have_a_name(
    account: str, kind: DocumentKind, language: str
) -> None:
    assert_possible(file_name_for(account, kind, language, 1))


@given(st.text(max_size=300))
def test_whatever_is_typed_becomes_a_possible_name_and_stays_one(typed: str) -> None:
    name = possible_name(typed)
    assert_possible(name)
    assert possible_name(name) == name


def test_the_names_of_devices_are_no_names_of_files() -> None:
    for device in DEVICES:
        for typed in (device, device.lower(), f"{device}.pdf", f"{device} .pdf", f"{device}.a.b"):
            assert_possible(possible_name(typed))
    assert possible_name("CON (2).pdf") == "CON (2).pdf"
    assert possible_name("Console.pdf") == "Console.pdf"


def test_a_second_name_counts_on(tmp_path: Path) -> None:
    target = tmp_path / "計画.pdf"
    assert free_name(target) == tmp_path / "計画 (2).pdf"
    (tmp_path / "計画 (2).pdf").mkdir()
    assert free_name(target) == tmp_path / "計画 (3).pdf"
    (tmp_path / "計画 (3).pdf").symlink_to(tmp_path / "nowhere")
    assert free_name(target) == tmp_path / "計画 (4).pdf"
    assert free_name(tmp_path / "計画 (3).pdf") == tmp_path / "計画 (4).pdf"


@pytest.mark.parametrize("name", ["x" * 255, "長" * 85, "x" * 251 + ".pdf", "a.b.c", "NUL"])
def test_a_second_name_is_possible_even_where_the_first_is_not(tmp_path: Path, name: str) -> None:
    free = free_name(tmp_path / name)
    assert free.parent == tmp_path
    assert_possible(free.name)
    free.write_bytes(b"x")
    again = free_name(free)
    assert again != free
    again.write_bytes(b"x")
