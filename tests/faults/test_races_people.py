"""Two people are entered at once, or let in by the setup code at once: one is, and the other reads why not."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ita_core import setup_codes, thai
from ita_core.models import SetupCode, User
from tests.databases.committed import CommittedDatabase
from tests.faults.racing import STARTS, Deed, Outcome, Racers, Start, racers
from tests.personas import PASSWORD, Authority
from tests.volumes import volume
from workflows import people, setting_up_people
from workflows.appointing import Grant
from workflows.refusals import Conflict
from workflows.setting_up_rows import NotEntered, PersonRow

pytestmark = pytest.mark.sampled
ROUNDS = volume(6, 100)


@pytest.fixture
def pair(committed_db: CommittedDatabase) -> Iterator[Racers]:
    with racers() as two:
        yield two


def _rounds() -> Iterator[tuple[int, Start]]:
    yield from enumerate(itertools.islice(itertools.cycle(STARTS), ROUNDS))


def _forget() -> None:
    """For the next round nobody was there yet."""
    User.objects.all().delete()
    SetupCode.objects.all().delete()


def _lost(outcomes: tuple[Outcome, Outcome]) -> Exception:
    """What the one who lost was told; the other won."""
    won, lost = sorted(outcomes, key=lambda outcome: not outcome.won)
    assert won.won and lost.error is not None, outcomes
    return lost.error


def _opens(code: str, login: str) -> Deed:
    return lambda: setup_codes.open_with(code, User(username=login, full_name=login), PASSWORD)


def test_of_two_codes_asked_for_at_once_one_lets_in(pair: Racers) -> None:
    for _number, start in _rounds():
        outcomes = pair.run(setup_codes.make, setup_codes.make, start)
        assert all(outcome.won for outcome in outcomes), outcomes
        assert SetupCode.objects.count() == 1
        codes = [str(outcome.value) for outcome in outcomes]
        assert isinstance(
            _lost(pair.run(_opens(codes[0], "one"), _opens(codes[1], "two"), start)), setup_codes.NoCode
        )
        assert User.objects.get().is_superuser
        _forget()


def test_of_two_with_one_code_one_comes_in(pair: Racers) -> None:
    for _number, start in _rounds():
        code = setup_codes.make()
        error = _lost(pair.run(_opens(code, "one"), _opens(code, "two"), start))
        assert isinstance(error, setup_codes.NoCode)
        assert "โปรดเข้าสู่ระบบ" in error.sentence
        assert User.objects.count() == SetupCode.objects.exclude(used_at=None).count() == 1
        _forget()


def test_a_code_asked_for_while_another_is_used_lets_nobody_in(pair: Racers) -> None:
    for _number, start in _rounds():
        used, made = pair.run(_opens(setup_codes.make(), "one"), setup_codes.make, start)
        assert used.won != made.won, (used, made)  # Whoever came first.
        if made.won:
            assert isinstance(used.error, setup_codes.NoCode)
            setup_codes.open_with(made.value, User(username="one", full_name="one"), PASSWORD)
        assert User.objects.count() == 1
        _forget()


# --- people


def _added(place: Authority, login: str, email: str) -> Deed:
    actor, post = place.actor("org_admin"), place.posts["reader"]
    facts: dict[str, Any] = {"capacity": "holder", "grant": Grant(), "starts": thai.today()}
    return lambda: people.add(actor, full_name=f"นาย{login}", username=login, email=email, post=post, **facts)


def _entered(place: Authority, login: str, email: str) -> Deed:
    row = PersonRow(place=1, name=f"นาย{login}", login=login, email=email, post=place.posts["reader"].title)
    return lambda: setting_up_people.enter(place.organisation, [row], any_login=False)


@pytest.mark.parametrize("other", [_added, _entered])
@pytest.mark.parametrize(
    ("logins", "emails"),
    [(("same", "Same"), ("", "")), (("one", "two"), ("post@example.org", "Post@example.org"))],
)
def test_of_two_people_of_one_name_or_address_one_is_entered(
    pair: Racers,
    home: Authority,
    stranger: Authority,
    logins: tuple[str, str],
    emails: tuple[str, str],
    other: Callable[..., Deed],
) -> None:
    """In two authorities, which share no lock of their own; small and capital letters count for the same."""
    for number, start in _rounds():
        first, second = (f"{login}{number}" for login in logins)
        mine, theirs = (f"{number}{email}" if email else "" for email in emails)
        error = _lost(pair.run(_added(home, first, mine), other(stranger, second, theirs), start))
        assert isinstance(error, Conflict | NotEntered), repr(error)
        said = error.sentence if isinstance(error, Conflict) else error.faults[0].sentence
        assert "แล้ว" in said
        assert User.objects.filter(username__in=(first, second)).count() == 1
