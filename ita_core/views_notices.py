"""A person's notices and how he wants to be told; for the administrator, what does not get through."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ita_core import channels, deliveries, language, line_linking
from ita_core.membership import MemberRequest, member
from ita_core.notice_forms import PreferenceForm
from ita_core.paging import Slice
from ita_core.telling_models import ChannelName, Delivery, Notification, TellingPreference
from ita_core.tenancy import TenantQuerySet

FEW = 100
SHOWN_PROBLEMS = 20


def _mine(request: MemberRequest) -> TenantQuerySet[Notification]:
    return Notification.objects.of(request.membership.organisation).filter(user=request.user)


@member
@require_safe
def notices(request: MemberRequest) -> HttpResponse:
    """Unread ones first, then the newest. An unreadable page number is the first."""
    rows = _mine(request).exclude(title="")
    context = {
        "org": request.membership.organisation.slug,
        "rows": Slice(lambda start, stop: _newest(rows, start, stop), request.GET),
    }
    return render(request, "notices/notices.html", context)


def _newest(rows: TenantQuerySet[Notification], start: int, stop: int) -> list[Notification]:
    """Three queries at most, which read what is shown and not all that somebody was ever told."""
    unread = rows.filter(read_at__isnull=True)
    few = list(unread[:FEW])
    if len(few) < FEW:  # The usual case: an index has them, though in no order.
        found = sorted(few, key=lambda one: (one.made_at, one.pk), reverse=True)[start:stop]
    else:
        found = list(unread.order_by("-made_at", "-pk")[start:stop])
    if len(found) == stop - start:
        return found
    before = len(few) if len(few) < FEW else unread.count()
    read = rows.filter(read_at__isnull=False).order_by("-made_at", "-pk")
    return found + list(read[max(start - before, 0) : stop - before])


@member
@require_safe
def open_notice(request: MemberRequest, pk: uuid.UUID) -> HttpResponse:
    """It is read, and leads where it points. The path is one of ours: ``tell`` takes no other."""
    found = get_object_or_404(_mine(request).exclude(title=""), pk=pk)
    if request.method == "GET" and found.read_at is None:
        _mine(request).filter(pk=pk, read_at__isnull=True).update(read_at=timezone.now())
    return redirect(found.path)


@member
@require_POST
def mark_read(request: MemberRequest) -> HttpResponse:
    """One (``notice`` names it), or all of them."""
    rows = _mine(request).filter(read_at__isnull=True)
    if typed := request.POST.get("notice"):
        try:
            rows = rows.filter(pk=uuid.UUID(typed))
        except ValueError:
            rows = rows.none()
    count = rows.update(read_at=timezone.now())
    if count:
        words = _("ทำเครื่องหมายว่าอ่านแล้ว %(count)s เรื่อง")
        messages.success(request, words % {"count": language.shown(count)})
    return redirect("notices:notices", org=request.membership.organisation.slug)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: MemberRequest) -> HttpResponse:
    form = PreferenceForm(request.POST or None, user=request.user, channels=channels.configured())
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("บันทึกวิธีแจ้งเตือนแล้ว"))
        return redirect("notices:preferences", org=request.membership.organisation.slug)
    return _preferences(request, form, status=400 if request.method == "POST" else 200)


@member
@require_POST
def line(request: MemberRequest) -> HttpResponse:
    """``do``: send a code to an address, check the code that came, or take the address away."""
    do, user = request.POST.get("do"), request.user
    if do == "remove":
        line_linking.remove(user)
        wrong, said = "", _("เลิกแจ้งทาง LINE แล้ว")
    elif do == "check":
        wrong, said = line_linking.check(user, request.POST.get("code", "")), _("ยืนยัน LINE ของท่านแล้ว")
    else:
        wrong = line_linking.begin(user, request.POST.get("line_id", ""))
        said = _("กำลังส่งรหัสยืนยันไปทาง LINE ของท่าน โปรดพิมพ์รหัสนั้นที่นี่")
    if wrong:
        form = PreferenceForm(user=user, channels=channels.configured())
        return _preferences(request, form, status=400, wrong=wrong, wrong_in=do or "send")
    messages.success(request, said)
    return redirect("notices:preferences", org=request.membership.organisation.slug)


def _preferences(
    request: MemberRequest, form: PreferenceForm, status: int, wrong: str = "", wrong_in: str = ""
) -> HttpResponse:
    wish = TellingPreference.objects.filter(user=request.user).first() or TellingPreference(user=request.user)
    ways = channels.configured()
    context = {
        "org": request.membership.organisation.slug,
        "form": form,
        "channels": form.of_channels(),
        "wish": wish,
        "by_mail": ChannelName.MAIL in ways,
        "by_line": ChannelName.LINE in ways,
        "wrong": wrong,
        "wrong_in": wrong_in,
        "typed_id": request.POST.get("line_id", wish.line_id),
        "typed_code": request.POST.get("code", ""),
    }
    return render(request, "notices/preferences.html", context, status=status)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def ways_out(request: MemberRequest) -> HttpResponse:
    """Which channels are set up, and what did not get through; POST has that tried anew."""
    organisation = request.membership.organisation
    if not request.membership.is_admin:
        raise PermissionDenied(_("เฉพาะผู้ดูแลระบบของหน่วยงานเท่านั้นที่ตั้งค่าของหน่วยงานได้"))
    if request.method == "POST":
        count = deliveries.again(organisation)
        messages.success(request, _("กำลังส่งใหม่ %(count)s ข้อความ") % {"count": language.shown(count)})
        return redirect("notices:ways_out", org=organisation.slug)
    lost = Delivery.objects.of(organisation).filter(given_up_at__isnull=False)
    names = channels.configured()
    context = {
        "org": organisation.slug,
        "ways": [
            (label, name in names, deliveries.counts(organisation, name))
            for name, label in ChannelName.choices
        ],
        "failed": deliveries.failed(organisation),
        "problems": lost.select_related("notification__user").order_by("-given_up_at")[:SHOWN_PROBLEMS],
    }
    return render(request, "notices/ways_out.html", context)
