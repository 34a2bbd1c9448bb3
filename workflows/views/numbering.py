"""A report's number: given and taken away on pages of their own, reached from the report and from the register."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ita_core import language
from ita_core.membership import MemberRequest
from memos import register
from memos.models import Register
from workflows import actions
from workflows import register_permissions as permissions
from workflows.models import Approval
from workflows.officers import Actor
from workflows.register_forms import NumberForm, VoidForm
from workflows.views.asking import ask, asking, back_to_report
from workflows.views.page import approval_of, page
from workflows.views.register import Other, book_words


@page
@asking
def number(request: MemberRequest, pk: int) -> HttpResponse:
    """``?register=`` picks another book than the first that may number the report now."""
    approval, actor = approval_of(request, pk)
    permissions.check_may_register(actor)
    books = register.of(actor.organisation)
    book = _book(books, actor, approval, request.GET.get("register", ""))
    if request.method != "POST":
        permissions.check_may_number(actor, approval, book)

    def act(typed: dict[str, Any]) -> HttpResponse:
        made = actions.number(actor, pk, book=book.pk, **typed)
        said = _("ออกเลข %(text)s แล้ว เอกสารชุดใหม่มีเลขนี้") % {"text": language.shown(made.number)}
        return back_to_report(request, pk, said)

    here = reverse("workflows:number", kwargs={"org": actor.organisation.slug, "pk": pk})
    words = {
        "title": _("ออกเลขบันทึกข้อความ"),
        "question": book_words(book),
        "others": [Other(str(one), f"{here}?register={one.pk}") for one in books if one != book],
        "button": _("ออกเลข"),
    }
    return ask(request, approval, NumberForm(request.POST or None, book=book), act, words)


def _book(books: list[Register], actor: Actor, approval: Approval, asked: str) -> Register:
    """The one asked for; else the first that may number the report now; else the first, which then says why not."""
    chosen = next((book for book in books if str(book.pk) == asked), None)
    fitting = (book for book in books if not permissions.may_number(actor, approval, book))
    return chosen or next(fitting, books[0])


@page
@asking
def void_number(request: MemberRequest, pk: int) -> HttpResponse:
    approval, actor = approval_of(request, pk)
    if request.method != "POST":
        permissions.check_may_void_number(actor, approval)
    now = register.in_use(actor.organisation, pk)

    def act(typed: dict[str, Any]) -> HttpResponse:
        actions.void_number(actor, pk, **typed)
        return back_to_report(request, pk, _("ยกเลิกเลขแล้ว เลขนี้ยังอยู่ในทะเบียนและใช้ซ้ำไม่ได้"))

    question = _(
        "เลขจะอยู่ในทะเบียนว่ายกเลิกพร้อมเหตุผล และใช้ซ้ำไม่ได้ เอกสารที่พิมพ์เลขนี้ไปแล้วยังเก็บไว้ เอกสารชุดต่อไปจะไม่มีเลขนี้"
    )
    words = {
        "title": _("ยกเลิกเลข %(text)s") % {"text": language.shown(now.text)} if now else _("ยกเลิกเลข"),
        "question": question,
        "button": _("ยกเลิกเลข"),
        "grave": True,
    }
    return ask(request, approval, VoidForm(request.POST or None), act, words)
