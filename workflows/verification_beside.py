"""Does what stands beside the decisions say what their acts carry? Remarks, views, prepared decisions, orders.

Their words are in the acts too, which are hashed: a row that reads otherwise was changed behind the back, and a row that
its act tells of must be there. What no act carries (an answer to a remark, the row of the working copy that it goes along
with) can be written at any time and is not looked at. A fault is told as (place, what), as verification.py has them.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from django.db.models import Q

from ita_core.models import Appointment, Organisation, User
from memos import archive, content
from memos.models import ContentVersion
from workflows import pinning
from workflows.asides import DECISIONS
from workflows.models import Act, ApprovalStep, Comment, Errand, Preparation, View
from workflows.remarks import line_of

Found = Iterator[tuple[str, str]]
_ORDERS = (Act.Kind.ASSIGN, Act.Kind.CIRCULATE)
_OTHERWISE = "its words are not those of the act"


def remarks(organisation: Organisation, every: Sequence[Act]) -> Found:
    """Each is a line of its act's reason, the last ones in their order, and pinned to what the content says there.

    A reason may have lines before them that somebody typed, so that a remark which is gone is missed only by those
    that stood before it; the act says it all the same.
    """
    acts = {act.pk: act for act in every}
    by_act: dict[UUID, list[Comment]] = defaultdict(list)
    here = Q(organisation=organisation) | Q(act__in=Act.objects.of(organisation))
    for comment in Comment.objects.across_organisations().filter(here).order_by("pk"):
        by_act[comment.act_id].append(comment)
    for pk, comments in by_act.items():
        act = acts.get(pk)
        pins = _pins(organisation, act) if act else {}
        lines = act.reason.split("\n")[-len(comments) :] if act else []
        for number, comment in enumerate(comments):
            place, pin = f"{organisation.slug}/comment/{comment.pk}", pins.get(comment.place)
            if act is None or act.kind != Act.Kind.SEND_BACK or _owners(act) != _owners(comment):
                yield place, "the act that it names sent nothing back with it"
            elif lines[number : number + 1] != [line_of(comment.label, comment.text)]:
                yield place, _OTHERWISE
            elif pin is None or (pin.label, pin.text) != (comment.label, comment.quote):
                yield place, "what it is pinned to does not stand there in the content that was sent back"


def _owners(row: Act | Comment) -> tuple[int, int]:
    return row.organisation_id, row.approval_id


def _pins(organisation: Organisation, act: Act) -> Mapping[str, pinning.Pin]:
    """Empty when the content is gone, which is told as a fault of its own."""
    rows = ContentVersion.objects.of(organisation).filter(sha256=act.content_sha256)
    version = rows.filter(report__approval=act.approval_id).first()
    if version is None or archive.sha256(bytes(version.canonical)) != version.sha256:
        return {}
    return pinning.by_place(content.load(version))


def views(organisation: Organisation, acts: Sequence[Act]) -> Found:
    """Each was asked by an act of its step, in these words; an answered one has the answer of who was asked."""
    asked: dict[UUID | None, Act] = {act.pk: act for act in acts if act.kind == Act.Kind.ASK_VIEW}
    given: dict[UUID | None, Act] = {act.pk: act for act in acts if act.kind == Act.Kind.GIVE_VIEW}
    moments = {(act.approval_id, act.acted_at) for act in acts}
    for view in View.objects.of(organisation).select_related("step", "of"):
        place = f"{organisation.slug}/view/{view.pk}"
        question, answer = asked.pop(view.asked_id, None), given.pop(view.given_id, None)
        if question is None or not _is_of(question, view.step) or question.approval_id != view.approval_id:
            yield place, "the act that it names did not ask it at its step"
        elif question.reason.partition("\n")[2] != view.question:
            yield place, _OTHERWISE
        elif _went_to_others(question, [view.of]):
            yield place, "the act asked somebody else"
        elif view.given_id and (answer is None or (answer.user_id, answer.step_position) != _answers(view)):
            yield place, "the act that it names did not answer it"
        elif not _ends_rightly(view, answer, moments):
            yield place, "it is not open or closed as its step and its answer say"
    for act in [*asked.values(), *given.values()]:
        yield f"{organisation.slug}/act/{act.sequence}/view", "the view that the act tells of is missing"


def _answers(view: View) -> tuple[int, int]:
    return view.of_id, view.step.position


def _ends_rightly(view: View, answer: Act | None, moments: set[tuple[int, datetime.datetime]]) -> bool:
    if answer is not None:
        return view.closed_at == answer.acted_at
    if view.closed_at is None:
        return view.step.closed_at is None
    return view.step.closed_at is not None and (view.approval_id, view.closed_at) in moments


def preparations(organisation: Organisation, acts: Sequence[Act]) -> Found:
    """A step holds the last that was prepared for it; what was replaced is in the acts alone."""
    prepared = [act for act in acts if act.kind == Act.Kind.PREPARE]
    last = {(act.approval_id, act.round, act.step_position): act for act in prepared}
    for ready in Preparation.objects.of(organisation).select_related("step"):
        place, step = f"{organisation.slug}/preparation/{ready.pk}", ready.step
        act = last.pop((step.approval_id, step.round, step.position), None)
        if act is None or act.pk != ready.act_id:
            yield place, "the act that it names did not prepare it last for its step"
            continue
        lines = [DECISIONS.get(ready.decision, ""), ready.reason, ready.note]
        told = (act.opinion, act.stance, act.reason)
        if told != (ready.opinion, ready.stance, "\n".join(filter(None, lines))):
            yield place, _OTHERWISE
    for act in last.values():
        yield f"{organisation.slug}/act/{act.sequence}/preparation", "what the act prepared is missing"


def errands(organisation: Organisation, acts: Sequence[Act]) -> Found:
    """Each was sent by an act that names who gets it, and acknowledged by nobody else."""
    sent: dict[UUID, tuple[Act, list[Errand]]] = {act.pk: (act, []) for act in acts if act.kind in _ORDERS}
    taken: dict[UUID | None, Act] = {act.pk: act for act in acts if act.kind == Act.Kind.ACKNOWLEDGE}
    for errand in Errand.objects.of(organisation).select_related("to").order_by("pk"):
        place, (act, of_act) = f"{organisation.slug}/errand/{errand.pk}", sent.get(errand.act_id, (None, []))
        of_act.append(errand)
        answer = taken.pop(errand.acknowledged_id, None)
        if act is None or act.approval_id != errand.approval_id:
            yield place, "the act that it names sent nothing to anybody"
        elif errand.acknowledged_id and not _took(answer, errand):
            yield place, "the act that it names did not acknowledge it"
    for act, of_act in sent.values():
        people = [errand.to for errand in of_act]
        strangers = {user.pk for user in _went_to_others(act, people)}
        for errand in of_act:
            if errand.to_id in strangers:
                yield f"{organisation.slug}/errand/{errand.pk}", "the act sent it to somebody else"
        if _names_more(act, people):
            yield f"{organisation.slug}/act/{act.sequence}/errand", "not all that the act sent is there"
    for act in taken.values():
        yield f"{organisation.slug}/act/{act.sequence}/errand", "what the act acknowledged is missing"


def _took(answer: Act | None, errand: Errand) -> bool:
    return answer is not None and (answer.user_id, answer.approval_id) == (errand.to_id, errand.approval_id)


def _is_of(act: Act, step: ApprovalStep) -> bool:
    return (act.approval_id, act.round, act.step_position) == (step.approval_id, step.round, step.position)


def _named(act: Act) -> str:
    return act.reason.partition("\n")[0].removeprefix("ถึง ")


def _names_more(act: Act, people: Sequence[User]) -> bool:
    """Names stand between commas, and a name may hold one itself."""
    return _named(act).count(", ") + 1 > sum(user.full_name.count(", ") + 1 for user in people)


def _went_to_others(act: Act, people: Sequence[User]) -> list[User]:
    """Those of ``people`` whom the act does not name, while a name of it is another officer's.

    The act holds names as they were: a person who was renamed since is nobody's name any more, and no fault.
    """
    names = _named(act).split(", ")
    if ", ".join(names) == ", ".join(user.full_name for user in people):
        return []
    unnamed = [user for user in people if user.full_name not in names]
    left = set(names) - {user.full_name for user in people}
    serving = Appointment.objects.of(act.organisation_id).filter(user__full_name__in=left)
    others = serving.exclude(user__in=[user.pk for user in people])
    return unnamed if unnamed and others.exists() else []
