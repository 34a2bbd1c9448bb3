"""The authority's people: all of them, a new one, and one with his posts and days away. Pages of its administrator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ita_core import language, thai
from ita_core.membership import MemberRequest
from ita_core.models import Absence, Appointment, User
from workflows import closing, covering, first_links, people
from workflows import people_permissions as permissions
from workflows.officers import Actor
from workflows.people_forms import NewPersonForm, PersonForm
from workflows.refusals import Conflict, Refused
from workflows.views.page import page

posting = require_http_methods(["GET", "HEAD", "POST"])


def administering(request: MemberRequest) -> Actor:
    """Who asks, when he administers the authority; NotAllowed for others."""
    actor = Actor.of(request.membership)
    permissions.check_administers(actor)
    return actor


def done(request: MemberRequest, sentence: str, address: str = "people", **place: Any) -> HttpResponse:
    messages.success(request, language.shown(sentence))
    answer: HttpResponse = redirect(f"workflows:{address}", org=request.membership.organisation.slug, **place)
    return answer


def typed_in(request: MemberRequest, form: forms.Form, act: Any) -> tuple[Any, int, str]:
    """What the act made of the form, and else the status and the sentence that the same page says.

    A page that is only opened has made nothing.
    """
    if request.method != "POST":
        return None, 200, ""
    if not form.is_valid():
        return None, 400, ""
    try:
        return act(), 200, ""
    except Refused as refusal:
        return None, refusal.status, refusal.sentence


@page
@require_safe
def everybody(request: MemberRequest) -> HttpResponse:
    actor = administering(request)
    found = people.of(actor.organisation)
    held: dict[int, list[Appointment]] = {}
    for row in people.serving_today(actor.organisation):
        held.setdefault(row.user_id, []).append(row)
    context = {
        "rows": [(one, held.get(one.pk, [])) for one in found],
        "faults": covering.doubtful(actor.organisation),
        "today": thai.today(),
    }
    return render(request, "workflows/people/people.html", context)


@page
@posting
def new_person(request: MemberRequest) -> HttpResponse:
    actor = administering(request)
    form = NewPersonForm(
        request.POST or None,
        request.FILES or None,
        organisation=actor.organisation,
        initial={"starts": thai.today()},
    )
    made, status, sentence = typed_in(request, form, lambda: _add(actor, form))
    if made is not None:
        return done(request, _("เพิ่มบุคคลแล้ว ออกลิงก์ตั้งรหัสผ่านให้เจ้าตัวได้ที่นี่"), "person", person=made.pk)
    context = {
        "form": form,
        "sentence": sentence,
        "title": _("เพิ่มบุคคล"),
        "button": _("เพิ่มบุคคล"),
        "says": _("ผู้ใช้แต่ละคนเข้าถึงหน่วยงานได้ด้วยตำแหน่ง จึงต้องมีการแต่งตั้งอย่างน้อยหนึ่งรายการ"),
    }
    return render(request, "workflows/people/form.html", context, status=status)


def _add(actor: Actor, form: NewPersonForm) -> User:
    typed = form.cleaned_data
    post = next(one for one in actor.organisation.posts.all() if one.pk == typed["post"])
    named = {name: typed[name] for name in ("full_name", "username", "email")}
    return people.add(actor, post=post, **named, **form.appointed())


def person_of(request: MemberRequest, pk: int) -> tuple[User, Actor]:
    actor = administering(request)
    found = people.person_of(actor.organisation, pk)
    if found is None:
        raise Http404
    return found, actor


@page
@posting
def person(request: MemberRequest, person: int) -> HttpResponse:
    found, actor = person_of(request, person)
    form = PersonForm(request.POST or None, person=found)
    status, sentence = 200, ""
    if request.method == "POST":
        # The form's own name for what it shows; a refusal leaves the row as it was.
        fresh = User.objects.get(pk=found.pk)
        _made, status, sentence = typed_in(
            request, form, lambda: people.rename(actor, fresh, **form.cleaned_data)
        )
        if status == 200:
            return done(request, _("บันทึกแล้ว"), "person", person=found.pk)
    return _show(request, actor, found, form, status, sentence)


def _show(
    request: MemberRequest,
    actor: Actor,
    found: User,
    form: PersonForm,
    status: int = 200,
    sentence: str = "",
    **more: Any,
) -> HttpResponse:
    rows = (
        Appointment.objects.of(actor.organisation).filter(user=found).select_related("post", "absence__user")
    )
    why_not_close = permissions.may_close_login(actor, found)
    context = {
        "found": found,
        "form": form,
        "sentence": sentence,
        "appointments": list(rows.order_by("-starts", "-pk")),
        "absences": list(Absence.objects.of(actor.organisation).filter(user=found)),
        "today": thai.today(),
        "why_not": permissions.may_change_person(actor, found),
        "why_not_close": why_not_close,
        "left": closing.left_by(actor.organisation, found) if found.is_active and not why_not_close else None,
        "waits_for_link": first_links.waiting(actor.organisation, actor.user).filter(pk=found.pk).exists(),
        **more,
    }
    return render(request, "workflows/people/person.html", context, status=status)


@page
@require_POST
def first_link(request: MemberRequest, person: int) -> HttpResponse:
    """The link to the first password, on this answer alone: it is kept nowhere."""
    found, actor = person_of(request, person)
    permissions.check_may_change_person(actor, found)
    links = first_links.make(actor.organisation, [found.pk], actor.user)
    fresh = User.objects.get(pk=found.pk)
    answer = _show(request, actor, fresh, PersonForm(person=fresh), links=links)
    answer["Cache-Control"] = "no-store"
    return answer


@page
@require_POST
def switch(request: MemberRequest, person: int) -> HttpResponse:
    """Close a login, with his appointments or without, or open it again."""
    found, actor = person_of(request, person)
    active, ending = request.POST.get("active") == "1", "end" in request.POST
    try:
        ended = people.set_active(actor, found, active=active, end_appointments=ending)
    except Conflict as refusal:  # The page says what stands in the way beside what else he leaves.
        fresh = User.objects.get(pk=found.pk)
        return _show(
            request, actor, fresh, PersonForm(person=fresh), refusal.status, in_the_way=refusal.sentence
        )
    sentence = _("เปิดการใช้งานแล้ว") if active else _("ปิดการใช้งานแล้ว")
    if ended:
        sentence = _("ปิดการใช้งานแล้ว และการแต่งตั้ง %(count)s รายการสิ้นสุด") % {"count": ended}
    return done(request, sentence, "person", person=found.pk)
