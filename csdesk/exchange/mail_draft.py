"""A mail with the document attached that opens unsent in the user's own mail program (.eml).

It names no computer, user or moment: the mail program adds what sending needs.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from csdesk.exchange.one_line import one_line
from csdesk.i18n import Translator
from csdesk.model.vocabulary import DocumentSection
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.customer_rows import CustomerPlan, Person, in_language
from csdesk.report.words import Words

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_XLSX = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with the mail."""

    name: str
    data: bytes


def mail_draft_bytes(
    document: CustomerDocument,
    pdf: bytes,
    pdf_name: str,
    *,
    to: str = "",
    recipient: str = "",
    workbook: Attachment | None = None,
    calendar: Attachment | None = None,
) -> bytes:
    """Make the draft of a mail in the document's language, as the bytes of an .eml file.

    It goes to the address `to`, or to the person called `recipient`; where neither is said, to the
    plan's owner on the customer's side. Their address is left out where it is not known, or where
    no mail program would take it. It comes from our lead. Equal documents and attachments give
    equal bytes.
    """
    translator = Translator(document.language)
    view = in_language(document.view, document.language)
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    sender = _lead(view.our_people)
    if sender is not None and (address := _address(sender.name, sender.email)):
        message["From"] = address
    receiver = _receiver(view, to.strip(), one_line(recipient))
    if receiver is not None and (address := _address(receiver.name, receiver.email)):
        message["To"] = address
    message["Subject"] = _subject(view, translator)
    lines = [
        *_salutation(view, receiver, sender, Words(translator)),
        *_cover_note(document, view, translator),
        *_requests(view, translator, has_workbook=bool(workbook), has_calendar=bool(calendar)),
        *_closing(view, sender, translator),
    ]
    text = "\n".join(lines)
    message.set_content(text, charset="utf-8", cte="base64")
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=_name(pdf_name))
    if workbook is not None:
        message.add_attachment(
            workbook.data, maintype="application", subtype=_XLSX, filename=_name(workbook.name)
        )
    if calendar is not None:
        message.add_attachment(
            calendar.data.decode("utf-8"),
            subtype="calendar",
            charset="utf-8",
            cte="base64",
            filename=_name(calendar.name),
            params={"method": "PUBLISH"},
        )
    # The library would draw the boundary by lot. The parts are base64, which has no "=_" in it.
    digest = hashlib.sha256(pdf + text.encode("utf-8")).hexdigest()
    message.set_boundary(f"=_csdesk_{digest[:32]}")
    return message.as_bytes()


def is_address(text: str) -> bool:
    """Tell whether a text is one mail address that every mail program takes."""
    return _address("", text) is not None


def _subject(view: CustomerPlan, t: Translator) -> str:
    title = one_line(view.title) or t("Success plan")
    if not view.plan_id:
        return title
    return t("{plan}, version {n}").format(plan=title, n=view.version)


def _receiver(view: CustomerPlan, address: str, name: str) -> Person | None:
    """Find whom the mail is for: somebody of the plan, or whoever has the address or name."""
    if not address and not name:
        return _lead(view.customer_people)
    people = view.customer_people
    if address:
        known = next((one for one in people if one.email == address), None)
        return known or Person(name, email=address)
    return next((one for one in people if one.name == name), None) or Person(name)


def _salutation(
    view: CustomerPlan, receiver: Person | None, sender: Person | None, words: Words
) -> list[str]:
    """Address the receiver; in Japanese, as a letter does, and say who writes."""
    t, company = words.t, one_line(view.account_name)
    name = one_line(receiver.name) if receiver is not None else ""
    if not words.is_japanese:
        return [t("Dear {name},").format(name=name) if name else t("Hello,"), ""]
    lines = [words.addressed(company)] if company and not name else []
    if name:
        department = one_line(receiver.department) if receiver is not None else ""
        lines = [one for one in (company, department) if one]
        lines.append(words.honoured(name).replace("\u00a0", " "))
    if lines:
        lines.append("")
    lines.append(t.context("mail", "We hope this finds you well."))
    ours, us = one_line(sender.name if sender else view.owner), one_line(view.our_company)
    if ours and us:
        lines.append(
            t.context("mail", "This is {name} of {company}.").format(name=ours, company=us)
        )
    elif ours or us:
        lines.append(t.context("mail", "This is {name}.").format(name=ours or us))
    return [*lines, ""]


def _cover_note(document: CustomerDocument, view: CustomerPlan, t: Translator) -> list[str]:
    """Say what is attached, and what it says of an earlier version."""
    title = one_line(view.title) or t("Success plan")
    if view.plan_id:
        said = t("Please find attached version {n} of “{plan}”.")
    else:
        said = t("Please find “{plan}” attached.")
    lines = [said.format(plan=title, n=view.version)]
    tells_changes = document.setup.has(DocumentSection.CHANGES)
    if tells_changes and document.since is not None and document.since.version < view.version:
        said = t("It says what has changed since version {n}, which you have.")
        lines.append(said.format(n=document.since.version))
    return [*lines, ""]


def _requests(
    view: CustomerPlan, t: Translator, *, has_workbook: bool, has_calendar: bool
) -> list[str]:
    """Say what to do with the other files, and when we meet again."""
    lines = []
    if has_workbook:
        lines.append(
            t(
                "Could you fill in the tinted cells of the attached Excel workbook and send it back"
                " to us?"
            )
        )
    if has_calendar:
        lines.append(
            t("Opening the attached calendar file (.ics) puts the dates into your calendar.")
        )
    if view.next_review_on is not None and view.next_review_on >= view.today:
        said = t("Our next review is planned for {date}.")
        lines.append(said.format(date=t.date(view.next_review_on, long=True)))
    return [*lines, ""] if lines else []


def _closing(view: CustomerPlan, sender: Person | None, t: Translator) -> list[str]:
    lines = [
        t("If you have any questions, please let us know."),
        t.context("mail", "Kind regards,"),
        "",
    ]
    name, us = one_line(sender.name if sender else view.owner), one_line(view.our_company)
    signature = [us, name] if t.language == "ja" else [name, us]
    if sender is not None and _address(sender.name, sender.email) is not None:
        signature.append(sender.email.strip())
    return [*lines, *(one for one in signature if one)]


def _lead(people: tuple[Person, ...]) -> Person | None:
    return next((person for person in people if person.is_lead), None)


def _address(name: str, address: str) -> Address | None:
    """Make an address; None for one that could not be sent to, or would break the header."""
    cleaned = address.strip()
    if not _ADDRESS.fullmatch(cleaned) or ".." in cleaned or cleaned.startswith("."):
        return None
    user, _at, domain = cleaned.partition("@")
    if user.endswith("."):
        return None
    return Address(one_line(name), user, domain)


def _name(name: str) -> str:
    """Make a file name that says nothing of folders and fits into a header."""
    return one_line(name.replace("\\", "/").rpartition("/")[2]) or "document"
