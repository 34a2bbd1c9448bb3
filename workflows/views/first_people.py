"""Offices and posts, then the people in them: typed, or by a sheet; and the links by which they set their passwords."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ita_core import language, thai
from ita_core.administration import is_referred_to
from ita_core.models import Appointment, FirstLink, Organisation, Post, User
from ita_core.rows import may_be_a_row
from memos.archives_in import PACKED
from memos.importing import reading
from memos.importing.foreign import ForeignFile
from workflows import first_links, people_rows, setting_up_people, setting_up_units
from workflows.first_forms import PersonForm, SheetForm
from workflows.first_tables import Tables
from workflows.setting_up_rows import Made, NotEntered
from workflows.views.first_page import SettingUpRequest, is_superuser, onward, setting_up_page, shown

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@setting_up_page
@require_http_methods(["GET", "HEAD", "POST"])
def units(request: SettingUpRequest) -> HttpResponse:
    organisation = request.organisation
    if request.method != "POST":
        rows = setting_up_units.stored(organisation)
        is_proposal = not any(rows)
        if is_proposal:
            rows = setting_up_units.proposal(organisation)
        return shown(request, "units", {"tables": Tables.of(*rows), "is_proposal": is_proposal})
    do = request.POST.get("do", "")
    tables = Tables.posted(request.POST, do)
    if do.startswith("add-"):
        return shown(request, "units", {"tables": tables, "added": do})
    faults = [_("ยังไม่ได้บันทึก โปรดแก้ไขแถวที่มีข้อความเตือน")]
    if tables.is_valid():
        kept, posts, removed = tables.rows()
        try:
            setting_up_units.save(organisation, kept, posts, removed=removed)
        except NotEntered as refused:
            faults += tables.add_faults(refused.faults)
        else:
            messages.success(request, _("บันทึกส่วนราชการและตำแหน่งแล้ว"))
            return onward(request, organisation, "people")
    return shown(request, "units", {"tables": tables, "faults": faults}, 400)


@setting_up_page
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: SettingUpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    do = request.POST.get("do", "")
    acts = {"add": _add, "upload": _upload, "links": _links, "mail": _links, "remove": _remove}
    if do not in acts:
        raise Http404
    return acts[do](request)


@setting_up_page
@require_safe
def empty_sheet(request: SettingUpRequest) -> HttpResponse:
    name = f"บุคลากร-{request.organisation.short_name}.xlsx"
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(people_rows.empty(request.organisation), content_type=XLSX, headers=headers)


def _page(
    request: SettingUpRequest,
    form: PersonForm | None = None,
    sheet: SheetForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    organisation = request.organisation
    waiting = set(first_links.waiting(organisation, request.user).values_list("pk", flat=True))
    handed = set(FirstLink.objects.filter(user__in=waiting).values_list("user", flat=True))
    rows = Appointment.objects.of(organisation).on(thai.today()).select_related("user", "post__unit")
    context = {
        "form": form or PersonForm(posts=_posts(organisation)),
        "sheet": sheet or SheetForm(),
        "rows": [
            {"row": row, "waits": row.user_id in waiting, "handed": row.user_id in handed}
            for row in rows.order_by("post_id", "pk")
        ],
        "waiting": len(waiting),
        "mail_works": first_links.mail_works(),
        **more,
    }
    return shown(request, "people", context, status)


def _posts(organisation: Organisation) -> list[tuple[str, str]]:
    posts = Post.objects.of(organisation).select_related("unit").order_by("pk")
    return [(str(post.pk), f"{post.title} ({post.unit.name})" if post.unit else post.title) for post in posts]


def _add(request: SettingUpRequest) -> HttpResponse:
    organisation = request.organisation
    form = PersonForm(request.POST, posts=_posts(organisation))
    if form.is_valid():
        posts = Post.objects.of(organisation).select_related("unit")
        titles = {str(post.pk): (post.title, post.unit.name if post.unit else "") for post in posts}
        try:
            made = setting_up_people.enter(
                organisation, [form.row(titles)], any_login=is_superuser(request.user)
            )
        except NotEntered as refused:
            for fault in refused.faults:
                form.add_error(fault.field if fault.field in form.fields else None, fault.sentence)
        else:
            messages.success(request, _said(made))
            return onward(request, organisation, "people")
    return _page(request, form=form, status=400)


def _upload(request: SettingUpRequest) -> HttpResponse:
    """All rows or none; each fault with its cell."""
    organisation, form = request.organisation, SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, sheet=form, status=400)
    file = form.cleaned_data["file"]
    sheets: list[tuple[str, list[list[str]]]] = []
    try:
        if file.size > PACKED:
            raise ForeignFile("too-large")
        sheets = reading.read_sheets(file.name, file.read())
        made = setting_up_people.enter(
            organisation, people_rows.read(sheets), any_login=is_superuser(request.user)
        )
    except ForeignFile as refused:
        form.add_error("file", refused.sentence)
        return _page(request, sheet=form, status=400)
    except NotEntered as refused:
        faults = people_rows.with_cells(refused, sheets)
        return _page(request, sheet=form, status=400, cell_faults=faults)
    messages.success(request, _said(made))
    return onward(request, organisation, "people")


def _said(made: Made) -> str:
    people, rows = made.counts.get("people", 0), made.counts.get("appointments", 0)
    if not rows:
        return _("ทุกแถวมีอยู่แล้ว จึงไม่มีสิ่งใดเปลี่ยน")
    said = _("เพิ่มบุคลากรใหม่ %(people)s คน การแต่งตั้ง %(rows)s รายการ")
    return language.shown(said % {"people": people, "rows": rows})


def _links(request: SettingUpRequest) -> HttpResponse:
    """Shown in this answer and never again: who loses the list makes new links, which end these."""
    users = list(first_links.waiting(request.organisation, request.user).values_list("pk", flat=True))
    chosen = set(request.POST.getlist("user"))
    wanted = [pk for pk in users if str(pk) in chosen] if chosen else users
    links = first_links.make(request.organisation, wanted, request.user)
    if request.POST.get("do") == "mail" and first_links.mail_works():
        links = first_links.send(links)
    context = {"links": links, "organisation": request.organisation, "org": request.organisation.slug}
    answer = render(request, "workflows/first/links.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _remove(request: SettingUpRequest) -> HttpResponse:
    """A slip of the finger: a row by which nobody acted. A person whom nothing names any more goes with it."""
    typed = request.POST.get("row", "")
    found = Appointment.objects.of(request.organisation).filter(pk=typed) if _is_row(typed) else None
    row = found.select_related("user").first() if found is not None else None
    if row is None:
        raise Http404
    if is_referred_to(row):
        messages.error(request, _("ลบไม่ได้ เพราะมีการลงนามหรือบันทึกด้วยการแต่งตั้งนี้แล้ว ให้กำหนดวันสิ้นสุดแทน"))
    else:
        _forget(row, request.organisation)
        messages.success(request, _("ลบแล้ว"))
    return onward(request, request.organisation, "people")


def _is_row(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and may_be_a_row(typed)


def _forget(row: Appointment, organisation: Organisation) -> None:
    waits = first_links.waiting(organisation, None).filter(pk=row.user_id).exists()
    user = row.user
    row.delete()
    if waits:
        FirstLink.objects.filter(user=user).delete()
        if not is_referred_to(user):
            User.objects.filter(
                pk=user.pk
            ).delete()  # Never came in, and did nothing: there is no history to keep.
