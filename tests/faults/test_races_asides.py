"""Acts beside the decision race with each other and with the decision: nothing is torn, nobody overwrites unseen."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from memos.models import Report
from tests import reports
from tests.databases.committed import CommittedDatabase
from tests.faults.racing import STARTS, Deed, Outcome, Racers, Start, racers
from tests.faults.scenes import DRAFTER, Scene
from tests.faults.soundness import assert_green, assert_sound
from tests.volumes import volume
from tests.workflows.asked import RECEIVER, ask_view, assign, sent_back
from workflows import actions
from workflows.models import Act, Preparation, State, View
from workflows.permissions import Actor
from workflows.refusals import Conflict, Refused

pytestmark = pytest.mark.sampled
ROUNDS = volume(6, 200)


@pytest.fixture
def pair(committed_db: CommittedDatabase) -> Iterator[Racers]:
    with racers() as two:
        yield two


def _rounds() -> Iterator[Start]:
    yield from itertools.islice(itertools.cycle(STARTS), ROUNDS)
    assert_green()


def _one_won(outcomes: tuple[Outcome, Outcome]) -> tuple[Outcome, Refused]:
    won, lost = sorted(outcomes, key=lambda outcome: not outcome.won)
    assert won.won, outcomes
    assert isinstance(lost.error, Refused), repr(lost.error)
    return won, lost.error


def _prepare(scene: Scene, report: Report, by: str, opinion: str) -> Deed:
    actor, (step, content) = scene.home.actor(by), reports.shown(scene.home, report)
    return lambda: actions.prepare(
        actor, report.pk, step=step, content=content, decision="forward", opinion=opinion
    )


def _endorse(scene: Scene, report: Report, by: str) -> Deed:
    actor, (step, content) = scene.home.actor(by), reports.shown(scene.home, report)
    return lambda: actions.endorse(actor, report.pk, step=step, content=content, opinion="เห็นควร")


def _confirm(scene: Scene, report: Report) -> Deed:
    actor, (step, content) = scene.home.actor("section_head"), reports.shown(scene.home, report)
    return lambda: actions.confirm(actor, report.pk, step=step, content=content)


def test_two_people_prepare_one_decision(pair: Racers, scene: Scene) -> None:
    """Both are acts; what lies ready is the later one, whole."""
    for start in _rounds():
        report = scene.submitted()
        deeds = (
            _prepare(scene, report, "registrar", "ของธุรการ"),
            _prepare(scene, report, "expired_acting", "ของเจ้าหน้าที่"),
        )
        outcomes = pair.run(*deeds, start)
        assert all(outcome.won for outcome in outcomes), outcomes
        ready = Preparation.objects.of(scene.home.organisation).get(step__approval__report=report)
        last = max((outcome.value for outcome in outcomes), key=lambda act: act.sequence)
        assert (ready.act, ready.opinion) == (last, last.opinion)
        assert_sound(scene.home, report)


def test_a_decision_is_prepared_while_it_is_taken(pair: Racers, scene: Scene) -> None:
    for start in _rounds():
        report = scene.submitted()
        prepared, decided = pair.run(
            _prepare(scene, report, "registrar", "เห็นควร"), _endorse(scene, report, "section_head"), start
        )
        assert decided.won, repr(decided.error)
        if not prepared.won:
            assert isinstance(prepared.error, Conflict), repr(prepared.error)
            assert decided.value.printed_name in prepared.error.sentence
        assert_sound(scene.home, report)


def test_a_view_is_given_while_its_step_closes(pair: Racers, scene: Scene) -> None:
    """It came in time and is kept, or too late and says so; it is never open on a step that is closed."""
    for start in _rounds():
        report = scene.submitted()
        view = ask_view(scene.home, report)
        asked = scene.home.actor("deputy_mayor")

        def give(report: Report = report, view: View = view, asked: Actor = asked) -> Act:
            return actions.give_view(asked, report.pk, view=view.pk, text="ตรงกัน")

        given, decided = pair.run(give, _endorse(scene, report, "section_head"), start)
        assert decided.won, repr(decided.error)
        view.refresh_from_db()
        assert view.closed_at is not None
        assert (view.given == given.value) if given.won else (view.given is None)
        if not given.won:
            assert isinstance(given.error, Conflict), repr(given.error)
        assert_sound(scene.home, report)


def _ask(scene: Scene, report: Report) -> Deed:
    head, (step, content) = scene.home.actor("section_head"), reports.shown(scene.home, report)
    of = scene.home.people["deputy_mayor"].pk
    return lambda: actions.ask_view(head, report.pk, step=step, content=content, of=of, question="ตรงไหม")


def test_one_view_is_asked_for_twice_at_once(pair: Racers, scene: Scene) -> None:
    for start in _rounds():
        report = scene.submitted()
        deed = _ask(scene, report)
        _won, error = _one_won(pair.run(deed, deed, start))
        assert isinstance(error, Conflict), error.sentence
        assert View.objects.of(scene.home.organisation).filter(approval__report=report).count() == 1


def test_a_confirmation_races_with_a_recall(pair: Racers, scene: Scene) -> None:
    for start in _rounds():
        report = scene.second_round()
        drafter = scene.home.actor(DRAFTER)

        def recall(report: Report = report, drafter: Actor = drafter) -> Act:
            return actions.recall(drafter, report.pk)

        won, error = _one_won(pair.run(_confirm(scene, report), recall, start))
        assert won.value.printed_name in error.sentence
        approval = assert_sound(scene.home, report)
        confirmed = won.value.kind == Act.Kind.CONFIRM
        assert approval.state == (State.SECTION_HEAD_REVIEWED if confirmed else State.WRITING)


def test_a_double_tap_confirms_once(pair: Racers, scene: Scene) -> None:
    """The head also stands in for the clerk, who comes next."""
    scene.home.stand_in("section_head", "clerk")
    for start in _rounds():
        report = scene.second_round()
        deed = _confirm(scene, report)
        won, _error = _one_won(pair.run(deed, deed, start))
        approval = assert_sound(scene.home, report)
        assert approval.state == State.SECTION_HEAD_REVIEWED
        assert approval.acts.order_by("-sequence")[0] == won.value


def test_a_remark_is_answered_and_opened_again_while_it_is_submitted(pair: Racers, scene: Scene) -> None:
    """Submitted with every remark answered, or refused with one open; never a round with an open remark."""
    for start in _rounds():
        report = scene.submitted()
        (comment,) = sent_back(scene.home, report, ("memo.subject", "ระบุปี"))
        drafter = scene.home.actor(DRAFTER)
        actions.resolve_comment(drafter, report.pk, comment=comment.pk)
        revision = Report.objects.of(scene.home.organisation).get(pk=report.pk).revision

        def submit(report: Report = report, drafter: Actor = drafter, revision: int = revision) -> Act:
            return actions.submit(drafter, report.pk, revision=revision)

        def reopen(report: Report = report, drafter: Actor = drafter, pk: int = comment.pk) -> None:
            actions.reopen_comment(drafter, report.pk, comment=pk)

        submitted, opened = pair.run(submit, reopen, start)
        _one_won((submitted, opened))
        comment.refresh_from_db()
        assert (comment.resolved_at is not None) == submitted.won
        assert_sound(scene.home, report)


def test_two_orders_and_two_acknowledgements_at_once(pair: Racers, scene: Scene) -> None:
    for start in _rounds():
        report = scene.signed()

        def order(report: Report = report) -> object:
            return assign(scene.home, report)

        won, error = _one_won(pair.run(order, order, start))
        assert isinstance(error, Conflict), error.sentence
        reader = scene.home.actor(RECEIVER)

        def acknowledge(report: Report = report, errand: int = won.value.pk, reader: Actor = reader) -> Act:
            return actions.acknowledge(reader, report.pk, errand=errand)

        _one_won(pair.run(acknowledge, acknowledge, start))
        assert_sound(scene.home, report)
