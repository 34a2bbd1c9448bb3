"""Carries a trial copy of an example's report from the draft to the signature, as its personas, through actions alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.utils import timezone

from ita_core.membership import memberships
from ita_core.models import Organisation, User
from memos import archive
from memos.models import Report
from workflows import actions, drafts, opinions, permissions
from workflows.examples import reports
from workflows.models import Act, Approval
from workflows.permissions import Actor

Told = Callable[[Act, list[Path]], None]


class NothingToWalk(Exception):
    """The example's report is not there, or nobody may decide its next step; the message is a sentence."""


def walk(example: dict[str, Any], folder: Path, told: Told) -> list[Path]:
    """Writes each act's pair as ``<n>-<state>-<memo|measures>.docx`` and returns the paths; ``told`` hears each act.

    Refused when a rule forbids a step, NothingToWalk when there is nothing to begin with, OSError for the folder.
    """
    report = reports.find(example)
    if report is None:
        raise NothingToWalk("ยังไม่มีรายงานของตัวอย่างนี้ โปรดเรียก load_examples ก่อน")
    folder.mkdir(parents=True, exist_ok=True)
    drafter = _actor(report.drafter, report.organisation)
    copy = drafts.copy_as_new(drafter, report, trial=True)
    paths: list[Path] = []
    for number, act in enumerate(_acts(drafter, copy), 1):
        written = _write(act, number, folder)
        told(act, written)
        paths += written
    return paths


def _acts(drafter: Actor, report: Report) -> Iterator[Act]:
    yield actions.submit(drafter, report.pk, revision=report.revision, skip_reason="ผู้จัดทำดำรงตำแหน่งนี้เอง")
    while True:
        approval = Approval.objects.of(report.organisation_id).select_related("content").get(report=report)
        step = permissions.current_step(approval)
        if step is None:
            return
        officers = [a for a in permissions.officers(step) if a.user_id != drafter.user.pk or step.is_final]
        if not officers or approval.content is None:
            raise NothingToWalk(permissions.vacant_sentence(step))
        yield actions.endorse(
            _actor(officers[0].user, report.organisation),
            report.pk,
            step=step.pk,
            content=approval.content.sha256,
            opinion=opinions.presets(step)[0],
        )


def _actor(user: User, organisation: Organisation) -> Actor:
    for membership in memberships(user):
        if membership.organisation == organisation:
            # Nobody sits at a command: what it does in people's names is done with the installation's own right.
            return Actor.of(dataclasses.replace(membership, confirmed_at=timezone.now()))
    raise NothingToWalk(f"{user} ไม่มีตำแหน่งใน{organisation}แล้ว")


def _write(act: Act, number: int, folder: Path) -> list[Path]:
    if act.document_set is None:
        return []
    paths = []
    for kind, stored in act.document_set.files().items():
        path = folder / f"{number}-{act.state_after}-{kind}.docx"
        path.write_bytes(archive.read(stored))
        paths.append(path)
    return paths
