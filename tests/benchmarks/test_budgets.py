"""What may be counted is held to its budget on every run; times are the benchmark's, which judges nothing."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from ita_core.models import Organisation, Role, User
from tests.access_account import ACCOUNT
from tests.access_table import PUBLIC, TABLE
from tests.benchmarks import approving, my_work, pages
from tests.benchmarks.measuring import Call, queries
from tests.benchmarks.unopened import UNOPENED

APPROVAL = 40
LIST = 3
PAGE = 30
TABS = [
    ("waiting", Role.CLERK),
    ("mine", Role.LEGAL_OFFICER),
    ("returned", Role.LEGAL_OFFICER),
    ("done", Role.MAYOR),
    ("authority", Role.MAYOR),
]

# One filling serves them all, in one process.
pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.xdist_group("budgets")]


def test_an_approval_of_the_sample_keeps_its_budget_at_every_step() -> None:
    turns = approving.Turns(approving.sample(), 1, approving.approve)
    asked = [queries(turns()) for _step in range(approving.STEPS)]
    assert max(asked) <= APPROVAL, asked
    assert min(asked) > 10, "an approval that asks next to nothing was not one"


@pytest.fixture(scope="module")
def sizes() -> list[int]:
    """Approvals of one authority: a third waits at each step, so the first page is nearly empty, then more than full."""
    return [3, 150]


def test_lists_and_pages_of_work_keep_their_budgets_at_any_size(sizes: list[int]) -> None:
    _fill(sizes)
    for tab, role in TABS:
        asked = [queries(my_work.list_of(place, person, tab)) for place, person in _people(role)]
        assert asked == [LIST, LIST], tab
    for tab, role in TABS[:2]:
        pages: list[Call] = [my_work.page_of(place, person, tab) for place, person in _people(role)]
        few, many = (queries(page) for page in pages)
        assert few == many, tab


def test_no_page_asks_more_in_an_authority_with_more_reports(sizes: list[int]) -> None:
    """Every page of ours: a query for each row would be seen at once, and so would one for each report."""
    _fill(sizes)
    few, many = (
        {page: queries(call) for page, call in pages.visits(place).items()}
        for place, _person in _people(Role.LEGAL_OFFICER)
    )
    # Whoever adds a page has it counted here, or says why not.
    everything = {*TABLE, *ACCOUNT, *PUBLIC}
    assert everything - set(few) == set(UNOPENED)
    assert not set(few) & set(UNOPENED)
    assert {page: asked for page, asked in many.items() if asked > few[page]} == {}
    assert max(many.values()) <= PAGE, many


def _fill(sizes: list[int]) -> None:
    for approvals in sizes:
        call_command("fill_benchmark", approvals=approvals, verbosity=0)


def _people(role: Role) -> list[tuple[Organisation, User]]:
    places = list(Organisation.objects.filter(is_filler=True).order_by("pk"))
    return [(place, User.objects.get(username=f"{place.slug}-{role}")) for place in places]
