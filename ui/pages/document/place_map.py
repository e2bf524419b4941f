"""Which item of the plan stands where on the pages, and what it is called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from csdesk.i18n import _
from csdesk.queries.customer_rows import CustomerPlan
from csdesk.queries.entity_words import entity_label
from csdesk.report.places import Place


class PlaceMap:
    """Finds the item under a point; the smallest place wins where they lie in each other."""

    def __init__(
        self, places: Iterable[Place] = (), names: Mapping[str, str] | None = None
    ) -> None:
        self._names = names or {}
        self._places: dict[int, list[Place]] = defaultdict(list)
        for place in places:
            self._places[place.page].append(place)

    def at(self, page: int, x: float, y: float) -> Place | None:
        """Return the place at a point of a page, in points from its lower left corner."""
        found = [
            place
            for place in self._places.get(page, ())
            if place.x0 <= x <= place.x1 and place.y0 <= y <= place.y1
        ]
        return min(found, key=_area, default=None)

    def tip(self, place: Place) -> str:
        """Say what is there, and that it can be gone to."""
        name, what = self._names.get(place.id, ""), entity_label(place.entity)
        if not name:
            return _("Show in the plan: {what}").format(what=what)
        return _("Show in the plan: {what} “{name}”").format(what=what, name=name)


def names_of(view: CustomerPlan) -> dict[str, str]:
    """Return what the items of a plan are called, by their ids."""
    names = {view.plan_id: view.title}
    for goal in view.goals:
        names[goal.id] = goal.title
        names |= {milestone.id: milestone.title for milestone in goal.milestones}
        names |= {measure.id: measure.kpi.name for measure in goal.measures}
    names |= {action.id: action.title for action in view.actions}
    names |= {person.id: person.name for person in (*view.customer_people, *view.our_people)}
    return names


def _area(place: Place) -> float:
    return (place.x1 - place.x0) * (place.y1 - place.y0)
