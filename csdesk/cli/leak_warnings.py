"""What the leak guard found, in lines; and the stop before an export that is serious.

A finding goes by a short code made of its key, so that what was acknowledged is what was seen,
whatever changed in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from csdesk.cli.terminal import Terminal
from csdesk.errors import UserError
from csdesk.i18n import _, current, ngettext
from csdesk.queries.customer_document import CustomerDocument
from csdesk.queries.entity_words import entity_label
from csdesk.queries.fields import field_of
from csdesk.queries.leak_guard import Finding, FindingKind, leak_findings
from csdesk.workspace.workspace import Workspace

_SHORTEST = 4
_TITLE = 60
_MOST_NOTICES = 5
"""So many notices are written beside an export; “csdesk leaks” has all of them."""


def check_for_leaks(
    terminal: Terminal, workspace: Workspace, document: CustomerDocument, *, goes_on: bool
) -> tuple[Finding, ...]:
    """Return what was found in a document that is about to be exported.

    Raises UserError, with the findings written before it, where some are serious and neither
    acknowledged nor passed over by `goes_on`.
    """
    findings = workspace.read(leak_findings, document)
    stopping = [one for one in findings if one.stops]
    if stopping and not goes_on:
        warn_of(terminal, findings, stopping)
        count = len(stopping)
        said = ngettext(
            "{n} text should be looked at before the customer gets it.",
            "{n} texts should be looked at before the customer gets them.",
            count,
        )
        raise UserError(
            said.format(n=current().number(count)),
            _(
                "Change or acknowledge it (“csdesk leaks FILE ACCOUNT --acknowledge CODE”), or"
                " go on with --yes. Nothing was written."
            ),
        )
    return findings


def warn_of_rest(terminal: Terminal, findings: Sequence[Finding]) -> None:
    """Write what was found and stopped nothing, beside an export that was made."""
    asked = [one for one in findings if not one.is_acknowledged]
    warn_of(terminal, findings, asked[:_MOST_NOTICES])
    left = len(asked) - _MOST_NOTICES
    if left > 0:
        terminal.note(
            ngettext(
                "{n} more: “csdesk leaks FILE ACCOUNT” lists it.",
                "{n} more: “csdesk leaks FILE ACCOUNT” lists them.",
                left,
            ).format(n=current().number(left))
        )


def warn_of(terminal: Terminal, findings: Sequence[Finding], some: Iterable[Finding]) -> None:
    """Write some of the findings beside the result, two lines each."""
    codes = codes_of(findings)
    for one in some:
        terminal.note(f"{codes[one.key]}  {one.severity.label()}: {reason_of(one)}")
        terminal.note(f"{' ' * len(codes[one.key])}  {place_of(one)}: {excerpt_of(one)}")


def reason_of(finding: Finding) -> str:
    """Say why somebody should look."""
    if finding.kind == FindingKind.FIRST_SHOWN and finding.count > 1:
        return ngettext(
            "nothing was exported before, {n} item is shown for the first time",
            "nothing was exported before, {n} items are shown for the first time",
            finding.count,
        ).format(n=current().number(finding.count))
    return {
        FindingKind.INTERNAL_WORD: _("“{word}” is an internal word"),
        FindingKind.OTHER_ACCOUNT: _("“{word}” is another customer"),
        FindingKind.LIKE_INTERNAL_NOTE: _("it resembles an internal note"),
        FindingKind.REVENUE_KPI: _("it is one of our revenue figures"),
        FindingKind.FIRST_SHOWN: _("it is shown for the first time"),
    }[finding.kind].format(word=finding.word)


def place_of(finding: Finding) -> str:
    """Name the item and the field a finding is about."""
    what = entity_label(finding.entity)
    field = field_of(finding.entity, finding.field).label()
    if finding.title and finding.title != finding.excerpt:
        title = finding.title if len(finding.title) <= _TITLE else f"{finding.title[:_TITLE]}…"
        return _("{kind} “{title}”, {field}").format(kind=what, title=title, field=field)
    return f"{what}, {field}"


def excerpt_of(finding: Finding) -> str:
    """Return the public text around what was found, which stands in brackets."""
    text, start, end = finding.excerpt, finding.start, finding.end
    if (start, end) == (0, len(text)):
        return text
    return f"{text[:start]}[{text[start:end]}]{text[end:]}"


def codes_of(findings: Iterable[Finding]) -> dict[str, str]:
    """Give each finding's key a short code of its own."""
    keys = {one.key for one in findings}
    length = _SHORTEST
    while len({key[:length] for key in keys}) < len(keys):
        length += 1
    return {key: key[:length] for key in keys}


def findings_meant(findings: Sequence[Finding], codes: Iterable[str]) -> list[Finding]:
    """Find what codes or keys mean, “all” for everything; raises UserError for others."""
    meant: dict[str, Finding] = {}
    for code in codes:
        wanted = code.strip().casefold()
        found = [
            one
            for one in findings
            if wanted == "all" or (len(wanted) >= _SHORTEST and one.key.startswith(wanted))
        ]
        if len(found) != 1 and wanted != "all":
            raise UserError(
                _("“{code}” is not one of the findings.").format(code=code[:80]),
                _("“csdesk leaks FILE ACCOUNT” lists them; a text may have changed meanwhile."),
            )
        meant.update((one.key, one) for one in found)
    return list(meant.values())


def finding_json(finding: Finding, code: str) -> dict[str, Any]:
    """Write a finding for machines."""
    return {
        "code": code,
        "key": finding.key,
        "kind": finding.kind.value,
        "severity": finding.severity.value,
        "is_acknowledged": finding.is_acknowledged,
        "entity": finding.entity,
        "id": finding.id,
        "field": finding.field,
        "title": finding.title,
        "word": finding.word,
        "excerpt": finding.excerpt,
        "start": finding.start,
        "end": finding.end,
        "source_entity": finding.source_entity,
        "source_id": finding.source_id,
        "count": finding.count,
    }
