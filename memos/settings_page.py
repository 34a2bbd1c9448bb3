"""An authority's own settings: the way in for its administrator, and the page that leads to them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ita_core.membership import MemberRequest, Membership, member


def check_may_administer(membership: Membership) -> None:
    """Whoever holds the authority's post of administrator today; PermissionDenied with a sentence for others."""
    if not membership.is_admin:
        raise PermissionDenied(_("เฉพาะผู้ดูแลระบบของหน่วยงานเท่านั้นที่ตั้งค่าของหน่วยงานได้"))


def administrator(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """``member``, and only the authority's administrator. Strangers 404, others 403."""

    @member
    @functools.wraps(view)
    def wrapper(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        check_may_administer(request.membership)
        return view(request, *args, **kwargs)

    return wrapper


@administrator
@require_safe
def settings(request: MemberRequest) -> HttpResponse:
    return render(request, "memos/settings.html", {"org": request.membership.organisation.slug})
