"""Which units a person fills for, and who fills for a unit: whoever has a post in it, or in a unit below it, today."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ita_core import thai
from ita_core.membership import Membership
from ita_core.models import Appointment, Organisation, OrgUnit, User


def _parents(organisation: Organisation | int) -> dict[int, int | None]:
    return dict(OrgUnit.objects.of(organisation).values_list("pk", "parent"))


def _with_above(unit: int, parents: Mapping[int, int | None]) -> list[int]:
    """The unit and those that it belongs to; a ring, which no form lets through, ends."""
    found = [unit]
    while (above := parents.get(found[-1])) is not None and above not in found:
        found.append(above)
    return found


def units_of(membership: Membership) -> frozenset[int]:
    """The units for which the person may fill. One query."""
    own = {one.post.unit_id for one in membership.appointments if one.post.unit_id is not None}
    if not own:
        return frozenset()
    parents = _parents(membership.organisation)
    return frozenset(unit for one in own for unit in _with_above(one, parents))


def of_units(organisation: Organisation, units: Collection[int]) -> dict[int, list[User]]:
    """Unit → its officers today, by name; each once. Two queries."""
    parents = _parents(organisation)
    found: dict[int, dict[int, User]] = {unit: {} for unit in units}
    rows = Appointment.objects.of(organisation).on(thai.today()).filter(post__unit__isnull=False)
    for row in rows.select_related("user", "post").order_by("user__full_name", "user"):
        assert row.post.unit_id is not None
        for unit in _with_above(row.post.unit_id, parents):
            if unit in found:
                found[unit][row.user_id] = row.user
    return {unit: list(people.values()) for unit, people in found.items()}
