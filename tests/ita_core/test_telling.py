"""Telling: once for ever, by which channels, when; the pages of notices and preferences."""

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
from ita_core.telling_models import Delivery, Notification, TellingPreference
from tests.ita_core import listeners
from tests.logging_in import log_in
from tests.personas import Authority

pytestmark = [pytest.mark.django_db, pytest.mark.once]

MIDNIGHT, EIGHT_PM, SEVEN = datetime.time(0), datetime.time(20), datetime.time(7)


def at(day: int, hour: int, minute: int = 0) -> datetime.datetime:
    return datetime.datetime(2026, 11, day, hour, minute, tzinfo=thai.BANGKOK)


@pytest.fixture
def by_mail(settings: Any) -> None:
    settings.NOTICES_BY_MAIL = True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    def stands_at(moment: datetime.datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return stands_at


def rows(home: Authority) -> Any:
    return Notification.objects.of(home.organisation)


def send_all() -> None:
    """What a worker does, without one: all that is due."""
    for job in Job.objects.filter(kind=telling.KIND, done_at=None, not_before__lte=timezone.now()):
        deliveries.hand_over(job.payload)
        Job.objects.filter(pk=job.pk).update(done_at=timezone.now())


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
        telling.settle(home.organisation, 7)
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
        assert "หน้า ๑ จาก ๒" in first
        for page, count in (("2", 5), ("9" * 5000, 25), ("x", 25), ("-1", 5)):
            assert mayor.get(self.page(home), {"page": page}).content.decode().count("told-new") == count

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


def test_a_person_without_an_address_is_told_in_the_house(home: Authority, by_mail: None) -> None:
    User.objects.filter(pk=home.people["mayor"].pk).update(email="")
    home.people["mayor"].refresh_from_db()
    listeners.tell(home, "mayor")
    assert rows(home).count() == 1
    assert not Delivery.objects.of(home.organisation).exists()
