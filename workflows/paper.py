"""What the process puts on paper: the blocks of opinions and signatures given so far, in order."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from ita_core import thai
from ita_core.models import Appointment, Organisation, User
from memos import archive, content, issuing, register
from memos.documents import TEMPLATE_MISSING, Block, DocumentProblem, Pair, TemplateProblem
from memos.frozen import FrozenContent
from memos.models import ContentVersion, DocumentSet, Report, StoredFile, TemplateVersion
from memos.tree import Tree
from workflows.models import FORWARD_ACTS, Act, Approval, ApprovalStep, RouteStep
from workflows.permissions import route_of
from workflows.refusals import BadInput, NoPaper

# Paper is Thai whatever the reader's language, so this is not translated.
SKIPPED = "ข้ามขั้นตอนนี้ เนื่องจาก"
NO_REASON_YET = "……"
ON_PAPER = "ลงนามบนกระดาษ"


def block_of(act: Act, heading: str = "", *, with_picture: bool = True) -> Block:
    """An act as printed: wording and picture are those frozen at signing."""
    return Block(
        heading=heading,
        opinion=act.opinion,
        name=act.printed_name,
        title_lines=tuple(act.printed_title),
        date=act.decided_on or thai.bangkok_date(act.acted_at),
        signature=archive.read(act.signature) if act.signature and with_picture else None,
        note=ON_PAPER if act.medium == Act.Medium.INK else "",
        given=True,
    )


def signing_block(
    user: User,
    appointment: Appointment,
    heading: str,
    opinion: str,
    on_paper: datetime.date | None = None,
) -> Block:
    """The block of the act that is being made; signed by hand on the day ``on_paper``, it says so and has no picture."""
    return Block(
        heading=heading,
        opinion=opinion,
        name=user.full_name,
        title_lines=appointment.title_lines,
        date=on_paper or thai.today(),
        signature=bytes(user.signature) if user.signature and on_paper is None else None,
        note=ON_PAPER if on_paper else "",
        given=True,
    )


def open_block(step: RouteStep | ApprovalStep, skip_reason: str = "") -> Block:
    """A step not reached: its heading with dotted lines, or the reason why it is skipped."""
    titles = tuple(post.title for post in step.posts.all())[:1]
    note = f"{SKIPPED}{skip_reason}" if skip_reason else ""
    return Block(
        heading=step.heading,
        opinion="",
        name="",
        title_lines=titles,
        date=None,
        signature=None,
        note=note,
        given=False,
    )


def blocks(
    approval: Approval, steps: Iterable[ApprovalStep], now: dict[int, Block], *, with_pictures: bool = True
) -> list[Block]:
    """The drafter's block, then one for each step of the round. ``now`` holds the block being given, by step position.

    Position -1 is the drafter's, whose block begins a round: then nobody has acted in it. Else one query.
    """
    begun = approval.acts.filter(round=approval.round).select_related("signature").order_by("sequence")
    acts = [] if -1 in now else list(begun)
    drafted = next((act for act in acts if act.kind == Act.Kind.SUBMIT), None)
    given = {act.step_position: act for act in acts if act.kind in FORWARD_ACTS}
    result = [now[-1] if -1 in now or drafted is None else block_of(drafted, with_picture=with_pictures)]
    for step in steps:
        if step.position in now:
            result.append(now[step.position])
        elif step.position in given:
            result.append(block_of(given[step.position], step.heading, with_picture=with_pictures))
        else:
            result.append(open_block(step, step.skip_reason))
    return result


@contextlib.contextmanager
def or_refused() -> Iterator[None]:
    """What a template, a picture, the archive or the disk refuses becomes NoPaper; the caller's transaction undoes all."""
    try:
        yield
    except (DocumentProblem, TemplateProblem) as problem:
        raise NoPaper(str(problem)) from problem
    except TemplateVersion.DoesNotExist as missing:
        raise NoPaper(str(TEMPLATE_MISSING)) from missing
    except (OSError, archive.FileFault) as fault:
        raise NoPaper(_("จัดเก็บเอกสารไม่สำเร็จ จึงยังไม่มีการดำเนินการใด โปรดลองใหม่หรือแจ้งผู้ดูแลระบบ")) from fault


def freeze(report: Report, tree: Tree) -> ContentVersion:
    """The content to be submitted, of the tree that was checked.

    BadInput for words that cannot stand on paper, NoPaper as above.
    """
    try:
        with or_refused():
            return content.freeze(report, tree)
    except content.UnprintableText as problem:
        raise BadInput(str(problem)) from problem


def issue(
    approval: Approval, all_blocks: Sequence[Block], signature: bytes | None
) -> tuple[DocumentSet, StoredFile | None]:
    """Make and store the pair, with the report's number and the signer's picture. Called inside ``or_refused``."""
    assert approval.content is not None
    issued, pictures = issuing.issue(
        approval.content,
        all_blocks,
        approval.document_set,
        [signature] if signature else [],
        register.number_of(approval.organisation_id, approval.report_id),
    )
    return issued, (pictures[0] if pictures else None)


def preview(
    report: Report,
    drafter: User,
    appointment: Appointment | None,
    *,
    skips: Collection[int] = (),
    skip_reason: str = "",
) -> Pair:
    """The pair as it would be issued if the drafter submitted now; nothing is stored.

    ``skips`` are the positions of the steps that would be skipped; a reason not yet typed is printed as a gap.
    """
    titles = appointment.title_lines if appointment else ()
    drafter_block = Block(
        heading="",
        opinion="",
        name=drafter.full_name,
        title_lines=titles,
        date=None,
        signature=None,
        note="",
        given=True,
    )
    all_blocks = [
        drafter_block,
        *(
            open_block(step, (skip_reason or NO_REASON_YET) if step.position in skips else "")
            for step in route_of(report.organisation)
        ),
    ]
    garuda = bytes(report.organisation.garuda) if report.organisation.garuda else None
    try:
        with or_refused():
            number = register.number_of(report.organisation_id, report.pk)
            return issuing.preview(
                content.snapshot(report), all_blocks, report.organisation_id, garuda, number
            )
    except content.UnprintableText as problem:
        raise NoPaper(str(problem)) from problem


def summary(frozen_content: FrozenContent, organisation: Organisation) -> bytes:
    """The report on one page in large type, for whoever decides; made anew each time, and not part of a set."""
    with or_refused():
        return issuing.summary_bytes(frozen_content, organisation)


DOCUMENT_NAMES = {"memo": "บันทึกข้อความ", "measures": "ตารางมาตรการ", "summary": "สรุปหนึ่งหน้า"}


def document_name(report: Report, number: int, kind: str) -> str:
    """``บันทึกข้อความ-2565-2.docx``: what the file is called on an officer's disk; ``number`` counts the sets."""
    return f"{DOCUMENT_NAMES[kind]}-{report.fiscal_year}-{number}.docx"


def final_name(report: Report, number: int) -> str:
    """``ฉบับสมบูรณ์-2565-4.pdf``: the sealed file of a set."""
    return f"ฉบับสมบูรณ์-{report.fiscal_year}-{number}.pdf"
