"""A file that was lost takes its own report from the public site, not the authority's other reports."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from memos import archive
from memos.models import StoredFile
from tests.personas import Authority
from tests.workflows import made_public
from tests.workflows.test_public_site import root_of
from tests.workflows.visiting import text
from workflows import public_cache

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_the_lists_say_which_one_cannot_be_read(
    home: Authority, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_cache, "LOOK", 0)
    lost, other = made_public.published(home), made_public.published(home)
    read = archive.read

    def damaged(stored: StoredFile) -> bytes:
        if stored.pk == lost.data_id:
            raise archive.FileFault(stored.path)
        return read(stored)

    root = f"/p/{home.organisation.slug}/"
    with monkeypatch.context() as broken:
        broken.setattr(archive, "read", damaged)
        for place in (root, f"{root}embed/", f"{root}{lost.fiscal_year}/"):
            answer = client.get(place)
            assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
            assert "เปิดรายงานไม่ได้" in text(answer)
            assert f'href="{root_of(lost)}"' in text(answer)
        assert f'href="{root_of(other)}"' in text(client.get(root))
        feed = json.loads(client.get(f"{root}feed.json").content)
        assert [row["fiscal_year_be"] for row in feed["dataset"]] == [other.fiscal_year]
        assert client.get(root_of(lost)).status_code == 503
        assert client.get(root_of(other)).status_code == 200
    assert "เปิดรายงานไม่ได้" not in text(client.get(root))
    assert len(json.loads(client.get(f"{root}feed.json").content)["dataset"]) == 2
