"""Every text of the program is there in every language, with its placeholders intact."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from csdesk.i18n import Translator, use_language
from csdesk.model.base import entity_records
from csdesk.model.vocabulary import (
    ActionStatus,
    ChurnReason,
    ContactRole,
    FeedbackState,
    GoalStatus,
    OpportunityStage,
    Phase,
    PlanStatus,
    PlanType,
    ProgressRag,
    ReferenceStatus,
    RiskStage,
    Side,
    Term,
    TouchModel,
)
from csdesk.queries.entity_words import entity_label
from csdesk.queries.fields import fields_of
from tools import translations

ROOT = Path(__file__).resolve().parents[1]
CATALOGUES = translations.catalogue_paths(ROOT)
# How many texts the functions that mark a text for translation take.
MARKING = {"_": 1, "t": 1, "ngettext": 2, "P_": 2}
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
OF_OTHERS = ("", "usage: ")
"""The header, and a heading beside which argparse prints others with a Latin colon."""
# Latin brackets around Japanese or a placeholder, curly quotation marks, a Latin colon or comma
# after Japanese.
LATIN_MARK = re.compile(
    r"\((?=[^\x00-\x7f]|\{)|(?<=[^\x00-\x7f])\)|[“”]"
    r"|(?<=[\u3040-\u30ff\u4e00-\u9fff])(?:[:,;!?]|\.(?!\w))"
)


def catalogue(language: str) -> Path:
    return next(path for path in CATALOGUES if path.parents[1].name == language)


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


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_translations_begin_and_end_like_their_text(path: Path) -> None:
    wrong = []
    for message in translations.read_catalogue(path):
        if not message.id:
            continue
        asked = edges(forms(message.id)[0])
        wrong += [text for text in forms(message.string) if text and edges(text) != asked]
    assert wrong == []


def edges(text: str) -> tuple[str, str]:
    """Return the blanks and line breaks around a text, which hold parts apart.

    The wide Japanese colon and comma bring their own blank.
    """
    text = re.sub("[:,：、] ?$", ":", text)
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_menu_texts_keep_a_key_and_the_dots_that_promise_a_dialog(path: Path) -> None:
    wrong = []
    for message in translations.read_catalogue(path):
        for text in forms(message.string):
            asked = forms(message.id)[0]
            if (mnemonics(asked), asked.endswith("…")) != (mnemonics(text), text.endswith("…")):
                wrong.append(text)
    assert wrong == []


def mnemonics(text: str) -> int:
    return len(re.findall(r"&\w", text))


def test_japanese_is_set_with_japanese_brackets_and_quotation_marks() -> None:
    wrong = []
    for message in translations.read_catalogue(catalogue("ja")):
        for text in forms(message.string):
            mended = re.sub(r"\(&\w\)", "", text)
            if message.id in OF_OTHERS or not JAPANESE.search(text):
                continue
            if LATIN_MARK.search(mended) or text.count("「") != text.count("」"):
                wrong.append(text)
    assert wrong == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_every_term_field_and_entity_of_the_model_has_a_label(path: Path) -> None:
    texts = translations.read_catalogue(path)
    asked = {("entity", entity_label(entity, Translator("en"))) for entity in entity_records()}
    asked |= {("field", one.english) for entity in entity_records() for one in fields_of(entity)}
    asked |= {(kind.context(), term.english) for kind in Term.__subclasses__() for term in kind}
    known = {(message.context, message.id) for message in texts if message.string}
    assert asked - known == set()


def test_only_plain_texts_are_marked_so_that_none_escapes_the_catalogue() -> None:
    """The extractor reads literals; a text put together before it is marked stays English."""
    wrong = []
    for package in translations.SOURCES:
        for path in (ROOT / package).rglob("*.py"):
            if path == ROOT / "csdesk" / "i18n.py":
                continue
            wrong += [
                f"{path.relative_to(ROOT)}:{call.lineno}"
                for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                if isinstance(call, ast.Call) and not marks_plain_text(call)
            ]
    assert wrong == []


def marks_plain_text(call: ast.Call) -> bool:
    """Tell whether `call` is none of the marking functions, or is handed literal texts."""
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    texts = call.args[: MARKING.get(name, 0)]
    return all(isinstance(text, ast.Constant) and isinstance(text.value, str) for text in texts)


def test_the_window_and_a_document_speak_their_own_language_at_once() -> None:
    use_language("en")
    assert Phase.ADOPTION.label() == "Adoption"
    assert Phase.ADOPTION.label(Translator("ja")) == "アダプション"
    assert ActionStatus.WAITING_CUSTOMER.label(Translator("ja")) == "お客様回答待ち"


# What data-model.md calls the terms that readers of the documents know by heart.
@pytest.mark.parametrize(
    ("term", "japanese"),
    [
        (TouchModel.HIGH, "ハイタッチ"),
        (Phase.ONBOARDING, "オンボーディング"),
        (ContactRole.ECONOMIC_BUYER, "決裁者"),
        (PlanStatus.PROPOSED, "提示中"),
        (PlanType.RECOVERY, "立て直し"),
        (GoalStatus.PARTIALLY, "一部達成"),
        (ProgressRag.AT_RISK, "要注意"),
        (ActionStatus.OPEN, "未着手"),
        (ActionStatus.CANCELED, "対応不要"),
        (Side.JOINT, "共同"),
        (RiskStage.LOST, "解約"),
        (OpportunityStage.LOST, "失注"),
        (ReferenceStatus.DECLINED, "辞退"),
        (FeedbackState.DECLINED, "見送り"),
        (ChurnReason.CONSOLIDATION, "ツール統合"),
    ],
)
def test_terms_are_those_of_the_field(term: Term, japanese: str) -> None:
    assert term.label(Translator("ja")) == japanese


# "CS" alone means three things in Japanese; the others have a word of their own in product.md.
@pytest.mark.parametrize(
    ("word", "instead"),
    [
        (r"(?<![A-Za-z])CS(?![A-Za-z])", "カスタマーサクセス"),
        ("アカウント", "顧客"),
        ("コンタクト|連絡先", "顧客担当者"),
        ("タスク|アクションアイテム", "アクション"),
        ("ゴール", "目標"),
        ("タッチポイント", "コミュニケーション"),
        ("リビジョン", "版"),
        ("フォルダ(?!ー)|ブラウザ(?!ー)|ユーザ(?!ー)|コンピュータ(?!ー)", "a long vowel mark"),
    ],
)
def test_japanese_says_one_word_for_one_thing(word: str, instead: str) -> None:
    texts = [
        t
        for message in translations.read_catalogue(catalogue("ja"))
        if message.id
        for t in forms(message.string)
    ]
    assert [text for text in texts if re.search(word, text)] == [], f"say {instead}"
