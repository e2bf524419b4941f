"""The first sheet of the workbook: what it is, for whom, and what to do with it."""

from __future__ import annotations

from csdesk.exchange.workbook.sent import Sent
from csdesk.i18n import Translator
from csdesk.queries.customer_rows import CustomerPlan
from csdesk.report.words import Words

Line = tuple[str, str]
"""How a line looks ("title", "heading", "text", "quiet") and what it says."""


def read_me_lines(view: CustomerPlan, sent: Sent, translator: Translator) -> list[Line]:
    """Write the lines of the first sheet; `view` has its names in the language already."""
    t, words = translator, Words(translator)
    lines: list[Line] = []
    if view.account_name:
        lines.append(("heading", words.addressed(view.account_name)))
    lines.append(("title", view.title or t("Success plan")))
    lines.append(("text", _facts(view, words)))
    lines.append(("quiet", ""))
    lines.append(("heading", t.context("workbook", "What we ask of you")))
    steps = []
    if sent.actions or sent.plan_id:
        sheet = t.context("workbook", "Actions")
        steps.append(
            t("On the sheet “{sheet}”, choose the status of each action item.").format(sheet=sheet)
        )
        steps.append(t("Where one is done, enter the day. Comments and questions are welcome too."))
        steps.append(t("Add action items of your own in the free rows at the end of that sheet."))
    if sent.measures:
        sheet = t.context("workbook", "Success measures")
        steps.append(
            t("On the sheet “{sheet}”, enter the values of the periods in the header.").format(
                sheet=sheet
            )
        )
    steps.append(t("Save the file as an Excel workbook (.xlsx) and send it back to us."))
    lines += [("text", f"{number}. {step}") for number, step in enumerate(steps, 1)]
    lines.append(("quiet", ""))
    lines.append(
        (
            "quiet",
            t(
                "Only the tinted cells are meant to be filled in. The sheets are protected without"
                " a password; you may filter and print them as you like."
            ),
        )
    )
    contact = _contact(view)
    if contact:
        lines.append(("quiet", ""))
        lines.append(("heading", t.context("workbook", "Your contact")))
        lines += [("text", line) for line in contact]
    return lines


def _facts(view: CustomerPlan, words: Words) -> str:
    """Say which version it is, and of which day."""
    version = words.t.context("workbook", "Version {n}").format(n=view.version)
    joint = "　" if words.is_japanese else " · "
    return joint.join((version, words.long_date(view.today)))


def _contact(view: CustomerPlan) -> list[str]:
    lead = next((person for person in view.our_people if person.is_lead), None)
    named = [view.our_company, lead.name if lead else view.owner, lead.email if lead else ""]
    return [text for text in named if text.strip()]
