"""Where a person is logged in: every session with its browser, each ended by itself or all others at once."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: Any) -> HttpResponse:
    """Ending one takes effect at its next request: the row of the session itself is deleted."""
    found = UserSession.objects.purge_and_list(request.user)
    if request.method == "POST":
        chosen = [
            one for one in found if not one.is_current() and _is_meant(one, request.POST.get("end", ""))
        ]
        for one in chosen:
            one.end()
        if chosen:
            messages.success(request, _("ออกจากระบบในอุปกรณ์ที่เลือกแล้ว"))
        else:
            messages.info(request, _("อุปกรณ์นั้นออกจากระบบไปแล้ว"))
        return redirect("usersessions_list")
    rows = sorted(found, key=lambda one: (not one.is_current(), -one.created_at.timestamp()))
    context = {"sessions": [{"row": one, "device": _device(one.user_agent)} for one in rows]}
    return render(request, "account/sessions.html", context)


def _is_meant(one: UserSession, end: str) -> bool:
    return end in ("others", str(one.pk))


def _device(agent: str) -> str:
    """The browser and the system in two words, as far as they say what they are."""
    browsers = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
    systems = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac": "macOS"}
    browser = next((name for mark, name in browsers.items() if mark in agent), "")
    system = next(
        (name for mark, name in systems.items() if mark in agent), "Linux" if "Linux" in agent else ""
    )
    return " ".join(filter(None, (browser, system))) or _("ไม่ทราบอุปกรณ์")
