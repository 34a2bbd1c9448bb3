"""Two people act on one report at once: exactly one wins, the other reads who was faster, and nothing is torn.

Every pair runs in three ways: both at once, and each of them arriving while the other has not yet committed.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pytest

from memos import editing
from memos.models import Report
from tests import reports
from tests.databases.committed import CommittedDatabase
from tests.faults.racing import STARTS, Deed, Outcome, Racers, Start, racers
from tests.faults.scenes import DRAFTER, Scene
from tests.faults.soundness import assert_green, assert_sound
from tests.volumes import volume
from workflows import actions
from workflows.models import Act
from workflows.refusals import Conflict, Refused

pytestmark = pytest.mark.sampled
ROUNDS = volume(20, 1_000)
FEWER_ROUNDS = volume(9, 200)  # For pairs that are rarer than those every office meets.
VERIFY_EVERY = (
    100  # All of verify reads the whole archive; the report's own invariants are looked at each round.
)
Deeds = Callable[[Scene, Report], tuple[Deed, Deed]]


@pytest.fixture
def pair(committed_db: CommittedDatabase) -> Iterator[Racers]:
    with racers() as two:
        yield two


def _rounds(rounds: int = ROUNDS) -> Iterator[Start]:
    for number, start in zip(range(rounds), itertools.cycle(STARTS), strict=False):
        yield start
        if number % VERIFY_EVERY == VERIFY_EVERY - 1:
            assert_green()
    assert_green()


# The deeds, each as a page would call it: with what was shown when the page was opened


def endorse_deed(scene: Scene, report: Report, by: str, opinion: str = "เห็นควรเสนอ") -> Deed:
    actor, (step, content) = scene.home.actor(by), reports.shown(scene.home, report)
    return lambda: actions.endorse(actor, report.pk, step=step, content=content, opinion=opinion)


def _send_back(scene: Scene, report: Report, by: str) -> Deed:
    actor, (step, content) = scene.home.actor(by), reports.shown(scene.home, report)
    return lambda: actions.send_back(actor, report.pk, step=step, content=content, reason="ข้อมูลไม่ครบถ้วน")


def _refuse(scene: Scene, report: Report, by: str) -> Deed:
    actor, (step, content) = scene.home.actor(by), reports.shown(scene.home, report)
    return lambda: actions.refuse(actor, report.pk, step=step, content=content, reason="ไม่เห็นด้วย")


def _recall(scene: Scene, report: Report) -> Deed:
    actor = scene.home.actor(DRAFTER)
    return lambda: actions.recall(actor, report.pk)


def _withdraw(scene: Scene, report: Report) -> Deed:
    actor = scene.home.actor(DRAFTER)
    return lambda: actions.withdraw(actor, report.pk, reason="จัดทำใหม่")


def _submit(scene: Scene, report: Report) -> Deed:
    actor, revision = scene.home.actor(DRAFTER), _revision(scene, report)
    return lambda: actions.submit(actor, report.pk, revision=revision)


def edit_deed(scene: Scene, report: Report) -> Deed:
    membership, revision = scene.home.membership(DRAFTER), _revision(scene, report)

    def save() -> None:
        with editing.locked(membership, report.pk, revision) as locked:
            locked.memo.subject += " (แก้ไข)"
            locked.memo.save()

    return save


def _revision(scene: Scene, report: Report) -> int:
    return Report.objects.of(scene.home.organisation).values_list("revision", flat=True).get(pk=report.pk)


def _assert_one_won(outcomes: tuple[Outcome, Outcome]) -> tuple[Outcome, Exception]:
    won, lost = sorted(outcomes, key=lambda outcome: not outcome.won)
    assert won.won, outcomes
    assert lost.error is not None, outcomes
    return won, lost.error


# One decision each: the loser is told by whom and how it was decided

EVERYDAY = {"holder and acting officer", "endorse and send back", "endorse and recall", "double submit"}
EXCLUSIVE: dict[str, tuple[Callable[[Scene], Report], Deeds]] = {
    "holder and acting officer": (
        Scene.submitted,
        lambda s, r: (endorse_deed(s, r, "section_head"), endorse_deed(s, r, "acting_head")),
    ),
    "endorse and send back": (
        Scene.submitted,
        lambda s, r: (endorse_deed(s, r, "section_head"), _send_back(s, r, "acting_head")),
    ),
    "endorse and recall": (Scene.submitted, lambda s, r: (endorse_deed(s, r, "section_head"), _recall(s, r))),
    "send back and recall": (Scene.submitted, lambda s, r: (_send_back(s, r, "section_head"), _recall(s, r))),
    "sign and refuse": (
        Scene.before_signing,
        lambda s, r: (endorse_deed(s, r, "mayor"), _refuse(s, r, "mayor")),
    ),
    "sign and withdraw": (Scene.before_signing, lambda s, r: (endorse_deed(s, r, "mayor"), _withdraw(s, r))),
    "double click": (
        Scene.submitted,
        lambda s, r: (endorse_deed(s, r, "section_head"), endorse_deed(s, r, "section_head")),
    ),
    "double submit": (Scene.draft, lambda s, r: (_submit(s, r), _submit(s, r))),
    "double submit again": (Scene.returned, lambda s, r: (_submit(s, r), _submit(s, r))),
    "double recall": (Scene.submitted, lambda s, r: (_recall(s, r), _recall(s, r))),
}


@pytest.mark.parametrize("name", EXCLUSIVE)
def test_one_wins_and_the_other_is_told_who(pair: Racers, scene: Scene, name: str) -> None:
    prepare, deeds = EXCLUSIVE[name]
    for start in _rounds(ROUNDS if name in EVERYDAY else FEWER_ROUNDS):
        report = prepare(scene)
        won, error = _assert_one_won(pair.run(*deeds(scene, report), start))
        assert isinstance(error, Refused), repr(error)
        assert error.status == 409, error.sentence
        assert won.value.printed_name in error.sentence
        assert won.value.get_kind_display() in error.sentence
        approval = assert_sound(scene.home, report)
        assert approval.acts.order_by("-sequence")[0] == won.value


def test_one_person_with_two_steps_in_a_row_decides_only_the_one_he_saw(pair: Racers, scene: Scene) -> None:
    """The head also stands in for the clerk: a double click must not sign for both."""
    scene.home.stand_in("section_head", "clerk")
    for start in _rounds():
        report = scene.submitted()
        deeds = (endorse_deed(scene, report, "section_head"), endorse_deed(scene, report, "section_head"))
        _assert_one_won(pair.run(*deeds, start))
        approval = assert_sound(scene.home, report)
        assert approval.acts.filter(kind=Act.Kind.ENDORSE).count() == 1
        assert approval.state == "section_head_reviewed"


def test_submitting_races_with_an_edit(pair: Racers, scene: Scene) -> None:
    """What is frozen is what was checked; the edit is saved whole and submitted by nobody, or refused in words."""
    for start in _rounds():
        report = scene.draft()
        subject = report.memo.subject
        submitted, edited = pair.run(_submit(scene, report), edit_deed(scene, report), start)
        _assert_one_won((submitted, edited))
        if submitted.won:
            assert isinstance(edited.error, editing.Closed), edited.error
        else:
            assert isinstance(submitted.error, Conflict), submitted.error
            assert "เนื้อหามีการแก้ไข" in submitted.error.sentence
        approval = assert_sound(scene.home, report)
        fresh = approval.report
        assert fresh.memo.subject == (subject if submitted.won else f"{subject} (แก้ไข)")
        assert (approval.content is not None) == submitted.won


def test_submitting_races_with_an_edit_of_the_item(pair: Racers, scene: Scene) -> None:
    """The row that submit locks names another row after the edit; that must read as an edit, not as a failure."""
    from ita_core.models import AssessmentItem

    other = AssessmentItem.objects.exclude(pk=scene.base.item_id).order_by("pk")[0]
    for start in _rounds(FEWER_ROUNDS):
        report = scene.draft()
        membership, revision = scene.home.membership(DRAFTER), _revision(scene, report)

        def edit(report: Report = report, membership: object = membership, revision: int = revision) -> None:
            with editing.locked(membership, report.pk, revision) as locked:  # type: ignore[arg-type]
                locked.item = other
                locked.save(update_fields=["item"])

        submitted, edited = pair.run(_submit(scene, report), edit, start)
        _assert_one_won((submitted, edited))
        if not submitted.won:
            assert isinstance(submitted.error, Conflict), repr(submitted.error)
        assert_sound(scene.home, report)


# Pairs in which the second may rightly follow the first


def test_withdrawing_races_with_submitting_again(pair: Racers, scene: Scene) -> None:
    """Withdrawn at once or right after the submit: in both cases the act names the content that stood then."""
    for start in _rounds(FEWER_ROUNDS):
        report = scene.returned()
        acts_before = _acts_of(scene, report)
        edit_deed(scene, report)()  # So that the next submit freezes other words.
        submitted, withdrawn = pair.run(_submit(scene, report), _withdraw(scene, report), start)
        assert withdrawn.won, repr(withdrawn.error)
        if not submitted.won:
            assert isinstance(submitted.error, Refused), repr(submitted.error)
        approval = assert_sound(scene.home, report)
        assert approval.state == "withdrawn"
        assert approval.content is not None
        assert withdrawn.value.content_sha256 == approval.content.sha256
        assert _acts_of(scene, report) == acts_before + 1 + submitted.won


def _acts_of(scene: Scene, report: Report) -> int:
    return Act.objects.of(scene.home.organisation).filter(approval__report=report).count()


def test_handing_over_races_with_submitting(pair: Racers, scene: Scene) -> None:
    """Whoever gave it away no longer submits it, even if his page was open before."""
    receiver = scene.home.people["second_legal_officer"]
    for start in _rounds(FEWER_ROUNDS):
        report = scene.draft()
        actor = scene.home.actor(DRAFTER)

        def hand_over(report: Report = report, actor: object = actor) -> None:
            actions.hand_over(actor, report.pk, to_user_id=receiver.pk)  # type: ignore[arg-type]

        submitted, handed = pair.run(_submit(scene, report), hand_over, start)
        _, error = _assert_one_won((submitted, handed))
        assert isinstance(error, Refused), repr(error)
        approval = assert_sound(scene.home, report)
        assert (approval.report.drafter == receiver) == handed.won


def test_the_first_acts_of_an_authority_make_one_chain(pair: Racers, scene: Scene) -> None:
    """Different reports of one authority do not disturb each other, not even when the chain's head is being made."""
    for start in _rounds(FEWER_ROUNDS):
        one, two = scene.draft(), scene.draft()
        outcomes = pair.run(_submit(scene, one), _submit(scene, two), start)
        assert all(outcome.won for outcome in outcomes), outcomes
        assert abs(outcomes[0].value.sequence - outcomes[1].value.sequence) == 1


def test_discarding_races_with_submitting(pair: Racers, scene: Scene) -> None:
    from workflows import drafts

    for start in _rounds(FEWER_ROUNDS):
        report = scene.draft()
        actor = scene.home.actor(DRAFTER)

        def discard(report: Report = report, actor: object = actor) -> None:
            drafts.discard(actor, report.pk)  # type: ignore[arg-type]

        submitted, discarded = pair.run(_submit(scene, report), discard, start)
        _, error = _assert_one_won((submitted, discarded))
        assert isinstance(error, Refused), repr(error)
        exists = Report.objects.of(scene.home.organisation).filter(pk=report.pk).exists()
        assert exists == submitted.won
        if exists:
            assert_sound(scene.home, report)


def test_two_reports_for_one_year_are_begun_at_once(pair: Racers, scene: Scene) -> None:
    for year, start in zip(range(2440, 2440 + volume(9, 90)), itertools.cycle(STARTS), strict=False):

        def begin(year: int = year) -> Report:
            return reports.begin(scene.home, fiscal_year=year)

        _, error = _assert_one_won(pair.run(begin, begin, start))
        assert isinstance(error, Conflict), repr(error)
        assert Report.objects.of(scene.home.organisation).filter(fiscal_year=year).count() == 1
