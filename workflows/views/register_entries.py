"""What a registrar writes in a register beside reports: a paper, reserved numbers, a void one, a remark."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ita_core import language
from ita_core.membership import MemberRequest
from memos.models import Register, RegisterEntry
from workflows import numbering
from workflows import register_permissions as permissions
from workflows.officers import Actor
from workflows.refusals import Refused
from workflows.register_forms import EntryForm, RemarkForm, ReserveForm, VoidForm
from workflows.views.asking import asking
from workflows.views.page import page
from workflows.views.register import book_of, book_words


@page
@asking
def enter(request: MemberRequest, register: int) -> HttpResponse:
    actor, book = _registrar(request, register)
    form = EntryForm(request.POST or None, book=book)

    def act(typed: dict[str, Any]) -> str:
        made = numbering.enter(
            actor,
            book=book.pk,
            line=form.line(),
            typed=typed.get("typed", ""),
            reserved=typed.get("reserved"),
        )
        return _("ลงทะเบียนแล้ว ได้เลข %(text)s") % {"text": language.shown(made.text)}

    words = {"title": _("ลงทะเบียนหนังสืออื่น"), "question": book_words(book), "button": _("ลงทะเบียน")}
    return _ask(request, book, form, act, words)


@page
@asking
def reserve(request: MemberRequest, register: int) -> HttpResponse:
    actor, book = _registrar(request, register)

    def act(typed: dict[str, Any]) -> str:
        made = numbering.reserve(actor, book=book.pk, **typed)
        first, last = language.shown(made[0].text), language.shown(made[-1].text)
        return _("จองเลข %(first)s ถึง %(last)s แล้ว") % {"first": first, "last": last}

    words = {"title": _("จองเลข"), "question": book_words(book), "button": _("จองเลข")}
    if not book.allocates:
        words["nobody"] = _("ทะเบียนนี้ใช้เลขจากสมุดทะเบียนของสำนักงาน จึงจองเลขในสมุด")
    return _ask(request, book, ReserveForm(request.POST or None), act, words)


@page
@asking
def void(request: MemberRequest, register: int, entry: int) -> HttpResponse:
    actor, book = _registrar(request, register)
    there = _entry(book, entry)
    if request.method != "POST":
        permissions.check_may_void_entry(actor, there)

    def act(typed: dict[str, Any]) -> str:
        numbering.void_entry(actor, book=book.pk, entry=there.pk, **typed)
        return _("ยกเลิกเลขแล้ว เลขนี้ยังอยู่ในทะเบียนและใช้ซ้ำไม่ได้")

    words = {
        "title": _("ยกเลิกเลข %(text)s") % {"text": language.shown(there.text)},
        "question": _("เลขจะอยู่ในทะเบียนว่ายกเลิกพร้อมเหตุผล และใช้ซ้ำไม่ได้"),
        "said": there.subject,
        "button": _("ยกเลิกเลข"),
        "grave": True,
    }
    return _ask(request, book, VoidForm(request.POST or None), act, words)


@page
@asking
def remark(request: MemberRequest, register: int, entry: int) -> HttpResponse:
    actor, book = _registrar(request, register)
    there = _entry(book, entry)

    def act(typed: dict[str, Any]) -> str:
        numbering.remark_entry(actor, book=book.pk, entry=there.pk, **typed)
        return _("บันทึกการปฏิบัติและหมายเหตุแล้ว")

    words = {
        "title": _("การปฏิบัติและหมายเหตุของเลข %(text)s") % {"text": language.shown(there.text)},
        "said": there.subject,
        "button": _("บันทึก"),
    }
    form = RemarkForm(request.POST or None, initial={"action": there.action, "note": there.note})
    return _ask(request, book, form, act, words)


def _registrar(request: MemberRequest, pk: int) -> tuple[Actor, Register]:
    """Who writes, in which register; 404 for another authority's, NotAllowed for others than registrars."""
    book, _books = book_of(request, pk)
    actor = Actor.of(request.membership)
    permissions.check_may_register(actor)
    return actor, book


def _entry(book: Register, pk: int) -> RegisterEntry:
    rows = RegisterEntry.objects.of(book.organisation).filter(register=book, pk=pk)
    found = rows.first()
    if found is None:
        raise Http404
    return found


def _ask(
    request: MemberRequest,
    book: Register,
    form: forms.Form,
    act: Callable[[dict[str, Any]], str],
    words: dict[str, Any],
) -> HttpResponse:
    """The boxes on GET, the deed on POST; what is refused is said on the same page and what was typed stays."""
    here = {"org": request.membership.organisation.slug, "register": book.pk}
    back = reverse("workflows:register_of", kwargs=here)
    status, sentence = 200, ""
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                messages.success(request, act(form.cleaned_data))
                return HttpResponseRedirect(back)
            except Refused as refusal:
                status, sentence = refusal.status, refusal.sentence
    context = {"form": form, "sentence": sentence, "book": book, "back": back, **words}
    return render(request, "workflows/register_form.html", context, status=status)
