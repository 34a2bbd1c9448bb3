"""An authority's choice of checks: all rules with their reasons; advice can be switched off, what blocks cannot."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ita_core.membership import MemberRequest
from ita_core.models import Organisation
from memos import checks
from memos.models import SilencedCheck
from memos.settings_page import administrator


@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def checks_settings(request: MemberRequest) -> HttpResponse:
    organisation = request.membership.organisation
    if request.method == "POST":
        silence_all_but(organisation, request.POST.getlist("on"))
        messages.success(request, _("บันทึกข้อตรวจแล้ว"))
        return HttpResponseRedirect(reverse("memos:checks_settings", args=[organisation.slug]))
    silenced = set(SilencedCheck.objects.of(organisation).values_list("rule", flat=True))
    rules = [(rule, rule.always_on or rule.slug not in silenced) for rule in checks.RULES]
    groups = [(grave, [pair for pair in rules if pair[0].severity == grave]) for grave in checks.SEVERITIES]
    return render(request, "memos/checks_settings.html", {"org": organisation.slug, "groups": groups})


@transaction.atomic
def silence_all_but(organisation: Organisation, wanted: Iterable[str]) -> None:
    """What the page shows unticked is silent from now on. Unknown names count for nothing; what blocks is never stored."""
    off = {rule.slug for rule in checks.RULES if not rule.always_on} - set(wanted)
    rows = SilencedCheck.objects.of(organisation)
    rows.exclude(rule__in=off).delete()
    new = off - set(rows.values_list("rule", flat=True))
    SilencedCheck.objects.bulk_create(
        [SilencedCheck(organisation=organisation, rule=rule) for rule in sorted(new)], ignore_conflicts=True
    )
