"""The one way into an authority's pages: who is here, in which authority, with which appointments today."""

from __future__ import annotations

import dataclasses
import datetime
import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import urlencode

from ita_core import confirming, telling, thai, typed
from ita_core.models import Appointment, Organisation, Role, User


@dataclass(frozen=True)
class Membership:
    """A person in an authority, with the appointments that are in force today."""

    # Posts whose people prepare reports: the legal officer, and heads who write their own.
    DRAFTING_ROLES: ClassVar[frozenset[str]] = frozenset(
        {Role.LEGAL_OFFICER, Role.OFFICER, Role.SECTION_HEAD, Role.DEPUTY_CLERK, Role.CLERK}
    )

    # The authority's administrator, and the hierarchy.
    OVERSEEING_ROLES: ClassVar[frozenset[str]] = frozenset(
        {Role.ORG_ADMIN, Role.SECTION_HEAD, Role.DEPUTY_CLERK, Role.CLERK, Role.DEPUTY_MAYOR, Role.MAYOR}
    )

    user: User
    organisation: Organisation
    appointments: tuple[Appointment, ...]
    confirmed_at: datetime.datetime | None = None  # When this session's person last proved who he is.

    @functools.cached_property
    def post_ids(self) -> frozenset[int]:
        return frozenset(appointment.post_id for appointment in self.appointments)

    @functools.cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(appointment.post.role for appointment in self.appointments)

    @property
    def may_draft(self) -> bool:
        return bool(self.DRAFTING_ROLES & self.roles)

    @property
    def oversees(self) -> bool:
        """Whether the person sees the whole authority's figures."""
        return bool(self.OVERSEEING_ROLES & self.roles)

    @property
    def is_admin(self) -> bool:
        return Role.ORG_ADMIN in self.roles

    @functools.cached_property
    def unread(self) -> int:
        """Notices that wait to be read here; counted up to a hundred, and only where a page shows it."""
        return telling.unread(self.organisation, self.user)


class MemberRequest(HttpRequest):
    """A request that passed ``member``; ``user`` is known and belongs to the authority of the address."""

    user: User
    membership: Membership
    memberships: list[Membership]


def memberships(user: User) -> list[Membership]:
    """Every authority the person serves today, by name. One query."""
    found: dict[Organisation, list[Appointment]] = {}
    rows = user.appointments.on(thai.today()).select_related("post__organisation")
    for appointment in rows:
        found.setdefault(appointment.post.organisation, []).append(appointment)
    return [
        Membership(user, organisation, tuple(appointments))
        for organisation, appointments in sorted(found.items(), key=lambda pair: pair[0].slug)
    ]


def member(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Log in, then resolve ``org`` of the address among the authorities served today; strangers get 404.

    A form that comes after the login expired is answered with what was typed. The editor's scripts keep it in the page
    themselves, and know the login page when they get it.
    """

    @functools.wraps(view)
    def kept(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        by_script = request.headers.get("HX-Request") == "true"
        if request.method == "POST" and not request.user.is_authenticated and not by_script:
            return expired(request)
        return served_only(request, *args, **kwargs)

    @login_required
    def served_only(request: Any, org: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        served = memberships(request.user)
        for membership in served:
            if membership.organisation.slug == org:
                confirmed_at = confirming.confirmed_at(request.session, request.user)
                request.membership = dataclasses.replace(membership, confirmed_at=confirmed_at)
                request.memberships = served
                return view(request, *args, **kwargs)
        raise Http404

    return kept


def expired(request: HttpRequest) -> HttpResponse:
    """401 with every text of the form to copy, and the login in a window of its own. Nothing was saved."""
    context = {"texts": typed.texts(request), "next": urlencode({"next": request.path})}
    return render(request, "expired.html", context, status=401)
