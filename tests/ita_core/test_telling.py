"""Telling: once for ever, by which channels, and when."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from ita_core import deliveries, quiet, telling, thai
from ita_core.models import User
from ita_core.outbox import Job
from ita_core.telling_models import Delivery, NoticeKind
from tests.ita_core import listeners
from tests.ita_core.listeners import rows, send_all
from tests.personas import Authority

pytestmark = [pytest.mark.django_db, pytest.mark.once]

MIDNIGHT, EIGHT_PM, SEVEN = datetime.time(0), datetime.time(20), datetime.time(7)


def at(day: int, hour: int, minute: int = 0) -> datetime.datetime:
    return datetime.datetime(2026, 11, day, hour, minute, tzinfo=thai.BANGKOK)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    def stands_at(moment: datetime.datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return stands_at


class TestTell:
    def test_once_for_ever(self, home: Authority, by_mail: None) -> None:
        for _time in range(2):
            listeners.tell(home, "mayor", "clerk", "mayor", title="ครั้งแรก")
            listeners.tell(home, "mayor", title="ครั้งหลัง")
        told = rows(home).order_by("user")
        assert {(one.user, one.title) for one in told} == {
            (home.people["mayor"], "ครั้งแรก"),
            (home.people["clerk"], "ครั้งแรก"),
        }
        assert Delivery.objects.of(home.organisation).count() == Job.objects.filter(kind="tell").count() == 2

    def test_another_authority_is_told_by_itself(self, home: Authority, stranger: Authority) -> None:
        listeners.tell(home, "two_hats")
        listeners.tell(stranger, "two_hats")
        assert rows(home).count() == rows(stranger).count() == 1

    def test_few_queries_for_many(
        self, home: Authority, by_mail: None, django_assert_max_num_queries: Any
    ) -> None:
        with django_assert_max_num_queries(6):
            listeners.tell(home, *(key for key in home.people if key != "former"))

    @pytest.mark.parametrize(
        "wrong",
        [{"kind": "gossip"}, {"path": "https://elsewhere.example/"}, {"path": "//x"}, {"key": "k" * 201}],
    )
    def test_what_is_not_told(self, home: Authority, wrong: dict[str, str]) -> None:
        with pytest.raises(ValueError, match=r".+"):
            listeners.tell(home, "mayor", **wrong)
        assert not rows(home).exists()

    def test_who_left_is_told_nothing(self, home: Authority) -> None:
        home.people["mayor"].is_active = False
        listeners.tell(home, "mayor")
        assert not rows(home).exists()

    def test_without_channels_nothing_is_ordered(self, home: Authority) -> None:
        listeners.tell(home, "mayor")
        assert rows(home).count() == 1
        assert not Job.objects.filter(kind="tell").exists()

    def test_a_wish_not_to_be_told(self, home: Authority, by_mail: None) -> None:
        listeners.reachable(home.people["mayor"], by_mail=["deadline"])
        listeners.tell(home, "mayor")
        listeners.tell(home, "mayor", key="b", kind="deadline")
        (one,) = Delivery.objects.of(home.organisation)
        assert (one.notification.kind, one.channel) == ("deadline", "mail")


class TestWhen:
    @pytest.mark.parametrize(
        ("now", "hours", "goes"),
        [
            (at(20, 19, 59), (EIGHT_PM, SEVEN), at(20, 19, 59)),
            (at(20, 20), (EIGHT_PM, SEVEN), at(21, 7)),
            (at(21, 0), (EIGHT_PM, SEVEN), at(21, 7)),
            (at(21, 6, 59), (EIGHT_PM, SEVEN), at(21, 7)),
            (at(21, 7), (EIGHT_PM, SEVEN), at(21, 7)),
            (at(21, 13), (datetime.time(12), datetime.time(14)), at(21, 14)),
            (at(21, 14), (datetime.time(12), datetime.time(14)), at(21, 14)),
            (at(21, 3), (MIDNIGHT, MIDNIGHT), at(21, 3)),
            (at(21, 22), (EIGHT_PM, MIDNIGHT), at(22, 0)),
        ],
    )
    def test_quiet_hours(self, now: datetime.datetime, hours: Any, goes: datetime.datetime) -> None:
        assert quiet.may_go_at(now, *hours) == goes
        assert quiet.may_go_at(now.astimezone(datetime.UTC), *hours) == goes

    def test_a_message_of_the_night_waits_for_the_morning(
        self, home: Authority, by_mail: None, clock: Any
    ) -> None:
        clock(at(20, 23))
        listeners.tell(home, "mayor")
        send_all()
        deliveries.hand_over(telling.payload(Delivery.objects.of(home.organisation).get()))
        assert mail.outbox == []
        assert rows(home).count() == 1, "in the house it is there at once"
        clock(at(21, 7))
        send_all()
        assert [one.subject for one in mail.outbox] == ["รอท่านพิจารณา: รายงาน a"]

    def test_what_is_done_by_the_morning_is_not_sent(
        self, home: Authority, by_mail: None, clock: Any
    ) -> None:
        clock(at(20, 23))
        listeners.tell(home, "mayor", path=f"/o/{home.organisation.slug}/reports/7/decide/")
        telling.settle(home.organisation, 7, [NoticeKind.TURN])
        clock(at(21, 7))
        send_all()
        assert mail.outbox == []
        assert Delivery.objects.of(home.organisation).get().dropped_at == at(21, 7)

    def test_who_left_overnight_gets_nothing(self, home: Authority, by_mail: None, clock: Any) -> None:
        clock(at(20, 23))
        listeners.tell(home, "mayor")
        home.people["mayor"].appointments.update(ends=datetime.date(2026, 11, 20))
        clock(at(21, 7))
        send_all()
        assert mail.outbox == []
        assert Delivery.objects.of(home.organisation).get().dropped_at == at(21, 7)

    def test_one_message_of_the_day(self, home: Authority, by_mail: None, clock: Any) -> None:
        listeners.reachable(home.people["mayor"], mail_daily=True)
        for hour in (9, 15):
            clock(at(20, hour))
            listeners.tell(home, "mayor", key=str(hour))
            send_all()
        assert mail.outbox == []
        clock(at(21, 8))
        send_all()
        (one,) = mail.outbox
        assert one.subject == "สรุปการแจ้งเตือนประจำวันที่ ๒๑ พฤศจิกายน ๒๕๖๙ (๒ เรื่อง)"
        assert "รายงาน 9" in one.body
        assert "รายงาน 15" in one.body
        send_all()
        assert len(mail.outbox) == 1

    def test_what_was_destroyed_is_not_sent(self, home: Authority, by_mail: None, clock: Any) -> None:
        clock(at(20, 9))
        listeners.tell(home, "mayor", text="ลับ", path=f"/o/{home.organisation.slug}/reports/7/")
        telling.forget(home.organisation, 7)
        assert (rows(home).get().title, rows(home).get().text) == ("", "")
        send_all()
        assert mail.outbox == []


def test_a_letter_leads_to_its_page(home: Authority, by_mail: None, settings: Any) -> None:
    settings.SITE_URL = "https://ita.example.go.th"
    listeners.reachable(home.people["mayor"])
    path = f"/o/{home.organisation.slug}/register/"
    listeners.tell(home, "mayor", path=path, text="ขั้นที่ ๓")
    send_all()
    (letter,) = mail.outbox
    number = Delivery.objects.of(home.organisation).get(channel="mail").pk
    assert letter.message()["Message-ID"] == f"<{number}@ita.example.go.th>"
    link = re.search(r"https://\S+", str(letter.body))
    assert link is not None
    assert link[0] == f"https://ita.example.go.th{path}"
    at_login = Client().get(path)
    assert at_login["Location"] == f"/accounts/login/?next={path}"


def test_a_person_without_an_address_is_told_in_the_house(home: Authority, by_mail: None) -> None:
    User.objects.filter(pk=home.people["mayor"].pk).update(email="")
    home.people["mayor"].refresh_from_db()
    listeners.tell(home, "mayor")
    assert rows(home).count() == 1
    assert not Delivery.objects.of(home.organisation).exists()
