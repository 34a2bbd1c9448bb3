"""Fill a database with approvals under way, for the benchmark: fast, because nobody acts and no paper is made.

What it makes looks like the process' own rows, down to viewflow's tasks, but no act has brought them there. Its
authorities are marked ``is_filler``, ``verify`` names them, and a database that holds an act is refused: nothing that
somebody signed may ever stand beside rows that nobody signed.
"""

from __future__ import annotations

import contextlib
import datetime
import gc
import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.utils import timezone
from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import STATUS
from viewflow.workflow.token import Token

from ita_core import thai
from ita_core.models import Appointment, AssessmentItem, Organisation, Post, Role, User
from memos import frozen, shipped
from memos.models import ContentVersion, Memo, Report, TemplateVersion
from workflows.flows import ReportApproval
from workflows.models import UNDER_WAY, Act, Approval, ApprovalStep, RouteStep, State

SLUG = "filler"
BATCH = 2_000  # approvals whose rows are in memory at once
ROLES = (Role.LEGAL_OFFICER, Role.SECTION_HEAD, Role.CLERK, Role.MAYOR)
ROUTE = {
    Role.SECTION_HEAD: State.SECTION_HEAD_REVIEWED,
    Role.CLERK: State.DEPUTY_APPROVED,
    Role.MAYOR: State.MAYOR_SIGNED,
}


@dataclass(frozen=True)
class Filler:
    """An authority made here, with what its approvals share."""

    organisation: Organisation
    drafter: User
    posts: Sequence[Post]  # of the route's steps, in order
    item: AssessmentItem
    content: bytes
    sha256: str


