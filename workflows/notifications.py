"""Whom an act concerns is told of it, in the act's own transaction: forwards only whose turn it is, backwards whoever had it.

Never the person who acts, nor one who serves the authority no longer. The words are Thai whatever language the acting
person's pages have: they are another one's to read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse
from django.utils import timezone

from ita_core import telling, thai
from ita_core.models import Appointment, Organisation, User
from ita_core.telling_models import NoticeKind, Notification
from memos.models import Report
from memos.passing import CoDrafter
from workflows.models import FORWARD_ACTS, Act, Approval, ApprovalStep, View
from workflows.officers import administrators

_LONGEST_NAME = 160
# Acts after which nobody is waited for any more at the step that was open.
_ENDS_A_TURN = [*FORWARD_ACTS, Act.Kind.SEND_BACK, Act.Kind.REFUSE, Act.Kind.RECALL, Act.Kind.WITHDRAW]
# After these units may send again what they were asked for; after all others nobody can, nor take it.
_OPENS_AGAIN = [Act.Kind.SEND_BACK, Act.Kind.RECALL]
_WAITED_FOR = [NoticeKind.TURN, NoticeKind.DEADLINE]
# To whoever writes it, and to whoever signed it in this round: the words before the report's name.
_TO_WRITERS = {
    Act.Kind.SEND_BACK.value: "ส่งคืนให้ท่านแก้ไข",
    Act.Kind.REFUSE.value: "ไม่อนุมัติ",
    Act.Kind.SIGN.value: "ลงนามแล้ว",
}
_TO_SIGNERS = {
    Act.Kind.SEND_BACK.value: "เรื่องที่ท่านลงความเห็นไว้ถูกส่งคืนแก้ไข",
    Act.Kind.REFUSE.value: "เรื่องที่ท่านลงความเห็นไว้ไม่ได้รับอนุมัติ",
    Act.Kind.RECALL.value: "ผู้จัดทำดึงเรื่องกลับไปแก้ไข",
    Act.Kind.WITHDRAW.value: "ผู้จัดทำถอนเรื่อง",
    Act.Kind.SIGN.value: "เรื่องที่ท่านลงความเห็นไว้ลงนามแล้ว",
}
_DEEDS = {Act.Kind.ASSIGN.value: "มอบหมายให้ท่าน", Act.Kind.CIRCULATE.value: "เวียนให้ท่านทราบ"}


def note(act: Act, acts: Sequence[Act] | None = None) -> None:
    """What the act means to those behind it; whose turn comes next is told by ``turn``.

    ``acts`` are the report's, where they are in hand.
    """
    approval = act.approval
    if act.kind in _ENDS_A_TURN:
        ended = _WAITED_FOR if act.kind in _OPENS_AGAIN else [*_WAITED_FOR, NoticeKind.COLLECTING]
        telling.settle(approval.organisation, approval.report_id, ended)
    if act.kind not in _TO_SIGNERS:
        return
    kind = NoticeKind.TOLD if act.kind == Act.Kind.SIGN else NoticeKind.RETURNED
    words = dict.fromkeys(_signers(act, acts), _TO_SIGNERS[act.kind])
    if act.kind in _TO_WRITERS:
        words |= dict.fromkeys(_writers(approval.report), _TO_WRITERS[act.kind])
    told = _tell_of(act, kind, words, _said_by(act))
    gone = {approval.report.drafter_id} - {user.pk for user in told} - _acting(act)
    if act.kind == Act.Kind.SEND_BACK and gone:
        sentence = "ส่งคืนแก้ไข แต่ผู้จัดทำไม่มีตำแหน่งแล้ว โปรดมอบให้ผู้อื่นจัดทำต่อ"
        people = [user.pk for user in administrators(approval.organisation)]
        _tell_of(act, kind, dict.fromkeys(people, sentence), _said_by(act))


def turn(approval: Approval, step: ApprovalStep, after: Act, here: Iterable[Appointment]) -> None:
    """The step has just opened: whoever may decide it today (``here``) is told, and nobody else."""
    people = [found.user for found in here if found.user_id not in _acting(after)]
    _tell_turn(approval.organisation, approval.report, step, people, f"เสนอโดย {after.printed_name}")


def turns(organisation: Organisation, steps: Sequence[ApprovalStep]) -> None:
    """Whoever has come to act for a post since a step opened is told that it is his turn. Two queries while nobody has.

    ``steps`` wait, and have their posts and reports in hand.
    """
    keys = {f"turn:{step.pk}" for step in steps}
    rows = Notification.objects.of(organisation).filter(kind=NoticeKind.TURN, settled_at__isnull=True)
    told = {pair for pair in rows.values_list("key", "user") if pair[0] in keys}
    serving = Appointment.objects.of(organisation).present(thai.today()).filter(covers_memos=True)
    by_post: dict[int, list[User]] = defaultdict(list)
    for row in serving.select_related("user"):
        by_post[row.post_id].append(row.user)
    for step in steps:
        here = [user for post in step.posts.all() for user in by_post[post.pk]]
        new = [user for user in here if (f"turn:{step.pk}", user.pk) not in told]
        _tell_turn(organisation, step.approval.report, step, new, "")


def _tell_turn(
    organisation: Organisation, report: Report, step: ApprovalStep, people: Iterable[User], by: str
) -> None:
    lines = [f"ขั้นที่ {thai.to_thai_digits(str(step.position))} {step.heading}", by]
    if step.due_on is not None:
        lines.append(f"ครบกำหนด {thai.ThaiDate(step.due_on).long}")
    telling.tell(
        organisation,
        NoticeKind.TURN,
        [one for one in people if one.pk != report.drafter_id or step.is_final],
        key=f"turn:{step.pk}",
        title=f"รอท่านพิจารณา: {name_of(report)}",
        text="\n".join(filter(None, lines)),
        path=_page(organisation, report, "workflows:decide"),
    )


def view_asked(act: Act, asked: User, question: str) -> None:
    _tell_of(act, NoticeKind.TURN, {asked.pk: "ขอความเห็นจากท่าน"}, f"{act.printed_name}: {question}")


def view_given(act: Act, view: View) -> None:
    """Back to who asked, whose decision it still is."""
    text = f"{act.printed_name} ให้ความเห็นแล้ว"
    _tell_of(act, NoticeKind.TOLD, {view.asked.user_id: "ได้รับความเห็นที่ท่านขอ"}, text)


def sent(act: Act, receivers: Iterable[User]) -> None:
    """An order or a circulation, to those whom it names; each acknowledges it."""
    words = {receiver.pk: _DEEDS[act.kind] for receiver in receivers}
    _tell_of(act, NoticeKind.TOLD, words, f"{act.printed_name}: {act.opinion}".rstrip(": "))


def handed_over(organisation: Organisation, report: Report, by: User, receiver: User) -> None:
    """The report is another one's to write from now on; he may get it more than once."""
    telling.tell(
        organisation,
        NoticeKind.TOLD,
        [receiver],
        key=f"hand-over:{report.pk}:{timezone.now().isoformat()}",
        title=f"มอบให้ท่านจัดทำต่อ: {name_of(report)}",
        text=f"โดย {by.full_name}",
        path=_page(organisation, report),
    )


