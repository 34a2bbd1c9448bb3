"""What the addresses of people, appointments and days away are about, for the table of access."""

from __future__ import annotations

import datetime
from typing import Any

from ita_core import thai
from ita_core.models import Absence, Appointment, StandingOrder
from tests.personas import Authority

ABSENT = "reader"
"""Who will be away, in some months."""


def of_people(home: Authority) -> dict[str, dict[str, Any]]:
    org = {"org": home.organisation.slug}
    person = {**org, "person": home.people[ABSENT].pk}
    held = Appointment.objects.of(home.organisation).filter(user=home.people[ABSENT]).earliest("pk")
    appointment = {**org, "appointment": held.pk}
    order = {**org, "order": _order(home).pk}
    alone = (
        "who_acts my_absences people new_person posts new_post new_unit new_appointment orders new_order absences"
        " new_absence"
    )
    return {
        **dict.fromkeys((f"workflows:{name}" for name in alone.split()), org),
        **dict.fromkeys((f"workflows:{name}" for name in ("person", "person_link", "person_login")), person),
        "workflows:post": {**org, "post": held.post_id},
        "workflows:unit": {**org, "unit": home.units["works"].pk},
        "workflows:appointment": appointment,
        "workflows:change_appointment": appointment,
        "workflows:appointment_scan": appointment,
        "workflows:standing_order": order,
        "workflows:order_scan": order,
        "workflows:back": {**org, "absence": _absence(home).pk},
    }


def _order(home: Authority) -> StandingOrder:
    found = StandingOrder.objects.of(home.organisation).first()
    if found is None:
        found = StandingOrder(
            post=home.posts["clerk"],
            legal_basis="คำสั่งที่ 1/2565",
            starts=thai.today(),
            recorded_by=home.people[ABSENT],
        )
        found.save()
    return found


def _absence(home: Authority) -> Absence:
    """To come, so that today's table is as without it."""
    found = Absence.objects.of(home.organisation).first()
    if found is None:
        found = Absence(
            organisation=home.organisation, user=home.people[ABSENT], kind="duty",
            starts=thai.today() + datetime.timedelta(days=200), recorded_by=home.people[ABSENT],
        )  # fmt: skip
        found.save()
    return found
