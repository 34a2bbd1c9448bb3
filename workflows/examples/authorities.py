"""An example's authorities: units, posts, route. One that is already there is left wholly alone."""

from __future__ import annotations

from typing import Any

from ita_core.models import Organisation, OrgUnit, Post
from workflows.models import RouteStep
from workflows.route import PlannedStep, check_route

USUAL_DAYS = 3  # working days that a step may take
_FACTS = ("slug", "kind", "name", "district", "province", "number_prefix")


def load(row: dict[str, Any]) -> tuple[Organisation, dict[str, Post]]:
    """The authority and its posts by the example's keys; a post that was renamed since is not among them."""
    organisation = Organisation.objects.filter(slug=row["slug"]).first()
    if organisation is not None:
        titles = {post.title: post for post in organisation.posts.all()}
        return organisation, {p["key"]: titles[p["title"]] for p in row["posts"] if p["title"] in titles}
    organisation = Organisation(**{fact: row[fact] for fact in _FACTS})
    organisation.full_clean(exclude=["garuda"])
    organisation.save()
    units: dict[str, OrgUnit] = {}
    _load_units(organisation, None, row["units"], units)
    posts = {post["key"]: _load_post(organisation, post, units) for post in row["posts"]}
    _load_route(organisation, row["route"], posts)
    return organisation, posts


def _load_units(
    organisation: Organisation, parent: OrgUnit | None, rows: list[dict[str, Any]], found: dict[str, OrgUnit]
) -> None:
    for row in rows:
        unit = OrgUnit(organisation=organisation, parent=parent, kind=row["kind"], name=row["name"])
        unit.full_clean()
        unit.save()
        found[unit.name] = unit
        _load_units(organisation, unit, row.get("units", []), found)


def _load_post(organisation: Organisation, row: dict[str, Any], units: dict[str, OrgUnit]) -> Post:
    unit = units[row["unit"]] if "unit" in row else None
    post = Post(organisation=organisation, unit=unit, role=row["role"], title=row["title"])
    post.full_clean()
    post.save()
    return post


def _load_route(organisation: Organisation, rows: list[dict[str, Any]], posts: dict[str, Post]) -> None:
    planned = [
        PlannedStep(
            organisation.pk,
            position,
            row["heading"],
            row["reaches"],
            tuple(posts[key] for key in row["posts"]),
        )
        for position, row in enumerate(rows, 1)
    ]
    check_route(planned)
    for plan, row in zip(planned, rows, strict=True):
        step = RouteStep(
            organisation=organisation,
            position=plan.position,
            heading=plan.heading,
            addresses=row["addresses"],
            reaches=plan.reaches,
            working_days=row.get("working_days", USUAL_DAYS),
        )
        step.save()
        step.posts.set(plan.posts)
