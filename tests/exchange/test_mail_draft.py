"""The mail draft: to whom, what it says, what hangs on it, and what it never tells."""

from __future__ import annotations

import dataclasses
import datetime as dt
import email
import email.policy
import getpass
import re
import socket
from email.message import EmailMessage
from typing import Any

import pytest

from csdesk.exchange.calendar_file import calendar_bytes
from csdesk.exchange.mail_draft import Attachment, is_address, mail_draft_bytes
from csdesk.model.document_setup import Setup
from csdesk.model.vocabulary import DocumentKind, DocumentSection
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.customer_rows import CustomerPlan, Person
from tests.report.sample_plans import empty_plan, rich_plan

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40
NAME = "株式会社アクメ製作所 - サクセスプラン v3.pdf"


def plan(language: str = "en", **fields: Any) -> CustomerPlan:
    return dataclasses.replace(rich_plan(language), plan_id="p", **fields)


def draft(
    view: CustomerPlan, language: str = "en", *, name: str = NAME, **rest: Any
) -> EmailMessage:
    fields = {key: rest.pop(key) for key in ("since", "setup") if key in rest}
    document = CustomerDocument(DocumentKind.CUSTOMER, language, view, **fields)
    data = mail_draft_bytes(document, PDF, name, **rest)
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def body(message: EmailMessage) -> str:
    part = message.get_body()
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_it_opens_unsent_and_goes_from_our_lead_to_theirs() -> None:
    message = draft(plan("ja"), "ja")
    assert message["X-Unsent"] == "1"
    assert message["To"].addresses[0].display_name == "山田 太郎"
    assert message["To"].addresses[0].addr_spec == "user0@acme.example"
    assert message["From"].addresses[0].addr_spec == "csm0@example.com"
    for absent in ("Date", "Message-ID", "Cc", "Bcc", "User-Agent"):
        assert message[absent] is None


def test_the_english_mail_says_what_is_attached_and_what_is_asked() -> None:
    view = plan()
    message = draft(
        view,
        since=dataclasses.replace(view, version=2),
        workbook=Attachment("w.xlsx", b"PK"),
        calendar=Attachment("c.ics", calendar_bytes_of(view)),
    )
    assert message["Subject"] == "Joint success plan, second half of FY2025, version 3"
    assert body(message) == (
        "Dear Taro Yamada,\n"
        "\n"
        "Please find attached version 3 of “Joint success plan, second half of FY2025”.\n"
        "It says what has changed since version 2, which you have.\n"
        "\n"
        "Could you fill in the tinted cells of the attached Excel workbook and send it back to"
        " us?\n"
        "Opening the attached calendar file (.ics) puts the dates into your calendar.\n"
        "Our next review is planned for December 17, 2025.\n"
        "\n"
        "If you have any questions, please let us know.\n"
        "Kind regards,\n"
        "\n"
        "Misaki Takahashi\n"
        "Success Plan Inc.\n"
        "csm0@example.com\n"
    )


def test_the_japanese_mail_is_laid_out_as_a_letter() -> None:
    lines = body(draft(plan("ja"), "ja")).splitlines()
    assert lines[:4] == ["株式会社アクメ製作所", "情報システム部", "山田 太郎様", ""]
    assert lines[-3:] == ["サクセスプラン株式会社", "髙橋 美咲", "csm0@example.com"]
    assert "2025年12月17日" in "\n".join(lines)


def test_a_change_is_only_announced_where_the_document_tells_it() -> None:
    view = plan()
    before = dataclasses.replace(view, version=2)
    silent = Setup(left_out=frozenset({DocumentSection.CHANGES}))
    assert "version 2" not in body(draft(view, since=before, setup=silent))
    assert "version 2" not in body(draft(view))
    assert "version 2" in body(draft(view, since=before))


def test_a_review_that_is_over_is_not_announced() -> None:
    assert "next review" not in body(draft(plan(next_review_on=dt.date(2025, 10, 14))))


def test_another_receiver_is_addressed_by_name_only_where_we_know_them() -> None:
    known = draft(plan(), to="user1@acme.example")
    assert known["To"].addresses[0].display_name == "Hanako Sato"
    assert body(known).startswith("Dear Hanako Sato,")
    strange = draft(plan(), to=" someone@else.example ")
    assert strange["To"].addresses[0].addr_spec == "someone@else.example"
    assert body(strange).startswith("Hello,")
    assert "Yamada" not in body(strange)
    letter = draft(plan("ja"), "ja", to="someone@else.example")
    assert body(letter).splitlines()[0] == "株式会社アクメ製作所 御中"