class Command(BaseCommand):
    help = "Fill a database without acts with approvals under way, marked as the benchmark's. Not for real databases."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--approvals", type=int, required=True, metavar="N")
        parser.add_argument("--organisations", type=int, default=1, metavar="M", help="default: 1")
        parser.add_argument("--json", action="store_true", help="print what was added as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        approvals, organisations = options["approvals"], options["organisations"]
        if not 1 <= organisations <= approvals:
            raise CommandError("Ask for at least one organisation and for one approval in each.")
        if Act.objects.across_organisations().exists():
            raise CommandError("This database holds acts that somebody did: the benchmark does not fill it.")
        item = AssessmentItem.objects.first()
        if item is None:
            raise CommandError("The assessment items are not loaded: run `manage.py load_facts`.")
        started = time.perf_counter()
        with transaction.atomic(), _without_collector():
            fillers = _authorities(organisations, item)
            share, rest = divmod(approvals, organisations)
            for index, filler in enumerate(fillers):
                _fill(filler, share + (index < rest))
        _gather_statistics()
        facts = {
            "approvals": approvals,
            "organisations": [filler.organisation.slug for filler in fillers],
            "seconds": round(time.perf_counter() - started, 1),
        }
        if options["json"]:
            self.stdout.write(json.dumps(facts))
        elif options["verbosity"]:
            self.stdout.write(f"{approvals} approvals in {organisations} organisations, {facts['seconds']} s")


def _authorities(number: int, item: AssessmentItem) -> list[Filler]:
    """New authorities with a person in each post of the usual route; nobody can log in as one of them."""
    first = Organisation.objects.filter(is_filler=True).count() + 1
    organisations = Organisation.objects.bulk_create(
        Organisation(
            slug=f"{SLUG}-{n}",
            kind=Organisation.Kind.SAO,
            name=f"ทดสอบปริมาณ {n}",
            province="สมมติ",
            is_filler=True,
        )
        for n in range(first, first + number)
    )
    posts = Post.objects.bulk_create(
        Post(organisation=organisation, role=role, title=organisation.title_for(role))
        for organisation in organisations
        for role in ROLES
    )
    users = User.objects.bulk_create(
        User(
            username=f"{post.organisation.slug}-{post.role}",
            full_name=f"ผู้ทดสอบ {post.title}",
            password=make_password(None),
        )
        for post in posts
    )
    Appointment.objects.bulk_create(
        Appointment(user=user, post=post, starts=datetime.date(2021, 10, 1), exclusive=True)
        for user, post in zip(users, posts, strict=True)
    )
    fillers = []
    for index, organisation in enumerate(organisations):
        place = slice(index * len(ROLES), (index + 1) * len(ROLES))
        content = _content(organisation, item)
        sha256 = hashlib.sha256(content).hexdigest()
        fillers.append(Filler(organisation, users[place][0], posts[place][1:], item, content, sha256))
        _route(fillers[-1])
    return fillers


def _route(filler: Filler) -> None:
    steps = RouteStep.objects.bulk_create(
        RouteStep(organisation=filler.organisation, position=position, heading=post.title, reaches=reaches)
        for position, (post, reaches) in enumerate(zip(filler.posts, ROUTE.values(), strict=True), 1)
    )
    for step, post in zip(steps, filler.posts, strict=True):
        step.posts.add(post)


def _content(organisation: Organisation, item: AssessmentItem) -> bytes:
    """The shortest content that can be read back and printed; all reports of an authority share its words."""
    kinds = (TemplateVersion.Kind.MEMO, TemplateVersion.Kind.MEASURES)
    memo, measures = (shipped.current_template(organisation, kind).sha256 for kind in kinds)
    year = item.assessment_year_id
    content = frozen.FrozenContent(
        organisation=frozen.OrganisationFacts(organisation.full_name, organisation.kind),
        report=frozen.ReportFacts(("รายงานทดสอบปริมาณ",), year, year - 1, year, item.code, "twelve_months"),
        memo=frozen.MemoHead(
            office=organisation.clerk_office_name,
            number_prefix="",
            subject="รายงานทดสอบปริมาณ",
            recipients=(organisation.mayor_title,),
            body="จึงเรียนมาเพื่อโปรดทราบ",
            date=thai.today(),
        ),
        templates=frozen.Templates(memo=memo, measures=measures),
    )
    return frozen.canonical_json(content.to_dict())


def _fill(filler: Filler, number: int) -> None:
    for start in range(0, number, BATCH):
        states = [UNDER_WAY[n % len(UNDER_WAY)] for n in range(start, min(start + BATCH, number))]
        approvals = _approvals(filler, states)
        steps = _steps(filler, approvals, start)
        _tasks(filler, approvals, steps)
        gc.collect()


@contextlib.contextmanager
def _without_collector() -> Iterator[None]:
    """Python's collector looks through millions of living rows again and again: a third of the time, for nothing."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _approvals(filler: Filler, states: Sequence[str]) -> list[Approval]:
    """Reports with their approvals. Trials, so that any number may stand for one year."""
    year = filler.item.assessment_year_id
    reports = Report.objects.bulk_create(
        Report(
            organisation=filler.organisation,
            drafter=filler.drafter,
            assessed_year=year - 1,
            fiscal_year=year,
            item=filler.item,
            title="รายงานทดสอบปริมาณ",
            is_open=False,
            is_trial=True,
        )
        for _state in states
    )
    Memo.objects.bulk_create(
        Memo(report=report, office="สำนักปลัด", subject="รายงานทดสอบปริมาณ", body="จึงเรียนมาเพื่อโปรดทราบ")
        for report in reports
    )
    contents = ContentVersion.objects.bulk_create(
        ContentVersion(
            organisation=filler.organisation, report=report, sha256=filler.sha256, canonical=filler.content
        )
        for report in reports
    )
    processes = Process.objects.bulk_create(Process(flow_class=ReportApproval) for _state in states)
    approvals = Approval.objects.bulk_create(
        Approval(
            organisation=filler.organisation,
            report=report,
            content=content,
            process=process,
            state=state,
            round=1,
        )
        for report, content, process, state in zip(reports, contents, processes, states, strict=True)
    )
    _name_approvals(approvals)
    return approvals


def _name_approvals(approvals: Sequence[Approval]) -> None:
    """A process' data names its approval. Plain SQL: the ORM's bulk_update takes as long as two tables' inserts."""
    rows = [(json.dumps({"approval": approval.pk}), approval.process_id) for approval in approvals]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {Process._meta.db_table} SET data = %s WHERE id = %s", rows)  # noqa: S608


def _steps(filler: Filler, approvals: Sequence[Approval], start: int) -> list[ApprovalStep]:
    """Three steps of each approval: those before its state are closed, the next one waits. Returns the waiting ones."""
    now = timezone.now()
    steps = []
    for number, approval in enumerate(approvals, start):
        waits_at = UNDER_WAY.index(State(approval.state)) + 1
        opened = now - datetime.timedelta(minutes=number)
        for position, (post, reaches) in enumerate(zip(filler.posts, ROUTE.values(), strict=True), 1):
            step = ApprovalStep(
                organisation_id=approval.organisation_id,
                approval=approval,
                round=1,
                position=position,
                heading=post.title,
                reaches=reaches,
            )
            step.opened_at = opened if position <= waits_at else None
            step.closed_at = opened if position < waits_at else None
            steps.append(step)
    ApprovalStep.objects.bulk_create(steps)
    links = ApprovalStep.posts.through
    links._default_manager.bulk_create(
        links(approvalstep_id=step.pk, post_id=filler.posts[step.position - 1].pk) for step in steps
    )
    return [step for step in steps if step.opened_at is not None and step.closed_at is None]


def _tasks(filler: Filler, approvals: Sequence[Approval], waiting: Sequence[ApprovalStep]) -> None:
    """viewflow's tasks as the flow would have left them: submitted, decided so often, waiting for the next."""
    tasks: list[Task] = []
    follows: list[int] = []  # index of the task before, -1 for the first
    now = timezone.now()
    for approval, step in zip(approvals, waiting, strict=True):
        nodes = [ReportApproval.submit]
        for _decided in range(step.position - 1):
            nodes += [ReportApproval.decide, ReportApproval.where_next]
        for index, node in enumerate([*nodes, ReportApproval.decide]):
            task = Task(
                process=approval.process,
                flow_task=node,
                flow_task_type=node.task_type,
                token=Token("start"),
                status=STATUS.DONE,
                finished=now,
            )
            follows.append(len(tasks) - 1 if index else -1)
            tasks.append(task)
        tasks[-1].status, tasks[-1].finished = STATUS.NEW, None
        tasks[-1].owner_permission = f"step.{filler.organisation.pk}.{step.pk}"
    Task.objects.bulk_create(tasks)
    links = Task.previous.through
    links._default_manager.bulk_create(
        links(from_task_id=task.pk, to_task_id=tasks[before].pk)
        for task, before in zip(tasks, follows, strict=True)
        if before >= 0
    )


def _gather_statistics() -> None:
    """What PostgreSQL's autovacuum does within a minute; SQLite gathers none by itself, so it gets none here."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