def name_of(report: Report) -> str:
    """The report's name on one line; all that a title may say of it."""
    name = " ".join(report.title.split())
    name = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
    return f"(ทดลอง) {name}" if report.is_trial else name


def _tell_of(act: Act, kind: NoticeKind, words: Mapping[int, str], text: str) -> list[User]:
    """Those who serve today and did not act; who they are. ``words``: person → what stands before the report's name."""
    organisation, report = act.approval.organisation, act.approval.report
    found = _serving(organisation, set(words) - _acting(act))
    telling.tell_each(
        organisation,
        kind,
        {user: f"{words[user.pk]}: {name_of(report)}" for user in found},
        key=f"act:{act.pk}",
        text=text,
        path=_page(organisation, report),
    )
    return found


def _said_by(act: Act) -> str:
    """Who did it, with the reason; an opinion stays on the page."""
    done = {Act.Kind.SIGN.value: "ลงนามโดย", Act.Kind.SEND_BACK.value: "ส่งคืนโดย"}.get(act.kind, "โดย")
    lines = [f"{done} {act.printed_name} {' '.join(act.printed_title)}".strip()]
    if act.reason and act.kind != Act.Kind.SIGN:
        lines.append(f"เหตุผล: {act.reason}")
    return "\n".join(lines)


def _writers(report: Report) -> list[int]:
    along = CoDrafter.objects.of(report.organisation_id).filter(report=report)
    return [report.drafter_id, *along.values_list("user", flat=True)]


def _signers(act: Act, acts: Sequence[Act] | None) -> list[int]:
    """Whoever passed a step of this round."""
    rows = act.approval.acts.filter(round=act.round) if acts is None else acts
    return [one.user_id for one in rows if one.round == act.round and one.kind in FORWARD_ACTS]


def _acting(act: Act) -> set[int]:
    """With ink: who wrote it, and who recorded it."""
    return {act.user_id} | ({act.recorded_by_id} if act.recorded_by_id else set())


def _serving(organisation: Organisation, keys: set[int]) -> list[User]:
    """Others could not open the page."""
    if not keys:
        return []
    rows = Appointment.objects.of(organisation).on(thai.today()).filter(user__in=keys)
    return [row.user for row in rows.select_related("user")]


def _page(organisation: Organisation, report: Report, name: str = "workflows:report") -> str:
    return reverse(name, kwargs={"org": organisation.slug, "pk": report.pk})
