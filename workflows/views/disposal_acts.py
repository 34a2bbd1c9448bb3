"""What is said of a list of reports to be destroyed: the committee, the Archives' answer, the head, or that it is dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ita_core import language
from ita_core.membership import MemberRequest
from memos import scans
from workflows import disposal_lines, disposing
from workflows import disposal_permissions as permissions
from workflows.disposal_forms import AnswerForm, ApproveForm, DropForm, JudgeForm
from workflows.disposed import DisposalList, DisposalOpinion
from workflows.refusals import BadInput, Refused
from workflows.views.confirming import confirmed
from workflows.views.disposals import back_to_list, list_of, posting, show
from workflows.views.page import page


@page
@posting
def judge(request: MemberRequest, pk: int) -> HttpResponse:
    found, actor = list_of(request, pk)
    if request.method != "POST":
        permissions.check_may_judge(actor, found)
    mine = DisposalOpinion.objects.of(actor.organisation).filter(member__list=found, member__user=actor.user)
    before = {one.line_id: one for one in mine}
    form = JudgeForm(request.POST or None, views=disposal_lines.lines(found), said=before)

    def act() -> str:
        disposing.judge(actor, pk, said=form.said())
        return _("บันทึกความเห็นแล้ว เปลี่ยนได้จนกว่าจะบันทึกคำตอบของหอจดหมายเหตุแห่งชาติ")

    return _ask(request, found, form, act, {"title": _("ความเห็นของกรรมการ"), "button": _("บันทึกความเห็น")})


@page
@posting
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    found, actor = list_of(request, pk)
    if request.method != "POST":
        permissions.check_may_note_answer(actor, found)
    initial = {
        "number": found.archives_number,
        "dated": found.archives_date,
        "keep": list(found.lines.filter(archives_keep=True).values_list("pk", flat=True)),
    }
    form = AnswerForm(
        request.POST or None, request.FILES or None, views=disposal_lines.lines(found), initial=initial
    )

    def act() -> str:
        typed = form.cleaned_data
        disposing.note_answer(
            actor, pk, number=typed["number"], dated=typed["dated"], keep=typed["keep"],
            scan=_scanned(typed["scan"]),
        )  # fmt: skip
        return _("บันทึกคำตอบของหอจดหมายเหตุแห่งชาติแล้ว")

    return _ask(
        request, found, form, act, {"title": _("คำตอบของหอจดหมายเหตุแห่งชาติ"), "button": _("บันทึกคำตอบ")}
    )


def _scanned(files: list[bytes]) -> bytes | None:
    """Read before the locks are taken: that takes seconds."""
    try:
        return scans.read(files).pdf if files else None
    except scans.ScanProblem as problem:
        raise BadInput(problem.sentence) from problem


@page
@posting
def drop(request: MemberRequest, pk: int) -> HttpResponse:
    found, actor = list_of(request, pk)
    if request.method != "POST":
        permissions.check_may_drop(actor, found)
    form = DropForm(request.POST or None)

    def act() -> str:
        disposing.drop(actor, pk, **form.cleaned_data)
        return _("ยกเลิกบัญชีแล้ว ไม่มีสิ่งใดถูกทำลาย")

    question = _("บัญชีนี้จะสิ้นสุดโดยไม่ทำลายสิ่งใด เรื่องในบัญชีนำไปอยู่ในบัญชีอื่นได้")
    words = {"title": _("ยกเลิกบัญชี"), "question": question, "button": _("ยกเลิกบัญชี"), "grave": True}
    return _ask(request, found, form, act, words)


@page
@require_POST
def approve(request: MemberRequest, pk: int) -> HttpResponse:
    """The head's approval stands on the list's own page: he approves what he reads there."""
    found, actor = list_of(request, pk)
    permissions.check_may_approve(actor, found)
    form = ApproveForm(request.POST)
    if not form.is_valid():
        return show(request, found, actor, form, status=400)
    try:
        disposing.approve(confirmed(request, actor), pk, shown=form.cleaned_data["shown"])
    except Refused as refusal:
        return show(request, found, actor, sentence=refusal.sentence, status=refusal.status)
    return back_to_list(request, found, _("อนุมัติและทำลายตามบัญชีแล้ว"))


def _ask(
    request: MemberRequest,
    found: DisposalList,
    form: forms.Form,
    act: Callable[[], str],
    words: dict[str, Any],
) -> HttpResponse:
    """The boxes on GET, the deed on POST; what is refused is said on the same page and what was typed stays."""
    status, sentence = 200, ""
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                return back_to_list(request, found, act())
            except Refused as refusal:
                status, sentence = refusal.status, refusal.sentence
    context = {"form": form, "sentence": language.shown(sentence), "found": found, **words}
    return render(request, "workflows/disposal_form.html", context, status=status)
