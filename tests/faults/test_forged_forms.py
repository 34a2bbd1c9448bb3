"""What no page of ours would send: hostile words and forged fields, answered in words and never by a failure."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import reports
from tests.faults.soundness import assert_sound
from tests.faults.test_text import UNPRINTABLE
from tests.logging_in import log_in
from tests.personas import Authority


@pytest.mark.parametrize("name", ["NUL", "bell", "next line", "right to left override", "private use"])
def test_the_page_refuses_in_words_and_keeps_what_was_typed(
    home: Authority, client: Client, name: str
) -> None:
    report = reports.in_state(home, "drafted")
    step, shown = reports.shown(home, report)
    log_in(client, home.people["section_head"])
    address = reverse("workflows:decide", kwargs={"org": home.organisation.slug, "pk": report.pk})
    opinion = f"เห็นควรเสนอ {UNPRINTABLE[name]} ต่อไป"
    typed = {"decision": "forward", "step": step, "content": shown, "opinion": opinion}
    response = client.post(address, typed)
    assert response.status_code == 400
    assert "ต่อไป" in response.content.decode()
    assert assert_sound(home, report).acts.count() == 1


@pytest.mark.parametrize(
    "altered",
    [
        {"step": "9" * 40},
        {"step": "-1"},
        {"step": ""},
        {"step": "1 OR 1=1"},
        {"content": "0" * 64},
        {"content": "x" * 100_000},
        {"content": ""},
        {"decision": "sign"},
        {"decision": ["forward", "refuse"]},
        {"stance": "none"},
    ],
    ids=str,
)
def test_a_forged_form_is_refused_and_not_a_failure(home: Authority, client: Client, altered: Any) -> None:
    report = reports.in_state(home, "drafted")
    step, shown = reports.shown(home, report)
    log_in(client, home.people["section_head"])
    address = reverse("workflows:decide", kwargs={"org": home.organisation.slug, "pk": report.pk})
    typed = {"decision": "forward", "step": step, "content": shown, "opinion": "เห็นควรเสนอ", **altered}
    assert client.post(address, typed).status_code in (400, 403, 409)
    assert assert_sound(home, report).acts.count() == 1
