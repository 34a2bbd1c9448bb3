"""The command that looks at once: what it says, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from memos import archive
from tests.personas import Authority
from tests.workflows import made_public, web_server
from tests.workflows.web_server import Website, says
from workflows import public_places

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours(settings: Any) -> Iterator[Website]:
    with web_server.website() as found:
        settings.SITE_URL = f"http://{found.place}"
        yield found


def check(*options: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("check_addresses", *options, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_what_it_finds(home: Authority, stranger: Authority, ours: Website) -> None:
    assert check("--json") == (0, json.dumps({"ok": True, "checked": 0, "addresses": []}) + "\n")
    mine, theirs = made_public.published(home), made_public.published(stranger)
    ours.pages[f"{public_places.path_of(mine)}report.pdf"] = says(archive.read(mine.pdf))
    code, said = check("--organisation", home.organisation.slug)
    assert (code, said) == (0, "1 addresses checked, 0 without the published file\n")
    code, said = check("--json", "--due")
    found = json.loads(said)
    assert (code, found["ok"], found["checked"]) == (1, False, 1), "mine was looked at just now"
    assert found["addresses"][0]["problem"] == "status"
    assert theirs.organisation.slug in check()[1]
    with pytest.raises(CommandError):
        check("--organisation", "nowhere")
