"""Acts that leave the state where it is: they are in the chain because somebody relied on them, and make no paper.

Views and prepared decisions belong to the step that waits, and end with it; orders and circulation come after the
signature. actions.py tells these names too: it is the only door.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from ita_core import language, thai
from ita_core.models import Appointment, User
from workflows import acting, notifications, permissions
from workflows.models import Act, Approval, ApprovalStep, Errand, Preparation, View
from workflows.permissions import Actor
from workflows.refusals import BadInput, Conflict, NotAllowed

MOST_RECEIVERS = 100
# What a prepared decision may be, as the act says it: Thai whatever the reader's language.
DECISIONS = {
    "forward": "เสนอให้ลงความเห็นและเสนอต่อ",
    "differ": "เสนอให้เห็นต่าง แล้วเสนอต่อ",
    "send_back": "เสนอให้ส่งคืนแก้ไข",
    "refuse": "เสนอให้ไม่อนุมัติ",
}


@transaction.atomic
def ask_view(actor: Actor, report_id: int, *, step: int, content: str, of: int, question: str) -> Act:
    """Ask a colleague before deciding; the step stays the asker's, who need not wait for the answer."""
    approval = acting.locked(actor, report_id)
    waiting, appointment = acting.decision(actor, approval, step, content)
    words = acting.text(question, _("โปรดพิมพ์ประเด็นที่ขอความเห็น"))
    asked = _serving(actor, [of], _("โปรดเลือกผู้ที่จะขอความเห็น"))[0]
    if asked.pk == actor.user.pk:
        raise BadInput(_("ขอความเห็นจากตนเองไม่ได้ โปรดเลือกผู้อื่น"))
    waited_for = approval.views.filter(closed_at__isnull=True).values_list("of", flat=True)
    if asked.pk in set(waited_for):
        raise Conflict(_("ขอความเห็นจาก%(name)sไว้แล้ว และยังรอคำตอบอยู่") % {"name": asked.full_name})
    act = acting.aside(
        actor,
        approval,
        appointment,
        Act.Kind.ASK_VIEW,
        step=waiting,
        reason=f"ถึง {asked.full_name}\n{words}",
    )
    View.objects.bulk_create(
        [
            View(
                organisation=actor.organisation,
                approval=approval,
                step=waiting,
                asked=act,
                of=asked,
                question=words,
            )
        ]
    )
    notifications.view_asked(act, asked, words)
    return act


@transaction.atomic
def give_view(actor: Actor, report_id: int, *, view: int, text: str) -> Act:
    """The answer of who was asked, in the words that the officer of the step then reads."""
    approval = acting.locked(actor, report_id)
    asked = approval.views.filter(pk=view).select_related("of", "step", "asked").first()
    if asked is None:
        raise NotAllowed(_("ไม่พบการขอความเห็นนี้ในเรื่องนี้"))
    appointment = permissions.check_may_give_view(actor, approval, asked)
    words = acting.text(text, _("โปรดพิมพ์ความเห็นของท่าน"))
    act = acting.aside(actor, approval, appointment, Act.Kind.GIVE_VIEW, step=asked.step, opinion=words)
    asked.given, asked.closed_at = act, act.acted_at
    asked.save(update_fields=["given", "closed_at"])
    notifications.view_given(act, asked)
    return act


@transaction.atomic
def prepare(
    actor: Actor,
    report_id: int,
    *,
    step: int,
    content: str,
    decision: str,
    stance: str = "",
    opinion: str = "",
    reason: str = "",
    note: str = "",
) -> Act:
    """Lay a decision ready before the officer of the step, who takes it, changes it or leaves it. Replaces the last one."""
    approval = acting.locked(actor, report_id)
    waiting = acting.shown_step(approval, step)
    appointment = permissions.check_may_prepare(actor, approval, waiting)
    acting.check_shown(approval, content)
    ready = _ready(waiting, decision, stance, opinion, reason, note)
    lines = [DECISIONS[decision], ready["reason"], ready["note"]]
    act = acting.aside(
        actor,
        approval,
        appointment,
        Act.Kind.PREPARE,
        step=waiting,
        opinion=ready["opinion"],
        reason="\n".join(filter(None, lines)),
        stance=ready["stance"],
    )
    Preparation.objects.of(actor.organisation).update_or_create(
        step=waiting, defaults={**ready, "act": act, "organisation": actor.organisation}
    )
    return act


