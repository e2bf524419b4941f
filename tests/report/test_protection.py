"""A locked document opens with its password, with no other, and says nothing without."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2 as pdfium
import pytest

from csdesk.errors import UserError
from csdesk.model.vocabulary import DocumentKind, PageSize
from csdesk.report.protection import LONGEST_PASSWORD, prepared_password, protected
from tests.report.every_document import document
from tests.report.reading import page_texts, pieces


def plain() -> bytes:
    return document(DocumentKind.EXECUTIVE, "ja", PageSize.A4)


def pages(data: bytes, password: str | None) -> list[str]:
    with pdfium.PdfDocument(data, password=password) as opened:
        return [page.get_textpage().get_text_range() for page in opened]


@pytest.mark.parametrize(
    "password",
    ["secret", "鍵 その１", "ﬁne print", "x" * LONGEST_PASSWORD, "あ" * 42, "a b\u00a0c"],
)
def test_it_opens_with_its_password_as_typed_and_with_no_other(password: str) -> None:
    data = protected(plain(), password)
    assert pages(data, password) == page_texts(plain())
    assert pages(data, prepared_password(password)) == page_texts(plain())
    for other in (None, "", password[:-1], password[:-1] + "ö", " " + password):
        with pytest.raises(pdfium.PdfiumError, match="password"):
            pages(data, other)
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(data), password=other or "")


def test_nothing_of_it_is_readable_without_the_password() -> None:
    data = protected(plain(), "secret")
    with pikepdf.open(io.BytesIO(plain())) as pdf:
        title = str(pdf.docinfo["/Title"])
    for words in (title, "アクメ", "サクセスプラン", "Noto", "secret", "dc:title"):
        assert words.encode() not in data
        assert words.encode("utf-16-be") not in data


def test_it_is_locked_with_aes_256_and_may_be_read_aloud_printed_and_copied() -> None:
    with pikepdf.open(io.BytesIO(protected(plain(), "secret")), password="secret") as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
        assert pdf.encryption.stream_method.name == "aesv3"
        assert pdf.check_pdf_syntax() == []
        assert pdf.allow.accessibility
        assert pdf.allow.print_highres
        assert pdf.allow.extract
        assert not pdf.allow.modify_other
        assert not pdf.owner_password_matched


def test_inside_it_is_the_same_document() -> None:
    opened = io.BytesIO()
    with pikepdf.open(io.BytesIO(protected(plain(), "鍵")), password="鍵") as pdf:
        pdf.save(opened)
    assert {piece for piece in pieces(plain()) if b" Tf " in piece} <= set(
        pieces(opened.getvalue())
    )


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "empty"),
        ("  \u3000", "empty"),
        ("x" * (LONGEST_PASSWORD + 1), "too long"),
        ("あ" * 43, "too long"),
        ("ﷺ" * 30, "too long"),  # one letter that is prepared to 33 bytes
        ("bell\x07", "typed everywhere"),
        ("\ud800", "typed everywhere"),
        ("\u202eright to left", "typed everywhere"),
        ("😀", "typed everywhere"),
    ],
)
def test_a_password_that_does_not_work_everywhere_is_refused(password: str, words: str) -> None:
    with pytest.raises(UserError, match=words) as refused:
        protected(plain(), password)
    assert refused.value.advice


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("I\u00adX", "IX"),
        ("user", "user"),
        ("USER", "USER"),
        ("ª", "a"),
        ("Ⅸ", "IX"),
        ("ﾊﾟｽ", "パス"),
        ("a\u00a0b", "a b"),
    ],
)
def test_a_password_is_prepared_as_the_standard_says(typed: str, kept: str) -> None:
    """The first five are the examples of RFC 4013."""
    assert prepared_password(typed) == kept
