"""What every page of the first hour begins with: who may set this authority up, and its steps beside the page."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from ita_core.membership import MemberRequest, expired, memberships
from ita_core.models import Organisation, User
from memos.settings_page import check_may_administer
from workflows import setting_up
from workflows.refusals import Refused
from workflows.views.page import refused


class SettingUpRequest(MemberRequest):
    """``organisation`` is being set up by ``user``, who may; ``membership`` is there when he serves it himself."""

    organisation: Organisation


def setting_up_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The superuser, for any authority; its own administrator, for his. Strangers 404, its other people 403."""

    @functools.wraps(view)
    def kept(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not request.user.is_authenticated:
            return expired(request)
        return inside(request, *args, **kwargs)

    @login_required
    def inside(request: Any, org: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.organisation = _organisation(request, org)
        try:
            return view(request, *args, **kwargs)
        except Refused as refusal:
            return refused(request, refusal)

    return kept


def superuser_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For who looks across authorities; a page of the kind does not exist for anybody else."""

    @functools.wraps(view)
    def kept(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not request.user.is_authenticated:
            return expired(request)
        return inside(request, *args, **kwargs)

    @login_required
    def inside(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_superuser(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return kept


def is_superuser(user: Any) -> bool:
    return isinstance(user, User) and user.is_active and user.is_superuser


def _organisation(request: Any, slug: str) -> Organisation:
    served = memberships(request.user)
    mine = next((one for one in served if one.organisation.slug == slug), None)
    if mine is not None:
        request.membership, request.memberships = mine, served
    if is_superuser(request.user):
        found = mine.organisation if mine else Organisation.objects.filter(slug=slug).first()
        if found is None:
            raise Http404
        return found
    if mine is None:
        raise Http404
    check_may_administer(mine)
    return mine.organisation


def shown(
    request: SettingUpRequest, key: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """The page of a step, with every step's standing beside it."""
    organisation = request.organisation
    found = setting_up.steps(organisation)
    here = {step.key: place for place, step in enumerate(found)}.get(key, len(found))
    values = {
        "organisation": organisation,
        "org": organisation.slug,
        "steps": found,
        "step": found[here] if here < len(found) else None,
        "key": key,
        "before": found[here - 1].key if here else "",
        "after": found[here + 1].key if here + 1 < len(found) else "ready",
        "is_superuser": is_superuser(request.user),
        **(context or {}),
    }
    return render(request, f"workflows/first/{key}.html", values, status=status)


def onward(request: HttpRequest, organisation: Organisation, key: str) -> HttpResponse:
    return redirect(f"first:{key}", org=organisation.slug)
