"""Publishing races with itself, with another choice of what is masked, and with the worker: what is published was shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from memos.models import Report
from tests import reports
from tests.databases.committed import CommittedDatabase
from tests.faults.racing import STARTS, Racers, racers
from tests.faults.soundness import assert_green
from tests.memos.sealing import instant
from tests.personas import Authority
from tests.workflows import made_public
from workflows import actions, public_making
from workflows.models import Publication, PublicDraft
from workflows.refusals import Conflict

pytestmark = pytest.mark.sampled


@pytest.fixture
def pair(committed_db: CommittedDatabase) -> Iterator[Racers]:
    with racers() as two:
        yield two


@pytest.fixture
def signed(committed_db: CommittedDatabase, home: Authority) -> Report:
    return reports.in_state(home, "mayor_signed")


def _versions(home: Authority) -> list[int]:
    return sorted(Publication.objects.of(home.organisation).values_list("version", flat=True))


def test_two_publish_one_copy(pair: Racers, home: Authority, signed: Report) -> None:
    officer, registrar = home.actor("legal_officer"), home.actor("registrar")
    for version, start in enumerate(STARTS, 1):
        revision = made_public.prepared(home, signed).revision
        outcomes = pair.run(
            lambda revision=revision: actions.publish(officer, signed.pk, revision=revision),  # type: ignore[misc]
            lambda revision=revision: actions.publish(registrar, signed.pk, revision=revision),  # type: ignore[misc]
            start,
        )
        assert sorted(outcome.won for outcome in outcomes) == [False, True], outcomes
        assert any(isinstance(outcome.error, Conflict) for outcome in outcomes)
        assert _versions(home) == list(range(1, version + 1))
    assert_green()


def test_one_publishes_what_another_masks_anew(pair: Racers, home: Authority, signed: Report) -> None:
    """Whoever publishes publishes what he saw, or nothing."""
    officer, registrar = home.actor("legal_officer"), home.actor("registrar")
    for start in STARTS:
        shown = made_public.prepared(home, signed)
        before = _versions(home)
        published, prepared = pair.run(
            lambda shown=shown: actions.publish(officer, signed.pk, revision=shown.revision),  # type: ignore[misc]
            lambda shown=shown: actions.prepare_public(registrar, signed.pk, revision=shown.revision),  # type: ignore[misc]
            start,
        )
        assert prepared.won, prepared.error
        if published.won:
            assert Publication.objects.of(home.organisation).get(act=published.value).data == shown.data
        else:
            assert isinstance(published.error, Conflict)
            assert _versions(home) == before
    assert_green()


def test_the_worker_ends_while_another_copy_is_wanted(pair: Racers, home: Authority, signed: Report) -> None:
    """The draft never holds a copy of choices that were changed."""
    registrar = home.actor("registrar")
    actions.prepare_public(registrar, signed.pk, revision=0)
    for start in STARTS:
        draft = PublicDraft.objects.of(home.organisation).get()
        source = public_making.masked_source(draft)
        pdf = instant.page(draft.revision)
        made, prepared = pair.run(
            lambda draft=draft, source=source, pdf=pdf: public_making.finish(draft, source, pdf),  # type: ignore[misc]
            lambda draft=draft: actions.prepare_public(registrar, signed.pk, revision=draft.revision),  # type: ignore[misc]
            start,
        )
        assert made.won, made.error
        assert prepared.won, prepared.error
        now = PublicDraft.objects.of(home.organisation).get()
        assert (now.revision, now.data, now.pdf) == (draft.revision + 1, None, None)
