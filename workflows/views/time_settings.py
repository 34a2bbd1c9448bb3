"""Pages of the authority's administrator about time: its own days off, its route with deadlines."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ita_core import holidays, thai
from ita_core.fiscal import FiscalYear
from ita_core.membership import MemberRequest
from ita_core.models import Holiday, Organisation, Post
from ita_core.rows import may_be_a_row
from memos.settings_page import administrator
from workflows import routing
from workflows.officers import route_of
from workflows.refusals import Refused
from workflows.time_forms import MOST_STEPS, DayForm, EscalationForm, StepForm


@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def days_off(request: MemberRequest) -> HttpResponse:
    """A fiscal year's holidays and the authority's own days; POST adds one of its own."""
    organisation = request.membership.organisation
    form = DayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _add_day(organisation, form):
        messages.success(request, _("บันทึกวันของหน่วยงานแล้ว"))
        return redirect(f"{request.path}?year={FiscalYear.containing(form.cleaned_data['day']).be}")
    year = asked_year(request)
    rows = holidays.known_to(organisation).filter(day__gte=year.start, day__lte=year.end)
    found = list(rows)
    overridden = {row.day for row in found if row.organisation_id is not None}
    context = {
        "org": organisation.slug,
        "year": year.be,
        "years": (year.be - 1, year.be + 1),
        "rows": [(row, row.organisation_id is None and row.day in overridden) for row in found],
        "is_known": any(row.organisation_id is None for row in found),
        "form": form,
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "workflows/days_off.html", context, status=status)


def asked_year(request: HttpRequest) -> FiscalYear:
    """``?year=`` as a fiscal year; this year's when it says nothing that can be read."""
    typed = thai.to_arabic_digits(request.GET.get("year", ""))
    try:
        return FiscalYear(int(typed)) if typed.isascii() and typed.isdigit() and len(typed) == 4 else _now()
    except ValueError:
        return _now()


def _now() -> FiscalYear:
    return FiscalYear.containing(thai.today())


def _add_day(organisation: Organisation, form: DayForm) -> bool:
    """False, and a sentence in the form, when the authority has the day already."""
    data = form.cleaned_data
    row = Holiday(
        organisation=organisation,
        day=data["day"],
        name=data["name"],
        is_off=data["kind"] == "off",
        source=data["source"],
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        form.add_error("day", _("หน่วยงานกำหนดวันนี้ไว้แล้ว ลบรายการเดิมก่อนจึงเพิ่มใหม่ได้"))
        return False
    return True


@administrator
@require_POST
def remove_day(request: MemberRequest, row: int) -> HttpResponse:
    organisation = request.membership.organisation
    found = get_object_or_404(Holiday.objects.of(organisation), pk=row)
    found.delete()
    messages.success(request, _("ลบวันของหน่วยงานแล้ว"))
    return redirect(f"../../?year={FiscalYear.containing(found.day).be}")


# --- the route


@administrator
@require_http_methods(["GET", "HEAD", "POST"])
def route(request: MemberRequest) -> HttpResponse:
    """The steps with their posts and working days, all in one form; and when the administrator is told."""
    organisation = request.membership.organisation
    stored = route_of(organisation)
    posts = list(organisation.posts.select_related("unit"))
    data = request.POST if request.method == "POST" else None
    forms = _forms(data, stored, posts)
    late = EscalationForm(data, initial={"after": organisation.escalate_after})
    sentence = ""
    status = 200
    if data is not None:
        status = 400
        if all([late.is_valid(), *(form.is_valid() for form in forms)]):
            try:
                _save(organisation, data.get("shown", ""), forms, late)
            except Refused as refusal:
                sentence, status = refusal.sentence, refusal.status
            else:
                messages.success(request, _("บันทึกลำดับการเสนอแล้ว ใช้กับเรื่องที่เสนอต่อจากนี้"))
                return redirect(request.path)
    context = {
        "org": organisation.slug,
        "forms": forms,
        "late": late,
        "shown": (data.get("shown") if data else "") or routing.fingerprint(stored),
        "sentence": sentence,
        "is_faulty": status != 200,
        "has_posts": bool(posts),
        "most": MOST_STEPS if len(forms) >= max(MOST_STEPS, len(stored)) else None,
    }
    return render(request, "workflows/route.html", context, status=status)


def _forms(data: QueryDict | None, stored: list[Any], posts: list[Post]) -> list[StepForm]:
    """One for each step, however many the administration of the site made, and an empty one; as many as were posted."""
    most = max(MOST_STEPS, len(stored))
    if data is not None:
        typed = data.get("count", "")
        count = int(typed) if typed.isascii() and typed.isdigit() and may_be_a_row(typed) else 0
        return [StepForm(data, prefix=f"s{n}", posts=posts) for n in range(min(count, most))]
    forms = [
        StepForm(
            prefix=f"s{n}",
            posts=posts,
            initial={
                "position": n + 1,  # steps made elsewhere may leave numbers out
                "heading": step.heading,
                "addresses": step.addresses,
                "reaches": step.reaches,
                "working_days": step.working_days,
                "posts": [str(post.pk) for post in step.posts.all()],
            },
        )
        for n, step in enumerate(stored)
    ]
    return [*forms, StepForm(prefix=f"s{len(forms)}", posts=posts)][:most]


@transaction.atomic
def _save(organisation: Organisation, shown: str, forms: list[StepForm], late: EscalationForm) -> None:
    routing.replace(organisation, shown, [form.planned(n) for n, form in enumerate(forms) if form.is_step])
    organisation.escalate_after = late.cleaned_data["after"]
    organisation.save(update_fields=["escalate_after"])
