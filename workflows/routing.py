"""An authority's route, written anew by its administrator; it holds for what is submitted from then on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ita_core.models import Organisation, Post
from workflows.models import RouteStep
from workflows.officers import route_of
from workflows.refusals import BadInput, Conflict
from workflows.route import PlannedStep, check_route


@dataclass(frozen=True)
class Planned:
    """A step as it was typed; ``order`` says where it comes."""

    order: tuple[int, int]
    heading: str
    addresses: str
    reaches: str
    posts: tuple[Post, ...]
    working_days: int | None


def fingerprint(route: Iterable[RouteStep]) -> str:
    """What a page shows of the route, so that nobody writes over one that he did not see."""
    lines = (
        "\x1f".join(
            (
                str(step.position),
                step.heading,
                step.addresses,
                step.reaches,
                str(step.working_days),
                ",".join(sorted(str(post.pk) for post in step.posts.all())),
            )
        )
        for step in route
    )
    return hashlib.sha256("\x1e".join(lines).encode()).hexdigest()[:16]


@transaction.atomic
def replace(organisation: Organisation, shown: str, steps: Iterable[Planned]) -> None:
    """The whole route. BadInput with what the rules say; Conflict when it is no longer what the page showed."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if fingerprint(route_of(organisation)) != shown:
        raise Conflict(_("มีผู้แก้ไขลำดับการเสนอหลังจากที่ท่านเปิดหน้านี้ โปรดตรวจสอบอีกครั้ง"))
    ordered = sorted(steps, key=lambda step: step.order)
    try:
        check_route(
            PlannedStep(organisation.pk, place, step.heading, step.reaches, step.posts)
            for place, step in enumerate(ordered, 1)
        )
    except ValidationError as error:
        raise BadInput(" · ".join(error.messages)) from error
    organisation.route.all().delete()
    for place, step in enumerate(ordered, 1):
        row = RouteStep(
            organisation=organisation,
            position=place,
            heading=step.heading,
            addresses=step.addresses,
            reaches=step.reaches,
            working_days=step.working_days,
        )
        row.save()
        row.posts.set(step.posts)