def test_a_receiver_known_by_name_only_is_addressed_and_nobody_else_gets_it() -> None:
    strange = draft(plan("ja"), "ja", recipient="田中 次郎")
    assert strange["To"] is None
    assert body(strange).splitlines()[:2] == ["株式会社アクメ製作所", "田中 次郎様"]
    known = draft(plan("ja"), "ja", recipient="佐藤 花子")
    assert known["To"].addresses[0].addr_spec == "user1@acme.example"
    both = draft(plan(), recipient="Jiro Tanaka", to="tanaka@acme.example")
    assert both["To"].addresses[0].display_name == "Jiro Tanaka"
    assert body(both).startswith("Dear Jiro Tanaka,")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "yamada",
        "a@b",
        "a b@acme.example",
        "a@acme.example, b@acme.example",
        "a@acme.example\r\nBcc: x@y.example",
        "山田@acme.example",
        ".a@acme.example",
        "a..b@acme.example",
        "<a@acme.example>",
    ],
)
def test_an_address_that_cannot_be_sent_to_is_left_out(address: str) -> None:
    person = Person("A", email=address, is_lead=True)
    message = draft(plan(customer_people=(person,), our_people=(person,)))
    assert message["To"] is None
    assert message["From"] is None
    assert message["Bcc"] is None
    assert not is_address(address)


def test_the_attachments_keep_their_names_and_bytes() -> None:
    view = plan("ja")
    calendar = calendar_bytes_of(view, "ja")
    message = draft(
        view,
        "ja",
        workbook=Attachment("ご記入用.xlsx", b"PK\x03\x04\x00\xff"),
        calendar=Attachment("予定.ics", calendar),
    )
    found = {part.get_filename(): part for part in message.iter_attachments()}
    assert list(found) == [NAME, "ご記入用.xlsx", "予定.ics"]
    assert found[NAME].get_content_type() == "application/pdf"
    assert found[NAME].get_payload(decode=True) == PDF
    assert found["ご記入用.xlsx"].get_payload(decode=True) == b"PK\x03\x04\x00\xff"
    assert found["予定.ics"].get_payload(decode=True) == calendar
    assert found["予定.ics"].get_content_type() == "text/calendar"
    assert found["予定.ics"].get_param("method") == "PUBLISH"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("/home/yui/秘密/plan.pdf", "plan.pdf"),
        (r"C:\Users\yui\plan.pdf", "plan.pdf"),
        ("a\r\nX-Evil: 1.pdf", "a X-Evil: 1.pdf"),
        ("長" * 80 + ".pdf", "長" * 80 + ".pdf"),
        ("", "document"),
    ],
)
def test_a_name_tells_no_folder_and_breaks_no_header(name: str, kept: str) -> None:
    message = draft(plan(), name=name)
    assert [part.get_filename() for part in message.iter_attachments()] == [kept]
    assert message["X-Evil"] is None


def test_texts_of_the_plan_break_no_header() -> None:
    evil = "Plan\r\nBcc: x@y.example\n\n<script>"
    lead = Person(evil, email="a@acme.example", is_lead=True)
    message = draft(plan(title=evil, our_company=evil, customer_people=(lead,)))
    assert message["Bcc"] is None
    assert message["Subject"] == "Plan Bcc: x@y.example <script>, version 3"


def test_it_is_written_as_mail_programs_want_it() -> None:
    view = plan("ja", title="とても長い題名" * 30)
    document = CustomerDocument(DocumentKind.CUSTOMER, "ja", view)
    data = mail_draft_bytes(document, PDF, NAME)
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 78
    for secret in (socket.gethostname(), getpass.getuser()):
        assert not re.search(rf"\b{re.escape(secret)}\b".encode(), data)
    assert data == mail_draft_bytes(document, PDF, NAME)


def test_an_empty_plan_makes_a_mail_too() -> None:
    message = draft(empty_plan())
    assert message["Subject"] == "Success plan"
    assert "please let us know" in body(message)
    assert body(draft(empty_plan(), "ja")).strip()


def calendar_bytes_of(view: CustomerPlan, language: str = "en") -> bytes:
    return calendar_bytes(CustomerDocument(DocumentKind.CUSTOMER, language, view))
