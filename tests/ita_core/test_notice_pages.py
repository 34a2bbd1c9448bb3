"""The pages of notices: the bell and the list, how to be told, what did not get through."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from ita_core import deliveries, telling, views_notices
from ita_core.outbox import Job
from ita_core.telling_models import Delivery, TellingPreference
from tests.ita_core import listeners
from tests.ita_core.listeners import rows, send_all
from tests.logging_in import log_in
from tests.personas import Authority

pytestmark = [pytest.mark.django_db, pytest.mark.once]


class TestPages:
    @pytest.fixture
    def mayor(self, home: Authority, client: Client) -> Client:
        return log_in(client, home.people["mayor"])

    def page(self, home: Authority, end: str = "") -> str:
        return f"/o/{home.organisation.slug}/notices/{end}"

    def test_the_bell_counts_and_opening_reads(self, home: Authority, mayor: Client) -> None:
        for key in ("a", "b"):
            listeners.tell(home, "mayor", key=key, path=f"/o/{home.organisation.slug}/archive/")
        listeners.tell(home, "clerk")
        listed = mayor.get(self.page(home)).content.decode()
        assert '<span class="bell-count">๒' in listed
        assert listed.count("told-new") == 2
        first = rows(home).filter(user=home.people["mayor"]).earliest("made_at")
        opened = mayor.get(self.page(home, f"{first.pk}/"))
        assert (opened.status_code, opened["Location"]) == (302, f"/o/{home.organisation.slug}/archive/")
        assert '<span class="bell-count">๑' in mayor.get(self.page(home)).content.decode()
        mayor.post(self.page(home, "read/"))
        read = mayor.get(self.page(home)).content.decode()
        assert "bell-count" not in read
        assert "told-new" not in read
        assert rows(home).filter(user=home.people["clerk"], read_at=None).exists(), "another one's stays"

    def test_another_ones_notice_is_not_there(self, home: Authority, mayor: Client) -> None:
        listeners.tell(home, "clerk")
        theirs = rows(home).get()
        assert mayor.get(self.page(home, f"{theirs.pk}/")).status_code == 404
        for typed in (str(theirs.pk), "nonsense", "0" * 40):
            assert mayor.post(self.page(home, "read/"), {"notice": typed}).status_code == 302
        assert rows(home).get().read_at is None

    def test_many_are_paged(self, home: Authority, mayor: Client) -> None:
        for number in range(30):
            listeners.tell(home, "mayor", key=str(number))
        first = mayor.get(self.page(home)).content.decode()
        assert first.count("told-new") == 25
        assert "หน้า ๑" in first
        for page, count in (("2", 5), ("3", 0), ("9" * 5000, 25), ("x", 25), ("-1", 25)):
            assert mayor.get(self.page(home), {"page": page}).content.decode().count("told-new") == count

    @pytest.mark.parametrize("few", [3, 100])
    def test_unread_ones_come_first_then_the_newest_on_every_page(
        self, few: int, home: Authority, mayor: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(views_notices, "FEW", few)
        for number in range(60):
            listeners.tell(home, "mayor", key=str(number))
        for number, row in enumerate(rows(home).order_by("made_at")):
            row.read_at = timezone.now() if number % 3 else None
            row.save(update_fields=["read_at"])
        everything = sorted(rows(home), key=lambda row: (row.read_at is None, row.made_at), reverse=True)
        shown = [
            row.pk for page in "123" for row in mayor.get(self.page(home), {"page": page}).context["rows"]
        ]
        assert shown == [row.pk for row in everything]

    def test_nobody_told_anything(self, home: Authority, mayor: Client) -> None:
        assert "ยังไม่มีการแจ้งเตือน" in mayor.get(self.page(home)).content.decode()

    def test_preferences(self, home: Authority, mayor: Client, by_mail: None) -> None:
        shown = mayor.get(self.page(home, "settings/")).content.decode()
        assert "ยังไม่ได้ตั้งค่าบัญชี LINE" in shown
        assert 'name="by_line"' not in shown
        typed = {
            "by_mail": ["turn", "deadline"],
            "mail_daily": "on",
            "quiet_from": "21:00",
            "quiet_until": "06:30",
        }
        assert mayor.post(self.page(home, "settings/"), typed).status_code == 302
        wish = TellingPreference.objects.get(user=home.people["mayor"])
        assert (wish.by_mail, wish.mail_daily) == (["turn", "deadline"], True)
        assert (wish.quiet_from, wish.quiet_until) == (datetime.time(21), datetime.time(6, 30))
        assert set(wish.by_line) == {"turn", "returned", "told", "deadline", "collecting"}
        wrong = mayor.post(self.page(home, "settings/"), {**typed, "quiet_from": "25:00", "by_mail": ["x"]})
        assert wrong.status_code == 400
        assert "ข้อความที่ท่านพิมพ์ยังอยู่ครบ" in wrong.content.decode()

    def test_line_is_linked_by_the_code_that_was_sent_there(
        self, home: Authority, mayor: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.LINE_CHANNEL_TOKEN = "of-a-test"
        sent: list[Any] = []
        monkeypatch.setattr("ita_core.channels.line.CHANNEL.send", sent.append)
        page = self.page(home, "settings/line/")
        wrong = mayor.post(page, {"do": "send", "line_id": "มานี"})
        assert (wrong.status_code, "มานี" in wrong.content.decode()) == (400, True)
        assert mayor.post(page, {"do": "send", "line_id": f" {listeners.LINE_ID} "}).status_code == 302
        assert mayor.post(page, {"do": "send", "line_id": listeners.LINE_ID}).status_code == 400, (
            "not at once"
        )
        deliveries.send_code(Job.objects.get(kind=deliveries.CODE).payload)
        (message,) = sent
        code = message.text[:6]
        assert (message.to, code.isdigit()) == (listeners.LINE_ID, True)
        listeners.tell(home, "mayor")
        assert not Delivery.objects.of(home.organisation).exists(), "not before it is checked"
        for _try in range(5):
            assert mayor.post(page, {"do": "check", "code": "x"}).status_code == 400
        assert mayor.post(page, {"do": "check", "code": code}).status_code == 400, "too many tries"
        TellingPreference.objects.update(line_code_tries=0)
        assert mayor.post(page, {"do": "check", "code": code}).status_code == 302
        listeners.tell(home, "mayor", key="b")
        assert Delivery.objects.of(home.organisation).get().channel == "line"
        mayor.post(page, {"do": "remove"})
        assert TellingPreference.objects.get().line_id == ""

    def test_the_administrator_sees_what_is_lost_and_has_it_sent_again(
        self, home: Authority, stranger: Authority, client: Client, by_mail: None
    ) -> None:
        for place in (home, stranger):
            listeners.reachable(place.people["mayor"])
            listeners.tell(place, "mayor")
            one = Delivery.objects.of(place.organisation).get()
            deliveries.given_up(telling.payload(one), "หมดเวลา")
        Job.objects.update(done_at=timezone.now())
        admin = log_in(client, home.people["org_admin"])
        page = f"/o/{home.organisation.slug}/settings/notices/"
        shown = admin.get(page).content.decode()
        assert "ส่งไม่ได้ ๑ ข้อความ" in shown
        assert home.people["mayor"].full_name in shown
        assert admin.post(page).status_code == 302
        send_all()
        assert [one.to for one in mail.outbox] == [[home.people["mayor"].email]]
        assert "ไม่มีข้อความที่ส่งไม่ได้" in admin.get(page).content.decode()
        assert Delivery.objects.of(stranger.organisation).get().given_up_at is not None

    def test_pages_cost_few_queries(
        self, home: Authority, mayor: Client, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(30):
            listeners.tell(home, "mayor", key=str(number))
        with django_assert_max_num_queries(12):
            mayor.get(self.page(home))
