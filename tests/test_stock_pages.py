"""Stock pages of admin and viewflow are the superusers' alone, and those that would bypass our actions do not exist."""

from __future__ import annotations

from django.urls import get_resolver

from tests import reports
from tests.personas import Personas
from tests.test_access import client_of, names_of
from workflows.models import State


def test_stock_pages_are_the_superusers(personas: Personas) -> None:
    report = reports.in_state(personas.home, State.DRAFTED)
    process = report.approval.process_id
    pages = [
        "/admin/",
        "/flow/reportapproval/queue/",
        f"/flow/reportapproval/{process}/",
        "/flow/reportapproval/chart/",
    ]
    for user in personas.home.people.values():
        client = client_of(user)
        assert {client.get(page).status_code for page in pages} <= {302, 403, 404}
    routes = [route for route, _name in names_of(get_resolver().url_patterns) if route.startswith("flow/")]
    assert routes and not [
        route for route in routes if route.endswith(("cancel/", "undo/", "revive/", "assign/"))
    ]


def test_stock_pages_open_for_superusers(personas: Personas) -> None:
    report = reports.in_state(personas.home, State.DRAFTED)
    boss = personas.home.people["org_admin"]
    boss.is_superuser = True
    boss.save()
    process = f"/flow/reportapproval/{report.approval.process_id}/"
    pages = ["/flow/reportapproval/queue/", process, f"{process}chart/", "/flow/reportapproval/chart/"]
    answers = {page: client_of(boss).get(page).status_code for page in pages}
    assert answers == dict.fromkeys(pages, 200)
    assert client_of(boss).post(process).status_code == 405
