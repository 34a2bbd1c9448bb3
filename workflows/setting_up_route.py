"""Setting up, fourth step: who decides after whom. Steps come in the order of the process; each is one role's."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from ita_core.models import Organisation, Post, Role
from workflows.models import RouteStep
from workflows.route import ROLE_OF, PlannedStep, check_route
from workflows.setting_up_rows import Fault, Made, NotEntered, StepRow

# Whoever may stand on the way, in the order in which papers go up.
ORDER = (
    Role.REGISTRAR,
    Role.SECTION_HEAD,
    Role.DEPUTY_CLERK,
    Role.CLERK,
    Role.DEPUTY_MAYOR,
    Role.MAYOR,
)
USUAL = frozenset({Role.SECTION_HEAD, Role.CLERK, Role.MAYOR})
USUAL_DAYS = 3
# Headings stand on paper, so they are Thai whatever the reader's language.
HEADINGS = {
    Role.REGISTRAR: "งานสารบรรณตรวจก่อนเสนอ",
    Role.SECTION_HEAD: "ความเห็นของหัวหน้าสำนักปลัด",
    Role.DEPUTY_CLERK: "ความเห็นของรองปลัด",
    Role.CLERK: "ความเห็นของปลัด",
    Role.DEPUTY_MAYOR: "ความเห็นของรองนายก",
    Role.MAYOR: "คำสั่งของนายก",
}
_REACHES = {role: state for state, role in ROLE_OF.items()}


def posts_by_role(organisation: Organisation) -> dict[str, list[Post]]:
    """The authority's posts of the roles that may stand on the way, in their order."""
    found: dict[str, list[Post]] = {}
    for post in Post.objects.of(organisation).filter(role__in=ORDER).order_by("pk"):
        found.setdefault(post.role, []).append(post)
    return {role: found[role] for role in ORDER if role in found}


def proposal(organisation: Organisation) -> list[StepRow]:
    """Head, clerk, mayor, as far as there are such posts; each opinion addresses whoever comes next."""
    posts = posts_by_role(organisation)
    return addressed(
        [StepRow(role, HEADINGS[Role(role)], "", USUAL_DAYS) for role in posts if role in USUAL], posts
    )


def addressed(rows: Sequence[StepRow], posts: dict[str, list[Post]]) -> list[StepRow]:
    """Steps that address nobody address the first post of the next step; the last one addresses nobody."""
    done = []
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        words = row.addresses
        if not words and following is not None and posts.get(following.role):
            words = f"เรียน {posts[following.role][0].title}"
        done.append(StepRow(row.role, row.heading, words, row.days))
    return done


def stored(organisation: Organisation) -> list[StepRow] | None:
    """The route as rows of this page; None when it was made elsewhere in a shape that this page cannot show."""
    rows = []
    for step in organisation.route.order_by("position").prefetch_related("posts"):
        roles = {post.role for post in step.posts.all()}
        if len(roles) != 1 or not roles <= set(ORDER):
            return None
        rows.append(StepRow(roles.pop(), step.heading, step.addresses, step.working_days))
    places = [ORDER.index(Role(row.role)) for row in rows]
    return rows if places == sorted(set(places)) else None


@transaction.atomic
def save(organisation: Organisation, rows: Sequence[StepRow]) -> Made:
    """The rows as the whole route of what is submitted from now on. NotEntered with what the rules say."""
    posts = posts_by_role(organisation)
    ordered = sorted(rows, key=lambda row: ORDER.index(Role(row.role)))
    planned = [
        PlannedStep(
            organisation.pk,
            position,
            row.heading,
            _REACHES.get(Role(row.role), ""),
            tuple(posts.get(row.role, [])),
        )
        for position, row in enumerate(ordered, 1)
    ]
    try:
        check_route(planned)
    except ValidationError as error:
        raise NotEntered([Fault(0, "", sentence) for sentence in error.messages]) from error
    organisation.route.all().delete()
    made = Made()
    for plan, row in zip(planned, ordered, strict=True):
        step = RouteStep(
            organisation=organisation,
            position=plan.position,
            heading=plan.heading,
            addresses=row.addresses,
            reaches=plan.reaches,
            working_days=row.days,
        )
        step.save()
        step.posts.set(plan.posts)
        made.add("steps")
    return made


def is_sound(organisation: Organisation) -> list[str]:
    """What is wrong with the route as it is stored, in sentences."""
    steps = organisation.route.prefetch_related("posts")
    try:
        check_route(PlannedStep.of(step) for step in steps)
    except ValidationError as error:
        return list(error.messages)
    return []
