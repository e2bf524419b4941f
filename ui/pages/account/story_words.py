"""What one step of the history did, in lines one reads."""

from __future__ import annotations

from csdesk.i18n import _
from csdesk.queries.row_story import Happening, RowStory


def story_lines(story: RowStory) -> list[str]:
    """Say what one step did, one line for each field."""
    said = {
        Happening.ADDED: _("added"),
        Happening.MOVED: _("moved"),
        Happening.DELETED: _("deleted"),
        Happening.RESTORED: _("restored"),
    }.get(story.happening)
    if said is not None:
        # A note, such as why a schedule was shifted, says all it holds.
        return [
            _("{label}: {text}").format(label=field.label, text=field.after)
            for field in story.fields
        ] or [said]
    lines = []
    for field in story.fields:
        before, after = field.before or "–", field.after or "–"
        line = _("{field}: {before} → {after}").format(
            field=field.label, before=before, after=after
        )
        if field.is_lost:
            line = _("{change} (kept aside: another edit of the same time shows)").format(
                change=line
            )
        lines.append(line)
    return lines