def _ready(
    waiting: ApprovalStep, decision: str, stance: str, opinion: str, reason: str, note: str
) -> dict[str, str]:
    """What the officer's form will be filled with; complete, so that he may take it as it stands."""
    if decision not in DECISIONS:
        raise BadInput(_("โปรดเลือกว่าจะเสนอให้พิจารณาอย่างไร"))
    if decision == "refuse" and not waiting.is_final:
        raise BadInput(_("การไม่อนุมัติเป็นอำนาจของผู้ลงนามขั้นสุดท้ายเท่านั้น"))
    if stance not in Act.Stance.values:
        raise BadInput(_("โปรดเลือกว่าเห็นชอบหรือเห็นต่าง"))
    forwards = decision in ("forward", "differ")
    differs = decision == "differ" or (forwards and stance == Act.Stance.DIFFERS)
    told = _("โปรดระบุเหตุผลที่ไม่อนุมัติ") if decision == "refuse" else _("โปรดระบุเหตุผลที่ส่งคืน")
    return {
        "decision": decision,
        "stance": str(Act.Stance.DIFFERS if differs else Act.Stance.AGREES if forwards else Act.Stance.NONE),
        "opinion": acting.text(opinion, _("โปรดเลือกหรือพิมพ์ความเห็น") if forwards else ""),
        "reason": acting.text(reason, "" if forwards else told),
        "note": acting.text(note),
    }


@transaction.atomic
def assign(actor: Actor, report_id: int, *, to: Sequence[int], order: str) -> Act:
    """Give the signed report to those who carry it out; each acknowledges it."""
    approval = acting.locked(actor, report_id)
    appointment = permissions.check_may_assign(actor, approval)
    words = acting.text(order, _("โปรดพิมพ์ข้อความที่มอบหมาย"))
    return _send(actor, approval, appointment, Act.Kind.ASSIGN, to, words)


@transaction.atomic
def circulate(actor: Actor, report_id: int, *, to: Sequence[int], note: str = "") -> Act:
    """Send the signed report round to be read; each acknowledges it."""
    approval = acting.locked(actor, report_id)
    appointment = permissions.check_may_circulate(actor, approval)
    return _send(actor, approval, appointment, Act.Kind.CIRCULATE, to, acting.text(note))


@transaction.atomic
def acknowledge(actor: Actor, report_id: int, *, errand: int) -> Act:
    """What was assigned or circulated to the actor has reached him."""
    approval = acting.locked(actor, report_id)
    found = approval.errands.filter(pk=errand).select_related("to", "act").first()
    if found is None:
        raise NotAllowed(_("ไม่พบการมอบหมายหรือการเวียนนี้ในเรื่องนี้"))
    appointment = permissions.check_may_acknowledge(actor, approval, found)
    act = acting.aside(
        actor,
        approval,
        appointment,
        Act.Kind.ACKNOWLEDGE,
        reason=f"{_DEEDS[found.act.kind]}โดย {found.act.printed_name}",
    )
    found.acknowledged = act
    found.save(update_fields=["acknowledged"])
    return act


_DEEDS = {Act.Kind.ASSIGN.value: "มอบหมาย", Act.Kind.CIRCULATE.value: "เวียน"}


def _send(
    actor: Actor, approval: Approval, appointment: Appointment, kind: Act.Kind, to: Sequence[int], words: str
) -> Act:
    """One act for all of them, and an errand for each."""
    receivers = _serving(actor, to, _("โปรดเลือกผู้รับอย่างน้อยหนึ่งคน"))
    for open_one in approval.errands.filter(acknowledged__isnull=True).select_related("to", "act"):
        if open_one.to in receivers and (open_one.act.kind, open_one.act.opinion) == (kind, words):
            raise Conflict(_("ส่งข้อความนี้ถึง%(name)sแล้ว และยังรอการรับทราบ") % {"name": open_one.to.full_name})
    names = ", ".join(receiver.full_name for receiver in receivers)
    act = acting.aside(actor, approval, appointment, kind, opinion=words, reason=f"ถึง {names}")
    Errand.objects.bulk_create(
        Errand(organisation=actor.organisation, approval=approval, act=act, to=receiver)
        for receiver in receivers
    )
    notifications.sent(act, receivers)
    return act


def _serving(actor: Actor, ids: Sequence[int], nobody: str) -> list[User]:
    """The people as chosen, each once; BadInput with ``nobody`` for none, or when one does not serve here today."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        raise BadInput(nobody)
    if len(wanted) > MOST_RECEIVERS:
        raise BadInput(_("เลือกผู้รับได้ไม่เกิน %(most)s คน") % {"most": language.shown(MOST_RECEIVERS)})
    rows = Appointment.objects.of(actor.organisation).on(thai.today()).filter(user__in=wanted)
    found = {row.user_id: row.user for row in rows.select_related("user")}
    if set(found) != set(wanted):
        raise BadInput(_("ผู้ที่เลือกบางคนไม่มีตำแหน่งในหน่วยงานนี้ในวันนี้ โปรดเลือกใหม่"))
    return [found[pk] for pk in wanted]
