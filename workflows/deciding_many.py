"""Several reports decided in a row: each shown with what matters, each with its own opinion, each recorded on its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from memos import checks
from memos.fields import PaperField
from workflows import actions, changed, deciding, history, inbox, looking, opinions, permissions, pictured
from workflows.acting import LIMIT
from workflows.models import Act, Approval, ApprovalStep
from workflows.permissions import Actor
from workflows.refusals import BadInput, Refused

MOST = 10
"""Reports on one page: more are not read, only clicked through."""
_STALE = _("เนื้อหามีการแก้ไขหลังจากที่ท่านเปิดอ่าน โปรดตรวจสอบอีกครั้ง")


class OneForm(forms.Form):
    """An opinion on one report; every name begins with the report's number."""

    include = forms.BooleanField(required=False)
    step = forms.IntegerField(error_messages={"required": _STALE, "invalid": _STALE})
    content = forms.CharField(max_length=64, error_messages={"required": _STALE, "max_length": _STALE})
    opinion = PaperField(label=_("ความเห็น"), required=False, strip=False, limit=LIMIT)
    preset = PaperField(label=_("ความเห็นสำเร็จรูป"), required=False, limit=LIMIT)

    def words(self) -> str:
        """What was picked, then what was typed."""
        picked, typed = self.cleaned_data["preset"], self.cleaned_data["opinion"].strip()
        return "\n".join(text for text in (picked if picked not in typed else "", typed) if text)


@dataclass
class Item:
    """A report on the page. ``sentence`` says why it was not decided; ``done`` is the act when it was."""

    approval: Approval
    actor: Actor
    form: OneForm
    sentence: str = ""
    done: Act | None = None
    asked: bool = field(default=False)

    @cached_property
    def step(self) -> ApprovalStep | None:
        return permissions.current_step(self.approval)

    @property
    def typed(self) -> str:
        """What was picked and typed, whether or not it could be read; to be copied when it is not his turn any more."""
        fields = (self.form["preset"].value(), self.form["opinion"].value())
        return "\n".join(text for text in fields if text)

    @cached_property
    def why_not(self) -> str:
        return permissions.may_decide(self.actor, self.approval, self.step)

    @cached_property
    def presets(self) -> list[str]:
        return opinions.presets(self.step) if self.step else []

    @cached_property
    def _acts(self) -> list[Act]:
        return [deed.act for deed in history.deeds(self.approval)]

    @property
    def said(self) -> list[Act]:
        """The opinions of this round so far."""
        return deciding.said(self.approval, self._acts)

    @cached_property
    def changes(self) -> int | None:
        """How many places read otherwise than what this person knows; None when he knows nothing else."""
        found = changed.comparison(self.approval, self.actor, self._acts)
        return found.count if found else None

    @cached_property
    def open_checks(self) -> int:
        return len(checks.findings(self.approval.report))

    @cached_property
    def first_page(self) -> pictured.Page | None:
        latest = self.latest
        return next(iter(pictured.of_set(latest).pages), None) if latest else None

    @cached_property
    def latest(self) -> Act | None:
        return next((act for act in reversed(self._acts) if act.document_set_id), None)

    @property
    def ticked(self) -> bool:
        return bool(self.form.data.get(self.form.add_prefix("include")))

    def decide(self) -> None:
        """In a transaction of its own: what is refused here leaves the others as they are."""
        if not self.ticked:
            return
        if not self.form.is_valid():
            self.sentence = str(next(iter(self.form.errors.values()))[0])
            return
        shown = {name: self.form.cleaned_data[name] for name in ("step", "content")}
        self.asked = True
        try:
            self.done = actions.endorse(
                self.actor, self.approval.report_id, opinion=self.form.words(), **shown
            )
        except Refused as refusal:
            self.sentence = refusal.sentence


def chosen(actor: Actor, membership: Any, numbers: Sequence[str], posted: QueryDict | None) -> list[Item]:
    """The reports that were asked for, or else the first that wait for the person; unknown ones are left out.

    BadInput when there are too many of them.
    """
    wanted = list(
        dict.fromkeys(int(number) for number in numbers if number.isdecimal() and len(number) <= 18)
    )
    if len(wanted) > MOST:
        raise BadInput(gettext("พิจารณาพร้อมกันได้ครั้งละไม่เกิน ๑๐ เรื่อง"))
    if not wanted:
        waiting = inbox.LISTS["waiting"].page(membership, 0, MOST)
        wanted = [step.approval.report_id for step in waiting]
    rows = Approval.objects.of(actor.organisation).filter(report__in=wanted)
    found = {
        approval.report_id: approval
        for approval in rows.select_related(
            "organisation", "report__organisation", "report__drafter", "report__item", "content"
        )
    }
    readable = [found[pk] for pk in wanted if pk in found and not permissions.may_view(actor, found[pk])]
    return [Item(one, actor, OneForm(posted, prefix=f"r{one.report_id}")) for one in readable]


def again(actor: Actor, membership: Any, items: Sequence[Item], posted: QueryDict) -> list[Item]:
    """The reports as they stand after the others were decided, with what was typed and why they were not."""
    sentences = {item.approval.report_id: (item.sentence, item.asked) for item in items}
    fresh = chosen(actor, membership, [str(pk) for pk in sentences], posted) if sentences else []
    for item in fresh:
        item.sentence, item.asked = sentences[item.approval.report_id]
    return fresh


def note(items: Sequence[Item]) -> None:
    """He has them before him now."""
    for item in items:
        looking.note(item.approval, item.actor.user)
