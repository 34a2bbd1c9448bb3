"""Standing, ranked orders: all of them, a new one, one with its ranks, end and scan. Pages of the administrator."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ita_core import thai
from ita_core.membership import MemberRequest
from ita_core.models import Appointment, Post, StandingOrder
from ita_core.rows import number_in
from workflows import appointing, people
from workflows.officers import Actor
from workflows.order_form import OrderForm
from workflows.people_forms import LastDayForm
from workflows.refusals import Refused
from workflows.views.page import page
from workflows.views.people import administering, done, posting, typed_in
from workflows.views.people_appointments import scan_of


@page
@require_safe
def orders(request: MemberRequest) -> HttpResponse:
    organisation = administering(request).organisation
    rows = StandingOrder.objects.of(organisation).select_related("post").prefetch_related("ranks__user")
    context = {"rows": list(rows.order_by("post", "-starts")), "today": thai.today()}
    return render(request, "workflows/people/orders.html", context)


@page
@posting
def new_order(request: MemberRequest) -> HttpResponse:
    """A new order; the button "add" gives the same page with one rank more."""
    actor, adds = administering(request), "add" in request.POST
    form = OrderForm(
        request.POST or None,
        request.FILES or None,
        organisation=actor.organisation,
        people=people.of(actor.organisation),
        initial={"post": number_in(request.GET.get("post")), "starts": thai.today()},
        adds=adds,
    )
    status, sentence = 200, ""
    if request.method == "POST" and not adds:
        made, status, sentence = typed_in(request, form, lambda: _order(actor, form))
        if made is not None:
            return done(request, _("บันทึกคำสั่งแล้ว มีผลเมื่อบันทึกการไม่อยู่"), "standing_order", order=made.pk)
    context = {"form": form, "sentence": sentence, "lost_scan": adds and bool(request.FILES)}
    return render(request, "workflows/people/new_order.html", context, status=status)


def _order(actor: Actor, form: OrderForm) -> StandingOrder:
    typed = form.cleaned_data
    post = Post.objects.of(actor.organisation).get(pk=typed["post"])
    return appointing.order(
        actor, post, grant=form.grant(), ranks=form.ranked(), starts=typed["starts"], ends=typed["ends"]
    )


def _found(request: MemberRequest, pk: int) -> tuple[StandingOrder, Actor]:
    actor = administering(request)
    try:
        return appointing.order_of(actor, pk), actor
    except Refused as refusal:
        raise Http404 from refusal


@page
@posting
def order(request: MemberRequest, order: int) -> HttpResponse:
    found, actor = _found(request, order)
    form = LastDayForm(request.POST if "end" in request.POST else None, initial={"last": thai.today()})
    if "remove" in request.POST:
        appointing.remove_order(actor, found.pk)
        return done(request, _("ลบคำสั่งแล้ว"), "orders")
    made, status, sentence = typed_in(
        request, form, lambda: appointing.end_order(actor, found.pk, last=form.cleaned_data["last"])
    )
    if made is not None:
        return done(request, _("กำหนดวันสิ้นสุดแล้ว"), "standing_order", order=found.pk)
    by_it = Appointment.objects.of(actor.organisation).filter(rank__order=found)
    context = {
        "row": found,
        "ranks": [
            (rank, Appointment.Capacity(rank.capacity).label)
            for rank in found.ranks.select_related("user").order_by("rank")
        ],
        "made": list(by_it.select_related("user", "absence__user").order_by("-starts")[:50]),
        "form": form,
        "sentence": sentence,
        "is_over": found.ends is not None and found.ends < thai.today(),
        "may_remove": not by_it.exists(),
    }
    return render(request, "workflows/people/order.html", context, status=status)


@page
@require_safe
def order_scan(request: MemberRequest, order: int) -> HttpResponseBase:
    found, actor = _found(request, order)
    return scan_of(request, actor.organisation, found.scan_sha256)
