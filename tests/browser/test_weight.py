"""How much a telephone loads for the first page of a decision, served as an installation serves it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from playwright.sync_api import Browser, Page

from memos.models import Report
from tests.browser.conftest import DESK, PHONE, Screens, _session_cookie
from tests.browser.serving import served
from tests.databases.committed import CommittedDatabase
from tests.drawing import draw_pages
from workflows import actions, examples, permissions
from workflows.examples import reports as examples_reports
from workflows.examples import walking
from workflows.models import Approval
from workflows.permissions import Actor

BUDGET = 300 * 1024
# Pictures below the window are loaded the earlier the slower a browser thinks it is connected.
FOURTH_GENERATION = {
    "offline": False,
    "latency": 20,
    "downloadThroughput": -1,
    "uploadThroughput": -1,
    "connectionType": "cellular4g",
}


class _Bare(StaticFilesHandler):
    """No static files but those that WhiteNoise finds collected."""

    def _should_handle(self, path: str) -> bool:
        return False


@pytest.fixture
def installed(
    browser: Browser, committed_db: CommittedDatabase, settings: Any, tmp_path: Path
) -> Iterator[str]:
    """Served like an installation: static files collected and compressed once, no cache in the browser."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    storages = {name: {**values} for name, values in settings.STORAGES.items()}
    storages["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"}
    settings.STORAGES = storages
    call_command("collectstatic", interactive=False, verbosity=0)
    with served(_Bare) as address:
        yield address


def example_before_the_mayor() -> tuple[Report, Actor]:
    """A report of real size, through every step but the last."""
    call_command("load_examples", "phuang-phrom-khon", verbosity=0, on_a_live_site=True)
    example = examples.read("phuang-phrom-khon", "report")
    report = examples_reports.find(example)
    assert report is not None
    drafter = walking._actor(report.drafter, report.organisation)
    actions.submit(drafter, report.pk, revision=report.revision)
    while True:
        approval = Approval.objects.of(report.organisation).select_related("content").get(report=report)
        step = permissions.current_step(approval)
        assert step is not None
        officer = walking._actor(permissions.officers(step)[0].user, report.organisation)
        if step.is_final:
            return report, officer
        assert approval.content is not None
        actions.endorse(
            officer, report.pk, step=step.pk, content=approval.content.sha256, opinion="เพื่อโปรดพิจารณา"
        )


def loaded(page: Page, address: str) -> dict[str, int]:
    """Address → bytes as transferred, heads included, of everything that opening the page loads without scrolling."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.send("Network.emulateNetworkConditions", FOURTH_GENERATION)
    addresses: dict[str, str] = {}
    sizes: dict[str, int] = {}
    session.on(
        "Network.requestWillBeSent",
        lambda event: addresses.update({event["requestId"]: event["request"]["url"]}),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.update({addresses[event["requestId"]]: int(event["encodedDataLength"])}),
    )
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return sizes


@pytest.mark.rendering
def test_the_first_page_of_a_decision(browser: Browser, installed: str) -> None:
    report, mayor = example_before_the_mayor()
    draw_pages()
    for width in (PHONE, DESK):
        _weigh(Screens(browser, installed), installed, width, report, mayor)


def _weigh(screens: Screens, installed: str, width: int, report: Report, mayor: Actor) -> None:
    page = screens.open(width)
    page.context.add_cookies([_session_cookie(mayor.user, installed)])
    sizes = loaded(page, f"/o/{report.organisation.slug}/reports/{report.pk}/decide/")
    assert page.locator(".page-shot").count() >= 4
    page.locator(".page-shot img").first.evaluate("image => image.decode()")
    page.context.close()
    assert not screens.unforgiven()
    told = "\n".join(
        f"{size:>8} {address}" for address, size in sorted(sizes.items(), key=lambda pair: -pair[1])
    )
    assert sum(sizes.values()) <= BUDGET, told
