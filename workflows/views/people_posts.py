"""The authority's units and posts: pages of its administrator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ita_core import thai
from ita_core.administration import is_referred_to
from ita_core.membership import MemberRequest
from ita_core.models import Appointment, OrgUnit, Post
from workflows import people
from workflows.officers import Actor
from workflows.people_forms import PostForm, UnitForm
from workflows.views.page import page
from workflows.views.people import administering, done, posting, typed_in


@page
@require_safe
def posts(request: MemberRequest) -> HttpResponse:
    organisation = administering(request).organisation
    held: dict[int, list[Appointment]] = {}
    for row in Appointment.objects.of(organisation).on(thai.today()).select_related("user"):
        held.setdefault(row.post_id, []).append(row)
    by_unit: dict[int | None, list[tuple[Post, list[Appointment]]]] = {}
    for post in Post.objects.of(organisation).order_by("pk"):
        by_unit.setdefault(post.unit_id, []).append((post, held.get(post.pk, [])))
    context = {
        "own": by_unit.get(None, []),
        "units": [
            (unit, by_unit.get(unit.pk, []))
            for unit in OrgUnit.objects.of(organisation).select_related("parent")
        ],
    }
    return render(request, "workflows/people/posts.html", context)


@page
@posting
def unit(request: MemberRequest, unit: int | None = None) -> HttpResponse:
    actor = administering(request)
    rows = list(OrgUnit.objects.of(actor.organisation))
    row = _row(rows, unit) or OrgUnit(organisation=actor.organisation)
    initial = {"name": row.name, "kind": row.kind, "parent": row.parent_id or ""} if row.pk else {}
    form = UnitForm(request.POST or None, units=[one for one in rows if one.pk != row.pk], initial=initial)

    def save() -> Any:
        typed = form.cleaned_data
        parent = _row(rows, typed["parent"])
        return people.save_unit(actor, row, name=typed["name"], kind=typed["kind"], parent=parent)

    title = row.name if row.pk else _("เพิ่มส่วนราชการ")
    return _edit(request, actor, row, form, save, title)


@page
@posting
def post(request: MemberRequest, post: int | None = None) -> HttpResponse:
    actor = administering(request)
    units = list(OrgUnit.objects.of(actor.organisation))
    row = _row(list(Post.objects.of(actor.organisation)), post) or Post(organisation=actor.organisation)
    initial = {"title": row.title, "role": row.role, "unit": row.unit_id or ""} if row.pk else {}
    form = PostForm(request.POST or None, units=units, initial=initial)

    def save() -> Any:
        typed = form.cleaned_data
        unit = _row(units, typed["unit"])
        return people.save_post(actor, row, title=typed["title"], role=typed["role"], unit=unit)

    title = row.title if row.pk else _("เพิ่มตำแหน่ง")
    return _edit(request, actor, row, form, save, title)


def _row(rows: list[Any], key: int | None) -> Any:
    """One of the authority's; None for no key, 404 for another's."""
    if key is None:
        return None
    found = next((row for row in rows if row.pk == key), None)
    if found is None:
        raise Http404
    return found


def _edit(
    request: MemberRequest, actor: Actor, row: Any, form: forms.Form, save: Callable[[], Any], title: str
) -> HttpResponse:
    if request.method == "POST" and "remove" in request.POST and row.pk:
        people.remove(actor, row)
        return done(request, _("ลบแล้ว"), "posts")
    made, status, sentence = typed_in(request, form, save)
    if made is not None:
        return done(request, _("บันทึกแล้ว"), "posts")
    context = {
        "form": form,
        "sentence": sentence,
        "title": title,
        "button": _("บันทึก"),
        "back": "workflows:posts",
        "back_name": _("ส่วนราชการและตำแหน่ง"),
        "may_remove": bool(row.pk) and not is_referred_to(row),
    }
    return render(request, "workflows/people/form.html", context, status=status)
