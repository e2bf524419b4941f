"""Every text of the program is there in every language, with its placeholders intact."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tools import translations

ROOT = Path(__file__).resolve().parents[1]
CATALOGUES = translations.catalogue_paths(ROOT)


@pytest.fixture(scope="module")
def template() -> Catalog:
    return translations.extract(ROOT)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def forms(texts: object) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts or ())  # type: ignore[arg-type]


def test_there_is_a_japanese_catalogue() -> None:
    assert "ja" in [path.parents[1].name for path in CATALOGUES]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_every_text_of_the_program_is_translated(path: Path, template: Catalog) -> None:
    assert list(translations.missing(path, template)) == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_translations_keep_the_placeholders_of_their_text(path: Path) -> None:
    wrong = []
    for message in translations.read_catalogue(path):
        if not message.id:
            continue
        asked = placeholders(forms(message.id)[-1])
        wrong += [text for text in forms(message.string) if text and placeholders(text) != asked]
    assert wrong == []


def test_an_untranslated_text_is_named_with_its_context(tmp_path: Path) -> None:
    path = tmp_path / "ja" / "LC_MESSAGES" / "csdesk.po"
    path.parent.mkdir(parents=True)
    known = Catalog(locale="ja", domain="csdesk")
    known.add("Save", "保存")
    known.add(("{n} row", "{n} rows"), ("{n}行",))
    known.add("Open", "開く", context="menu")
    translations.write_catalogue(path, known)
    said = Catalog(domain="csdesk")
    for text, context in [("Save", None), ("Open", "menu"), ("Open", "status"), ("Close", None)]:
        said.add(text, context=context)
    said.add(("{n} row", "{n} rows"))
    assert sorted(translations.missing(path, said)) == ["Close", "status: Open"]


def test_a_changed_text_comes_out_untranslated_instead_of_guessed(tmp_path: Path) -> None:
    path = tmp_path / "ja" / "LC_MESSAGES" / "csdesk.po"
    path.parent.mkdir(parents=True)
    known = Catalog(locale="ja", domain="csdesk")
    known.add("Save the workspace", "ワークスペースを保存")
    known.add("Close", "閉じる")
    translations.write_catalogue(path, known)
    said = Catalog(domain="csdesk")
    said.add("Save the workspaces")
    said.add("Close")
    translations.update(path, said)
    assert list(translations.missing(path, said)) == ["Save the workspaces"]
    assert "ワークスペースを保存" not in path.read_text(encoding="utf-8")


def test_what_a_translator_sent_is_taken_over_and_contradictions_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ja" / "LC_MESSAGES" / "csdesk.po"
    path.parent.mkdir(parents=True)
    translations.write_catalogue(path, Catalog(locale="ja", domain="csdesk"))
    sent = []
    for number, word in enumerate(["目標", "目的"]):
        fragment = Catalog(locale="ja", domain="csdesk")
        fragment.add("Goal", word)
        sent.append(tmp_path / f"{number}.po")
        translations.write_catalogue(sent[-1], fragment)
    assert translations.merge(path, sent) == 1
    assert "目的" in capsys.readouterr().out
    merged = translations.read_catalogue(path).get("Goal")
    assert merged is not None
    assert merged.string == "目標"
