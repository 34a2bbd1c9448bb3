"""verify finds what was changed behind the back in remarks, views, prepared decisions and errands, and says where."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.db import connection, models

from ita_core.models import User
from memos.models import Report
from tests import reports
from tests.faults import alterations
from tests.faults.alterations import Alteration
from tests.faults.test_verify import _seen_with, places_named, sql
from tests.personas import Authority, Personas
from tests.workflows import asked
from workflows import actions
from workflows.models import Comment, Errand, Preparation, View

ATTEMPTS = 6


@pytest.fixture
def beside(personas: Personas) -> Report:
    """Two remarks, a view answered, one open and one that nobody waits for, a decision prepared twice, two orders."""
    home = personas.home
    report = reports.begin(home)
    reports.submit(home, report)
    _prepare(home, report, "เห็นควรเสนอ")
    _prepare(home, report, "เพื่อโปรดพิจารณา")
    asked.ask_view(home, report, "รอคำตอบแล้วไม่มา", of="reader")
    view = asked.ask_view(home, report)
    actions.give_view(home.actor(asked.ASKED), report.pk, view=view.pk, text="ตรงตามที่รายงาน")
    asked.sent_back(home, report, ("memo.subject", "พิมพ์\nผิด"), ("s0.m0.measure", "ไม่ชัดเจน"))
    for remark in Comment.objects.of(home.organisation):
        actions.resolve_comment(home.actor("legal_officer"), report.pk, comment=remark.pk, answer="แก้แล้ว")
    reports.submit(home, report)
    for by in ("section_head", "clerk", "mayor"):
        reports.forward(home, report, by)
    errand = asked.assign(home, report)
    actions.acknowledge(home.actor(asked.RECEIVER), report.pk, errand=errand.pk)
    people = [home.people[key].pk for key in ("reader", "clerk")]
    actions.circulate(home.actor("registrar"), report.pk, to=people)
    waiting = reports.begin(home)
    reports.submit(home, waiting)
    asked.ask_view(home, waiting)
    alterations.drop_guards()
    return report


def _prepare(home: Authority, report: Report, opinion: str) -> None:
    step, content = reports.shown(home, report)
    actions.prepare(
        home.actor("registrar"),
        report.pk,
        step=step,
        content=content,
        decision="forward",
        stance="agrees",
        opinion=opinion,
        note="ด่วน",
    )


def _rows(model: type[models.Model]) -> list[Any]:
    return list(model._base_manager.order_by("pk"))


def test_it_is_green_when_nobody_touched_anything(beside: Report) -> None:
    assert places_named() == []
    assert [len(_rows(model)) for model in alterations.BESIDE] == [2, 3, 1, 3]


def test_names_that_changed_since_are_no_fault(beside: Report, home: Authority) -> None:
    """An act holds names as they were when it was done."""
    for user in User.objects.filter(pk__in=[home.people[key].pk for key in ("reader", asked.ASKED)]):
        user.full_name += " (สกุลใหม่)"
        user.save()
    assert places_named() == []


def test_every_column_of_every_row_counts(beside: Report) -> None:
    """The place is the row's own, in whichever authority it is found, or an act's that tells of it."""
    chance = random.Random(2568)
    missed, refused = [], set()
    for model, kind in alterations.BESIDE.items():
        for row in _rows(model):
            for field in alterations.columns(model):
                places = None
                for _attempt in range(ATTEMPTS):
                    value = alterations._other(chance, getattr(row, field.attname), field)
                    prepared = field.get_db_prep_save(value, connection) if value is not None else None
                    change = Alteration(row, field, prepared)
                    if (places := _seen_with(change)) is not None:
                        break
                if places is None:
                    refused.add((kind, field.name))
                elif not any(f"/{kind}/{row.pk}" in place or "/act/" in place for place in places):
                    missed.append(f"{change} — {places}")
    assert not missed, "\n".join(missed)
    assert refused <= {("preparation", "step"), ("view", "asked")}


@pytest.mark.parametrize(
    ("model", "where"),
    [(View, "view"), (Preparation, "preparation"), (Errand, "errand")],
)
def test_what_its_act_tells_of_is_missed(beside: Report, model: type[models.Model], where: str) -> None:
    sql(f'DELETE FROM "{model._meta.db_table}"')
    places = places_named()
    assert places
    assert all("/act/" in place and place.endswith(f"/{where}") for place in places), places


def test_another_persons_name_over_what_was_asked_or_sent(beside: Report, home: Authority) -> None:
    """Whom the act names is somebody else, who is still known by that name."""
    other = home.people["section_head"].pk
    view = View.objects.of(home.organisation).get(given=None, closed_at=None)
    errand = Errand.objects.of(home.organisation).filter(acknowledged=None)[0]
    sql(f'UPDATE "{View._meta.db_table}" SET of_id = %s WHERE id = %s', other, view.pk)
    sql(f'UPDATE "{Errand._meta.db_table}" SET to_id = %s WHERE id = %s', other, errand.pk)
    slug = home.organisation.slug
    assert places_named() == [f"{slug}/view/{view.pk}", f"{slug}/errand/{errand.pk}"]


def test_a_remark_that_is_gone_is_missed_by_those_before_it(beside: Report, home: Authority) -> None:
    first, last = Comment.objects.of(home.organisation).order_by("pk")
    sql(f'DELETE FROM "{Comment._meta.db_table}" WHERE id = %s', last.pk)
    assert places_named() == [f"{home.organisation.slug}/comment/{first.pk}"]
