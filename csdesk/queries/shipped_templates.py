"""The plan templates that come with the program, in each of its languages.

They are files among the resources and no rows: a workspace holds only what its team wrote, and a
better wording reaches everybody with the next version.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from csdesk.i18n import LANGUAGES
from csdesk.insight.plan_template import PlanTemplate
from csdesk.insight.template_text import read_toml
from csdesk.store.words import fold

PREFIX = "shipped:"
"""What the ids of shipped templates begin with."""


@dataclass(frozen=True, slots=True)
class ShippedTemplate:
    """One shipped template; its id is made of its language and the name of its file."""

    id: str
    language: str
    name: str
    type: str
    touch_model: str
    description: str
    content: PlanTemplate


@cache
def shipped_templates(language: str) -> tuple[ShippedTemplate, ...]:
    """Return the shipped templates of a language in the order of a customer's life."""
    if language not in LANGUAGES:
        return ()
    folder = resources.files("resources") / "templates" / language
    files = sorted(one.name for one in folder.iterdir() if one.name.endswith(".toml"))
    found = []
    for name in files:
        head, content = read_toml((folder / name).read_text("utf-8"))
        found.append(
            ShippedTemplate(
                id=f"{PREFIX}{language}/{name.removesuffix('.toml')}",
                language=language,
                name=head["name"],
                type=head["type"],
                touch_model=head["touch_model"],
                description=head["description"],
                content=content,
            )
        )
    return tuple(found)


def shipped_unit(kpi: str, unit: str, language: str) -> str:
    """Write the unit of a KPI that came from a shipped template in a language ("en", "ja").

    `kpi` is its English name. Empty where no template has this KPI with this unit.
    """
    units = _shipped_units().get(fold(kpi), {})
    return units.get(language, "") if unit in units.values() else ""


@cache
def _shipped_units() -> dict[str, dict[str, str]]:
    """Give the units of the shipped KPIs by the folded English name and the language."""
    units: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        for template in shipped_templates(language):
            for measure in template.content.measures():
                # 点 does not say that the best is 5, so that "/ 5" is no other word for it.
                if not measure.unit.startswith("/"):
                    name = fold(measure.kpi_en or measure.kpi)
                    units.setdefault(name, {})[language] = measure.unit
    return units


def shipped_template(template_id: str) -> ShippedTemplate | None:
    """Return the shipped template of this id; None where there is none."""
    language, _slash, _name = template_id.removeprefix(PREFIX).partition("/")
    return next((one for one in shipped_templates(language) if one.id == template_id), None)
